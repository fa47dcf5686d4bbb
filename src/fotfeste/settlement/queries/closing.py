"""How a case was closed: by whom, when, and what it followed from."""

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery

from fotfeste.directory.public import Organisation
from fotfeste.platform.models import Event
from fotfeste.settlement.domain.states import CASE
from fotfeste.settlement.models import SettlementCase

# What closes a case by itself; everything else is somebody who closed it.
_CAUSES = ("accommodation.departed", "registry.group_emptied")


@dataclass(frozen=True, slots=True)
class Closing:
    """`cause` is the type of the event that it followed from (empty: the case was closed as such), `reason` that
    event's transition.
    `said`: why somebody closed it.
    """

    on: date
    organisation_name: str
    cause: str = ""
    reason: str = ""
    said: str = ""  # the reason that somebody chose


def closing_of(case: SettlementCase) -> Closing | None:
    """How a case was closed; None where it was not. At most two queries."""
    name = Organisation.objects.filter(pk=OuterRef("organisation_id")).values("name")
    closed = (
        Event.objects.filter(workflow=CASE.name, object_id=case.pk, transition="close_case")
        .annotate(organisation_name=Subquery(name))
        .order_by("-pk")
        .first()
    )
    if closed is None:
        return None
    # A listener closes in the act of what it heard: same household, same instant, just before.
    cause = (
        Event.objects.filter(subject_id=case.subject_id, recorded_at=closed.recorded_at, pk__lt=closed.pk)
        .order_by("-pk")
        .first()
    )
    on = closed.holds_on or case.state_since_on
    if case.closing_reason or cause is None or cause.type not in _CAUSES or cause.actor_id != closed.actor_id:
        return Closing(on, closed.organisation_name, said=case.closing_reason)
    return Closing(on, closed.organisation_name, cause.type, cause.transition)
