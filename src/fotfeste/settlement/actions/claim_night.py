"""A day has come on which a centre sees a household no more: its tasks about claims for own cars go to whoever is to do
them now, without anybody's act (ADR 0063).
"""

import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from django.db import connection

from fotfeste.access.public import Role, standing_in
from fotfeste.directory.public import OrganisationKind
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.acts import act
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import PlacementGroup, lock_group
from fotfeste.settlement.actions.claim_tasks import follow_claims, is_behind

logger = logging.getLogger("fotfeste.settlement")

type Sees = tuple[int, int | None]
"""UDI's organisation, and whoever there is named for a household that is protected."""


@dataclass(frozen=True, slots=True)
class ClaimNight:
    """Of how many households claims were looked at, and of how many the tasks were not those of the day."""

    looked_at: int = 0
    followed: int = 0
    failed: int = 0  # left as they were; the next night tries again
    unseen: int = 0  # protected, and nobody at UDI is named for them


def follow_all_claims(at: datetime) -> ClaimNight:
    """Bring the tasks to send claims and to answer UDI's no in line with who may do it on the day of `at`.

    For nobody's organisation, with the sight of UDI's case worker, who sees all that was paid. Each household is a
    transaction of its own; what one of them raises is its own, and the rest are followed.
    """
    today, found = legal_day(at), Counter[str]()
    for (organisation_id, named_id), groups in _to_follow(today).items():
        sees = standing_in(Role.UDI_CASEWORKER, OrganisationKind.UDI, organisation_id, named_id=named_id)
        with scope(sees, today):
            found.update(_became(group_id, by=replace(sees, user_id=None), at=at) for group_id in groups)
    night = ClaimNight(
        found["as_it_was"] + found["followed"] + found["failed"], found["followed"], found["failed"], found["unseen"]
    )
    logger.info("claims for own cars followed", extra={"fields": asdict(night)})
    return night


def _became(group_id: int, *, by: Viewer, at: datetime) -> str:
    """What became of a household's tasks. Whatever it raises is its own: the rest are followed."""
    try:
        if not PlacementGroup.objects.filter(subject_id=group_id).exists():
            return "unseen"
        if not is_behind(group_id, legal_day(at)):
            return "as_it_was"
        follow_claims_tonight(group_id, by=by, at=at)
    except Exception:
        logger.exception("claims were not followed", extra={"fields": {"subject": group_id}})
        return "failed"
    return "followed"


def _to_follow(today: date) -> Mapping[Sees, list[int]]:
    """The households, by who sees them at UDI. One query, of a session that is nobody's."""
    found: dict[Sees, list[int]] = {}
    nobody = Viewer(user_id=None, organisation_id=0, organisation_kind=OrganisationKind.UDI)
    with scope(nobody, today), connection.cursor() as cursor:
        cursor.execute("SELECT subject_id, organisation_id, named_id FROM car_claims_to_follow(%s)", [today])
        for subject_id, organisation_id, named_id in cursor.fetchall():
            found.setdefault((organisation_id, named_id), []).append(subject_id)
    return found


@act
def follow_claims_tonight(group_id: int, *, by: Viewer, at: datetime) -> None:
    """One household's tasks about claims, in line with who may do them on the day of `at`."""
    lock_group(group_id, version=None)
    follow_claims(group_id, by=by, at=at)
