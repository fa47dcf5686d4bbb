"""For any sequence of facts, late facts, corrections and runs, money is what the facts say (issue 3)."""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.actions.grants.stage import payers
from tests.conftest import make_cast
from tests.properties.money import Money

# Quick by default, the same every time; FOTFESTE_EXAMPLES=1000 looks further, at random.
EXAMPLES = int(os.environ.get("FOTFESTE_EXAMPLES", "0"))
BOUNDS = settings(
    max_examples=EXAMPLES or 12,
    stateful_step_count=40 if EXAMPLES else 18,
    deadline=None,
    derandomize=not EXAMPLES,
    database=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate, Phase.shrink) if os.environ.get("FOTFESTE_SHRINK", "1") == "1" else (Phase.generate,),
)

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.mark.req("MON-02", "MON-04")
def test_any_sequence_of_facts_and_runs_leaves_the_lines_that_are_due(transactional_db: None) -> None:

    class Here(Money):
        by = payers(make_cast())

    run_state_machine_as_test(Here, settings=BOUNDS)
