"""Who needs to know of those who live privately with support, or ask to, and of the money for them.

A municipality knows while they ask to live there; while they live there and ninety days after; and UDI and it of the
grants for three years after. Both know of a claim's own subject, and of whom it is about as long as it may be argued.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from fotfeste.alternative.domain.states import LIVING
from fotfeste.kernel.calendar import legal_day
from tests.properties.facts import Fact, Facts

FOLLOWED_THERE = timedelta(days=90)  # by the municipality where they lived privately
UNTIL_TIME_BARRED = timedelta(days=1096)

type Known = tuple[int, int, str]  # subject, organisation, reason


def must_know_privately(facts: Facts) -> set[Known]:
    """Who must know today, and why."""
    found = {(row["subject"], row["place"], "applied_here") for row in facts.applicants if row["state"] in LIVING}
    for person in sorted(facts.homes):
        groups = [group for group in facts.groups if person in facts.ever_in(group)]
        for home in facts.homes[person]:
            if home.annulled_at is None:
                for subject in (person, *groups):
                    found.update(_because_of(facts, home, subject, max(home.left) if home.left else None))
    for row in facts.books:
        if row["is_head"]:
            found.update((row["subject"], udi, "grant_case") for udi in facts.udi)
            found.update({(row["subject"], row["place"], "grant_case")} if row["place"] else ())
    return found


def may_know_privately(facts: Facts) -> set[Known]:
    """Who may beside: of a home that was believed, of the others of the household, of whom a claim is about."""
    found = {
        (row["subject"], whose, "grant_case")
        for row in facts.books
        if not row["is_head"]
        for whose in (row["place"], *facts.udi)
    }
    for group in facts.groups:
        everyone = facts.ever_in(group)
        for home in (home for person in everyone for home in facts.homes[person]):
            ends = [*(home.left or ()), *([legal_day(home.annulled_at)] if home.annulled_at else ())]
            for subject in (group, *everyone):
                found.update(_because_of(facts, home, subject, max(ends, default=None)))
    return found


def _because_of(facts: Facts, home: Fact, subject: int, over_on: date | None) -> Iterator[Known]:
    """`over_on`: when the home was over, as far as it is known; None while they live there."""
    if over_on is None or facts.day < over_on + FOLLOWED_THERE:
        yield subject, home.place, "housed_here"
    if over_on is None or facts.day < over_on + UNTIL_TIME_BARRED:
        yield from ((subject, whose, "grant_case") for whose in (home.place, *facts.udi))
    if home.annulled_at is None and home.why == "agreed_settlement":
        yield subject, home.place, "settled_here"
