"""What follows from a no, for whom: by the ages in the household, where it lives and what is ruled on training."""

import pytest

from fotfeste.settlement.domain.consequences import follows_from_no
from fotfeste.settlement.domain.types import Training

pytestmark = pytest.mark.req("REF-04")
OF_THE_CENTRE = ("centre_place", "centre_money", "home", "programme", "support", "journey")


@pytest.mark.parametrize(
    ("ages", "kept"),
    [
        ([36, 34], ()),
        ([36, 18], ()),
        ([36, 17], ("childrens_money", "upper_secondary")),
        ([36, 16], ("childrens_money", "upper_secondary")),
        ([36, 15], ("childrens_money", "school")),
        ([36, 0], ("childrens_money", "school")),
        ([36, 17, 9], ("childrens_money", "school", "upper_secondary")),
        ([17], ("childrens_money", "upper_secondary")),
    ],
)
def test_what_children_keep_is_told_where_there_is_a_child_of_that_age(ages: list[int], kept: tuple[str, ...]) -> None:
    assert follows_from_no(ages, training=Training.LOST).kept == kept
    assert follows_from_no(ages, training=Training.KEPT).kept == (*kept, "training")


def test_training_is_kept_lost_or_not_clear_as_is_ruled() -> None:
    found = {ruling: follows_from_no([36], training=ruling) for ruling in (None, *Training)}
    assert {ruling: each.lost for ruling, each in found.items()} == {
        None: OF_THE_CENTRE,
        Training.KEPT: OF_THE_CENTRE,
        Training.LOST: (*OF_THE_CENTRE, "training"),
    }
    assert [each.unclear for each in found.values()] == [("training",), (), ()]


def test_who_lives_privately_loses_the_support_and_nothing_of_a_centre() -> None:
    found = follows_from_no([36, 9], training=None, lives_privately=True)
    assert found.lost == ("private_support", "home", "programme", "support", "journey")
    assert found.kept == ("school",)
