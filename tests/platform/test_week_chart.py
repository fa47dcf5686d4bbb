"""The picture of people and places by week: to scale, and in words."""

import pytest

from fotfeste.platform.components.week_chart import BOTTOM, HEIGHT, LEFT, TOP, draw

NOW, ONE, TWO = LABELS = ("nå", "uke 12", "uke 13")


def test_the_scale_goes_from_nought_in_few_even_steps_to_above_the_highest() -> None:
    drawing = draw(LABELS, (90, 86, 70), (90, 80, 60), (100, 100, 140))
    assert [row.label for row in drawing.rows] == ["0", "50", "100", "150"]
    assert drawing.rows[0].at == HEIGHT - BOTTOM
    assert drawing.rows[-1].at == TOP


def test_the_lines_go_through_their_values_and_places_in_stairs() -> None:
    drawing = draw(("nå", "uke 12"), (0, 10), (0, 5), (10, 0))
    bottom, top, right = HEIGHT - BOTTOM, TOP, drawing.right
    assert drawing.known == f"M{LEFT} {bottom} L{right} {top}"
    assert drawing.places == f"M{LEFT} {top} V{bottom} H{right}"
    assert drawing.dots[1] == (right, top, "uke 12: 10")


def test_the_words_say_what_the_picture_shows() -> None:
    summary = draw(LABELS, (90, 86, 70), (90, 80, 60), (100, 100, 140)).summary
    assert summary.startswith("90 bor der nå. Ved utgangen av uke 13 bor det 70 der")
    assert "60 etter antakelsen" in summary
    assert "140 plasser" in summary


def test_a_place_with_nobody_and_nothing_is_drawn_too() -> None:
    assert [row.label for row in draw(LABELS, (0, 0, 0), (0, 0, 0), (0, 0, 0)).rows] == ["0", "1"]


@pytest.mark.parametrize("known", [(1, 2), (1,)])
def test_series_of_other_lengths_are_a_mistake(known: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="a value of each series"):
        draw(LABELS, known, (1, 2, 3), (1, 2, 3))
