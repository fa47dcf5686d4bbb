"""What is due, counted day by day with nothing of the program's own: slow, and hard to get wrong."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from fotfeste.grants.domain.types import StayFact

RATES = {2022: 1_610_500, 2023: 1_694_200, 2024: 1_768_700}

type Place = tuple[str, str, str]
"""Person, municipality, month."""


def due_by_days(rows: Iterable[StayFact], known: datetime, through: date) -> tuple[dict[Place, int], set[Place]]:
    """The amount due, and what is refused, for each person, municipality and month."""
    where: dict[tuple[str, date], str] = {}
    for row in rows:
        if row.known_from > known or (row.known_to is not None and row.known_to <= known):
            continue
        each = row.start
        while each < through and (row.end is None or each < row.end):
            where[row.person, each] = row.municipality
            each += timedelta(days=1)
    given: dict[tuple[str, str], str] = {}
    for (person, each), municipality in sorted(where.items()):
        given.setdefault((person, each.isoformat()[:7]), municipality)
    due: dict[Place, int] = {}
    refused: set[Place] = set()
    for (person, month), municipality in given.items():
        amount = RATES.get(int(month[:4]))
        if amount is None:
            refused.add((person, municipality, month))
        else:
            due[person, municipality, month] = amount
    return due, refused


def said(lines: Iterable[tuple[str, str, date, int]]) -> dict[Place, int]:
    """The sum of lines for each person, municipality and month, those that sum to nothing left out."""
    sums: Counter[Place] = Counter()
    for person, municipality, month, amount in lines:
        sums[person, municipality, month.isoformat()[:7]] += amount
    return {place: amount for place, amount in sums.items() if amount}
