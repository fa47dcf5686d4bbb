"""Facts for the tests, short to write."""

from datetime import UTC, date, datetime
from typing import Any

from fotfeste.grants.domain.types import EarlierLine, Facts, NewLine, Payment, Scheme, StayFact

FREDRIKSTAD, TRONDHEIM, OSLO = "3107", "5001", "0301"
MUNICIPALITIES = frozenset([FREDRIKSTAD, TRONDHEIM, OSLO])
PERSON = "199900000111"
RATE_2022, RATE_2023, RATE_2024 = 1_610_500, 1_694_200, 1_768_700


def at(text: str) -> datetime:
    """The instant at midnight UTC of a day."""
    return datetime.combine(date.fromisoformat(text), datetime.min.time(), UTC)


def day(text: str) -> date:
    """The day, or the first of the month."""
    return date.fromisoformat(text if len(text) == 10 else f"{text}-01")


def row(start: str, end: str | None = None, municipality: str = FREDRIKSTAD, **said: Any) -> StayFact:
    """A row of a stay, known from the beginning of 2022 unless said otherwise."""
    number = said.get("row", 1)
    return StayFact(
        row=number,
        stay=said.get("stay", f"s{number}"),
        person=said.get("person", PERSON),
        municipality=municipality,
        start=day(start),
        end=None if end is None else day(end),
        cause=None if end is None else "settled",
        known_from=at(said.get("known_from", "2022-01-01")),
        known_to=at(said["known_to"]) if "known_to" in said else None,
        reported_by=said.get("reported_by", municipality),
    )


def line(name: str, month: str, amount_ore: int, municipality: str = FREDRIKSTAD, person: str = PERSON) -> EarlierLine:
    """A line of an earlier run."""
    return EarlierLine(name, "before", person, municipality, day(month), amount_ore)


def facts(*stays: StayFact, through: str, known: str = "2030-01-01", **said: Any) -> Facts:
    """Facts on MAMOT unless said otherwise, known long after."""
    return Facts(
        scheme=said.get("scheme", Scheme.MAMOT),
        as_known_at=at(known),
        through=day(through),
        stays=stays,
        lines=tuple(said.get("lines", ())),
        payments=tuple(said.get("payments", ())),
    )


def payment(municipality: str, amount_ore: int) -> Payment:
    """Money sent earlier."""
    return Payment("before", municipality, amount_ore)


def brief(lines: tuple[NewLine, ...]) -> list[tuple[str, str, int]]:
    """Municipality, month and amount of each line."""
    return [(each.municipality, each.month.isoformat()[:7], each.amount_ore) for each in lines]


def as_earlier(lines: tuple[NewLine, ...], run: str) -> tuple[EarlierLine, ...]:
    """A run's lines as the next run meets them."""
    return tuple(
        EarlierLine(f"{run}-{number}", run, each.person, each.municipality, each.month, each.amount_ore)
        for number, each in enumerate(lines)
    )
