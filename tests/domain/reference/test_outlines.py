"""Outlines for drawing: coarse, without gaps between neighbours, and the part that a county takes."""

import pytest

from fotfeste.directory.reference import MapPoint, borders, municipalities
from fotfeste.directory.reference.outlines import box_of, coarse_outlines, rings


def test_every_municipality_has_a_coarse_outline_in_whole_units_and_they_are_small() -> None:
    found = coarse_outlines()
    assert found.keys() == borders().municipalities.keys()
    assert not any("." in path for path in found.values())
    assert sum(map(len, found.values())) < 120_000


def test_a_coarse_outline_keeps_to_the_vertices_of_the_fine_one() -> None:
    for number, path in coarse_outlines().items():
        fine = {(round(x), round(y)) for ring in rings(borders().municipalities[number].path) for x, y in ring}
        assert {(round(x), round(y)) for ring in rings(path) for x, y in ring} <= fine


def test_neighbours_keep_their_common_border() -> None:
    def edges(number: str) -> set[frozenset[MapPoint]]:
        found: set[frozenset[MapPoint]] = set()
        for ring in rings(coarse_outlines()[number]):
            found |= {frozenset({a, b}) for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)}
        return found

    assert len(edges("5037") & edges("5038")) > 3


def test_a_county_is_within_its_part_of_the_drawing() -> None:
    numbers = [each.number for each in municipalities() if each.county_number == "50"]
    box = box_of(numbers)
    for number in numbers:
        for ring in rings(borders().municipalities[number].path):
            assert all(box.x <= x <= box.x + box.width and box.y <= y <= box.y + box.height for x, y in ring)


def test_nothing_to_draw_is_told() -> None:
    with pytest.raises(ValueError, match="no municipalities"):
        box_of([])
