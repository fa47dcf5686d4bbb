"""Names on a map, as many as there is room for: the weightiest first, none over another."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from fotfeste.directory.reference.outlines import Box
from fotfeste.directory.reference.projection import MapPoint

HEIGHT = 1 / 42  # of the map's longer side
_LETTER, _LINE = 0.58, 1.15  # of the height: how wide a letter is, and how high a line
_TEXT = '<text class="map-name" x="{}" y="{}" font-size="{}" text-anchor="{}">{}</text>'


@dataclass(frozen=True, slots=True)
class Name:
    """A name beside a point."""

    at: MapPoint
    words: str


def names_on(box: Box, names: Iterable[Name]) -> SafeString:
    """The names that there is room for, to the right or the left of their points; the first are placed first."""
    size = max(box.width, box.height) * HEIGHT
    taken: list[Box] = []
    placed = []
    for name in names:
        for anchor, room in _rooms(name, size):
            if _is_within(room, box) and not any(_meet(room, other) for other in taken):
                taken.append(room)
                x = room.x if anchor == "start" else room.x + room.width
                placed.append((round(x, 2), round(name.at.y + size * 0.35, 2), round(size, 2), anchor, name.words))
                break
    return format_html_join("", _TEXT, placed)


def _rooms(name: Name, size: float) -> Iterator[tuple[str, Box]]:
    wide, high = len(name.words) * size * _LETTER, size * _LINE
    top, gap = name.at.y - high / 2, size * 0.6
    yield "start", Box(name.at.x + gap, top, wide, high)
    yield "end", Box(name.at.x - gap - wide, top, wide, high)


def _is_within(room: Box, box: Box) -> bool:
    return (
        room.x >= box.x
        and room.y >= box.y
        and room.x + room.width <= box.x + box.width
        and room.y + room.height <= box.y + box.height
    )


def _meet(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )
