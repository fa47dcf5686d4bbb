"""The requests that a viewer may see, as lines of a list."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from fotfeste.access.public import Subject
from fotfeste.directory.public import Organisation
from fotfeste.registry.public import household_names
from fotfeste.self_settlement.domain.tasks import AGREE, ANSWER, CHECK_HOME, SEND_HOME, UNDER_WAY
from fotfeste.self_settlement.domain.types import HomeOutcome
from fotfeste.self_settlement.domain.waiting import Days, Move, next_move
from fotfeste.self_settlement.models import SelfSettlement, SentHome
from fotfeste.settlement.public import own_travel_days
from fotfeste.worklist.public import Task


@dataclass(frozen=True, slots=True)
class Listed:
    """A request in a list: whose move it is and by when, None where it is over; `centre` acts for the household, none
    where IMDi does.
    """

    request: SelfSettlement
    reference: str
    name: str
    municipality: str
    centre: str
    move: Move | None


def many_by_state() -> Mapping[str, int]:
    """How many requests stand in each state. One query."""
    counted = SelfSettlement.objects.order_by("state").values_list("state").annotate(many=Count("pk"))
    return dict(counted)


def listed(rows: Sequence[SelfSettlement], day: date) -> list[Listed]:
    """Lines of requests whose cases are fetched. Six queries and those of the names. Raises NoRule."""
    if not rows:
        return []
    groups = [row.subject_id for row in rows]
    names = household_names(groups, day)
    references = dict(Subject.objects.filter(pk__in=groups).values_list("pk", "reference"))
    there = {row.organisation_id for row in rows} | {row.case.centre_id for row in rows if row.case.centre_id}
    places = dict(Organisation.objects.filter(pk__in=there).values_list("pk", "name"))
    homes: dict[int, list[SentHome]] = defaultdict(list)
    for home in SentHome.objects.filter(request__in=[row.pk for row in rows], outcome__in=("", HomeOutcome.APPROVED)):
        homes[home.request_id].append(home)
    since: dict[int, dict[str, date]] = defaultdict(dict)
    asked = Task.objects.filter(kind__in=UNDER_WAY, subject_id__in=groups, closed_at__isnull=True)
    for group, kind, day_of_it in asked.order_by("pk").values_list("subject_id", "kind", "basis_on"):
        since[group][kind] = day_of_it
    travels = own_travel_days([row.case_id for row in rows if row.state == "agreed"])
    return [
        Listed(
            request=row,
            reference=references[row.subject_id],
            name=names.get(row.subject_id, ""),
            municipality=places[row.organisation_id],
            centre=places.get(row.case.centre_id or 0, ""),
            move=move_of(row, homes[row.pk], since[row.subject_id], travels.get(row.case_id)),
        )
        for row in rows
    ]


def move_of(
    row: SelfSettlement, homes: Iterable[SentHome], since: Mapping[str, date], travels_on: date | None
) -> Move | None:
    """Whose move it is in a request, and by when. Reads no more than is fetched: the case. Raises NoRule.

    `homes`: those that were sent in it; `since`: from which day its open tasks are, by their kind; `travels_on`: the
    day of the journey that is agreed.
    """
    waiting = next((home for home in homes if not home.outcome), None)
    approved = next((home for home in homes if home.outcome == HomeOutcome.APPROVED), None)
    days = Days(
        asked_on=since.get(ANSWER) or row.asked_on,
        home_asked_on=since.get(SEND_HOME) or row.welcomed_on,
        sent_on=since.get(CHECK_HOME) or waiting.sent_on if waiting else None,
        approved_on=since.get(AGREE) or row.approved_on,
        agreed_on=row.agreed_on,
        starts_on=approved.starts_on if approved else None,
        travels_on=travels_on,
        looked_at_since=since.get(CHECK_HOME),
    )
    return next_move(row.state, days, is_for_others=approved is not None and approved.persons != row.case.size)
