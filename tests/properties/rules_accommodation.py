"""Acts of accommodation, by anyone, on any day."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from fotfeste.accommodation.public import (
    CentreType,
    DepartureReason,
    LeaveWithdrawal,
    NewOperation,
    OperatorKind,
    ReturnMoved,
    annul_departure,
    assign_beds,
    block_bed,
    change_operation,
    correct_arrival,
    end_operation,
    grant_leave,
    move_return,
    place_group,
    register_absence,
    register_departure,
    register_return,
    unblock_bed,
    withdraw_leave,
)
from tests.properties.machine import DAYS, HOW, SOME, WHICH, How, deed_of, pick, unversioned
from tests.properties.rules_registry import Registry
from tests.properties.seen import Household

LEAVING = st.sampled_from(tuple(DepartureReason) + (DepartureReason.AGREED_SETTLEMENT,) * 3)
MEANT = st.sampled_from((True, True, False))  # that a minor alone is to stay where others do
ADDRESSED = (DepartureReason.AGREED_SETTLEMENT, DepartureReason.PRIVATE_ADDRESS)


class Accommodation(Registry):
    """People are placed, given beds, moved, away for a while, and gone."""

    def leaves(self, household: Household, people: list[int], days: int, reason: DepartureReason, how: How) -> bool:
        """The centre registers a departure, with an address where one is asked for."""
        address = {"street": "Kirkegata 1", "postal_code": "7600"} if reason in ADDRESSED else {}
        where, on, is_meant = household.key, self.day(days), bool(self.serial % 4)
        deed = deed_of(register_departure, where, people, on, reason, is_meant=is_meant, **address)
        return self.try_it(self.centre_of(household, people[0] if people else 0), how, household, deed)

    def give_beds(self, household: Household, bits: int, bed: int, days: int, how: How) -> bool:
        """The centre gives some of them beds, from the `bed`-th on."""
        people = self.some(household, bits)
        centre = self.centre_of(household, people[0] if people else 0)
        beds = self.beds[centre.organisation_id]
        wanted = {person: pick(beds, bed + place) for place, person in enumerate(people)}
        return self.try_it(centre, how, household, deed_of(assign_beds, household.key, wanted, self.day(days)))

    @rule(which=WHICH, centre=WHICH, days=DAYS, how=HOW, is_meant=MEANT)
    def they_are_placed(self, which: int, centre: int, days: int, how: How, is_meant: bool) -> None:
        """At one of the centres, for the first time or moved from the other."""
        household = self.household(which)
        if household is not None:
            where = pick(self.centres, centre).organisation_id
            deed = deed_of(place_group, household.key, where, self.day(days), is_meant=is_meant)
            self.try_it(self.cast.udi, how, household, deed)

    @rule(which=WHICH, bits=SOME, bed=WHICH, days=DAYS, how=HOW)
    def they_get_beds(self, which: int, bits: int, bed: int, days: int, how: How) -> None:
        """Free ones, taken ones, others than before."""
        household = self.household(which)
        if household is not None:
            self.give_beds(household, bits, bed, days, how)

    @rule(which=WHICH, bits=SOME, days=DAYS, back=st.sampled_from((-1, 0, 3, 14)), how=HOW)
    def they_are_granted_leave(self, which: int, bits: int, days: int, back: int, how: How) -> None:
        """From a day, with an agreed return."""
        household = self.household(which)
        if household is not None:
            people, from_on, on = self.some(household, bits), self.day(days), self.day(days + back)
            deed = deed_of(grant_leave, household.key, people, from_on, on, is_abroad=True)
            self.try_it(self.centre_of(household), how, household, deed)

    @rule(which=WHICH, bits=SOME, days=DAYS, how=HOW)
    def they_stay_away(self, which: int, bits: int, days: int, how: How) -> None:
        """Without leave."""
        household = self.household(which)
        if household is not None:
            deed = deed_of(register_absence, household.key, self.some(household, bits), self.day(days), is_abroad=False)
            self.try_it(self.centre_of(household), how, household, deed)

    @rule(which=WHICH, bits=SOME, reason=st.sampled_from(LeaveWithdrawal), how=HOW)
    def leave_is_taken_back(self, which: int, bits: int, reason: LeaveWithdrawal, how: How) -> None:
        """Before it begins."""
        household = self.household(which)
        if household is not None:
            deed = deed_of(withdraw_leave, household.key, self.some(household, bits), reason)
            self.try_it(self.centre_of(household), how, household, deed)

    @rule(which=WHICH, bits=SOME, days=DAYS, reason=st.sampled_from(ReturnMoved), how=HOW)
    def they_are_to_be_back_otherwise(self, which: int, bits: int, days: int, reason: ReturnMoved, how: How) -> None:
        """Another day than was agreed."""
        household = self.household(which)
        if household is not None:
            deed = deed_of(move_return, household.key, self.some(household, bits), self.day(days), reason)
            self.try_it(self.centre_of(household), how, household, deed)

    @rule(which=WHICH, bits=SOME, days=DAYS, how=HOW)
    def they_come_back(self, which: int, bits: int, days: int, how: How) -> None:
        """From leave or absence."""
        household = self.household(which)
        if household is not None:
            deed = deed_of(register_return, household.key, self.some(household, bits), self.day(days))
            self.try_it(self.centre_of(household), how, household, deed)

    @rule(which=WHICH, bits=SOME, days=DAYS, reason=LEAVING, how=HOW)
    def they_leave(self, which: int, bits: int, days: int, reason: DepartureReason, how: How) -> None:
        """All or some, for any reason."""
        household = self.household(which)
        if household is not None:
            self.leaves(household, self.some(household, bits), days, reason, how)

    @rule(which=WHICH, bits=SOME, how=HOW)
    def a_departure_is_taken_back(self, which: int, bits: int, how: How) -> None:
        """They never left."""
        household = self.household(which)
        if household is not None:
            deed = deed_of(annul_departure, household.key, self.some(household, bits), reason="other", text="Feil.")
            self.try_it(self.cast.udi, how, household, deed)

    @rule(which=WHICH, bits=SOME, days=DAYS, how=HOW)
    def they_came_on_another_day(self, which: int, bits: int, days: int, how: How) -> None:
        """Earlier or later than was registered."""
        household = self.household(which)
        if household is not None:
            some = self.some(household, bits)
            deed = deed_of(correct_arrival, household.key, some, self.day(days), text="Feil dag.")
            self.try_it(self.cast.udi if days % 2 else self.centre_of(household), how, household, deed)

    @rule(bed=WHICH, days=DAYS, length=st.sampled_from((None, 0, 5)), how=HOW)
    def a_bed_is_blocked(self, bed: int, days: int, length: int | None, how: How) -> None:
        """From a day, for some days or until further notice; refused where somebody has it."""
        key = pick(self.beds[self.cast.centre.organisation_id], bed)
        until = None if length is None else self.day(days + length)
        deed = unversioned(block_bed, key, self.day(days), until, "vannskade")
        self.try_it(self.cast.centre_administrator, How(how.who), None, deed)

    @rule(bed=WHICH, days=DAYS, how=HOW)
    def a_bed_can_be_used_again(self, bed: int, days: int, how: How) -> None:
        """From a day."""
        key = pick(self.beds[self.cast.centre.organisation_id], bed)
        self.try_it(self.cast.centre_administrator, How(how.who), None, unversioned(unblock_bed, key, self.day(days)))

    @rule(centre=WHICH, days=DAYS, how=HOW)
    def a_centre_closes(self, centre: int, days: int, how: How) -> None:
        """Refused while people stay past the day."""
        where = pick(self.centres, centre).organisation_id
        self.try_it(self.cast.udi, How(how.who), None, unversioned(end_operation, where, self.day(days)))

    @rule(centre=WHICH, days=DAYS, places=st.sampled_from((9, 12)), how=HOW)
    def a_centre_is_operated_otherwise(self, centre: int, days: int, places: int, how: How) -> None:
        """The same places or more, from a day."""
        where = pick(self.centres, centre).organisation_id
        new = NewOperation(
            type=CentreType.EMERGENCY,
            operator=OperatorKind.PRIVATE,
            places=places,
            places_maximum=places,
            source="test",
        )
        self.try_it(self.cast.udi, How(how.who), None, unversioned(change_operation, where, new, self.day(days)))
