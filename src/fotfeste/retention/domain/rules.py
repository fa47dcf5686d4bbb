"""Which purposes of keeping a household's record are over on a day, since when, and which parts go.

A period counts from the day on which everything was over: the last of them left, the case ended, the household was
emptied, and nobody has registered anything of them since. Whoever comes back, or has a case, a stay, a task or a need
to know of them left, is kept as long as that lasts. Where it is not known how their time here ended, nothing is due.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from fotfeste.access.domain.types import NeedReason
from fotfeste.kernel.calendar import add_months
from fotfeste.kernel.decisions import Decision, Reason, RuleRef
from fotfeste.kernel.forgetting import Part
from fotfeste.kernel.parameters import Parameter, ParameterBook, ParameterStatus
from fotfeste.retention.domain.types import Due, HouseholdFacts, Plan, Purpose

CONTACTS = "retention.contacts_months"
TEXTS = "retention.texts_months"
OF_PURPOSE = {
    Purpose.SETTLED: "retention.settled_months",
    Purpose.LEFT: "retention.left_months",
    Purpose.EMPTIED: "retention.emptied_months",
}
LOOKS, LOOK_WORDS, LOOK_REVIEWS = (
    "retention.looks_months",
    "retention.look_words_months",
    "retention.look_reviews_months",
)
EMERGENCY = "retention.emergency_months"
PRIVATE_REGISTER, WAITING_LIST = "retention.private_register_months", "retention.waiting_list_months"
UNMATCHED = "retention.unmatched_application_months"
SESSIONS, LOGIN_ATTEMPTS = "retention.sessions_days", "retention.login_attempts_days"
DOOR_DRAFTS, DOOR_ATTEMPTS = "retention.door_drafts_days", "retention.door_attempts_days"
ANNOUNCED, MOST_HOUSEHOLDS = "retention.announced_days", "retention.most_households"
AHEAD, SMALL_NUMBER = "retention.ahead_days", "retention.small_number"

OF_HOUSEHOLDS = (CONTACTS, TEXTS, *OF_PURPOSE.values())
# What nobody could miss: carried out as shipped.
NOTHING_OF_ANYBODY = frozenset({SESSIONS, LOGIN_ATTEMPTS, DOOR_DRAFTS, DOOR_ATTEMPTS})
PERIODS = (
    *OF_HOUSEHOLDS,
    LOOKS,
    LOOK_WORDS,
    EMERGENCY,
    LOOK_REVIEWS,
    PRIVATE_REGISTER,
    WAITING_LIST,
    UNMATCHED,
    SESSIONS,
    LOGIN_ATTEMPTS,
    DOOR_DRAFTS,
    DOOR_ATTEMPTS,
)

# Needs to know that nothing else ends: the record's own, and the municipality's of whom it has settled. The run ends
# them. Every other open one says that somebody is still at work with them.
ENDED_HERE = frozenset({NeedReason.PROTECTION_CASE, NeedReason.SETTLED_HERE})
# Whoever registered a household that everyone has left for another one, before it was placed, has an open one still.
_ENDED_WITH_THE_HOUSEHOLD = ENDED_HERE | {NeedReason.REGISTERED_HERE}

_KEPT = RuleRef("retention.kept_while", "1", "ACS-04; what still goes on is chosen by us", "demo")


def end_of(period: Parameter, from_on: date) -> date:
    """The first day after a period that counts from a day. Raises ValueError for a unit that there is not.

    Months are calendar months: six from 31 August end on 28 (or 29) February.
    """
    if period.unit == "months":
        return add_months(from_on, period.integer)
    if period.unit == "days":
        return from_on + timedelta(days=period.integer)
    raise ValueError(f"{period.code} is in {period.unit}")


def kept_since(period: Parameter, day: date) -> date:
    """The first day that is not past the period on `day`: what is of an earlier one is."""
    if period.unit == "months":
        found = add_months(day, -period.integer)
        # Months have ends: step to the first day whose own period is not over.
        while end_of(period, found) <= day:
            found += timedelta(days=1)
        return found
    return day - timedelta(days=period.integer) + timedelta(days=1)


def is_confirmed(rule: Parameter, *, is_demo: bool) -> bool:
    """Whether a rule may be carried out: somebody answers for its period, or nobody it is about exists."""
    return is_demo or rule.status is ParameterStatus.VERIFIED or rule.code in NOTHING_OF_ANYBODY


def purpose_of(facts: HouseholdFacts) -> Purpose | None:
    """How a household's time here ended; None while it has not, or where nobody can tell."""
    if facts.emptied_on is not None:
        return Purpose.EMPTIED
    if facts.last_case == "settled":
        return Purpose.SETTLED
    if facts.left_on is not None or facts.case_ended_on is not None:
        return Purpose.LEFT
    return None


def kept(facts: HouseholdFacts) -> Decision:
    """Whether nothing goes on with a household any more: a yes lets it go, a no says what keeps it."""
    is_empty = purpose_of(facts) is Purpose.EMPTIED
    needs = sorted(facts.open_needs - (_ENDED_WITH_THE_HOUSEHOLD if is_empty else ENDED_HERE))
    reasons = [
        Reason(code)
        for code, holds in (
            ("lives_somewhere", facts.has_stay),
            ("case_is_open", facts.has_open_case),
            ("task_is_open", facts.has_open_task),
            ("may_be_registered_twice", facts.has_open_doubt),
            ("has_not_left", purpose_of(facts) is None),
        )
        if holds
    ]
    reasons += [Reason("need_is_open", {"reason": str(need)}) for need in needs]
    inputs = {"household": facts.key}
    return Decision.no(_KEPT, *reasons, inputs=inputs) if reasons else Decision.yes(_KEPT, inputs=inputs)


def over_on(facts: HouseholdFacts) -> date:
    """The day from which periods count: the latest of all that ended, and of what was registered of them."""
    days = (facts.created_on, facts.left_on, facts.case_ended_on, facts.emptied_on, facts.last_act_on)
    return max(day for day in days if day is not None)


def plan_for(facts: HouseholdFacts, day: date, book: ParameterBook) -> Plan:
    """What is to become of a household's record: each part that is still there, when it is due, and why.

    The rules are those of `day`, whatever was in force when they left. Raises NoRule. Source: ACS-04; no source has
    periods.
    """
    purpose, held = purpose_of(facts), kept(facts)
    if purpose is None:
        return Plan(facts.key, None, None, held)
    ended = over_on(facts)
    return Plan(facts.key, purpose, ended, held, tuple(_parts(facts, purpose, ended, day, book)))


def _parts(facts: HouseholdFacts, purpose: Purpose, ended: date, day: date, book: ParameterBook) -> Iterator[Due]:
    if Part.IDENTITY in facts.gone:
        return
    whole = _due(Part.IDENTITY, OF_PURPOSE[purpose], ended, day, book)
    for part, code in ((Part.CONTACTS, CONTACTS), (Part.TEXTS, TEXTS)):
        due = _due(part, code, ended, day, book)
        # Nothing of a household outlives who they are.
        if part not in facts.gone and due.due_on < whole.due_on:
            yield due
    yield whole


def _due(part: Part, code: str, ended: date, day: date, book: ParameterBook) -> Due:
    rule = book.get(code, day)
    due_on = end_of(rule, ended)
    inputs = {"part": str(part), "over_on": ended, "due_on": due_on, "day": day}
    if due_on <= day:
        decision = Decision.yes(rule.rule_ref(), Reason("period_is_over", {"since": due_on}), inputs=inputs)
    else:
        left: dict[str, date | int] = {"due_on": due_on, "days": (due_on - day).days}
        decision = Decision.no(rule.rule_ref(), Reason("period_goes_on", left), inputs=inputs)
    return Due(part, code, due_on, decision)
