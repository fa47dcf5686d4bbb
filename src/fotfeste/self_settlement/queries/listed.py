"""The requests that a viewer may see, as lines of a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from fotfeste.access.public import Subject
from fotfeste.directory.public import Organisation
from fotfeste.registry.public import household_names
from fotfeste.self_settlement.domain.tasks import SEND_HOME
from fotfeste.self_settlement.domain.waiting import Due, agree_due, answer_due, check_due, home_due
from fotfeste.self_settlement.models import SelfSettlement, SentHome
from fotfeste.worklist.public import Task


@dataclass(frozen=True, slots=True)
class Listed:
    """A request in a list; `due` is of the next move, None where nobody has one."""

    request: SelfSettlement
    reference: str
    name: str
    municipality: str
    due: Due | None


def many_by_state() -> Mapping[str, int]:
    """How many requests stand in each state. One query."""
    counted = SelfSettlement.objects.order_by("state").values_list("state").annotate(many=Count("pk"))
    return dict(counted)


def listed(rows: Sequence[SelfSettlement], day: date) -> list[Listed]:
    """Lines of requests. Five queries and those of the names. Raises NoRule."""
    if not rows:
        return []
    groups = [row.subject_id for row in rows]
    names = household_names(groups, day)
    references = dict(Subject.objects.filter(pk__in=groups).values_list("pk", "reference"))
    places = dict(Organisation.objects.filter(pk__in={row.organisation_id for row in rows}).values_list("pk", "name"))
    sent = dict(
        SentHome.objects.filter(request__in=[row.pk for row in rows], outcome="").values_list("request_id", "sent_on")
    )
    looking = Task.objects.filter(kind=SEND_HOME, subject_id__in=groups, closed_at__isnull=True)
    asked_on = dict(looking.values_list("subject_id", "basis_on"))
    return [
        Listed(
            request=row,
            reference=references[row.subject_id],
            name=names.get(row.subject_id, ""),
            municipality=places[row.organisation_id],
            due=due_of(row, sent.get(row.pk), asked_on.get(row.subject_id)),
        )
        for row in rows
    ]


def due_of(row: SelfSettlement, sent_on: date | None, asked_on: date | None) -> Due | None:
    """By when whoever has the next move makes it. Raises NoRule.

    `sent_on`: of the home that waits; `asked_on`: since when a home is asked for, anew where one was not good or was
    lost.
    """
    match row.state:
        case "asked":
            return answer_due(row.asked_on)
        case "finding_home":
            since = asked_on or row.welcomed_on
            return home_due(since) if since else None
        case "home_sent":
            return check_due(sent_on) if sent_on else None
        case "approved":
            return agree_due(row.approved_on) if row.approved_on else None
    return None
