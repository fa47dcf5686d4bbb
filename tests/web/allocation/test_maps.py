"""What is drawn of numbers: bars that add up, lines that stay on the map, names that do not lie over each other."""

import re

import pytest

from fotfeste.allocation.bars import WIDTH, places_bar
from fotfeste.allocation.domain.flows import UNKNOWN, Flow
from fotfeste.allocation.domain.places import Places, Planned
from fotfeste.allocation.maps_flows import MOST_DRAWN, WIDEST, Drawn, flow_map, within
from fotfeste.allocation.maps_labels import Name, names_on
from fotfeste.allocation.queries.board import BoardRow
from fotfeste.directory.reference.outlines import Box
from fotfeste.directory.reference.projection import MapPoint

BOX = Box(0, 0, 806, 1000)
_PART = re.compile(r'<rect class="capacity-(\w+)" x="([\d.]+)" y="3" width="([\d.]+)"')
_TEXT = re.compile(r'x="([\d.]+)" y="([\d.]+)" font-size="([\d.]+)" text-anchor="(\w+)">([^<]*)<')


def row(places: Places, planned: Planned, left: int) -> BoardRow:
    return BoardRow("5037", "Levanger", "50", "Trøndelag", left, places, planned)


def test_a_bar_is_what_is_taken_planned_and_kept_of_what_there_is() -> None:
    places = Places(decided=80, requested=100, settled=20, promised=10, asked=5, kept={"1": 8})
    drawn = str(places_bar(row(places, Planned(2, 15, {"1": 3}), 45)))
    track, *parts = [(kind, float(x), float(width)) for kind, x, width in _PART.findall(f"{drawn}")]
    assert track == ("track", 0.0, 0.8 * WIDTH)
    assert parts == [
        ("settled", 0.0, 32.0),
        ("promised", 32.0, 16.0),
        ("held", 48.0, 8.0),
        ("planned", 56.0, 24.0),
        ("kept", 80.0, 8.0),
    ]
    assert f'x1="{WIDTH - 1}' in drawn


def test_a_bar_of_more_than_there_is_is_as_long_as_what_is_used() -> None:
    drawn = str(places_bar(row(Places(decided=10, requested=None, settled=16), Planned(), 0)))
    assert _PART.findall(drawn) == [("track", "0", "100.0"), ("settled", "0.0", "160.0")]
    assert "<line" not in drawn


def test_nothing_is_drawn_of_a_municipality_without_places() -> None:
    assert str(places_bar(row(Places(decided=None, requested=None), Planned(), 0))) == ""


@pytest.mark.parametrize(
    ("point", "seen"),
    [
        (MapPoint(300, 300), MapPoint(300, 300)),
        (MapPoint(100, -400), MapPoint(100, 0)),
        (MapPoint(1512, 100), MapPoint(806, 100)),
        (MapPoint(-100, -100), MapPoint(0, 0)),
    ],
)
def test_a_line_from_outside_begins_where_it_comes_in(point: MapPoint, seen: MapPoint) -> None:
    assert within(BOX, MapPoint(100, 100), point) == pytest.approx(seen)


def test_no_name_lies_over_another_or_leaves_the_map() -> None:
    names = [Name(MapPoint(x, y), f"Sted {x} {y}") for x in range(0, 800, 40) for y in range(0, 1000, 15)]
    placed = []
    for x, y, size, anchor, words in _TEXT.findall(str(names_on(BOX, names))):
        high, wide = float(size), len(words) * float(size) * 0.58
        left = float(x) if anchor == "start" else float(x) - wide
        placed.append((left, float(y), left + wide, high))
    assert len(placed) > 50
    for place, (left, y, right, high) in enumerate(placed):
        assert left >= -0.1
        assert right <= BOX.width + 0.1
        for other_left, other_y, other_right, _high in placed[place + 1 :]:
            assert other_y - y >= high or y - other_y >= high or other_left >= right - 0.1 or left >= other_right - 0.1


def test_the_widest_line_is_of_the_most_persons_and_nobody_comes_from_nowhere() -> None:
    points = {"a": MapPoint(100, 100), "b": MapPoint(400, 500), "c": MapPoint(600, 200)}
    flows = [Flow("a", "b", 3, 9), Flow("a", "c", 1, 3), Flow("c", "c", 1, 2), Flow(UNKNOWN, "b", 1, 1)]
    drawn = str(
        flow_map(Drawn(flows, points.__getitem__, str.upper, lambda flow: f"{flow.persons} personer"), "Et kart")
    )
    assert drawn.count('class="map-flow"') == 2
    assert f'stroke-width="{WIDEST}"' in drawn
    assert drawn.count('class="map-stays"') == 1
    assert "<title>1 personer</title>" not in drawn
    assert 'aria-label="Et kart"' in drawn


def test_the_largest_are_drawn() -> None:
    flows = [Flow(str(number), "x", 1, 100 - number) for number in range(MOST_DRAWN + 5)]
    drawn = str(flow_map(Drawn(flows, lambda place: MapPoint(len(place) * 50, 60), str, lambda flow: flow.origin), ""))
    assert drawn.count('class="map-flow"') == MOST_DRAWN
