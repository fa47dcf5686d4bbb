"""IMDi's figures are loaded once or twice with the same result, and what is not known stays unknown."""

import pytest

from fotfeste.settlement.loading import load_municipality_years
from fotfeste.settlement.models import MunicipalityYear

pytestmark = pytest.mark.django_db


@pytest.mark.req("SET-10")
def test_the_figures_of_2024_are_loaded_again_without_harm() -> None:
    first = load_municipality_years(using="default")
    second = load_municipality_years(using="default")
    assert first == second == MunicipalityYear.objects.count()
    oslo = MunicipalityYear.objects.get(municipality_id="0301")
    assert (oslo.year, oslo.requested, oslo.decided, oslo.requested_minors) == (2024, 1650, 1648, 53)


@pytest.mark.req("SET-10")
def test_a_figure_held_back_is_unknown_and_not_zero() -> None:
    load_municipality_years(using="default")
    assert MunicipalityYear.objects.get(municipality_id="0301").decided_minors is None
    assert MunicipalityYear.objects.filter(decided__isnull=True).exists()
