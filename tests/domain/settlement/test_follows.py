"""What follows from a no, for whom: by the ages in the household, where it lives and what is ruled on training."""

from datetime import date

import pytest

from fotfeste.settlement.domain.consequences import follows_from_no
from fotfeste.settlement.domain.types import Training

pytestmark = pytest.mark.req("REF-04")
ON = date(2024, 6, 14)
OF_THE_CENTRE = ("centre_place", "centre_money", "home", "programme", "support", "journey")


@pytest.mark.parametrize(
    ("ages", "kept"),
    [
        ([36, 34], ()),
        ([36, 18], ()),
        ([36, 17], ("childrens_money", "upper_secondary")),
        ([36, 16], ("childrens_money", "upper_secondary")),
        ([36, 15], ("childrens_money", "school")),
        ([36, 0], ("childrens_money",)),
        ([36, 17, 9], ("childrens_money", "school", "upper_secondary")),
        ([17], ("childrens_money", "upper_secondary")),
    ],
)
def test_what_children_keep_is_told_where_there_is_a_child_of_that_age(ages: list[int], kept: tuple[str, ...]) -> None:
    assert follows_from_no(born(*ages), ON, training=Training.LOST).kept == kept
    assert follows_from_no(born(*ages), ON, training=Training.KEPT).kept == (*kept, "training")


def born(*ages: int) -> list[date]:
    """Days of birth of people of those ages, who had their birthday in March."""
    return [date(ON.year - age, 3, 1) for age in ages]


@pytest.mark.parametrize(
    ("child", "on", "kept"),
    [
        (date(2018, 12, 31), date(2023, 12, 31), ()),
        (date(2018, 12, 31), date(2024, 1, 1), ("school",)),  # six in the course of the year
        (date(2018, 1, 1), date(2023, 12, 31), ()),
        (date(2008, 6, 15), ON, ("school",)),  # sixteen tomorrow
        (date(2008, 6, 14), ON, ("upper_secondary",)),
        (date(2006, 6, 15), ON, ("upper_secondary",)),
        (date(2006, 6, 14), ON, ()),  # eighteen today
    ],
)
def test_school_is_told_of_from_the_year_of_six_to_the_day_of_sixteen(
    child: date, on: date, kept: tuple[str, ...]
) -> None:
    found = follows_from_no([*born(36), child], on, training=Training.LOST, lives_privately=True)
    assert found.kept == kept


def test_training_is_kept_lost_or_not_clear_as_is_ruled() -> None:
    found = {ruling: follows_from_no(born(36), ON, training=ruling) for ruling in (None, *Training)}
    assert {ruling: each.lost for ruling, each in found.items()} == {
        None: OF_THE_CENTRE,
        Training.KEPT: OF_THE_CENTRE,
        Training.LOST: (*OF_THE_CENTRE, "training"),
    }
    assert [each.unclear for each in found.values()] == [("training",), (), ()]


def test_who_lives_privately_loses_the_support_and_nothing_of_a_centre() -> None:
    found = follows_from_no(born(36, 9), ON, training=None, lives_privately=True)
    assert found.lost == ("private_support", "home", "programme", "support", "journey")
    assert found.kept == ("school",)
