"""Outlines for drawing: coarse ones for the whole country, and the part of the drawing that a county takes.

Two neighbours share their vertices, so that rounding both leaves no gap between them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from fotfeste.directory.reference.projection import MapPoint
from fotfeste.directory.reference.read import borders

_NUMBER = re.compile(r"-?(?:\d+\.\d+|\.\d+|\d+)")
LEAST_OF_RING = 3  # vertices: what rounds to fewer is no area
MARGIN = 0.03  # of the longer side


class Box(NamedTuple):
    """A part of the drawing, in units of its view box."""

    x: float
    y: float
    width: float
    height: float


def rings(path: str) -> Iterator[list[MapPoint]]:
    """The vertices of a path of the reference file: rings of `M x y l dx dy ... z`."""
    for part in path.split("M")[1:]:
        numbers = [float(each) for each in _NUMBER.findall(part)]
        x, y = numbers[0], numbers[1]
        ring = [MapPoint(x, y)]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + dx, y + dy
            ring.append(MapPoint(x, y))
        yield ring


@lru_cache(maxsize=1)
def coarse_outlines() -> MappingProxyType[str, str]:
    """The path of each municipality in whole units of 1.5 km, by number: a third of the size. Islands of less are gone,
    but for the largest part of each.
    """
    return MappingProxyType({number: _coarse(shape.path) for number, shape in borders().municipalities.items()})


def _coarse(path: str) -> str:
    whole = [_distinct([(round(x), round(y)) for x, y in ring]) for ring in rings(path)]
    kept = [ring for ring in whole if len(ring) >= LEAST_OF_RING]
    return "".join(_written(ring) for ring in kept) or path


def _distinct(ring: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Without what comes twice in a row, the end beside the beginning too."""
    return [point for place, point in enumerate(ring) if point != ring[place - 1]]


def _written(ring: Sequence[tuple[int, int]]) -> str:
    """The ring as path data; a minus sign is its own space."""
    (x, y), *others = ring
    steps = []
    for at_x, at_y in others:
        steps.append(f"{at_x - x} {at_y - y}")
        x, y = at_x, at_y
    return f"M{ring[0][0]} {ring[0][1]}l{' '.join(steps).replace(' -', '-')}z"


def box_of(numbers: Iterable[str]) -> Box:
    """The part of the drawing that some municipalities take, with a margin. Raises ValueError for none."""
    drawn = borders().municipalities
    points = [point for number in numbers for ring in rings(drawn[number].path) for point in ring]
    if not points:
        raise ValueError("no municipalities to draw")
    (west, east), (north, south) = ((min(axis), max(axis)) for axis in zip(*points, strict=True))
    margin = MARGIN * max(east - west, south - north)
    return Box(
        round(west - margin, 1),
        round(north - margin, 1),
        round(east - west + 2 * margin, 1),
        round(south - north + 2 * margin, 1),
    )
