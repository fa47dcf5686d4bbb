"""Any sequence of acts while a household asks a municipality itself, on any days, by anybody (SET-13).

Never two open requests, the place in the queue kept, a plan leaves them out by the rule, nobody's task stays after an
end, places are counted once. Real acts on committed rows; what must hold is counted by the test itself.
"""

import pytest
from hypothesis.stateful import run_state_machine_as_test

from tests.conftest import make_cast
from tests.properties.bounds import bounds
from tests.properties.rules_self_asked import AskingItself

BOUNDS = bounds(examples=10, steps=14)

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
