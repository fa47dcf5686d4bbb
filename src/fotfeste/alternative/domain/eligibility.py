"""Whether somebody meets the conditions of a scheme: a reason for each condition, met, not met, unknown (ALT-01, -02).

Nothing is guessed: what is not known is asked for. Which conditions a scheme has is a dated rule.
Source: MAMOT evaluation 4.2.2, 7.2.8; UDI 2022-003; UDI 2020-005.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from fotfeste.alternative.domain.schemes import is_open, open_rule
from fotfeste.alternative.domain.types import Condition, FamilyTie, HomeKind, Scheme
from fotfeste.kernel.ages import ADULT_AT, age_on
from fotfeste.kernel.decisions import Decision, Reason, RuleRef
from fotfeste.kernel.parameters import ParameterBook

UKRAINIAN = frozenset({"UKR", "UA"})
CLOSE = frozenset({FamilyTie.SPOUSE, FamilyTie.COHABITANT, FamilyTie.CHILD, FamilyTie.HOUSEHOLD})


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """What is known of somebody who applies; None is not known, and is asked for.

    `lived_in_ukraine` and `had_protection`: before the day that counts. `tie`: to the main person of the target group.
    """

    birth_date: date | None = None
    citizenship: str = ""
    is_alone_minor: bool | None = None  # enslig mindreårig
    lived_in_ukraine: bool | None = None
    had_protection: bool | None = None
    tie: FamilyTie | None = None
    is_registered: bool | None = None
    has_applied: bool | None = None
    has_duf: bool | None = None
    has_d_number: bool | None = None
    has_centre_right: bool | None = None
    has_near_family: bool | None = None
    has_carer: bool | None = None
    needs_adaptation: bool | None = None

    def age_on(self, day: date) -> int | None:
        """The age in whole years; None where the birth date is not known."""
        return None if self.birth_date is None else age_on(self.birth_date, day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One person, those who apply with them, the home, and when they are to be settled."""

    person: PersonFacts
    received_on: date
    family: tuple[PersonFacts, ...] = ()
    home_kind: HomeKind | None = None
    is_centre_housing: bool | None = None
    settles_on: date | None = None


def conditions_of(scheme: Scheme, on: date, book: ParameterBook) -> tuple[Condition, ...]:
    """The conditions of a scheme on a day, in the order in which they are told; the first rules count before there was
    a scheme, so that whoever applies too early is told all.
    """
    return tuple(Condition(word) for word in _rule_text(scheme, on, book).split())


def eligibility(facts: Facts, scheme: Scheme, on: date, book: ParameterBook) -> Decision:
    """Whether the person meets the scheme's conditions on a day: YES, NO, or UNKNOWN with what to ask for.

    `parts` has one decision for each condition, each with one reason; its `inputs` name the condition.
    """
    rule = _rule(scheme, on, book)
    parts = [_asked(condition, facts, scheme, on, book, rule) for condition in conditions_of(scheme, on, book)]
    return Decision.all_of(rule, *parts, inputs={"scheme": str(scheme), "on": on})


def condition_of(part: Decision) -> Condition:
    """Which condition a part of the decision is about."""
    return Condition(str(part.inputs["condition"]))


def unmet(decision: Decision) -> tuple[Condition, ...]:
    """The conditions that are not met."""
    return tuple(condition_of(part) for part in decision.parts if part.is_no)


def _rule(scheme: Scheme, on: date, book: ParameterBook) -> RuleRef:
    first = book.history(f"alternative.{scheme}_conditions")[0]
    return book.get(first.code, max(on, first.effective_from)).rule_ref()


def _rule_text(scheme: Scheme, on: date, book: ParameterBook) -> str:
    first = book.history(f"alternative.{scheme}_conditions")[0]
    return book.get(first.code, max(on, first.effective_from)).text


def _asked(
    condition: Condition, facts: Facts, scheme: Scheme, on: date, book: ParameterBook, rule: RuleRef
) -> Decision:
    answer, reason = _RULES[condition](facts, scheme, on, book)
    if condition is Condition.OPEN:  # by which rule it was open or closed when they applied, and not what is asked for
        rule = open_rule(scheme, facts.received_on, book)
    inputs = {"condition": str(condition)}
    if answer is None:
        return Decision.unknown(rule, reason, inputs=inputs)
    return (Decision.yes if answer else Decision.no)(rule, reason, inputs=inputs)


type _Answer = tuple[bool | None, Reason]


def _plain(name: str, known: bool | None) -> _Answer:
    """A condition that one fact answers: codes `<name>_met`, `_not_met`, `_unknown`."""
    outcome = "unknown" if known is None else "met" if known else "not_met"
    return known, Reason(f"{name}_{outcome}")


def _open(facts: Facts, scheme: Scheme, on: date, book: ParameterBook) -> _Answer:
    del on
    opened = is_open(scheme, facts.received_on, book)
    return opened, Reason("open_met" if opened else "open_not_met", {"day": facts.received_on})


def _not_alone(facts: Facts, scheme: Scheme, on: date, book: ParameterBook) -> _Answer:
    del scheme, book
    age = facts.person.age_on(on)
    if age is not None and age >= ADULT_AT:
        return True, Reason("not_alone_met")
    alone = facts.person.is_alone_minor
    if alone is None:
        return None, Reason("not_alone_unknown")
    return not alone, Reason("not_alone_not_met" if alone else "not_alone_met")


def _by_oneself(person: PersonFacts) -> bool | None:
    """Whether somebody is in the target group without looking at their family: Ukrainian and resident there, or not
    Ukrainian and protected there, before the day that counts.
    """
    if not person.citizenship:
        return None
    return person.lived_in_ukraine if person.citizenship in UKRAINIAN else person.had_protection


def _target_group(facts: Facts, scheme: Scheme, on: date, book: ParameterBook) -> _Answer:
    del scheme
    counts = {"day": date.fromisoformat(book.get("alternative.mamot_counts_before", on).text)}
    person = facts.person
    own = _by_oneself(person)
    if own:
        is_ukrainian = person.citizenship in UKRAINIAN
        return True, Reason("target_group_ukrainian" if is_ukrainian else "target_group_protected", counts)
    by_family, why = _by_family(facts, on)
    if by_family:
        return True, Reason("target_group_family", counts)
    if own is None:
        return None, Reason("target_group_unknown" if person.citizenship else "citizenship_unknown", counts)
    if by_family is None:
        return None, Reason(why, counts)
    return False, Reason(why, counts)


def _by_family(facts: Facts, on: date) -> tuple[bool | None, str]:
    """Whether somebody is close family of one of the target group who applies with them, and why not."""
    person = facts.person
    if person.tie is None:
        return None, "tie_unknown"
    if person.tie not in CLOSE:
        return False, "target_group_not_met"
    if person.tie is FamilyTie.CHILD:
        age = person.age_on(on)
        if age is None:
            return None, "birth_date_unknown"
        if age >= ADULT_AT:
            return False, "child_is_grown"
    mains = [_by_oneself(each) for each in facts.family]
    if any(mains):
        return True, "target_group_family"
    if not mains or None in mains:
        return None, "main_person_unknown"
    return False, "main_person_not_met"


def _registered(facts: Facts, *_: object) -> _Answer:
    return _plain("registered", facts.person.is_registered)


def _applied(facts: Facts, *_: object) -> _Answer:
    return _plain("applied_for_protection", facts.person.has_applied)


def _duf(facts: Facts, *_: object) -> _Answer:
    return _plain("duf", facts.person.has_duf)


def _d_number(facts: Facts, *_: object) -> _Answer:
    return _plain("d_number", facts.person.has_d_number)


def _home(facts: Facts, *_: object) -> _Answer:
    return _plain("home", True if facts.home_kind is not None else None)


def _not_centre_housing(facts: Facts, *_: object) -> _Answer:
    used = facts.is_centre_housing
    return _plain("not_centre_housing", None if used is None else not used)


def _four_weeks(facts: Facts, scheme: Scheme, on: date, book: ParameterBook) -> _Answer:
    del scheme
    if facts.settles_on is None:
        return True, Reason("four_weeks_not_agreed")
    limit = book.get("alternative.mamot_days_before_settlement", on)
    days = (facts.settles_on - on).days
    known: dict[str, str | int | date | bool] = {"day": facts.settles_on, "days": limit.integer}
    return days >= limit.integer, Reason("four_weeks_met" if days >= limit.integer else "four_weeks_not_met", known)


def _centre_place(facts: Facts, *_: object) -> _Answer:
    return _plain("centre_place", facts.person.has_centre_right)


def _need_or_family(facts: Facts, scheme: Scheme, on: date, book: ParameterBook) -> _Answer:
    """AMOT: near family settled in the municipality (a minor alone: or another suitable carer), or a need that ordinary
    centres cannot meet.
    """
    del scheme, on, book
    person = facts.person
    ways = [person.has_near_family, person.needs_adaptation]
    if person.is_alone_minor:
        ways.append(person.has_carer)
    if any(ways):
        named = ("near_family_met", "adaptation_met", "carer_met")
        return True, Reason(next(code for code, way in zip(named, ways, strict=False) if way))
    if None in ways:
        return None, Reason("need_or_family_unknown")
    return False, Reason("need_or_family_not_met")


_RULES: Mapping[Condition, Callable[[Facts, Scheme, date, ParameterBook], _Answer]] = {
    Condition.OPEN: _open,
    Condition.TARGET_GROUP: _target_group,
    Condition.NOT_ALONE: _not_alone,
    Condition.REGISTERED: _registered,
    Condition.APPLIED_FOR_PROTECTION: _applied,
    Condition.DUF: _duf,
    Condition.D_NUMBER: _d_number,
    Condition.HOME: _home,
    Condition.NOT_CENTRE_HOUSING: _not_centre_housing,
    Condition.FOUR_WEEKS: _four_weeks,
    Condition.CENTRE_PLACE: _centre_place,
    Condition.NEED_OR_FAMILY: _need_or_family,
}
