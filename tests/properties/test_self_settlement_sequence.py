"""Any sequence of acts while a household asks a municipality itself, on any days, by anybody (SET-13).

Never two open requests, the place in the queue kept, a plan leaves them out by the rule, nobody's task stays after an
end, places are counted once. Real acts on committed rows; what must hold is counted by the test itself.
"""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.conftest import make_cast
from tests.properties.rules_self_asked import AskingItself

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
def asking(transactional_db: None) -> type[AskingItself]:
    """The cast, committed."""

    class Here(AskingItself):
        cast = make_cast()

    return Here


@pytest.mark.req("SET-13", "SET-15")
def test_whatever_is_done_while_they_ask_their_place_is_kept_and_nobody_is_left_with_a_task(
    asking: type[AskingItself],
) -> None:
    run_state_machine_as_test(asking, settings=BOUNDS)
