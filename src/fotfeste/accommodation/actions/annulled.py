"""A departure that was registered by mistake: they never left, and live where they lived."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q

from fotfeste.access.public import NeedReason, open_needs
from fotfeste.accommodation.actions.centres import closed_within, lock_centre, places_left
from fotfeste.accommodation.actions.following import ask_for_places
from fotfeste.accommodation.actions.stays import LEFT_SAME_DAY, members_on
from fotfeste.accommodation.domain.types import DepartureReason
from fotfeste.accommodation.models import Absence, BedAssignment, Stay
from fotfeste.accommodation.queries.everyone import everyone_of
from fotfeste.accommodation.queries.where import departure_known_at
from fotfeste.directory.public import OrganisationKind
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.periods import Period
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.facts import PeriodFact, annul, restore, supersede
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import Mistake, TakenBack, check_mistake, lock_group, record_correction

_NO_DEPARTURES = ("", DepartureReason.MOVED_CENTRE)


@dataclass(frozen=True, slots=True)
class Departed:
    """The end of a stay with a departure: the first day without it, why, and when it was registered."""

    stay: Stay
    on: date
    reason: str
    registered_at: datetime

    @property
    def centre_id(self) -> int | None:
        """Where they stayed."""
        return self.stay.centre_id

    @property
    def same(self) -> tuple[date, str, int | None]:
        """What those who left together have in common."""
        return self.on, self.reason, self.centre_id


@act
def annul_departure(
    group_id: int,
    person_ids: Collection[int],
    *,
    reason: Mistake | str,
    text: str = "",
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> date:
    """Take back the departure of some or all of a household; gives the day it had.

    By the centre that registered it, or UDI. The stays go on as if they had not ended, and so do absence and leave;
    each has the bed they had where it is free still, else the centre is asked to give beds. One event,
    `accommodation.departure_annulled`, with the departure's reason as its transition: what followed from the departure
    is put back in the same instant.
    Raises Refused: `mistake_missing`, `mistake_needs_words`, `nobody_selected`, `departure_not_registered`,
    `departure_of_another_centre`, `one_departure_at_a_time`, `the_whole_departure`, `centre_has_closed`,
    `no_place_to_be_back`,
    and whatever stands against putting a case back; Stale, NotFound.
    """
    require(by, "accommodation.annul_departure")
    check_mistake(reason, text)
    lock_group(group_id, version=version)
    left = _departed(group_id, person_ids, by=by, at=at)
    why, on, centre_id = left[0].reason, left[0].on, left[0].centre_id
    if centre_id is None:
        raise Refused("departure_not_registered", "persons")
    persons = [each.stay.subject_id for each in left]
    today = legal_day(at)
    _check_place(centre_id, on, len(left), today)
    # First: whoever takes it back must see those who live there again, and who belongs to them and lives nowhere yet.
    unplaced = {each.subject_id for each in everyone_of(group_id, today) if not each.has_stayed}
    subjects = sorted({group_id, *persons, *unplaced})
    open_needs(subjects, organisation_id=centre_id, reason=NeedReason.LIVES_HERE, from_on=today, at=at)
    for each in left:
        _go_on(each, reason, by=by, at=at)
    _give_back(left, reason, by=by, at=at)
    record_correction(group_id, TakenBack.DEPARTURE, on, reason, text, by=by, at=at)
    ask_for_places(group_id, by=by, at=at)
    publish(
        Happening(
            type="accommodation.departure_annulled",
            subject_id=group_id,
            object_kind="centre",
            object_id=centre_id,
            transition=why,
            holds_on=on,
            other_organisation_id=centre_id,
        ),
        by=by,
        at=at,
    )
    return on


def _check_place(centre_id: int, on: date, people: int, today: date) -> None:
    """The centre has been in operation all the time, and has room for them today: earlier days they were there."""
    centre = lock_centre(centre_id)
    closed_on = closed_within(centre_id, Period(on, None))
    if closed_on is not None:
        raise Refused("centre_has_closed", "persons", {"centre": centre.name, "day": closed_on})
    free = places_left(centre_id, today, today)
    if people > free:
        raise Refused("no_place_to_be_back", "persons", {"centre": centre.name, "free": max(free, 0), "people": people})


def departures_of(person_ids: Sequence[int]) -> list[Departed]:
    """How the last stay of each person ended, where it was with a departure; of those whom the session sees."""
    is_taken_back = Exists(Stay.objects.filter(supersedes=OuterRef("pk")))
    stays = Stay.objects.filter(
        Q(annulled_at__isnull=True) | Q(annul_reason__startswith=LEFT_SAME_DAY) & ~is_taken_back,
        subject_id__in=person_ids,
    )
    stays = stays.annotate(departure_known_at=departure_known_at()).select_related("centre")
    last = {stay.subject_id: stay for stay in stays.order_by("period__startswith", "pk")}
    return [departed for stay in last.values() if (departed := _how(stay)) is not None]


def _how(stay: Any) -> Departed | None:
    if stay.centre_id is None:  # a private stay is corrected, by `correct_private_stay`
        return None
    if stay.annulled_at is not None:  # they left on the day they came
        reason = stay.annul_reason.removeprefix(LEFT_SAME_DAY)
        return Departed(stay, stay.period.start, reason, stay.annulled_at)
    if stay.departure_reason in _NO_DEPARTURES or stay.period.end is None:
        return None
    return Departed(stay, stay.period.end, stay.departure_reason, stay.departure_known_at or stay.recorded_at)


def _departed(group_id: int, person_ids: Collection[int], *, by: Viewer, at: datetime) -> list[Departed]:
    """The departure of those chosen: one day, one reason, one centre, and nothing after it."""
    if not person_ids:
        raise Refused("nobody_selected", "persons")
    members = members_on(group_id, legal_day(at))
    departed = departures_of(members)
    left = [each for each in departed if each.stay.subject_id in set(person_ids)]
    if len(left) != len(set(person_ids)):
        raise Refused("departure_not_registered", "persons")
    if by.organisation_kind != OrganisationKind.UDI and {each.centre_id for each in left} != {by.organisation_id}:
        raise Refused("departure_of_another_centre", "persons")
    if any(each.same != left[0].same for each in left):
        raise Refused("one_departure_at_a_time", "persons")
    of_it = [each for each in departed if each.same == left[0].same]
    if left[0].reason == DepartureReason.AGREED_SETTLEMENT and len(of_it) > len(left):
        raise Refused("the_whole_departure", "persons")
    return left


def _go_on(left: Departed, reason: Mistake | str, *, by: Viewer, at: datetime) -> None:
    """The stay has not ended; one that was annulled, since it had no days, is true again."""
    if left.stay.annulled_at is not None:
        restore(left.stay, by=by, at=at)
        return
    nowhere = {"street": "", "postal_code": "", "place": "", "county": ""}
    going_on = left.stay.period.with_end(None)
    supersede(left.stay, by=by, at=at, reason=str(reason), period=going_on, departure_reason="", **nowhere)


def _give_back(left: Sequence[Departed], reason: Mistake | str, *, by: Viewer, at: datetime) -> None:
    """The beds, absences and leave that the departure ended, as they were."""
    persons, departed_at = [each.stay.subject_id for each in left], {each.registered_at for each in left}
    for kind in (BedAssignment, Absence):
        theirs = kind.objects.filter(subject_id__in=persons)
        ended = theirs.filter(annul_reason="departed", annulled_at__in=departed_at)
        cut = {row.supersedes_id: row for row in theirs.current().filter(supersedes__in=ended)}
        for row in ended.order_by("pk"):
            _give_back_if_free(row, cut.get(row.pk), reason, by=by, at=at)


def _give_back_if_free(
    row: PeriodFact, cut: PeriodFact | None, reason: Mistake | str, *, by: Viewer, at: datetime
) -> None:
    """As it was, in place of what the departure left of it; the database knows whether somebody else has it by now, or
    nobody can have it: then the centre is asked to give another bed.
    """
    try:
        with transaction.atomic():
            if cut is not None:
                annul(cut, by=by, at=at, reason=str(reason))
            restore(row, by=by, at=at)
    except IntegrityError:
        return
