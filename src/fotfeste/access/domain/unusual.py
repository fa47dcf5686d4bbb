"""Which looks stand out. ACS-03. Emergency access always does.

That somebody is a colleague the data cannot tell, only that they are called the same: it is a rule of its own, and says
that it proves nothing. A neighbour it cannot tell at all: nobody's private address is kept. Of a protected household is
told who looked and when, never which household.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from fotfeste.access.domain.types import LookRule
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.names import family_tokens, fold

OF_EMERGENCY = frozenset({LookRule.EMERGENCY, LookRule.PROTECTED_EMERGENCY})
"""The rules about records of emergency access, not about looks."""


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A look at a household that the organisation had no work with around it."""

    look_id: int
    user_id: int
    household_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody asked for emergency access; `household_id` is None where nobody was found."""

    record_id: int
    user_id: int
    household_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Hidden:
    """A look at a protected household, or emergency access to one: whose and when, nothing of whom."""

    record_id: int
    user_id: int
    at: datetime
    reference: str  # of the record itself, or the request's number: a random one


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found of a user on a day.

    `household_id` is None where it is about many or a protected one, or nobody was found.

    `look_id` is the first look's key, of emergency access (`OF_EMERGENCY`) that record's; `looks` how many there were
    of either.
    """

    rule: LookRule
    look_id: int
    user_id: int
    looked_on: date
    household_id: int | None
    households: int
    looks: int
    first_at: datetime
    last_at: datetime


def unusual(without_work: Iterable[LookedAt], *, many: int, within: timedelta) -> list[Finding]:
    """What stands out among looks without work, the newest first, each user and day by itself.

    Every household that was looked at is a finding; so is that `many` or more of them were looked at `within` a time.
    """
    ordered = sorted(without_work, key=lambda look: (look.at, look.look_id))
    by_day: dict[tuple[int, date], list[LookedAt]] = {}
    for look in ordered:
        by_day.setdefault((look.user_id, legal_day(look.at)), []).append(look)
    found = of_each_household(LookRule.WITHOUT_WORK, ordered)
    for looks in by_day.values():
        if crowd := _most_within(looks, many=many, within=within):
            found.append(_finding(LookRule.MANY_WITHOUT_WORK, crowd, None))
    return sorted(found, key=lambda finding: (finding.last_at, finding.rule, finding.look_id), reverse=True)


def of_each_household(rule: LookRule, looks: Iterable[LookedAt]) -> list[Finding]:
    """A finding of a rule for each user, day and household among the looks that it is about."""
    together: dict[tuple[int, date, int], list[LookedAt]] = {}
    for look in sorted(looks, key=lambda look: (look.at, look.look_id)):
        together.setdefault((look.user_id, legal_day(look.at), look.household_id), []).append(look)
    return [_finding(rule, several, household) for (_, _, household), several in together.items()]


def name_tokens(name: str) -> frozenset[str]:
    """What to compare a member of staff's name by: its words folded, and the last one marked as the family name.

    Compared with the search tokens of persons. None for a name of one word, which says too little.
    """
    words = frozenset(fold(name).split())
    if len(words) < 2:
        return frozenset()
    return words | family_tokens(name.split()[-1])


def protected_found(rule: LookRule, hidden: Iterable[Hidden]) -> list[Finding]:
    """A finding for each user and day: not of how many households, and nothing that tells one from another."""
    together: dict[tuple[int, date], list[Hidden]] = {}
    for each in sorted(hidden, key=lambda each: (each.at, each.record_id)):
        together.setdefault((each.user_id, legal_day(each.at)), []).append(each)
    return [
        Finding(
            rule=rule,
            look_id=several[0].record_id,
            user_id=user_id,
            looked_on=on,
            household_id=None,
            households=0,
            looks=len(several),
            first_at=several[0].at,
            last_at=several[-1].at,
        )
        for (user_id, on), several in together.items()
    ]


def emergencies_found(asked: Iterable[Asked]) -> list[Finding]:
    """Each emergency access is a finding: of a user on a day about a household, or about what found nobody."""
    together: dict[tuple[int, date, int | None], list[Asked]] = {}
    for each in sorted(asked, key=lambda each: (each.at, each.record_id)):
        together.setdefault((each.user_id, legal_day(each.at), each.household_id), []).append(each)
    return [
        Finding(
            rule=LookRule.EMERGENCY,
            look_id=several[0].record_id,
            user_id=user_id,
            looked_on=on,
            household_id=household_id,
            households=0 if household_id is None else 1,
            looks=len(several),
            first_at=several[0].at,
            last_at=several[-1].at,
        )
        for (user_id, on, household_id), several in together.items()
    ]


def _most_within(looks: Sequence[LookedAt], *, many: int, within: timedelta) -> list[LookedAt]:
    """The looks of the (last) time in which most households were looked at; none where they were fewer than `many`."""
    best: list[LookedAt] = []
    first = 0
    for last, look in enumerate(looks):
        while look.at - looks[first].at > within:
            first += 1
        window = list(looks[first : last + 1])
        if len(_households(window)) >= len(_households(best)):
            best = window
    return best if len(_households(best)) >= many else []


def _households(looks: Iterable[LookedAt]) -> set[int]:
    return {look.household_id for look in looks}


def _finding(rule: LookRule, looks: Sequence[LookedAt], household_id: int | None) -> Finding:
    first, last = looks[0], looks[-1]
    return Finding(
        rule=rule,
        look_id=first.look_id,
        user_id=first.user_id,
        looked_on=legal_day(first.at),
        household_id=household_id,
        households=len(_households(looks)),
        looks=len(looks),
        first_at=first.at,
        last_at=last.at,
    )
