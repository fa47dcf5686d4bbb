"""Who moves from where to where, gathered into larger places."""

import pytest

from fotfeste.allocation.domain.flows import UNKNOWN, Flow, gathered

pytestmark = pytest.mark.req("SET-15")


def test_flows_are_gathered_by_county_and_nobody_is_lost() -> None:
    flows = [
        Flow("4621", "5037", 1, 4),
        Flow("4601", "5038", 2, 3),
        Flow("5006", "5037", 1, 2),
        Flow(UNKNOWN, "5037", 1, 1),
    ]
    found = gathered(flows, lambda place: place[:2], lambda place: place[:2])
    assert found == [Flow("46", "50", 3, 7), Flow("50", "50", 1, 2), Flow(UNKNOWN, "50", 1, 1)]
    assert [each.stays for each in found] == [False, True, False]


def test_flows_alike_come_in_one_order() -> None:
    flows = [Flow("b", "x", 1, 2), Flow("a", "x", 1, 2), Flow("a", "w", 1, 2)]
    found = gathered(flows, str, str)
    assert [(each.origin, each.target) for each in found] == [("a", "w"), ("a", "x"), ("b", "x")]
