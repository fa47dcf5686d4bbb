"""Any sequence of acts in a refusal, on any days, by anybody: no letter too early or to a child, no step forgotten.

Real acts on committed rows. What may come when, and whose move it is, is counted by the test itself (refusal_story).
"""

import pytest
from hypothesis.stateful import run_state_machine_as_test

from tests.conftest import make_cast
from tests.properties.bounds import bounds
from tests.properties.rules_refusal import Refusing

BOUNDS = bounds(examples=10, steps=14)

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
