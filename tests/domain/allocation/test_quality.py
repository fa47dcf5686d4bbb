"""How far from the best a plan is at most, as pages say it."""

from decimal import Decimal

import pytest

from fotfeste.allocation.domain.quality import missed_percent

pytestmark = pytest.mark.req("SET-15")


@pytest.mark.parametrize(
    ("objective", "bound", "worth", "percent"),
    [
        (100.0, 100.0, 100.0, "0.00"),
        (99.0, 100.0, 99.0, "1.00"),
        (100.0, 100.000001, 100.0, "0.01"),  # rounding makes no plan better than it is
        (-25.0, -24.0, 271.0, "0.37"),  # places are held: what is missed is a part of what the pages show
        (101.0, 100.0, 101.0, "0.00"),  # floats
    ],
)
def test_what_is_missed_is_counted_in_the_points_of_the_pages(
    objective: float, bound: float, worth: float, percent: str
) -> None:
    assert missed_percent(objective, bound, worth) == Decimal(percent)
