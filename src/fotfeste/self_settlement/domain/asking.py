"""Who may ask a municipality for agreed self-settlement, and what follows from its no (SET-13; GUIDE 1.8)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from fotfeste.kernel.decisions import Decision, Reason, RuleRef
from fotfeste.kernel.errors import Refused
from fotfeste.self_settlement.domain.parameters import book
from fotfeste.self_settlement.domain.types import NoReason

# Nobody has found or promised a municipality.
MAY_ASK_IN = frozenset({"interview_due", "queued"})
_RULE = RuleRef(
    "self_settlement.may_ask",
    "2015-01-01/2015-01-01",
    "GUIDE 1.8: those who have not been given a municipality by IMDi, and are to be settled",
    "verified",
)
# They hold as long as the municipality's terms do: the same household is not another one next month.
_LASTS = frozenset({NoReason.NOT_ALLOWED, NoReason.NOT_IN_TARGET_GROUP})


@dataclass(frozen=True, slots=True)
class SaidNo:
    """A municipality has said no to a household, on a day, for a reason (a `NoReason`). `at`: the instant, where it is
    known.
    """

    on: date
    reason: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TermsOfToday:
    """Since which day the terms of a municipality hold, and when they were published."""

    since: date
    published_at: datetime

    def lift(self, no: SaidNo) -> bool:
        """Whether a no that lasts as long as the terms do was given under others: before these were published, also on
        the same day.
        """
        if no.at is None:
            return self.since > no.on
        return self.published_at > no.at


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """What decides whether a household may ask.

    `case_state` is "" where there is no case. `is_under_way`: it asks some municipality already.
    """

    case_state: str
    has_permit: bool
    has_had_offer: bool
    is_unaccompanied_minor: bool
    is_under_way: bool


def may_ask(household: Household) -> Decision:
    """Whether a household may ask a municipality for agreed self-settlement, with every reason why not.

    Codes: `no_case`, `has_municipality` (state), `no_permit_yet`, `had_its_offer`, `minor_alone`, `asks_already`.
    That an unaccompanied minor does not rent a home alone is chosen by us: the municipality houses them.
    """
    reasons: list[Reason] = []
    if not household.case_state:
        reasons.append(Reason("no_case"))
    elif household.case_state not in MAY_ASK_IN:
        reasons.append(Reason("has_municipality", {"state": household.case_state}))
    if not household.has_permit:
        reasons.append(Reason("no_permit_yet"))
    if household.has_had_offer:
        reasons.append(Reason("had_its_offer"))
    if household.is_unaccompanied_minor:
        reasons.append(Reason("minor_alone"))
    if household.is_under_way:
        reasons.append(Reason("asks_already"))
    return Decision.no(_RULE, *reasons) if reasons else Decision.yes(_RULE)


def may_ask_again(earlier: Iterable[SaidNo], today: date, *, terms: TermsOfToday | None = None) -> Decision:
    """Whether a municipality that has said no to a household may be asked by it again.

    A no because it does not allow it, or because they are not whom it takes, lasts until the municipality publishes
    other terms, also later on the same day (`terms`: those of today); any other holds for a dated number of weeks.
    Codes: `said_no_for_good` (on, reason), `said_no_until` (on, until). Raises NoRule.
    """
    rule = book().get("self_settlement.ask_again_weeks", today)
    for no in sorted(earlier, key=lambda each: each.on, reverse=True):
        if no.reason in _LASTS:
            if terms is not None and terms.lift(no):
                continue
            return Decision.no(rule.rule_ref(), Reason("said_no_for_good", {"on": no.on, "reason": no.reason}))
        until = no.on + timedelta(weeks=rule.integer)
        if today < until:
            return Decision.no(rule.rule_ref(), Reason("said_no_until", {"on": no.on, "until": until}))
    return Decision.yes(rule.rule_ref())


def check_no(reason: str, text: str) -> None:
    """Refuse a no without a reason; `other` needs words. Raises Refused."""
    if reason not in {str(each) for each in NoReason}:
        raise Refused("self_settlement_no_reason_missing", "reason")
    if reason == NoReason.OTHER and not text.strip():
        raise Refused("self_settlement_no_needs_words", "text")
