"""The worked cases of docs/formats/grants-replay.md, word for word."""

import json
from pathlib import Path

import pytest

from fotfeste.grants.domain.replay import replay
from tests.domain.grants.making import MUNICIPALITIES

CASES = Path(__file__).parent / "cases"


@pytest.mark.req("MON-02")
@pytest.mark.parametrize("case", ["settled_four_months_ago", "moved_in_march"])
def test_a_worked_case_gives_what_its_text_says(case: str) -> None:
    """The whole of what is printed, not the amounts alone."""
    printed = replay((CASES / f"{case}.json").read_bytes(), MUNICIPALITIES)
    assert json.loads(printed) == json.loads((CASES / f"{case}.expected.json").read_text())


@pytest.mark.req("MON-04")
def test_the_same_facts_print_the_same_bytes() -> None:
    """Keys in another order are the same facts, with the same hash."""
    content = (CASES / "moved_in_march.json").read_bytes()
    turned = json.dumps(dict(reversed(json.loads(content).items()))).encode()
    assert replay(content, MUNICIPALITIES) == replay(turned, MUNICIPALITIES)
