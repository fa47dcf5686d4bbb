"""What a proposed date would change: one person's rows as they would be, and the months that become others."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from fotfeste.grants.domain.computing import compute
from fotfeste.grants.domain.periods import reach_of
from fotfeste.grants.domain.terms import Terms, terms_of
from fotfeste.grants.domain.types import EarlierLine, Facts, Scheme, StayFact
from fotfeste.kernel.calendar import legal_day

_AGREED_ELSEWHERE = "agreed_elsewhere"

type Place = tuple[str, date]
"""A municipality and a month."""


class MonthIf(NamedTuple):
    """A month of some persons in one municipality: what is due by the facts of now and by those proposed, what earlier
    lines say. Where no rate holds, what earlier lines say stands.
    """

    municipality: str
    month: date
    due_ore: int
    proposed_ore: int
    counted_ore: int
    has_rate: bool


def ended(rows: Sequence[StayFact], day: date) -> tuple[StayFact, ...]:
    """One person's live rows if the last stay ended on the day; none of them is left where it began on it or later."""
    *before, last = sorted(rows, key=_by_start)
    if last.start >= day:
        return tuple(before)
    return (*before, last._replace(end=day))


def taken_back(rows: Sequence[StayFact]) -> tuple[StayFact, ...]:
    """One person's live rows if the last stay had been a mistake."""
    return tuple(sorted(rows, key=_by_start)[:-1])


def put_right(
    rows: Sequence[StayFact], *, start: date | None, end: date | None, goes_on: bool, municipality: str
) -> tuple[StayFact, ...]:
    """One person's live rows if the last stay had been otherwise; nothing given is right as it is.

    A stay elsewhere that ended because this one began ends on the new first day instead.
    """
    *before, last = sorted(rows, key=_by_start)
    first = start or last.start
    kept = [
        row._replace(end=first) if row.end == last.start and row.cause == _AGREED_ELSEWHERE else row for row in before
    ]
    right = last._replace(
        start=first, end=None if goes_on else end or last.end, municipality=municipality or last.municipality
    )
    return (*kept, right)


def begun(rows: Sequence[StayFact], person: str, municipality: str, day: date, at: datetime) -> tuple[StayFact, ...]:
    """One person's live rows if they lived in a municipality from the day: a stay that lasts then ends on it, and what
    begins later is no more.
    """
    kept = [row._replace(end=day) if row.end is None or row.end > day else row for row in rows if row.start < day]
    return (*kept, StayFact(0, "proposed", person, municipality, day, None, None, at, None, ""))


def months_if(
    scheme: Scheme,
    now: Iterable[StayFact],
    proposed: Iterable[StayFact],
    lines: Sequence[EarlierLine],
    through: date,
    as_known_at: datetime,
    terms: Terms | None = None,
) -> list[MonthIf]:
    """Every month of some persons that is due now, or would be, or that earlier lines speak of; by month, municipality.

    `now` and `proposed` are live rows; `through` is the first day after the months of the next run. `terms` are the
    scheme's national ones unless given.
    """
    counted: dict[Place, int] = {}
    for line in lines:
        place = (line.municipality, line.month)
        counted[place] = counted.get(place, 0) + line.amount_ore
    terms = terms_of(scheme) if terms is None else terms
    by_now, _ = _differences(terms, tuple(now), lines, through, as_known_at)
    by_then, without_rate = _differences(terms, tuple(proposed), lines, through, as_known_at)
    places = sorted({*counted, *by_now, *by_then, *without_rate}, key=lambda each: (each[1], each[0]))
    return [
        MonthIf(
            *place,
            counted.get(place, 0) + by_now.get(place, 0),
            counted.get(place, 0) + by_then.get(place, 0),
            counted.get(place, 0),
            place not in without_rate,
        )
        for place in places
    ]


def _differences(
    terms: Terms, rows: tuple[StayFact, ...], lines: Sequence[EarlierLine], through: date, as_known_at: datetime
) -> tuple[Mapping[Place, int], set[Place]]:
    """What the next run would say beside earlier lines, and the months it would refuse."""
    rows_of: dict[str, list[StayFact]] = {}
    for row in rows:
        rows_of.setdefault(row.person, []).append(row)
    lines_of: dict[str, list[EarlierLine]] = {}
    for line in lines:
        lines_of.setdefault(line.person, []).append(line)
    found, refused = dict[Place, int](), set[Place]()
    for person in sorted({*rows_of, *lines_of}):
        own, earlier = rows_of.get(person, []), lines_of.get(person, [])
        booked = (line.month for line in earlier)
        reach = reach_of(terms.scheme, (row.start for row in own), through, on=legal_day(as_known_at), booked=booked)
        facts = Facts(terms.scheme, as_known_at, reach, tuple(own), tuple(earlier))
        result = compute(facts, terms)
        for new in result.lines:
            found[new.municipality, new.month] = found.get((new.municipality, new.month), 0) + new.amount_ore
        refused |= {(each.municipality, each.month) for each in result.refused}
    return found, refused


def _by_start(row: StayFact) -> date:
    return row.start
