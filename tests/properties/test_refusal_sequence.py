"""Any sequence of acts in a refusal, on any days, by anybody: no letter too early or to a child, no step forgotten.

Real acts on committed rows. What may come when, and whose move it is, is counted by the test itself (refusal_story).
"""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.conftest import make_cast
from tests.properties.rules_refusal import Refusing

# Quick by default, the same every time; FOTFESTE_EXAMPLES=1000 looks further, at random.
EXAMPLES = int(os.environ.get("FOTFESTE_EXAMPLES", "0"))
BOUNDS = settings(
    max_examples=EXAMPLES or 10,
    stateful_step_count=40 if EXAMPLES else 14,
    deadline=None,
    derandomize=not EXAMPLES,
    database=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate, Phase.shrink) if os.environ.get("FOTFESTE_SHRINK", "1") == "1" else (Phase.generate,),
)

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def refusing(transactional_db: None) -> type[Refusing]:
    """The cast, committed."""

    class Here(Refusing):
        cast = make_cast()

    return Here


@pytest.mark.req("REF-02", "REF-03", "REF-05")
def test_whatever_is_done_in_a_refusal_each_gets_their_letters_and_days_and_nobody_is_forgotten(
    refusing: type[Refusing],
) -> None:
    run_state_machine_as_test(refusing, settings=BOUNDS)
