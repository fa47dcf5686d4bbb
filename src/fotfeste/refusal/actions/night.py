"""A birthday or another day has come: the tasks of open refusals follow, without anybody's act (ADR 0059)."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import batched

from django.db import connection

from fotfeste.access.public import Role, standing_in
from fotfeste.directory.public import OrganisationKind
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.acts import act
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.refusal.domain.moves import TaskOf, moves
from fotfeste.refusal.domain.types import Case
from fotfeste.refusal.models import Refusal
from fotfeste.refusal.queries.cases import IS_OPEN, case_of, cases_of, open_refusal_of
from fotfeste.refusal.tasks import follow_with_tasks
from fotfeste.registry.public import lock_group
from fotfeste.worklist.public import Task

logger = logging.getLogger("fotfeste.refusal")

AT_A_TIME = 500
"""Refusals that are looked at together, in four queries."""

type Sees = tuple[int, int | None]
"""UDI's organisation, and whoever there is named for a household that is protected."""
type Standing = set[tuple[str, date | None, str]]


@dataclass(frozen=True, slots=True)
class Night:
    """How many open refusals were looked at, and of how many the tasks were not those of the day."""

    looked_at: int = 0
    followed: int = 0
    failed: int = 0  # left as they were; the next night tries again
    unseen: int = 0  # protected, and nobody at UDI is named for them


def follow_the_day(at: datetime) -> Night:
    """Bring the tasks of every open refusal in line with the plan of the day (`moves`); what is so already is left.

    For nobody's organisation. Each refusal is a transaction of its own, under the household's lock: a night that is cut
    short leaves whole ones behind, and the next goes on. Four queries for each `AT_A_TIME`, and those of the ones whose
    tasks change.
    """
    night, today = Night(), legal_day(at)
    for (organisation_id, named_id), groups in _open_ones(today).items():
        sees = standing_in(Role.UDI_CASEWORKER, OrganisationKind.UDI, organisation_id, named_id=named_id)
        with scope(sees, today):
            for some in batched(groups, AT_A_TIME, strict=False):
                night = _added(night, some, by=replace(sees, user_id=None), at=at)
    told = {"looked_at": night.looked_at, "followed": night.followed, "failed": night.failed, "unseen": night.unseen}
    logger.info("refusals followed", extra={"fields": told})
    return night


def _open_ones(today: date) -> Mapping[Sees, list[int]]:
    """The households of open refusals, by who sees them at UDI. One query, of a session that is nobody's."""
    found: dict[Sees, list[int]] = {}
    nobody = Viewer(user_id=None, organisation_id=0, organisation_kind=OrganisationKind.UDI)
    with scope(nobody, today), connection.cursor() as cursor:
        cursor.execute("SELECT subject_id, organisation_id, named_id FROM refusals_open_on(%s)", [today])
        for subject_id, organisation_id, named_id in cursor.fetchall():
            found.setdefault((organisation_id, named_id), []).append(subject_id)
    return found


def _added(night: Night, groups: Sequence[int], *, by: Viewer, at: datetime) -> Night:
    """The night after some more refusals. Whatever one of them raises is its own: the rest are followed."""
    refusals = [*Refusal.objects.filter(subject_id__in=groups, **IS_OPEN).order_by("pk")]
    standing, cases = _standing(refusals), _cases(refusals)
    followed = failed = 0
    for refusal in refusals:
        case = cases.get(refusal.pk)
        try:
            if case is None or _is_behind(case, standing[refusal.subject_id], legal_day(at)):
                follow_one(refusal.subject_id, by=by, at=at)
                followed += 1
        except Exception:
            logger.exception("a refusal was not followed", extra={"fields": {"refusal": refusal.pk}})
            failed += 1
    return Night(
        night.looked_at + len(refusals),
        night.followed + followed,
        night.failed + failed,
        night.unseen + len(groups) - len(refusals),
    )


def _standing(refusals: Sequence[Refusal]) -> Mapping[int, Standing]:
    """The open tasks of each household. One query."""
    standing: dict[int, Standing] = {each.subject_id: set() for each in refusals}
    rows = Task.objects.filter(subject_id__in=[*standing], kind__in=[*TaskOf], closed_at=None)
    for subject_id, kind, due_on, due_rule in rows.values_list("subject_id", "kind", "due_on", "due_rule"):
        standing[subject_id].add((kind, due_on, due_rule))
    return standing


def _cases(refusals: Sequence[Refusal]) -> Mapping[int, Case]:
    """The cases of refusals by key, without those that are stored as no case can be: following them says why.

    Two queries; two for each where there is such a one.
    """
    try:
        return cases_of(refusals)
    except Exception:
        return {} if len(refusals) == 1 else {key: case for each in refusals for key, case in _cases([each]).items()}


def _is_behind(case: Case, standing: Standing, today: date) -> bool:
    """That the enforcement officer is to be told may be of a refusal that the household had before: no day of this."""
    wanted = {(str(each.task), each.due_on, each.due_rule) for each in moves(case, today)}
    of_earlier = {each for each in standing - wanted if each[0] == TaskOf.OFFICER}
    return wanted != standing - of_earlier


@act
def follow_one(group_id: int, *, by: Viewer, at: datetime) -> None:
    """The tasks of a household's open refusal are those of the day. What was somebody's move until then is void: nobody
    has done it. Raises NotFound, NoRule.
    """
    lock_group(group_id, version=None)
    refusal = open_refusal_of(group_id, is_locked=True)
    if refusal is not None:
        follow_with_tasks(refusal, case_of(refusal), cause="refusal.reported", by=by, at=at, lapsed_as="void")
