"""A municipality's no to a household, and what it says follows from it (SET-07, ADR 0042).

Not this week: it may be asked about them for a later week. Not this need: it may when it has what they need, which it
declares for everybody at once. Not until reassessed: it may when the household has been assessed anew.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from fotfeste.kernel.calendar import Week
from fotfeste.kernel.decisions import Decision, RuleRef
from fotfeste.kernel.errors import Refused
from fotfeste.settlement.domain.types import AfterDecline, Capability, Declined, DeclineReason, Following

NOT_DECLINED = RuleRef("settlement.not_declined", "2026", "SET-07: a no says what follows", "verified")
LONGEST_WEEKS = 52  # a later no is not about a week


@dataclass(frozen=True, slots=True)
class Asking:
    """The question as it would be asked now: for which week, on which assessment of the household, with which needs,
    and what the municipality declares.
    """

    week: Week
    assessment: int
    needed: frozenset[Capability] = frozenset()
    declared: Mapping[Capability, bool] = field(default_factory=dict)


def week_asked_for(wanted: Week | None, day: date) -> Week:
    """The week that a question is about: the one that is wanted, else that of the day it is asked on."""
    return wanted or Week.of(day)


def may_be_asked(declined: Declined | None, asking: Asking) -> Decision:
    """Whether a municipality may be asked about a household again, after its latest no to it. Source: SET-07."""
    if declined is None:
        return Decision.yes(NOT_DECLINED)
    following = declined.following
    match following.follows:
        case AfterDecline.NOT_THIS_WEEK:
            is_over = following.from_week is None or asking.week >= following.from_week
        case AfterDecline.NOT_THIS_NEED:
            declined = declined.of_what_it_lacks(asking.needed, asking.declared)
            is_over = not declined.following.unmet
        case AfterDecline.NOT_UNTIL_REASSESSED:
            is_over = asking.assessment > declined.assessment
    return Decision.yes(NOT_DECLINED) if is_over else Decision.no(NOT_DECLINED, declined.why_not())


def first_week_again(wanted: Week | None, day: date) -> Week:
    """The first week that a municipality can let itself be asked for, which is also what it says where it names none:
    the one after the week that it was asked for, or after that of its answer where that is later.
    """
    return max(week_asked_for(wanted, day), Week.of(day)) + 1


def check_decline(reason: DeclineReason | str, text: str) -> None:
    """Refuse a municipality's no without a reason; `other` needs words."""
    if not reason:
        raise Refused("decline_reason_missing", "decline_reason")
    if reason == DeclineReason.OTHER and not text.strip():
        raise Refused("decline_reason_needs_words", "answer_text")


def checked_following(
    follows: AfterDecline | str,
    *,
    again_from: Week | None,
    unmet: Collection[Capability],
    told: Collection[Capability],
    wanted: Week | None,
    day: date,
) -> Following:
    """What follows from a no given on a day, as it can be kept: what belongs to another choice is left out.

    `told` are the needs that the municipality was asked about. Raises Refused: `what_follows_missing`,
    `again_too_early`, `again_too_late`, `no_need_left`, `unmet_need_missing`, `need_not_told`.
    """
    if follows not in list(AfterDecline):
        raise Refused("what_follows_missing", "follows")
    match AfterDecline(follows):
        case AfterDecline.NOT_THIS_WEEK:
            return Following(AfterDecline.NOT_THIS_WEEK, _checked_week(again_from, first_week_again(wanted, day), day))
        case AfterDecline.NOT_THIS_NEED:
            if not told:
                raise Refused("no_need_left", "follows")
            if not unmet:
                raise Refused("unmet_need_missing", "unmet")
            if not set(unmet) <= set(told):
                raise Refused("need_not_told", "unmet")
            return Following(AfterDecline.NOT_THIS_NEED, unmet=frozenset(unmet))
        case AfterDecline.NOT_UNTIL_REASSESSED:
            return Following(AfterDecline.NOT_UNTIL_REASSESSED)


def _checked_week(week: Week | None, first: Week, day: date) -> Week:
    week, last = week or first, max(first, Week.of(day) + LONGEST_WEEKS)
    if week < first:
        raise Refused("again_too_early", "again_from", {"week": first.number, "year": first.year})
    if week > last:
        raise Refused("again_too_late", "again_from", {"week": last.number, "year": last.year})
    return week
