"""Acts from the queue to the municipality, by anyone, on any day; and the right next step, so that some arrive."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from fotfeste.accommodation.public import DepartureReason, place_group
from fotfeste.kernel.calendar import Week
from fotfeste.registry.public import StatusKind, register_status
from fotfeste.settlement.public import (
    Capability,
    ClosingReason,
    DeclineReason,
    JourneyPlan,
    LegPlan,
    OwnCar,
    TravelMode,
    WithdrawalReason,
    accept_request,
    agree_journey,
    alert_early,
    annul_closing,
    annul_refusal,
    answer_travel_approval,
    ask_travel_approval,
    close_case,
    confirm_arrival,
    decline_request,
    finish_interview,
    follow_no_show,
    make_offer,
    register_offer_answer,
    register_withdrawal_told,
    release_municipality,
    report_no_show,
    see_change,
    see_withdrawals,
    send_request,
    withdraw_offer,
    withdraw_request,
)
from tests.properties.machine import DAYS, HOW, PROPER, WHICH, How, deed_of, pick, unversioned
from tests.properties.rules_interview import Interviewing
from tests.properties.rules_registry import FAMILIES
from tests.properties.seen import Household

WEEKS = st.sampled_from((None, -2, 0, 3))
WAYS = st.sampled_from(("train", "train", "taxi", "car", "car without papers", "no food"))
AHEAD = st.lists(st.tuples(FAMILIES, st.integers(0, 11)), min_size=1, max_size=2)


class Settlement(Interviewing):
    """Municipalities are asked, offers made, journeys agreed."""

    def week(self, weeks: int | None) -> Week | None:
        """A week, counted from this one."""
        return None if weeks is None else Week.of(self.day(7 * weeks))

    @initialize(ahead=AHEAD)
    def some_are_on_their_way(self, ahead: list[tuple[tuple[int, ...], int]]) -> None:
        """One or two households, each some steps ahead."""
        for place, (ages, steps) in enumerate(ahead):
            self.register(ages)
            for _ in range(steps):
                self.move_on(place)

    @rule(which=WHICH)
    def the_right_people_do_the_next_thing(self, which: int) -> None:
        """As it should be."""
        self.move_on(which)

    @rule(which=WHICH, steps=st.integers(2, 4))
    def the_right_people_do_the_next_things(self, which: int, steps: int) -> None:
        """As it should be, and on."""
        for _ in range(steps):
            self.move_on(which)

    @rule(days=st.sampled_from((1, 1, 6, 30)))
    def time_passes(self, days: int) -> None:
        """Some days."""
        self.days_pass(days)

    def move_on(self, which: int) -> None:
        """The next step of a household on its way, by the right people, today."""
        household = self.household(which)
        if household is None or not household.members:
            return
        key, centre = household.key, self.centre_of(household)
        if not household.stays and not household.is_settled:
            self.try_it(self.cast.udi, PROPER, household, deed_of(place_group, key, centre.organisation_id, self.today))
        elif set(household.stays) - household.bedded:
            self.give_beds(household, 0, 2 * which, 0, PROPER)
        if household.stays and household.case is None:
            kind = StatusKind.TEMPORARY_COLLECTIVE_PROTECTION
            deed = deed_of(register_status, key, household.members, kind, self.today)
            self.try_it(self.cast.udi, PROPER, household, deed)
        elif household.case is not None:
            self._next_in_case(household, household.case.state)

    def _next_in_case(self, household: Household, state: str) -> None:
        key, centre, municipality = household.key, self.centre_of(household), self.municipality_of(household)
        match state:
            case "interview_due":
                self.prepare(household)
                self.ask(household)
                self.try_it(centre, PROPER, household, deed_of(finish_interview, key, self.today))
            case "queued":
                self._ask(household, municipality.organisation_id, PROPER)
            case "requested":
                self._say_yes(household, 2, PROPER)
            case "municipality_found":
                deed = deed_of(make_offer, key, week=self.week(3), confirmed_since=tuple(Capability))
                self.try_it(self.cast.imdi, PROPER, household, deed)
            case "offered":
                self._answer_offer(household, True, True, 0, PROPER)
            case "accepted":
                self.try_it(centre, PROPER, household, deed_of(agree_journey, key, self.plan("train", 2)))
            case "journey_agreed":
                self.leaves(household, list(household.stays), 0, DepartureReason.AGREED_SETTLEMENT, PROPER)
            case "settled":
                self.try_it(municipality, PROPER, household, deed_of(confirm_arrival, key, arrived_on=self.today))

    def _ask(self, household: Household, municipality: int, how: How) -> bool:
        deed = deed_of(
            send_request, household.key, municipality, wanted_week=self.week(3), reasoning="De har slekt der."
        )
        return self.try_it(self.cast.imdi, how, household, deed)

    def _say_yes(self, household: Household, weeks: int | None, how: How) -> bool:
        deed = deed_of(
            accept_request, household.key, possible_week=self.week(weeks), confirmed=tuple(Capability), text="Velkommen"
        )
        return self.try_it(self.municipality_of(household), how, household, deed)

    def _answer_offer(self, household: Household, accepts: bool, shown: bool, days: int, how: How) -> bool:
        deed = deed_of(
            register_offer_answer,
            household.key,
            accepts=accepts,
            answered_on=self.day(days),
            answered_by_names="Olena",
            answer_language="uk",
            consequences_shown=shown,
            guardian_name="Verge Vergesen",
        )
        return self.try_it(self.centre_of(household), how, household, deed)

    def plan(self, way: str, days: int) -> JourneyPlan:
        """A journey that may be agreed, or one that lacks something."""
        on = self.day(days)
        mode = {"taxi": TravelMode.TAXI, "car": TravelMode.OWN_CAR, "car without papers": TravelMode.OWN_CAR}
        leg = LegPlan(mode.get(way, TravelMode.TRAIN), "Voss", "Levanger stasjon", 120_000)
        plan = JourneyPlan(
            travels_on=on,
            agreed_with="Anne Moe",
            agreed_on=self.today,
            hub="Levanger stasjon",
            legs=(leg,),
            minutes=840,
            has_food=way != "no food",
            luggage_pieces=2,
        )
        papers = OwnCar(1, 120_000, self.today, date(self.today.year + 1, 1, 1))
        return replace(plan, own_car=papers) if way == "car" else plan

    @rule(which=WHICH, how=HOW)
    def udi_asks_for_an_early_interview(self, which: int, how: How) -> None:
        """Before the decision; or after it, where it makes no sense."""
        household = self.household(which)
        if household is not None:
            self.try_it(self.cast.udi, how, household, deed_of(alert_early, household.key))

    @rule(which=WHICH, municipality=WHICH, how=HOW)
    def imdi_asks_a_municipality(self, which: int, municipality: int, how: How) -> None:
        """The first, or another one."""
        household = self.household(which)
        if household is not None:
            self._ask(household, pick(self.municipalities, municipality).organisation_id, how)

    @rule(which=WHICH, weeks=WEEKS, how=HOW)
    def a_municipality_says_yes(self, which: int, weeks: int | None, how: How) -> None:
        """From a week."""
        household = self.household(which)
        if household is not None:
            self._say_yes(household, weeks, how)

    @rule(which=WHICH, reason=st.sampled_from((*DeclineReason, "")), text=st.sampled_from(("", "Fullt.")), how=HOW)
    def a_municipality_says_no(self, which: int, reason: str, text: str, how: How) -> None:
        """With a reason or without."""
        household = self.household(which)
        if household is not None:
            deed = deed_of(decline_request, household.key, reason=reason, follows="not_until_reassessed", text=text)
            self.try_it(self.municipality_of(household), how, household, deed)

    @rule(which=WHICH, how=HOW)
    def imdi_withdraws(self, which: int, how: How) -> None:
        """The request, or lets the municipality go that said yes."""
        household = self.household(which)
        if household is not None:
            is_found = household.case is not None and household.case.state == "municipality_found"
            act = release_municipality if is_found else withdraw_request
            self.try_it(self.cast.imdi, how, household, deed_of(act, household.key))

    @rule(which=WHICH, weeks=WEEKS, how=HOW)
    def imdi_makes_the_offer(self, which: int, weeks: int | None, how: How) -> None:
        """The one offer."""
        household = self.household(which)
        if household is not None:
            self.try_it(self.cast.imdi, how, household, deed_of(make_offer, household.key, week=self.week(weeks)))

    @rule(which=WHICH, accepts=st.booleans(), shown=st.booleans(), days=DAYS, how=HOW)
    def the_offer_is_answered(self, which: int, accepts: bool, shown: bool, days: int, how: How) -> None:
        """Yes or no, knowing what a no means or not."""
        household = self.household(which)
        if household is not None:
            self._answer_offer(household, accepts, shown, days, how)

    @rule(which=WHICH, text=st.sampled_from(("", "Rullestol.")), how=HOW)
    def the_centre_asks_udi_how_to_travel(self, which: int, text: str, how: How) -> None:
        """In writing."""
        household = self.household(which)
        if household is not None:
            deed = deed_of(ask_travel_approval, household.key, modes=["taxi"], explanation=text)
            self.try_it(self.centre_of(household), how, household, deed)

    @rule(which=WHICH, approves=st.booleans(), words=st.sampled_from(("", "24/123")), how=HOW)
    def udi_answers_how_to_travel(self, which: int, approves: bool, words: str, how: How) -> None:
        """With a reference, or words."""
        household = self.household(which)
        if household is not None:
            deed = deed_of(answer_travel_approval, household.key, approves=approves, udi_reference=words, text=words)
            self.try_it(self.cast.udi, how, household, deed)

    @rule(which=WHICH, way=WAYS, days=DAYS, how=HOW)
    def a_journey_is_agreed(self, which: int, way: str, days: int, how: How) -> None:
        """Or changed."""
        household = self.household(which)
        if household is not None:
            deed = deed_of(agree_journey, household.key, self.plan(way, days))
            self.try_it(self.centre_of(household), how, household, deed)

    @rule(which=WHICH, days=DAYS, how=HOW)
    def the_municipality_receives_them(self, which: int, days: int, how: How) -> None:
        """On a day."""
        household = self.household(which)
        if household is not None:
            deed = deed_of(confirm_arrival, household.key, arrived_on=self.day(days))
            self.try_it(self.municipality_of(household), how, household, deed)

    @rule(which=WHICH, text=st.sampled_from(("", "Ingen på toget.")), how=HOW)
    def the_municipality_waits_in_vain(self, which: int, text: str, how: How) -> None:
        """They did not come."""
        household = self.household(which)
        if household is not None:
            self.try_it(
                self.municipality_of(household), how, household, deed_of(report_no_show, household.key, text=text)
            )

    @rule(which=WHICH, how=HOW)
    def imdi_follows_up_that_they_did_not_come(self, which: int, how: How) -> None:
        """Or there is nothing to follow up."""
        household = self.household(which)
        if household is not None:
            self.try_it(self.cast.imdi, how, household, deed_of(follow_no_show, household.key))

    @rule(which=WHICH, reason=st.sampled_from((*WithdrawalReason, "")), how=HOW)
    def imdi_takes_an_offer_back(self, which: int, reason: str, how: How) -> None:
        """The home is lost, or there is no reason."""
        household = self.household(which)
        if household is not None:
            deed = deed_of(withdraw_offer, household.key, reason=reason, text="Brann.")
            self.try_it(self.cast.imdi, how, household, deed)

    @rule(which=WHICH, how=HOW)
    def a_no_is_taken_back(self, which: int, how: How) -> None:
        """Nobody has said it."""
        household = self.household(which)
        if household is not None:
            deed = deed_of(annul_refusal, household.key, reason="other", text="Feil husstand.")
            self.try_it(self.cast.imdi, how, household, deed)

    @rule(which=WHICH, by_imdi=st.booleans(), how=HOW)
    def a_closing_is_taken_back(self, which: int, by_imdi: bool, how: How) -> None:
        """The case should not have been closed."""
        household = self.household(which)
        if household is not None:
            by = self.cast.imdi if by_imdi else self.centre_of(household)
            self.try_it(by, how, household, deed_of(annul_closing, household.key, reason="wrong_choice"))

    @rule(which=WHICH, days=DAYS, how=HOW)
    def the_household_is_told(self, which: int, days: int, how: How) -> None:
        """That its offer was taken back."""
        household = self.household(which)
        if household is not None:
            deed = deed_of(register_withdrawal_told, household.key, told_on=self.day(days))
            self.try_it(self.centre_of(household), how, household, deed)

    @rule(which=WHICH, how=HOW)
    def a_municipality_sees_what_it_was_told(self, which: int, how: How) -> None:
        """That it has no part in a household any more."""
        household = self.household(which)
        if household is not None:
            at = min(household.told_withdrawn, default=0)
            right = next((each for each in self.municipalities if each.organisation_id == at), self.municipalities[0])
            # The household itself is not acted upon: the municipality sees it no more.
            self.try_it(right, How(how.who), None, unversioned(see_withdrawals, household.key))

    @rule(which=WHICH, how=HOW)
    def a_municipality_sees_who_comes_now(self, which: int, how: How) -> None:
        """That others come than it was asked for."""
        household = self.household(which)
        if household is not None:
            self.try_it(self.municipality_of(household), how, household, deed_of(see_change, household.key))

    @rule(which=WHICH, reason=st.sampled_from((*ClosingReason, "")), is_imdi=st.booleans(), how=HOW)
    def a_case_is_closed(self, which: int, reason: str, is_imdi: bool, how: How) -> None:
        """They will not be settled: by the centre or by IMDi."""
        household = self.household(which)
        if household is not None:
            by = self.cast.imdi if is_imdi else self.centre_of(household)
            self.try_it(by, how, household, deed_of(close_case, household.key, reason=reason, text="Borte."))
