"""The rules of the settlement interview: who is asked what, what is missing, what the group needs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from fotfeste.kernel.calendar import next_working_day
from fotfeste.kernel.decisions import Decision, Reason, RuleRef
from fotfeste.kernel.errors import Refused
from fotfeste.settlement.domain.contents import (
    Adaptation,
    AnswerOutcome,
    BearsOn,
    Content,
    Pets,
    Question,
    Relations,
)
from fotfeste.settlement.domain.parameters import book
from fotfeste.settlement.domain.types import Capability, OwnTalk

GUIDE = "UDI: Veileder om bosettingsarbeid i akuttinnkvartering"
_BELONGS = RuleRef("settlement.belongs_in_interview", "1", f"{GUIDE}, 1.5 and 1.6", "verified")


@dataclass(frozen=True, slots=True)
class InterviewPerson:
    """A member of the group as the interview's rules see them. Age is that of the day when they were asked."""

    subject_id: int
    name: str
    age: int
    is_unaccompanied_minor: bool = False
    needs_interpreter: bool = False
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """What a person answered; a declined answer has no content, and its consequence is explained (SET-04)."""

    outcome: AnswerOutcome
    content: Content | None = None
    consequence_explained: bool = False


@dataclass(frozen=True, slots=True)
class Participation:
    """How a person took part; children are heard, and from the 12th birthday offered a talk of their own."""

    took_part: bool = True
    was_heard: bool = False
    own_talk: OwnTalk = OwnTalk.NOT_OFFERED
    accompanied_by: str = ""  # who was with an unaccompanied minor: guardian, representative, accompanying adult


@dataclass(frozen=True, slots=True)
class InterviewState:
    """What decides whether an interview is complete. `informed_on`: when each person was first informed."""

    persons: tuple[InterviewPerson, ...]
    held_on: date
    invited_on: date | None = None
    interpreter: str = "not_booked"
    mapping_notes: Mapping[int, str] = field(default_factory=dict)  # each unaccompanied minor's own
    answers: Mapping[tuple[int, Question], GivenAnswer] = field(default_factory=dict)
    participation: Mapping[int, Participation] = field(default_factory=dict)
    informed_on: Mapping[int, date] = field(default_factory=dict)
    asked_on: Mapping[int, date] = field(default_factory=dict)  # of who came later: the day of their own talk
    is_supplement: bool = False  # only those who came after the interview was held; the rest of it stands
    is_correction: bool = False  # answers of an interview that is held are corrected; what was before it stands

    def day_of(self, person: InterviewPerson) -> date:
        """The day that the person's age is of: on it they were asked, also where the answers are corrected later."""
        return self.asked_on.get(person.subject_id, self.held_on)


def interview_due_on(permit_on: date, placed_on: date | None) -> date:
    """By when the centre holds the interview: days after the permit, or after a later arrival at the centre.

    Raises NoRule where no rule is valid on that day.
    """
    basis = max(permit_on, placed_on) if placed_on else permit_on
    return next_working_day(basis + timedelta(days=book().get("settlement.interview_due_days", basis).integer))


def find_municipality_due_on(basis_on: date) -> date:
    """By when IMDi asks a municipality, counted from the interview or from a decline. Raises NoRule."""
    days = book().get("settlement.find_municipality_due_days", basis_on).integer
    return next_working_day(basis_on + timedelta(days=days))


def is_of_age(age: int, on: date) -> bool:
    """Whether somebody of this age counts as an adult by the rule of the day. Raises NoRule."""
    return age >= book().get("settlement.interview_adult_age", on).integer


def is_adult(person: InterviewPerson, on: date) -> bool:
    """Whether the person is asked as an adult on the day of the interview."""
    return is_of_age(person.age, on)


def is_interviewed(person: InterviewPerson, on: date) -> bool:
    """Whether the person is asked all five questions: adults, and unaccompanied minors individually."""
    return is_adult(person, on) or person.is_unaccompanied_minor


def is_offered_own_talk(person: InterviewPerson, on: date) -> bool:
    """Whether an accompanied child is offered a talk of its own: from the 12th birthday, on the day.

    An unaccompanied minor's interview is individual already. Source: guide 1.3; requirement SET-02.
    """
    return not is_interviewed(person, on) and person.age >= book().get("settlement.own_talk_age", on).integer


def questions_for(person: InterviewPerson, on: date) -> tuple[Question, ...]:
    """The questions answered for a person: all five, or for an accompanied child the one about adaptation.

    The whole family is mapped, also those without a decision. Source: guide 1.3.1, 1.6.1 (the child's need is
    registered as the child's).
    """
    return tuple(Question) if is_interviewed(person, on) else (Question.ADAPTATION,)


def belongs_in_interview(bears_on: Iterable[BearsOn]) -> Decision:
    """Whether a health matter belongs here: only if it bears on place, housing or services (SET-05).

    NO says what to do instead: ask the person to tell the doctor after settlement.
    """
    found = tuple(dict.fromkeys(bears_on))
    if found:
        return Decision.yes(_BELONGS, *(Reason(f"bears_on_{each}") for each in found), inputs={"bears_on": found})
    return Decision.no(_BELONGS, Reason("tell_the_doctor"), inputs={"bears_on": found})


def check_held_on(held_on: date, *, from_on: date, today: date) -> None:
    """Refuse a day to come, or one before the interview could be held, as that on which it was."""
    if held_on > today:
        raise Refused("interview_in_future", "held_on", {"day": held_on})
    if held_on < from_on:
        raise Refused("interview_before_permit", "held_on", {"day": held_on, "permit": from_on})


def check_other_day(held_on: date, state: InterviewState, *, registered_on: date) -> None:
    """Refuse another day than was registered if it is after it was registered, or before everyone was informed and
    invited.
    """
    if held_on > registered_on:
        raise Refused("interview_after_registration", "held_on", {"day": registered_on})
    first = [person for person in state.persons if state.day_of(person) == state.held_on]
    asked = [person.subject_id for person in first if is_interviewed(person, state.held_on)]
    told = [state.informed_on[each] for each in asked if each in state.informed_on]
    prepared_on = max([*told, *([state.invited_on] if state.invited_on else [])], default=held_on)
    if held_on < prepared_on:
        raise Refused("interview_before_invitation", "held_on", {"day": prepared_on})


def check_asked_alike(before: InterviewState, after: InterviewState, code: str = "asked_otherwise_that_day") -> None:
    """Refuse another day on which somebody had another age that counts: they would have been asked otherwise, and what
    was told as a minor would be an adult's. Raises Refused with `code`, field `held_on`.
    """
    names = [
        was.name
        for was, now in zip(before.persons, after.persons, strict=True)
        if _how(before, was) != _how(after, now)
    ]
    if names:
        raise Refused(code, "held_on", {"names": ", ".join(names)})


def _how(state: InterviewState, person: InterviewPerson) -> tuple[bool, bool, bool]:
    on = state.day_of(person)
    return is_adult(person, on), is_interviewed(person, on), is_offered_own_talk(person, on)


def capabilities_needed(contents: Iterable[Content], *, is_unaccompanied: bool) -> frozenset[Capability]:
    """What the group needs in its municipality, derived from the answers (SET-10).

    A home where pets are allowed is not needed by those who would part with theirs.
    """
    found: set[Capability] = {Capability.UNACCOMPANIED_MINORS} if is_unaccompanied else set()
    for content in contents:
        if isinstance(content, Pets) and content.has_pets and not content.will_part:
            found.add(Capability.PETS)
        if isinstance(content, Adaptation) and content.is_needed:
            extra = content.extra
            wanted = {
                Capability.ADAPTED_HOUSING: extra.needs_adapted_housing,
                Capability.STAFFED_HOUSING: extra.needs_staffed_housing,
                Capability.HEALTH_SPECIALISTS: extra.needs_specialist,
            }
            found |= {capability for capability, is_wanted in wanted.items() if is_wanted}
    return frozenset(found)


def ties_of(contents: Iterable[Content]) -> frozenset[str]:
    """Numbers of the municipalities where somebody close lives. They count, and decide nothing (SET-08)."""
    return frozenset(
        relation.municipality
        for content in contents
        if isinstance(content, Relations)
        for relation in content.relations
        if relation.municipality
    )
