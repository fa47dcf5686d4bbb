"""The facts that grants are computed from, and the lines that come of them.

Plain tuples with names, because there are millions of them. A month is its first day; amounts are whole øre; days are
legal days in Norway, `[start, end)`; instants have a zone.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple


class Scheme(StrEnum):
    """The schemes of living privately with public support that a municipality has a grant for."""

    AMOT = "AMOT"
    """Alternativ mottaksplass."""
    MAMOT = "MAMOT"
    """Midlertidig alternativ mottaksplass, for people displaced from Ukraine."""


class MonthRule(StrEnum):
    """How a part of a month counts (dated, `grants.<scheme>.month_rule`)."""

    STARTED_MONTH = "started_month"
    """A month with at least one day is due in full, to the municipality of the first of those days."""
    DAILY = "daily"
    """Each municipality is due its days' part of the month."""


class LineKind(StrEnum):
    """What a new line is: the first of its person, municipality and month, or one that puts earlier ones right."""

    DUE = "due"
    CORRECTION = "correction"


NO_RATE = "no_rate"
"""The only reason for which a month that is due is refused: no rate holds in it, and none is guessed."""


class Rate(NamedTuple):
    """What is due in øre for one person and a whole month; the version is `effective_from/known_from`."""

    amount_ore: int
    effective_from: date
    source: str
    version: str
    status: str


class StayFact(NamedTuple):
    """One version of what is known of a stay on the scheme; `stay` ties the versions of one stay together.

    `end` is the first day no longer on the scheme (None: still on it); `known_to` None: not superseded.
    """

    row: int
    stay: str
    person: str
    municipality: str
    start: date
    end: date | None
    cause: str | None
    known_from: datetime
    known_to: datetime | None
    reported_by: str

    def exists(self, as_known_at: datetime) -> bool:
        """Somebody knew it by then, be it superseded or not."""
        return self.known_from <= as_known_at

    def is_live(self, as_known_at: datetime) -> bool:
        """It was known by then, and nothing had taken its place."""
        return self.known_from <= as_known_at and (self.known_to is None or self.known_to > as_known_at)

    def has_days(self) -> bool:
        """A stay that ends on the day it begins has none, and gives nothing."""
        return self.end is None or self.end > self.start


class EarlierLine(NamedTuple):
    """A line of an earlier run. `line` is what later lines point to it by."""

    line: str
    run: str
    person: str
    municipality: str
    month: date
    amount_ore: int


class Payment(NamedTuple):
    """Money that was sent to a municipality."""

    run: str
    municipality: str
    amount_ore: int


class Due(NamedTuple):
    """What is due to a municipality for a person and a month, and the live row that gives it.

    `rate` is None, and the amount 0, where no rate holds: then nobody knows what is due.
    """

    person: str
    municipality: str
    month: date
    amount_ore: int
    rate: Rate | None
    month_rule: MonthRule
    row: StayFact


class NewLine(NamedTuple):
    """A line of this run: the difference between what is due and what earlier lines say.

    `corrects` are all earlier lines of that person, municipality and month, in the order given. `rate` is the month's,
    also where nothing is due any more. `row` is the fact it hangs on (`stay` and who reported it are that row's): the
    live row that gives the month, else the latest in that municipality that touches it, else None. `known_at` is when
    what made the line became known.
    """

    person: str
    municipality: str
    month: date
    amount_ore: int
    kind: LineKind
    corrects: tuple[str, ...]
    rate: Rate | None
    month_rule: MonthRule
    row: StayFact | None
    known_at: datetime

    @property
    def stay(self) -> str | None:
        """The stay that the line hangs on."""
        return None if self.row is None else self.row.stay

    @property
    def reported_by(self) -> str | None:
        """Who reported the fact that the line hangs on."""
        return None if self.row is None else self.row.reported_by


class Refused(NamedTuple):
    """A month that is due and that no line is made for; what earlier lines say of it stands."""

    person: str
    municipality: str
    month: date
    reason: str


class MunicipalitySum(NamedTuple):
    """What a run means to one municipality, in øre.

    `net_ore` sums the new lines; `balance_ore` all lines, old and new, less what was sent; `payable_ore` is the
    balance where it is positive, else 0: the municipality owes the rest, and it is carried.
    """

    municipality: str
    net_ore: int
    payable_ore: int
    balance_ore: int


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a run is computed from. `through` is the first day after the months it covers, a first of a month.

    `stays` may hold rows that are superseded at `as_known_at`, or not known yet; no two live ones of a person share
    a day, and no stay has two live ones (`conflicts.first_conflict` finds what breaks this).
    """

    scheme: Scheme
    as_known_at: datetime
    through: date
    stays: tuple[StayFact, ...]
    lines: tuple[EarlierLine, ...] = ()
    payments: tuple[Payment, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """A run's lines and refusals by municipality, person, month; its sums by municipality."""

    lines: tuple[NewLine, ...]
    municipalities: tuple[MunicipalitySum, ...]
    refused: tuple[Refused, ...]
