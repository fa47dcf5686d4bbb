"""The municipality's waiting list: who wants to live there, from when, and whether there is room (ALT-10)."""

from dataclasses import dataclass
from datetime import date, datetime

from fotfeste.alternative.domain.local import WaitingOutcome
from fotfeste.alternative.models import WaitingEntry
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.viewer import Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What is written down of somebody who wants to live in the municipality."""

    name: str
    persons: int
    reached_by: str
    wanted_from: date


@act
def add_to_waiting_list(waiting: Waiting, *, by: Viewer, at: datetime) -> WaitingEntry:
    """Write somebody on the actor's municipality's waiting list. Raises Refused `wanted_in_the_past`.

    That they told it later than the municipality asks is seen on the list, and refused nowhere (MAMOT 7.2.8: some came
    without notice all the same).
    """
    require(by, "alternative.follow_up")
    today = legal_day(at)
    if waiting.wanted_from < today:
        raise Refused("wanted_in_the_past", "wanted_from", {"day": waiting.wanted_from})
    return WaitingEntry.objects.create(
        organisation_id=by.organisation_id,
        name=waiting.name.strip(),
        persons=waiting.persons,
        reached_by=waiting.reached_by.strip(),
        wanted_from=waiting.wanted_from,
        listed_on=today,
        listed_at=at,
        listed_by_id=by.user_id,
    )


@act
def answer_waiting(
    reference: str, *, outcome: WaitingOutcome, possible_from: date | None, by: Viewer, at: datetime
) -> WaitingEntry:
    """Say whether there is room for somebody on the waiting list; also another answer than the first one.

    A place has a day from which they can live there. Raises Refused `place_without_day`, `place_in_the_past` (field
    `possible_from`), `has_applied_already`; NotFound.
    """
    require(by, "alternative.follow_up")
    entry = _locked(reference, by)
    if entry.applied_on is not None:
        raise Refused("has_applied_already")
    is_place = outcome == WaitingOutcome.PLACE
    if is_place and possible_from is None:
        raise Refused("place_without_day", "possible_from")
    if is_place and possible_from is not None and possible_from < legal_day(at):
        raise Refused("place_in_the_past", "possible_from", {"day": possible_from})
    entry.outcome, entry.possible_from = outcome, possible_from if is_place else None
    entry.answered_on, entry.answered_by_id = legal_day(at), by.user_id
    entry.save(update_fields=["outcome", "possible_from", "answered_on", "answered_by"])
    return entry


@act
def note_application(reference: str, *, by: Viewer, at: datetime) -> WaitingEntry:
    """Somebody on the waiting list has a place, and applies. Raises Refused `no_place_given`; NotFound."""
    require(by, "alternative.follow_up")
    entry = _locked(reference, by)
    if entry.outcome != WaitingOutcome.PLACE:
        raise Refused("no_place_given")
    if entry.applied_on is None:
        entry.applied_on = legal_day(at)
        entry.save(update_fields=["applied_on"])
    return entry


def _locked(reference: str, by: Viewer) -> WaitingEntry:
    entry = (
        WaitingEntry.objects.select_for_update().filter(reference=reference, organisation_id=by.organisation_id).first()
    )
    if entry is None:
        raise NotFound("not_found")
    return entry
