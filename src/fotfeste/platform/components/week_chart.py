"""A small picture of people and places week by week: what is known, what is expected, how much room there is.

The table beside it says the same. Measures are units of the drawing; nothing is told by colour alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from fotfeste.platform import words

WIDTH, HEIGHT = 380, 210
LEFT, RIGHT, TOP, BOTTOM = 44, 24, 10, 26
STEPS = (1, 2, 5)
MOST_TICKS = 5


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the scale with its number, or a week under it."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything that the template puts on the page."""

    known: str
    expected: str
    places: str
    dots: Sequence[tuple[float, float, str]]
    rows: Sequence[Tick]
    columns: Sequence[Tick]
    summary: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    label_y: int = HEIGHT - 8


def draw(labels: Sequence[str], known: Sequence[int], expected: Sequence[int], places: Sequence[int]) -> Drawing:
    """The picture: a value of each series for each label, the first of which is the day itself.

    Raises ValueError where there are not as many of each.
    """
    if not len(labels) == len(known) == len(expected) == len(places) or len(labels) < 2:
        message = "a chart needs two labels or more, and a value of each series for each of them"
        raise ValueError(message)
    highest = max(*known, *expected, *places, 1)
    step = _step(highest)
    top = -(-highest // step) * step
    xs = [round(LEFT + place * (WIDTH - LEFT - RIGHT) / (len(labels) - 1), 1) for place in range(len(labels))]

    def ys(values: Sequence[int]) -> list[float]:
        return [round(HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM), 1) for value in values]

    titles = [f"{label}: {words.number(value)}" for label, value in zip(labels, known, strict=True)]
    scale = range(0, top + 1, step)
    return Drawing(
        known=_line(xs, ys(known)),
        expected=_line(xs, ys(expected)),
        places=_stairs(xs, ys(places)),
        dots=list(zip(xs, ys(known), titles, strict=True)),
        rows=[Tick(y, words.number(value)) for value, y in zip(scale, ys(scale), strict=True)],
        columns=[Tick(x, label) for x, label in zip(xs, labels, strict=True)][::2],
        summary=gettext(
            "%(people)s bor der %(first)s. Ved utgangen av %(week)s bor det %(known)s der etter det som er kjent, "
            "%(expected)s etter antakelsen, og det er %(places)s plasser. Tabellen sier det samme."
        )
        % {
            "people": words.number(known[0]),
            "first": labels[0],
            "week": labels[-1],
            "known": words.number(known[-1]),
            "expected": words.number(expected[-1]),
            "places": words.number(places[-1]),
        },
    )


def _step(highest: int) -> int:
    """The step of the scale: 1, 2 or 5 times a power of ten, so that there are few lines."""
    power = 1
    while True:
        for step in STEPS:
            if highest <= MOST_TICKS * step * power:
                return step * power
        power *= 10


def _line(xs: Sequence[float], ys: Sequence[float]) -> str:
    return "M" + " L".join(f"{x:g} {y:g}" for x, y in zip(xs, ys, strict=True))


def _stairs(xs: Sequence[float], ys: Sequence[float]) -> str:
    """Places do not slide: each week has its number from its beginning."""
    path = f"M{xs[0]:g} {ys[0]:g}"
    for x, y in zip(xs[1:], ys[1:], strict=True):
        path += f" V{y:g} H{x:g}"
    return path
