"""Borders, neighbours, projection and distances hang together."""

import re

import pytest

from fotfeste.directory.reference import (
    BorderKind,
    LatLon,
    borders,
    counties,
    distance_km,
    municipalities,
    neighbours,
    neighbours_by_number,
    project,
)
from fotfeste.directory.reference.projection import utm33

PATH = re.compile(r"(M\d*\.?\d+ \d*\.?\d+l(-?\d*\.?\d+ ?)+z)+")


def test_every_municipality_and_county_has_a_border_path() -> None:
    drawing = borders()
    assert drawing.municipalities.keys() == {m.number for m in municipalities()}
    assert drawing.counties.keys() == {c.number for c in counties()}
    assert "© Kartverket" in drawing.attribution
    for path in [
        *(o.path for o in drawing.municipalities.values()),
        *drawing.counties.values(),
    ]:
        assert PATH.fullmatch(path)


def _vertices(path: str) -> list[tuple[float, float]]:
    found = []
    for ring in path.rstrip("z").split("z"):
        start, _, steps = ring[1:].partition("l")
        x, y = map(float, start.split())
        found.append((x, y))
        values = list(map(float, steps.split()))
        for dx, dy in zip(values[::2], values[1::2], strict=True):
            x, y = x + dx, y + dy
            found.append((x, y))
    return found


def test_the_drawing_stays_within_its_view_box_and_centres_within_their_outline_box() -> None:
    drawing = borders()
    for outline in drawing.municipalities.values():
        xs, ys = zip(*_vertices(outline.path), strict=True)
        assert min(xs) >= 0
        assert min(ys) >= 0
        assert max(xs) <= drawing.width
        assert max(ys) <= drawing.height
        assert min(xs) <= outline.centre.x <= max(xs)
        assert min(ys) <= outline.centre.y <= max(ys)


def test_county_outlines_lie_on_municipality_outlines() -> None:
    drawing = borders()
    corners = {(round(x, 1), round(y, 1)) for o in drawing.municipalities.values() for x, y in _vertices(o.path)}
    for path in drawing.counties.values():
        assert {(round(x, 1), round(y, 1)) for x, y in _vertices(path)} <= corners


def test_centres_are_projected_like_everything_else() -> None:
    for m in municipalities():
        at = project(*m.position)
        centre = borders().municipalities[m.number].centre
        assert at == pytest.approx(centre, abs=0.051)


def test_the_projection_is_utm_33() -> None:
    east, north = utm33(0.0, 15.0)
    assert (east, north) == pytest.approx((500_000.0, 0.0), abs=0.001)
    # The meridian arc of GRS80 from the equator to 60 degrees north is 6 654 072.819 m.
    assert utm33(60.0, 15.0)[1] == pytest.approx(0.9996 * 6_654_072.819, abs=0.01)


def test_distance_is_symmetric_and_right_for_known_pairs() -> None:
    oslo, bergen = LatLon(59.9139, 10.7522), LatLon(60.3913, 5.3221)
    assert distance_km(oslo, bergen) == distance_km(bergen, oslo) == pytest.approx(305, abs=1)
    assert distance_km(oslo, oslo) == 0
    assert distance_km(LatLon(0, 0), LatLon(0, 180)) == pytest.approx(20_015.1, abs=0.1)


def test_neighbours_are_pairs_once_and_symmetric() -> None:
    pairs = [(n.a, n.b) for n in neighbours()]
    assert len(pairs) == len(set(pairs))
    assert all(a < b for a, b in pairs)
    near = neighbours_by_number()
    assert near.keys() == {m.number for m in municipalities()}
    assert all(number in near[other] for number, others in near.items() for other in others)


@pytest.mark.parametrize(
    ("a", "b"),
    [("5037", "5038"), ("0301", "3201"), ("4621", "4628")],
    ids=["Levanger-Verdal", "Oslo-Bærum", "Voss-Vaksdal"],
)
def test_known_neighbours_share_a_border_on_land(a: str, b: str) -> None:
    assert any((n.a, n.b, n.kind) == (a, b, BorderKind.LAND) for n in neighbours())


def test_far_away_is_not_a_neighbour_and_only_islands_have_none() -> None:
    near = neighbours_by_number()
    assert "4601" not in near["0301"]
    alone = {m.name for m in municipalities() if not near[m.number]}
    assert alone == {
        "Austevoll", "Fedje", "Frøya", "Kvitsøy", "Røst", "Smøla", "Træna", "Utsira", "Vega", "Værøy",
    }  # fmt: skip
