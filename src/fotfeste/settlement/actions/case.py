"""The case itself: locked, moved along its workflow, with an event for each step."""

from datetime import date, datetime

from fotfeste.directory.public import OrganisationKind
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.platform.acts import require
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.models import Event
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import lock_group
from fotfeste.settlement.domain.states import CASE
from fotfeste.settlement.models import SettlementCase, SettlementNote


def lock_case(subject_id: int, *, by: Viewer, version: int | None) -> SettlementCase:
    """The open case of a group, locked after the group itself (the fixed order), its version checked and raised.

    Raises Stale where somebody else acted on the household since `version`; NotFound where there is no open case;
    Refused `not_their_centre` for another centre than the one where they live: one that they have left still sees
    them for a while, and acts for them no more.
    """
    lock_group(subject_id, version=version)
    case = (
        SettlementCase.objects.select_for_update().filter(subject_id=subject_id).exclude(state__in=CASE.final).first()
    )
    if case is None:
        raise NotFound("not_found")
    if by.organisation_kind == OrganisationKind.CENTRE and case.centre_id != by.organisation_id:
        raise Refused("not_their_centre")
    return case


def lock_case_where_they_live(subject_id: int, *, by: Viewer, version: int | None) -> SettlementCase:
    """`lock_case` for what is done with the household itself: by its centre; by IMDi where it lives at none.

    Raises Refused `not_their_centre` for IMDi where there is a centre, too.
    """
    case = lock_case(subject_id, by=by, version=version)
    if by.organisation_kind == OrganisationKind.IMDI and case.centre_id is not None:
        raise Refused("not_their_centre")
    return case


def advance(
    case: SettlementCase,
    step: str,
    *,
    by: Viewer,
    at: datetime,
    on: date,
    other_organisation_id: int | None = None,
) -> Event:
    """Take one step of the workflow: permission, state, event (given). Raises IllegalStep or NotAllowed."""
    transition = CASE.step(case.state, step)
    for permission in transition.who:
        require(by, permission)
    before = case.state
    case.state, case.state_since_on = transition.target, on
    case.save(update_fields=["state", "state_since_on"])
    return publish(
        Happening(
            type=transition.event,
            subject_id=case.subject_id,
            object_kind="settlement_case",
            object_id=case.pk,
            workflow=CASE.name,
            transition=step,
            from_state=before,
            to_state=case.state,
            holds_on=on,
            other_organisation_id=other_organisation_id,
        ),
        by=by,
        at=at,
    )


def count_assessment(case: SettlementCase) -> None:
    """The household is assessed anew: who would not be asked before that may be asked again (SET-07). Under the case's
    lock.
    """
    case.assessment += 1
    case.save(update_fields=["assessment"])


def write_why(case: SettlementCase, reason: str, *, by: Viewer, at: datetime) -> None:
    """Keep why something was done as an internal note: for IMDi and the centre, not for a municipality."""
    SettlementNote.objects.create(
        subject_id=case.subject_id,
        case=case,
        text=reason.strip(),
        recorded_at=at,
        recorded_by_id=by.user_id,
        reported_by_id=by.organisation_id,
    )


def tell(
    kind: str,
    case: SettlementCase,
    *,
    by: Viewer,
    at: datetime,
    holds_on: date | None = None,
    other_organisation_id: int | None = None,
) -> None:
    """Publish an event about a case that does not move it along its workflow."""
    publish(
        Happening(
            type=kind,
            subject_id=case.subject_id,
            object_kind="settlement_case",
            object_id=case.pk,
            holds_on=holds_on,
            other_organisation_id=other_organisation_id,
        ),
        by=by,
        at=at,
    )


def instant_of(case: SettlementCase, *steps: str) -> datetime:
    """When a case took one of these steps last."""
    taken = Event.objects.filter(workflow=CASE.name, object_id=case.pk, transition__in=steps).order_by("-pk")
    return taken[0].recorded_at
