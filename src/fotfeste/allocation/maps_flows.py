"""Flows on a map: a line from where people live to where they are proposed, as wide as they are many."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from fotfeste.allocation.domain.flows import Flow
from fotfeste.allocation.maps_labels import Name, names_on
from fotfeste.directory.public import country, framed, ground
from fotfeste.directory.reference.outlines import Box
from fotfeste.directory.reference.projection import MapPoint

MOST_DRAWN = 30
WIDEST, THINNEST, LARGEST_RING = 10.0, 1.5, 26.0  # thousandths of the map's longer side
BEND = 0.18  # of a line's length
_HEAD = (
    '<defs><marker id="map-head" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="{0}" markerHeight="{0}"'
    ' markerUnits="userSpaceOnUse" orient="auto"><path class="map-head" d="M0 0L8 4L0 8z"/></marker></defs>'
)
_GROUND = '<path class="map-area map-outside" d="{}"/>'
_LINE = (
    '<path class="map-flow" d="M{} {}Q{} {} {} {}" stroke-width="{}" marker-end="url(#map-head)">'
    "<title>{}</title></path>"
)
_RING = '<circle class="map-stays" cx="{}" cy="{}" r="{}"><title>{}</title></circle>'
_NODE = '<circle class="map-node" cx="{}" cy="{}" r="{}"/>'


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn: flows between named points of a part of the drawing, and what each says."""

    flows: Sequence[Flow]
    point: Callable[[str], MapPoint]
    name: Callable[[str], str]
    says: Callable[[Flow], str]


def flow_map(drawn: Drawn, says: str, numbers: Iterable[str] = ()) -> SafeString:
    """The flows on the country, or on the municipalities whose numbers are given. Those whose origin is not known have
    no line. `says`: what the map shows, in words.
    """
    wanted = list(numbers)
    box, paths = ground(wanted) if wanted else country()
    unit = max(box.width, box.height) / 1000
    flows = [each for each in drawn.flows if each.origin][:MOST_DRAWN]
    most = max((each.persons for each in flows), default=1)
    moving, staying = [each for each in flows if not each.stays], [each for each in flows if each.stays]
    content = (
        format_html_join("", _GROUND, ((path,) for path in paths.values()))
        + format_html_join("", _RING, (_ring(each, drawn, most, unit) for each in staying))
        + format_html_join("", _LINE, (_line(each, drawn, most, unit, box) for each in reversed(moving)))
        + format_html_join("", _NODE, (_node(place, drawn, unit) for place in sorted({each.target for each in flows})))
        + names_on(box, [Name(drawn.point(place), drawn.name(place)) for place in _targets(flows)])
    )
    return framed(box, says, format_html(_HEAD, round(14 * unit, 2)), content)


def _targets(flows: Iterable[Flow]) -> list[str]:
    """Where they go to, the most persons first, and then where they come from."""
    many: dict[str, int] = {}
    for each in flows:
        many[each.target] = many.get(each.target, 0) + each.persons
    going = sorted(many, key=lambda place: -many[place])
    return [*going, *sorted({each.origin for each in flows} - many.keys())]


def _line(flow: Flow, drawn: Drawn, most: int, unit: float, box: Box) -> tuple[object, ...]:
    """A bent line, so that two that go opposite ways lie beside each other."""
    end = drawn.point(flow.target)
    start = within(box, end, drawn.point(flow.origin))
    across, down = end.x - start.x, end.y - start.y
    middle = MapPoint((start.x + end.x) / 2 - BEND * down, (start.y + end.y) / 2 + BEND * across)
    numbers = [round(value, 2) for value in (*start, *middle, *end)]
    width = max(THINNEST, WIDEST * flow.persons / most) * unit
    return *numbers, round(width, 2), drawn.says(flow)


def within(box: Box, inside: MapPoint, point: MapPoint) -> MapPoint:
    """The point, or where the way from `inside` to it leaves the box."""
    share = 1.0
    for at, to, least, most in (
        (inside.x, point.x, box.x, box.x + box.width),
        (inside.y, point.y, box.y, box.y + box.height),
    ):
        if to < least or to > most:
            share = min(share, ((least if to < least else most) - at) / (to - at))
    return MapPoint(inside.x + share * (point.x - inside.x), inside.y + share * (point.y - inside.y))


def _ring(flow: Flow, drawn: Drawn, most: int, unit: float) -> tuple[object, ...]:
    at = drawn.point(flow.target)
    return round(at.x, 2), round(at.y, 2), round(LARGEST_RING * sqrt(flow.persons / most) * unit, 2), drawn.says(flow)


def _node(place: str, drawn: Drawn, unit: float) -> tuple[object, ...]:
    at = drawn.point(place)
    return round(at.x, 2), round(at.y, 2), round(4 * unit, 2)
