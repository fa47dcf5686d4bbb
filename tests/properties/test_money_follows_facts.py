"""For any sequence of facts, late facts, corrections and runs, money is what the facts say (issue 3)."""

import pytest
from hypothesis.stateful import run_state_machine_as_test

from tests.actions.grants.stage import payers
from tests.conftest import make_cast
from tests.properties.bounds import bounds
from tests.properties.money import Money

BOUNDS = bounds(examples=12, steps=18)

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.mark.req("MON-02", "MON-04")
def test_any_sequence_of_facts_and_runs_leaves_the_lines_that_are_due(transactional_db: None) -> None:

    class Here(Money):
        by = payers(make_cast())

    run_state_machine_as_test(Here, settings=BOUNDS)
