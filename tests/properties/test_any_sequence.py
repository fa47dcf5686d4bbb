"""Any sequence of acts by any users keeps every invariant (issue 1)."""

import pytest
from hypothesis.stateful import run_state_machine_as_test

from fotfeste.settlement.models import MunicipalityYear
from tests.conftest import make_cast
from tests.properties.bounds import bounds
from tests.properties.eyes import everybodys_eyes
from tests.properties.rules_permits import Permits

BOUNDS = bounds(examples=14, steps=20)

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def country(transactional_db: None) -> type[Permits]:
    """The cast, and two municipalities that have decided to settle people; all committed."""
    for number, decided in (("5037", 30), ("5038", 9)):
        MunicipalityYear.objects.using("owner").create(
            municipality_id=number, year=2024, decided=decided, decided_minors=4, requested=decided, source="test"
        )

    class Here(Permits):
        cast = make_cast()
        eyes = everybodys_eyes(cast)

    return Here


@pytest.mark.req("ACC-02", "ACC-03", "SET-08", "SET-16")
def test_any_sequence_of_acts_by_any_users_keeps_every_invariant(country: type[Permits]) -> None:
    run_state_machine_as_test(country, settings=BOUNDS)
