"""What a municipality has of education and work, in fields (SET-10)."""

from datetime import timedelta

import pytest

from fotfeste.allocation.domain.vocabulary import vocabulary
from fotfeste.kernel.errors import NotAllowed, Stale
from fotfeste.platform.scope import scope
from fotfeste.settlement.actions.local_offers import declare_local_offers, local_offers_version
from fotfeste.settlement.domain.types import LocalOfferKind, WorkField
from fotfeste.settlement.models import LocalOffer
from fotfeste.settlement.queries.places import offered_by, offered_by_all
from tests.conftest import Cast

pytestmark = pytest.mark.django_db

WORK, EDUCATION = LocalOfferKind.WORK, LocalOfferKind.EDUCATION


@pytest.mark.req("SET-10")
def test_a_municipality_says_what_it_has_and_what_was_said_before_stays_with_its_period(cast: Cast) -> None:
    levanger, later = cast.municipality, cast.day + timedelta(days=30)
    with scope(levanger, cast.day):
        said = {WORK: [WorkField.FOOD, WorkField.HEALTH], EDUCATION: [WorkField.HEALTH]}
        assert len(declare_local_offers(said, by=levanger, at=cast.at)) == 3
        version = local_offers_version(levanger.organisation_id)
        assert declare_local_offers(said, by=levanger, at=cast.at) == []
    with scope(levanger, later):
        at = cast.at + timedelta(days=30)
        declare_local_offers({WORK: [WorkField.HEALTH, WorkField.IT]}, by=levanger, at=at, version=version)
        with pytest.raises(Stale):
            declare_local_offers({}, by=levanger, at=at, version=version)
    assert offered_by(levanger.organisation_id, cast.day) == {
        WORK: {WorkField.FOOD, WorkField.HEALTH},
        EDUCATION: {WorkField.HEALTH},
    }
    assert offered_by_all(later) == {levanger.organisation_id: {WORK: {WorkField.HEALTH, WorkField.IT}}}
    ended = LocalOffer.objects.current().filter(period__endswith=later)
    assert sorted(ended.values_list("kind", "field")) == [("education", "health"), ("work", "food")]


@pytest.mark.req("ACS-01")
def test_only_the_municipality_says_what_it_has(cast: Cast) -> None:
    for viewer in (cast.imdi, cast.centre):
        with scope(viewer, cast.day), pytest.raises(NotAllowed):
            declare_local_offers({WORK: [WorkField.FOOD]}, by=viewer, at=cast.at)


def test_the_fields_are_those_that_answers_are_recognised_as() -> None:
    assert {str(field) for field in WorkField} == set(vocabulary().fields)
