"""Acts around the settlement interview, by anyone, on any day."""

from datetime import UTC, datetime, time

from hypothesis import strategies as st
from hypothesis.stateful import rule

from fotfeste.platform.scope import scope
from fotfeste.registry.public import Member, members_of
from fotfeste.settlement.domain.contents import Adaptation, BearsOn, Content, ExtraNeeds, Pets
from fotfeste.settlement.domain.types import AfterGrowth
from fotfeste.settlement.public import (
    AnswerOutcome,
    Capability,
    GivenAnswer,
    Information,
    InformationMode,
    InterviewPlan,
    OwnTalk,
    Participation,
    Question,
    add_need,
    add_note,
    answer_needs,
    end_need,
    finish_correction,
    finish_interview,
    finish_supplement,
    give_information,
    invite,
    pass_on,
    plan_interview,
    read_notes,
    register_participants,
    reopen_interview,
    save_answers,
    save_mapping_notes,
    see_household_again,
)
from tests.properties.machine import DAYS, HOW, PROPER, SOME, WHICH, How, deed_of, pick
from tests.properties.rules_accommodation import Accommodation
from tests.properties.seen import Household
from tests.settlement_steps import DECLINED, PLAIN_ANSWERS

_LIFT = Adaptation(
    is_needed=True,
    description="Trenger bolig uten trapper.",
    bears_on=(BearsOn.HOUSING,),
    extra=ExtraNeeds(needs_adapted_housing=True),
)
_CONTENTS: tuple[Content, ...] = (_LIFT, Adaptation(), Pets(has_pets=True, description="En katt."), Pets(has_pets=True))
ANSWERS = st.sampled_from(
    (
        *(GivenAnswer(AnswerOutcome.ANSWERED, content) for content in _CONTENTS),
        *PLAIN_ANSWERS.values(),
        DECLINED,
        GivenAnswer(AnswerOutcome.DECLINED),
        None,
    )
)
PARTS = st.builds(Participation, st.booleans(), st.booleans(), st.sampled_from(tuple(OwnTalk)))
MODES = st.sampled_from(tuple(InformationMode))
WHYS = st.sampled_from(("Mor bruker rullestol nå.", "Mor bruker rullestol nå.", " "))
LANGUAGES = st.sampled_from(("uk", "uk", "uk", "so", ""))


class Interviewing(Accommodation):
    """Residents are informed, invited, asked and heard."""

    def members(self, household: Household) -> list[Member]:
        """The members with their names and ages, as UDI sees them."""
        with scope(self.cast.udi, self.today):
            return members_of(household.key, self.today)

    def prepare(self, household: Household) -> None:
        """All that comes before the interview, today."""
        centre, how = self.centre_of(household), PROPER
        for mode in InformationMode:
            told = Information(mode, "uk", self.today, "Kari", with_interpreter=True)
            self.try_it(centre, how, household, deed_of(give_information, household.key, household.members, told))
        plan = InterviewPlan(datetime.combine(self.today, time(12), UTC), "Møterom 2", "uk", "booked")
        self.try_it(centre, how, household, deed_of(plan_interview, household.key, plan))
        self.try_it(centre, how, household, deed_of(invite, household.key, self.today, "uk"))

    def ask(self, household: Household) -> None:
        """Everyone has answered, children are heard."""
        centre, how = self.centre_of(household), PROPER
        for member in self.members(household):
            is_asked_all = member.age >= 18 or member.is_unaccompanied_minor
            answers = {q: a for q, a in PLAIN_ANSWERS.items() if is_asked_all or q is Question.ADAPTATION}
            self.try_it(centre, how, household, deed_of(save_answers, household.key, member.subject_id, answers))
            if not is_asked_all:
                talk = OwnTalk.NOT_WANTED if member.age >= 12 else OwnTalk.NOT_OFFERED
                part = {member.subject_id: Participation(was_heard=True, own_talk=talk)}
                self.try_it(centre, how, household, deed_of(register_participants, household.key, part))
        alone = {each.subject_id: "Nær søsken." for each in self.members(household) if each.is_unaccompanied_minor}
        self.try_it(centre, how, household, deed_of(save_mapping_notes, household.key, alone))

    @rule(which=WHICH, bits=SOME, mode=MODES, language=LANGUAGES, days=DAYS, how=HOW)
    def they_are_informed(
        self, which: int, bits: int, mode: InformationMode, language: str, days: int, how: How
    ) -> None:
        """All or some, in a language that they understand or not."""
        household = self.household(which)
        if household is not None:
            told = Information(mode, language, self.day(days), "Kari")
            deed = deed_of(give_information, household.key, self.some(household, bits), told)
            self.try_it(self.centre_of(household), how, household, deed)

    @rule(which=WHICH, days=DAYS, language=LANGUAGES, how=HOW)
    def the_interview_is_planned(self, which: int, days: int, language: str, how: How) -> None:
        """On any day."""
        household = self.household(which)
        if household is not None:
            plan = InterviewPlan(datetime.combine(self.day(days), time(12), UTC), "Møterom 2", language, "booked")
            deed = deed_of(plan_interview, household.key, plan)
            self.try_it(self.centre_of(household), how, household, deed)

    @rule(which=WHICH, days=DAYS, leaflet=LANGUAGES, how=HOW)
    def they_are_invited(self, which: int, days: int, leaflet: str, how: How) -> None:
        """With a leaflet that exists or does not."""
        household = self.household(which)
        if household is not None:
            deed = deed_of(invite, household.key, self.day(days), leaflet)
            self.try_it(self.centre_of(household), how, household, deed)

    @rule(which=WHICH, member=WHICH, question=st.sampled_from(tuple(Question)), answer=ANSWERS, how=HOW)
    def somebody_answers(
        self, which: int, member: int, question: Question, answer: GivenAnswer | None, how: How
    ) -> None:
        """Any question, finished or not, declined, taken back."""
        household = self.household(which)
        if household is None or not household.members:
            return
        if answer is not None and answer.content is not None:
            question = answer.content.question
        person = pick(household.members, member)
        deed = deed_of(save_answers, household.key, person, {question: answer})
        self.try_it(self.centre_of(household), how, household, deed)

    @rule(which=WHICH, member=WHICH, part=PARTS, how=HOW)
    def somebody_takes_part(self, which: int, member: int, part: Participation, how: How) -> None:
        """Heard or not, with a talk of their own or not."""
        household = self.household(which)
        if household is not None and household.members:
            deed = deed_of(register_participants, household.key, {pick(household.members, member): part})
            self.try_it(self.centre_of(household), how, household, deed)

    @rule(which=WHICH, days=DAYS, how=HOW)
    def the_interview_is_finished(self, which: int, days: int, how: How) -> None:
        """If it can be."""
        household = self.household(which)
        if household is not None:
            deed = deed_of(finish_interview, household.key, self.day(days))
            self.try_it(self.centre_of(household), how, household, deed)

    @rule(which=WHICH, is_asked=st.booleans(), reason=st.sampled_from(("", "Et nyfødt barn.")), how=HOW)
    def imdi_sees_a_household_again(self, which: int, is_asked: bool, reason: str, how: How) -> None:
        """Somebody has come since the interview: those are asked too, or it goes on. Or nobody has come."""
        household = self.household(which)
        if household is not None:
            outcome = AfterGrowth.SUPPLEMENT if is_asked else AfterGrowth.GOES_ON
            deed = deed_of(see_household_again, household.key, outcome=outcome, reasoning=reason)
            self.try_it(self.cast.imdi, how, household, deed)

    @rule(which=WHICH, is_ready=st.booleans(), how=HOW)
    def the_interview_is_supplemented(self, which: int, is_ready: bool, how: How) -> None:
        """If those who came are informed, asked and heard; or not."""
        household = self.household(which)
        if household is None:
            return
        if is_ready:
            self.prepare(household)
            self.ask(household)
        self.try_it(self.centre_of(household), how, household, deed_of(finish_supplement, household.key))

    @rule(which=WHICH, is_imdi=st.booleans(), why=WHYS, how=HOW)
    def the_interview_is_opened_again(self, which: int, is_imdi: bool, why: str, how: How) -> None:
        """By the centre or IMDi, because an answer is wrong."""
        household = self.household(which)
        if household is not None:
            by = self.cast.imdi if is_imdi else self.centre_of(household)
            self.try_it(by, how, household, deed_of(reopen_interview, household.key, reason=why))

    @rule(which=WHICH, is_ready=st.booleans(), how=HOW)
    def the_interview_is_corrected(self, which: int, is_ready: bool, how: How) -> None:
        """Everybody's answers are saved anew, or as they were left; if it is open again."""
        household = self.household(which)
        if household is None:
            return
        if is_ready:
            self.ask(household)
        self.try_it(self.centre_of(household), how, household, deed_of(finish_correction, household.key))

    @rule(which=WHICH, text=st.sampled_from(("", "Mor er gravid.")), how=HOW)
    def the_centre_writes_a_note(self, which: int, text: str, how: How) -> None:
        """For IMDi."""
        household = self.household(which)
        if household is not None:
            self.try_it(self.centre_of(household), how, household, deed_of(add_note, household.key, text))

    @rule(which=WHICH, text=st.sampled_from(("", "Trenger jordmor.")), how=HOW)
    def imdi_reads_the_notes(self, which: int, text: str, how: How) -> None:
        """And passes something on, or nothing."""
        household = self.household(which)
        if household is not None:
            self.try_it(self.cast.imdi, how, household, deed_of(read_notes, household.key, text))

    @rule(which=WHICH, what=st.sampled_from(tuple(Capability)), ends=st.booleans(), why=WHYS, how=HOW)
    def imdi_changes_what_they_need(self, which: int, what: Capability, ends: bool, why: str, how: How) -> None:
        """What the municipality must have, after the interview."""
        household = self.household(which)
        if household is not None:
            change = end_need if ends else add_need
            self.try_it(self.cast.imdi, how, household, deed_of(change, household.key, what, reason=why))

    @rule(which=WHICH, can=st.booleans(), why=WHYS, how=HOW)
    def the_municipality_answers_about_needs(self, which: int, can: bool, why: str, how: How) -> None:
        """Whether it has what they have come to need since its yes; or nobody has asked."""
        household = self.household(which)
        if household is not None:
            deed = deed_of(answer_needs, household.key, dict.fromkeys(Capability, can), text=why)
            self.try_it(self.cast.municipality, how, household, deed)

    @rule(which=WHICH, text=st.sampled_from(("", "Bør bo nær søsken.")), how=HOW)
    def imdi_passes_on(self, which: int, text: str, how: How) -> None:
        """What a municipality is to know of them."""
        household = self.household(which)
        if household is not None:
            self.try_it(self.cast.imdi, how, household, deed_of(pass_on, household.key, text))
