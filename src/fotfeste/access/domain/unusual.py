"""Which looks stand out. ACS-03. Emergency access always does.

That somebody is a colleague the data cannot tell, only that they are called the same: it is a rule of its own, and says
that it proves nothing. A neighbour it cannot tell at all: nobody's private address is kept. Of a protected household is
told who looked and when, never which household.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import attrgetter

from fotfeste.access.domain.types import LookRule
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.names import family_tokens, fold

OF_EMERGENCY = frozenset({LookRule.EMERGENCY, LookRule.PROTECTED_EMERGENCY})
"""The rules about records of emergency access, not about looks."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """A look at a household, or emergency access to one: whose and when.

    `household_id` is None where it is protected, or nobody was found.
    """

    record_id: int
    user_id: int
    household_id: int | None
    at: datetime
    reference: str  # what it is known by outside, a random one: the number of the look's request, or the record's own


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found of a user on a day.

    `household_id` is None where it is about many or a protected one, or nobody was found.

    `look_id` and `reference` are those of the first look, of emergency access (`OF_EMERGENCY`) of the first record;
    `looks` how many there were of either, `households` of how many, as far as that is told.
    """

    rule: LookRule
    look_id: int
    reference: str
    user_id: int
    looked_on: date
    household_id: int | None
    households: int
    looks: int
    first_at: datetime
    last_at: datetime


def unusual(without_work: Iterable[Occasion], *, many: int, within: timedelta) -> list[Finding]:
    """What stands out among looks without work, the newest first, each user and day by itself.

    Every household that was looked at is a finding; so is that `many` or more of them were looked at `within` a time.
    """
    looks = list(without_work)
    found = of_each_household(LookRule.WITHOUT_WORK, looks)
    for of_day in _together(looks, lambda look: (look.user_id, legal_day(look.at))).values():
        if crowd := _most_within(of_day, many=many, within=within):
            found.append(_finding(LookRule.MANY_WITHOUT_WORK, crowd, None))
    return sorted(found, key=lambda finding: (finding.last_at, finding.rule, finding.look_id), reverse=True)


def of_each_household(rule: LookRule, occasions: Iterable[Occasion]) -> list[Finding]:
    """A finding of a rule for each user, day and household among what it is about.

    What is of no household is told together: of protected ones not how many, and nothing that tells one from another.
    """
    together = _together(occasions, lambda each: (each.user_id, legal_day(each.at), each.household_id))
    return [_finding(rule, several, several[0].household_id) for several in together.values()]


def name_tokens(name: str) -> frozenset[str]:
    """What to compare a member of staff's name by: its words folded, and the last one marked as the family name.

    Compared with the search tokens of persons. None for a name of one word, which says too little.
    """
    words = frozenset(fold(name).split())
    if len(words) < 2:
        return frozenset()
    return words | family_tokens(name.split()[-1])


def _together[K](occasions: Iterable[Occasion], key: Callable[[Occasion], K]) -> dict[K, list[Occasion]]:
    """Those of a key, the earliest first."""
    found: dict[K, list[Occasion]] = {}
    for each in sorted(occasions, key=attrgetter("at", "record_id")):
        found.setdefault(key(each), []).append(each)
    return found


def _most_within(looks: Sequence[Occasion], *, many: int, within: timedelta) -> list[Occasion]:
    """The looks of the (last) time in which most households were looked at; none where they were fewer than `many`."""
    best: list[Occasion] = []
    first = 0
    for last, look in enumerate(looks):
        while look.at - looks[first].at > within:
            first += 1
        window = list(looks[first : last + 1])
        if len(_households(window)) >= len(_households(best)):
            best = window
    return best if len(_households(best)) >= many else []


def _households(looks: Iterable[Occasion]) -> set[int]:
    return {look.household_id for look in looks if look.household_id is not None}


def _finding(rule: LookRule, looks: Sequence[Occasion], household_id: int | None) -> Finding:
    first, last = looks[0], looks[-1]
    return Finding(
        rule=rule,
        look_id=first.record_id,
        reference=first.reference,
        user_id=first.user_id,
        looked_on=legal_day(first.at),
        household_id=household_id,
        households=len(_households(looks)),
        looks=len(looks),
        first_at=first.at,
        last_at=last.at,
    )
