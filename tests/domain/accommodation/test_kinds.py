"""Which kind of centre is for whom."""

import pytest

from fotfeste.accommodation.domain.kinds import suits
from fotfeste.accommodation.domain.types import CentreType
from fotfeste.kernel.decisions import Outcome

ALL = tuple(CentreType)
ELSEWHERE = [kind for kind in ALL if kind not in (CentreType.UNACCOMPANIED_MINORS, CentreType.ARRIVAL)]


@pytest.mark.req("ACC-01")
@pytest.mark.parametrize("kind", ALL)
def test_a_centre_for_unaccompanied_minors_takes_nobody_else(kind: CentreType) -> None:
    assert suits(kind, are_minors_alone=False).is_no == (kind is CentreType.UNACCOMPANIED_MINORS)


@pytest.mark.req("SET-06")
@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        (CentreType.UNACCOMPANIED_MINORS, Outcome.YES),
        (CentreType.ARRIVAL, Outcome.YES),
        *((kind, Outcome.UNKNOWN) for kind in ELSEWHERE),
    ],
)
def test_minors_alone_are_for_their_own_centres_and_elsewhere_only_where_it_is_decided(
    kind: CentreType, outcome: Outcome
) -> None:
    assert suits(kind, are_minors_alone=True).outcome is outcome
