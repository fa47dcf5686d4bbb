"""Permits that are lost on the way, and what others do then: sequences that chance rarely finds."""

from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import rule

from fotfeste.accommodation.public import DepartureReason, place_group
from fotfeste.registry.public import (
    PERMITS,
    StatusKind,
    add_members,
    register_member,
    register_status,
    remove_member,
)
from fotfeste.settlement.public import (
    ClosingReason,
    alert_early,
    close_case,
    decline_request,
    finish_interview,
    release_municipality,
    withdraw_offer,
    withdraw_request,
)
from tests.properties.machine import PROPER, SOME, Deed, deed_of, pick
from tests.properties.rules_accommodation import LEAVING
from tests.properties.rules_back import TakingBack
from tests.properties.rules_registry import FAMILIES
from tests.properties.seen import Household
from tests.properties.whole import rows

FURTHEST = 12  # steps to an agreed journey, at most
WITH_MUNICIPALITY = ("requested", "requested", "municipality_found", "offered", "accepted", "journey_agreed")


class Permits(TakingBack):
    """A household loses its permit with a municipality, and the municipality too."""

    def newest(self) -> int:
        """The place of the household that was registered last."""
        return len(self.seen.households) - 1

    def interviewed_early(self, which: int) -> None:
        """Placed, alerted and interviewed before there is a decision."""
        self.move_on(which)
        household = self.household(which)
        if household is None or not self.try_it(self.cast.udi, PROPER, household, deed_of(alert_early, household.key)):
            return
        self.prepare(self.again(household))
        self.ask(self.again(household))
        deed = deed_of(finish_interview, household.key, self.today)
        self.try_it(self.centre_of(household), PROPER, self.again(household), deed)

    def all_are_refused(self, household: Household) -> None:
        """UDI refuses everyone."""
        deed = deed_of(register_status, household.key, list(household.members), StatusKind.REFUSAL, self.today)
        self.try_it(self.cast.udi, PROPER, self.again(household), deed)

    def had_no_permit(self, household: Household) -> None:
        """Every permit that stands is taken back."""
        kinds = [[*PERMITS], list(household.members)]
        asked = "FROM registry_statusevent WHERE annulled_at IS NULL AND kind = ANY(%s) AND subject_id = ANY(%s)"
        for _ in rows(f"SELECT DISTINCT kind, holds_on {asked}", kinds):
            self.never_was(household, -1, None)

    def lets_go(self, household: Household) -> None:
        """Whoever can sends the household back to the queue."""
        state, key = household.case.state if household.case else "", household.key
        by_state: dict[str, Deed] = {
            "requested": deed_of(withdraw_request, key),
            "municipality_found": deed_of(release_municipality, key),
        }
        taken_back = deed_of(withdraw_offer, key, reason="home_lost", text="Brann.")
        self.try_it(self.cast.imdi, PROPER, household, by_state.get(state, taken_back))

    @rule(ages=FAMILIES, others=FAMILIES, held=st.booleans(), reason=LEAVING, bits=SOME, permits=st.booleans())
    def those_at_another_centre_are_refused(
        self,
        ages: tuple[int, ...],
        others: tuple[int, ...],
        held: bool,
        reason: DepartureReason,
        bits: int,
        permits: bool,
    ) -> None:
        """They join a household that waits for its decision here, and their centre registers what becomes of them."""
        if not (self.register(ages) and self.register(others)):
            return
        joins, waits = self.newest(), self.newest() - 1
        household, joining = self.household(waits), self.household(joins)
        if household is None or joining is None:
            return
        if held:
            self.interviewed_early(waits)
        else:
            self.move_on(waits)
            self.try_it(self.cast.udi, PROPER, self.again(household), deed_of(alert_early, household.key))
        there = self.cast.other_centre.organisation_id
        self.try_it(self.cast.udi, PROPER, joining, deed_of(place_group, joining.key, there, self.today))
        self.all_are_refused(joining)
        people = list(joining.members)
        deed = deed_of(add_members, household.key, people, self.today)
        if not self.try_it(self.cast.udi, PROPER, self.again(household), deed):
            return
        self.nothing_is_broken()
        gone = [person for place, person in enumerate(people) if bits >> place & 1] or people[:1]
        self.leaves(self.again(household), gone, 0, reason, PROPER)
        self.nothing_is_broken()
        if permits:
            self.has_permit(household, [*household.members], 0)

    @rule(
        ages=FAMILIES,
        early=st.booleans(),
        state=st.sampled_from(WITH_MUNICIPALITY),
        refused=st.booleans(),
        says_no=st.booleans(),
        again=st.booleans(),
    )
    def permit_and_municipality_are_lost(
        self, ages: tuple[int, ...], early: bool, state: str, refused: bool, says_no: bool, again: bool
    ) -> None:
        """In this order, at any stage; and perhaps a permit comes after all."""
        if not self.register(ages):
            return
        which = self.newest()
        if early:
            self.interviewed_early(which)
            self.has_permit(household := pick(list(self.seen.households.values()), which), [*household.members], 0)
        reached = self.brought(which, state, FURTHEST)
        if reached is None or reached.case is None:
            return
        if refused:
            self.all_are_refused(reached)
        else:
            self.had_no_permit(reached)
        self.nothing_is_broken()
        if says_no and state == "requested":
            deed = deed_of(
                decline_request, reached.key, reason="no_housing", follows="not_until_reassessed", text="Fullt."
            )
            self.try_it(self.municipality_of(reached), PROPER, self.again(reached), deed)
        else:
            self.lets_go(self.again(reached))
        self.nothing_is_broken()
        if again:
            self.has_permit(reached, [*reached.members], 0)

    @rule(
        ages=FAMILIES,
        steps=st.sampled_from((3, 5, 7)),
        reason=st.sampled_from((ClosingReason.OTHER, ClosingReason.OWN_WAY, ClosingReason.NO_PERMIT)),
        change=st.sampled_from(("born", "taken out", "joins", "joins with a permit", "put right")),
        bits=SOME,
    )
    def a_closed_household_changes(
        self, ages: tuple[int, ...], steps: int, reason: ClosingReason, change: str, bits: int
    ) -> None:
        """IMDi has closed the case; then somebody comes or goes, or a permit gets another day."""
        if not self.register(ages):
            return
        which = self.newest()
        for _ in range(steps):
            self.move_on(which)
        household = self.household(which)
        deed = deed_of(close_case, household.key, reason=reason, text="Borte.") if household else None
        if household is None or deed is None or not self.try_it(self.cast.imdi, PROPER, household, deed):
            return
        self.days_pass(1)
        household, key = self.again(household), household.key
        if change == "born":
            baby = self.new_person(0)
            deed = deed_of(register_member, key, replace(baby, birth_date=self.today), self.today)
            self.try_it(self.cast.registrar, PROPER, household, deed)
        elif change == "taken out":
            out = deed_of(remove_member, key, pick(household.members, bits), self.today)
            self.try_it(self.cast.udi, PROPER, household, out)
        elif change == "put right":
            self.never_was(household, bits, -2)
        elif self.register((52,)):
            joining = pick(list(self.seen.households.values()), self.newest())
            if change == "joins with a permit":
                self.has_permit(joining, [*joining.members], 0)
            self.try_it(
                self.cast.udi, PROPER, self.again(household), deed_of(add_members, key, [*joining.members], self.today)
            )
