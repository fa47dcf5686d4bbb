"""Which looks stand out. ACS-03. Emergency access always does.

Left out is what the data cannot tell: that somebody is a colleague or a neighbour (an equal name proves neither), and
that a person is protected, until there are protected persons.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from fotfeste.access.domain.types import LookRule
from fotfeste.kernel.calendar import legal_day


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
class Finding:
    """What a rule found of a user on a day. `household_id` is None where it is about many, or nobody was found.

    `look_id` is the first look's key, of emergency access that record's; `looks` how many there were of either.
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
    by_household: dict[tuple[int, date, int], list[LookedAt]] = {}
    by_day: dict[tuple[int, date], list[LookedAt]] = {}
    for look in ordered:
        on = legal_day(look.at)
        by_household.setdefault((look.user_id, on, look.household_id), []).append(look)
        by_day.setdefault((look.user_id, on), []).append(look)
    found = [_finding(LookRule.WITHOUT_WORK, looks, household) for (_, _, household), looks in by_household.items()]
    for looks in by_day.values():
        if crowd := _most_within(looks, many=many, within=within):
            found.append(_finding(LookRule.MANY_WITHOUT_WORK, crowd, None))
    return sorted(found, key=lambda finding: (finding.last_at, finding.rule, finding.look_id), reverse=True)


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
