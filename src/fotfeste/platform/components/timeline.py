"""A timeline drawn to scale: lanes under each other, periods as bars, events as dots, and the same as a table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby, pairwise

from django.utils.translation import gettext

from fotfeste.kernel.calendar import Month
from fotfeste.platform import words
from fotfeste.platform.panels import TimelineEntry

LETTER = 7.2  # about the width of a letter of 13 units; some fonts and words are wider
AXIS = 22
LANE_HEAD = 24
ROW = 34
GAP = 14
MONTHS_BETWEEN_TICKS = (1, 2, 3, 6, 12, 24, 60, 120)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is drawn on: how wide, and how many months the scale has room to name."""

    width: int
    most_ticks: int


DESK = Sheet(1000, 12)
PHONE = Sheet(328, 3)
"""As wide as a page on the narrowest screen, so that letters have their own size there."""


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a month, where the scale says which."""

    x: float
    label_x: float
    anchor: str
    label: str

    @property
    def reach(self) -> tuple[float, float]:
        """Where its words begin and end."""
        width = len(self.label) * LETTER
        begins = self.label_x - width if self.anchor == "end" else self.label_x
        return begins, begins + width


@dataclass(frozen=True, slots=True)
class Lane:
    """The heading of the entries that belong together."""

    label: str
    rule_y: float
    label_y: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A bar or a dot with its words."""

    x: float
    y: float
    width: float
    label: str
    title: str
    text_x: float
    text_y: float
    is_point: bool
    is_open: bool
    is_planned: bool
    anchor: str = "start"

    @property
    def bar_y(self) -> float:
        """The upper edge of the bar."""
        return self.y - 4

    @property
    def arrow(self) -> str:
        """The point of a bar that still runs."""
        tip = self.x + self.width
        return f"M{tip - 1:g} {self.y - 7:g} {tip + 8:g} {self.y:g} {tip - 1:g} {self.y + 7:g}Z"


@dataclass(frozen=True, slots=True)
class Row:
    """One entry in words."""

    lane: str
    label: str
    when: str
    source: str
    known: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything that the template puts on the page; all measures are units of the drawing."""

    rows: Sequence[Row]
    lanes: Sequence[Lane] = ()
    marks: Sequence[Mark] = ()
    ticks: Sequence[Tick] = ()
    height: float = 0
    today_x: float | None = None
    today_label_x: float = 0
    today_label: str = ""
    today_anchor: str = "start"
    summary: str = ""
    width: int = DESK.width
    axis_y: int = AXIS
    axis_label_y: int = AXIS - 8

    @property
    def is_empty(self) -> bool:
        """There is nothing to draw."""
        return not self.rows

    @property
    def bottom(self) -> float:
        """Where the lines of the scale end."""
        return self.height - AXIS

    @property
    def today_label_y(self) -> float:
        """The words under the line of today."""
        return self.height - 6


@dataclass(frozen=True, slots=True)
class Scale:
    """Days along the width: `first` stands at 0, `last` where there is still room for the arrow."""

    first: date
    last: date
    sheet: Sheet

    def x(self, day: date) -> float:
        """Where a day stands."""
        return round((day - self.first).days / max((self.last - self.first).days, 1) * (self.sheet.width - GAP), 1)


def _placed(left: float, label: str, sheet: Sheet) -> tuple[float, str]:
    """Where words stand that would begin at `left`, and which end of them stands there.

    What would reach over the right edge ends at it, however wide its letters are in the reader's font.
    """
    width = len(label) * LETTER
    if left + width <= sheet.width:
        return round(max(left, 0), 1), "start"
    return (sheet.width, "end") if width < sheet.width else (0, "start")


def draw(entries: Iterable[TimelineEntry], today: date, sheet: Sheet = DESK) -> Drawing:
    """The drawing and its table, lanes in the order in which they first occur, entries by day within a lane.

    Where the end became known as a day before the beginning there is no period: the day it began is shown.
    """
    entries = [replace(entry, is_point=True) if _is_reversed(entry) else entry for entry in entries]
    order = {lane: place for place, lane in enumerate(dict.fromkeys(entry.lane for entry in entries))}
    held = sorted(entries, key=lambda entry: (order[entry.lane], entry.start_on, entry.end_on or date.max))
    if not held:
        return Drawing(rows=())
    scale = _scale(held, today, sheet)
    lanes: list[Lane] = []
    marks: list[Mark] = []
    y = float(AXIS)
    for label, in_lane in groupby(held, key=lambda entry: entry.lane):
        lanes.append(Lane(label, rule_y=y, label_y=y + 17))
        in_rows, count = _in_rows(list(in_lane), scale, today, y + LANE_HEAD)
        marks += in_rows
        y += LANE_HEAD + count * ROW
    today_x = scale.x(today)
    today_label = gettext("i dag, %(day)s") % {"day": words.short_day(today)}
    label_x, anchor = _placed(today_x - len(today_label) * LETTER / 2, today_label, sheet)
    return Drawing(
        rows=[_row(entry) for entry in held],
        lanes=lanes,
        marks=marks,
        ticks=_ticks(scale),
        height=y + AXIS,
        today_x=today_x,
        today_label_x=label_x,
        today_label=today_label,
        today_anchor=anchor,
        summary=gettext("Tidslinje fra %(first)s til %(last)s. Tabellen under sier det samme.")
        % {"first": words.day(scale.first), "last": words.day(scale.last)},
        width=sheet.width,
    )


def _is_reversed(entry: TimelineEntry) -> bool:
    return entry.end_on is not None and entry.end_on < entry.start_on


def _scale(entries: Sequence[TimelineEntry], today: date, sheet: Sheet) -> Scale:
    days = [today, *(entry.start_on for entry in entries), *(entry.end_on for entry in entries if entry.end_on)]
    margin = timedelta(days=max((max(days) - min(days)).days // 50, 2))
    return Scale(min(days) - margin, max(days) + margin, sheet)


def _in_rows(entries: Sequence[TimelineEntry], scale: Scale, today: date, top: float) -> tuple[list[Mark], int]:
    """Each entry in the first row where neither its bar nor its words meet another's."""
    taken: list[float] = []  # how far each row is in use
    marks = []
    for entry in entries:
        left = scale.x(entry.start_on)
        right = left if entry.is_point else max(scale.x(_drawn_until(entry, scale, today)), left + 3)
        text_width = len(entry.label) * LETTER
        text_x, anchor = _placed(left, entry.label, scale.sheet)
        text_begins = text_x - text_width if anchor == "end" else text_x
        begins, ends = min(left, text_begins), max(right, text_begins + text_width)
        row = next((number for number, used in enumerate(taken) if used + GAP <= begins), len(taken))
        taken[row : row + 1] = [ends]
        y = top + row * ROW + 6
        marks.append(
            Mark(
                x=left,
                y=y,
                width=round(right - left, 1),
                label=entry.label,
                title=f"{entry.label}: {_when(entry)}",
                text_x=text_x,
                text_y=y + 19,
                is_point=entry.is_point,
                is_open=not entry.is_point and entry.end_on is None,
                is_planned=entry.start_on > today,
                anchor=anchor,
            )
        )
    return marks, len(taken)


def _drawn_until(entry: TimelineEntry, scale: Scale, today: date) -> date:
    """The end; what still runs is drawn until today, because nobody knows more."""
    return entry.end_on or (today if entry.start_on <= today else scale.last)


def _ticks(scale: Scale) -> list[Tick]:
    """As many months as there is room to name."""
    first, last = Month.of(scale.first) + 1, Month.of(scale.last)
    months = (last.year - first.year) * 12 + last.number - first.number
    ticks: list[Tick] = []
    for step in MONTHS_BETWEEN_TICKS:
        ticks = _ticks_every(step, first, last, scale)
        if months / step <= scale.sheet.most_ticks and not _overlap(ticks):
            break
    return ticks


def _ticks_every(step: int, first: Month, last: Month, scale: Scale) -> list[Tick]:
    month = first + -(first.number - 1) % min(step, 12)  # on whole quarters and years
    ticks = []
    while month <= last:
        x = scale.x(month.first_day)
        label = words.month(month.first_day) if step < 12 else str(month.year)
        ticks.append(Tick(x, *_placed(x, label, scale.sheet), label))
        month += step
    return ticks


def _overlap(ticks: Sequence[Tick]) -> bool:
    return any(here.reach[1] > there.reach[0] for here, there in pairwise(ticks))


def _row(entry: TimelineEntry) -> Row:
    return Row(entry.lane, entry.label, _when(entry), entry.source, words.day(entry.known_on))


def _when(entry: TimelineEntry) -> str:
    return words.day(entry.start_on) if entry.is_point else words.period((entry.start_on, entry.end_on))
