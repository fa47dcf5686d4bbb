"""What the acts on private stays share: how one ends, who knows of it, what is told."""

from collections.abc import Sequence
from datetime import date, datetime

from fotfeste.access.public import NeedReason, end_needs
from fotfeste.accommodation.actions.stays import LEFT_SAME_DAY
from fotfeste.accommodation.domain.private import housed_until
from fotfeste.accommodation.domain.types import DepartureReason
from fotfeste.accommodation.models import Stay
from fotfeste.accommodation.queries.everyone import everyone_of
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.facts import annul, supersede
from fotfeste.platform.viewer import Viewer


def end_stay(stay: Stay, on: date, reason: DepartureReason, *, by: Viewer, at: datetime) -> None:
    """A private stay ends; its address stays where they lived."""
    if stay.period.start == on:
        annul(stay, by=by, at=at, reason=LEFT_SAME_DAY + reason)
        return
    supersede(stay, by=by, at=at, reason="departed", period=stay.period.with_end(on), departure_reason=reason)


def leave_municipality(group_id: int, gone: Sequence[int], municipality_id: int, on: date, *, at: datetime) -> None:
    """The municipality's need to know of those who live there no more lasts for the follow-up, the household's own when
    nobody of it lives there.
    """
    today = legal_day(at)
    everyone = everyone_of(group_id, today)
    is_anybody_left = any(each.municipality_id == municipality_id for each in everyone)
    subjects = gone if is_anybody_left else [group_id, *gone]
    until = housed_until(on, today)
    end_needs(subjects, reason=NeedReason.HOUSED_HERE, on=until, at=at, organisation_id=municipality_id)


def tell_private(
    event: str, group_id: int, municipality_id: int, on: date, transition: str, *, by: Viewer, at: datetime
) -> None:
    """Publish an event of private stays of the household, in the municipality."""
    publish(
        Happening(
            type=event,
            subject_id=group_id,
            object_kind="municipality",
            object_id=municipality_id,
            transition=transition,
            holds_on=on,
            other_organisation_id=municipality_id,
        ),
        by=by,
        at=at,
    )


def end_for_a_centre(group_id: int, stays: Sequence[Stay], on: date, *, by: Viewer, at: datetime) -> None:
    """What follows where people move from a private home to a centre; their stays have ended (moved)."""
    for left in sorted({stay.municipality_id for stay in stays if stay.municipality_id}):
        gone = [stay.subject_id for stay in stays if stay.municipality_id == left]
        tell_private("accommodation.private_stay_ended", group_id, left, on, DepartureReason.MOVED_CENTRE, by=by, at=at)
        leave_municipality(group_id, gone, left, on, at=at)
