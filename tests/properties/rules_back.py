"""What was registered by mistake is taken back, at once or after something else: sequences that chance rarely finds."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from fotfeste.accommodation.public import DepartureReason, annul_departure, end_operation
from fotfeste.registry.public import (
    PERMITS,
    Mistake,
    StatusKind,
    add_members,
    annul_status,
    register_status,
    remove_member,
)
from fotfeste.settlement.actions.moved import see_private_move
from fotfeste.settlement.domain.types import NoteMistake
from fotfeste.settlement.public import (
    Capability,
    alert_early,
    annul_refusal,
    answer_needs,
    declare_capabilities,
    finish_correction,
    finish_interview,
    reopen_interview,
    save_answers,
    see_change,
    see_withdrawals,
    take_back_passed_on,
)
from fotfeste.worklist.public import hand_over_task, take_task
from tests.properties.machine import DAYS, HOW, PROPER, SOME, WHICH, How, deed_of, pick, unversioned
from tests.properties.rules_accommodation import LEAVING
from tests.properties.rules_interview import ANSWERS
from tests.properties.rules_registry import FAMILIES
from tests.properties.rules_settlement import Settlement
from tests.properties.seen import Household
from tests.properties.whole import rows

NOTHING, OTHERS, GO_ON, TIME, PERMIT, OUT, CLOSES, SEEN = range(8)
BETWEEN = st.sampled_from((NOTHING, NOTHING, OTHERS, OTHERS, GO_ON, TIME, PERMIT, OUT, CLOSES, SEEN))
UP_TO_A_REQUEST, UP_TO_AN_OFFER = 7, 9  # the most steps that it takes


class TakingBack(Settlement):
    """They never left, never refused, never had the permit; and what is rarely done besides."""

    def again(self, household: Household) -> Household:
        """The household as it is now."""
        return self.seen.households[household.key]

    def brought(self, which: int, state: str, steps: int) -> Household | None:
        """A household that has got as far as this, if it can."""
        for _ in range(steps):
            household = self.household(which)
            if household is None or (household.case and household.case.state == state):
                return household
            self.move_on(which)
        return self.household(which)

    def staying(self, household: Household, bits: int) -> list[int]:
        """Some of those who live at a centre; all where no bit points at any."""
        there = list(household.stays)
        return [person for place, person in enumerate(there) if bits >> place & 1] or there

    def never_left(self, household: Household, people: list[int], how: How = PROPER) -> bool:
        """Their departure is taken back."""
        deed = deed_of(annul_departure, household.key, people, reason=Mistake.OTHER, text="Feil.")
        return self.try_it(self.cast.udi, how, self.again(household), deed)

    def never_refused(self, household: Household, how: How = PROPER) -> bool:
        """Their no is taken back."""
        deed = deed_of(annul_refusal, household.key, reason=Mistake.OTHER, text="Feil.")
        return self.try_it(self.cast.imdi, how, self.again(household), deed)

    def has_permit(self, household: Household, people: list[int], days: int) -> bool:
        """UDI registers a permit."""
        kind = StatusKind.TEMPORARY_COLLECTIVE_PROTECTION
        deed = deed_of(register_status, household.key, people, kind, self.day(days))
        return self.try_it(self.cast.udi, PROPER, self.again(household), deed)

    def something_happens(self, what: int, which: int, household: Household, gone: list[int]) -> list[int]:
        """Between a departure and its being taken back. Gives who left besides."""
        others = list(self.again(household).stays)
        match what:
            case _ if what == OTHERS and others:
                self.leaves(self.again(household), others, 0, DepartureReason.NO_ADDRESS, PROPER)
                return others
            case _ if what == GO_ON:
                self.move_on(which)
            case _ if what == TIME:
                self.days_pass(1)
            case _ if what == PERMIT:
                self.has_permit(household, gone, -2)
            case _ if what == OUT:
                out = deed_of(remove_member, household.key, gone[0], self.today)
                self.try_it(self.cast.udi, PROPER, self.again(household), out)
            case _ if what == CLOSES:
                centre = self.centre_of(household).organisation_id
                self.try_it(self.cast.udi, PROPER, None, unversioned(end_operation, centre, self.today))
            case _ if what == SEEN:
                for municipality in self.municipalities:
                    self.try_it(municipality, PROPER, None, unversioned(see_withdrawals, household.key))
                    self.try_it(municipality, PROPER, self.again(household), deed_of(see_change, household.key))
        return []

    @rule(which=WHICH, steps=st.integers(0, 4), bits=SOME, days=DAYS, reason=LEAVING, between=BETWEEN, also=SOME)
    def they_never_left(
        self, which: int, steps: int, bits: int, days: int, reason: DepartureReason, between: int, also: int
    ) -> None:
        """Some or all leave, at any stage; something happens; that departure is taken back, and perhaps the next."""
        for _ in range(steps):
            self.move_on(which)
        household = self.household(which)
        if household is None or not household.stays:
            return
        gone = self.staying(household, bits)
        if not self.leaves(household, gone, days, reason, PROPER):
            return
        after_them = self.something_happens(between, which, household, gone)
        self.never_left(household, gone)
        if after_them and also % 2:
            self.never_left(household, after_them)
        if also % 3 == 0:
            self.move_on(which)

    @rule(which=WHICH, leave=st.booleans(), bits=SOME, reason=LEAVING, first=st.booleans())
    def they_never_refused(self, which: int, leave: bool, bits: int, reason: DepartureReason, first: bool) -> None:
        """A no, and perhaps a departure after it: both are taken back, the no first or last."""
        household = self.brought(which, "offered", UP_TO_AN_OFFER)
        if household is None or not self._answer_offer(household, False, True, 0, PROPER):
            return
        gone = self.staying(self.again(household), bits)
        has_left = leave and self.leaves(self.again(household), gone, 0, reason, PROPER)
        if first:
            self.never_refused(household)
        if has_left:
            self.never_left(household, gone)
        self.never_refused(household)
        self.move_on(which)

    @rule(ages=FAMILIES, is_held=st.booleans(), bits=SOME, days=DAYS, leave=st.booleans(), back=st.booleans())
    def they_are_interviewed_early(
        self, ages: tuple[int, ...], is_held: bool, bits: int, days: int, leave: bool, back: bool
    ) -> None:
        """Before the decision, and then a permit of any day, or somebody leaves first; taken back or not."""
        if not self.register(ages):
            return
        which = len(self.seen.households) - 1
        self.move_on(which)
        household = self.household(which)
        if household is None or not self.try_it(self.cast.udi, PROPER, household, deed_of(alert_early, household.key)):
            return
        if is_held:
            self.prepare(self.again(household))
            self.ask(self.again(household))
            deed = deed_of(finish_interview, household.key, self.today)
            self.try_it(self.centre_of(household), PROPER, self.again(household), deed)
        if leave:
            gone = self.staying(self.again(household), bits)
            self.leaves(self.again(household), gone, 0, DepartureReason.NO_ADDRESS, PROPER)
            if back:
                self.never_left(household, gone)
        self.has_permit(household, self.some(household, bits), days)
        if back and not leave:
            self.never_was(household, bits, None)

    def never_was(self, household: Household, which: int, right: int | None) -> None:
        """A permit or a refusal that stands is taken back for all who have it, or gets another day."""
        standing = rows(
            "SELECT kind, holds_on, array_agg(subject_id ORDER BY subject_id) FROM registry_statusevent"
            " WHERE annulled_at IS NULL AND kind = ANY(%s) AND subject_id = ANY(%s) GROUP BY 1, 2 ORDER BY 1, 2",
            [[*PERMITS, StatusKind.REFUSAL], list(household.members)],
        )
        if not standing:
            return
        kind, on, people = pick(standing, which)
        right_on = None if right is None else self.day(right)
        named = {"reason": Mistake.OTHER, "text": "Feil.", "right_on": right_on}
        deed = deed_of(annul_status, household.key, people, StatusKind(kind), on, **named)
        self.try_it(self.cast.udi, PROPER, self.again(household), deed)

    @rule(which=WHICH, status=WHICH, right=st.sampled_from((None, None, 0, -1, -3, -40)))
    def a_decision_never_was(self, which: int, status: int, right: int | None) -> None:
        """Or was of another day."""
        household = self.household(which)
        if household is not None:
            self.never_was(household, status, right)

    @rule(
        which=WHICH,
        member=WHICH,
        answer=ANSWERS,
        between=st.integers(0, 4),
        state=st.sampled_from(("requested", "offered")),
    )
    def they_never_said_that(self, which: int, member: int, answer: object, between: int, state: str) -> None:
        """A municipality is asked, the interview is opened again, something happens, and it is finished again."""
        household = self.brought(which, state, UP_TO_A_REQUEST)
        if household is None or not household.members:
            return
        key, centre = household.key, self.centre_of(household)
        if not self.try_it(centre, PROPER, household, deed_of(reopen_interview, key, reason="Feil svar.")):
            return
        content = getattr(answer, "content", None)
        if content is not None:
            person = pick(household.members, member)
            deed = deed_of(save_answers, key, person, {content.question: answer})
            self.try_it(centre, PROPER, self.again(household), deed)
        gone = self.staying(self.again(household), between)
        if between == 1:
            self.move_on(which)
        elif between > 1:
            self.leaves(self.again(household), gone, 0, DepartureReason.NO_ADDRESS, PROPER)
        if between > 2:
            self.never_left(household, gone)
        self.try_it(
            self.centre_of(self.again(household)), PROPER, self.again(household), deed_of(finish_correction, key)
        )
        deed = deed_of(answer_needs, key, dict.fromkeys(Capability, bool(member % 2)), text="Fullt.")
        self.try_it(self.municipality_of(self.again(household)), PROPER, self.again(household), deed)

    @rule(which=WHICH, how=HOW)
    def imdi_sees_a_private_move(self, which: int, how: How) -> None:
        """Or there is none."""
        household = self.household(which)
        if household is not None:
            self.try_it(self.cast.imdi, how, household, deed_of(see_private_move, household.key))

    @rule(which=WHICH, reason=st.sampled_from((*NoteMistake, "")), how=HOW)
    def imdi_takes_back_what_it_passed_on(self, which: int, reason: str, how: How) -> None:
        """Any note: also what the centre wrote, or what is of another household."""
        household = self.household(which)
        found = rows("SELECT id FROM settlement_settlementnote ORDER BY id")
        if household is not None and found:
            [note] = pick(found, which)
            deed = deed_of(take_back_passed_on, household.key, note, reason=reason)
            self.try_it(self.cast.imdi, how, household, deed)

    @rule(which=WHICH, what=st.sampled_from(tuple(Capability)), can=st.sampled_from((True, False, None)), how=HOW)
    def a_municipality_says_what_it_can(self, which: int, what: Capability, can: bool | None, how: How) -> None:
        """Yes, no or nothing of what households may need."""
        deed = unversioned(declare_capabilities, {what: can})
        self.try_it(pick(self.municipalities, which), How(how.who), None, deed)

    @rule(which=WHICH, other=WHICH, bits=SOME, days=DAYS, how=HOW)
    def several_join_another_household(self, which: int, other: int, bits: int, days: int, how: How) -> None:
        """All of them or none."""
        household, from_where = self.household(which), self.household(other)
        if household is not None and from_where is not None:
            deed = deed_of(add_members, household.key, self.some(from_where, bits), self.day(days))
            self.try_it(self.cast.udi, how, household, deed)

    @rule(task=WHICH, is_taken=st.booleans(), how=HOW)
    def a_task_is_taken_or_handed_over(self, task: int, is_taken: bool, how: How) -> None:
        """Open or closed; the household itself is not acted upon."""
        found = rows("SELECT reference::text, organisation_id FROM worklist_task ORDER BY id DESC LIMIT 8")
        if not found:
            return
        reference, organisation = pick(found, task)
        right = next((each for each in self.viewers.values() if each.organisation_id == organisation), self.cast.udi)
        deed = (
            unversioned(take_task, reference) if is_taken else unversioned(hand_over_task, reference, to_user_id=None)
        )
        self.try_it(right, How(how.who), None, deed)
