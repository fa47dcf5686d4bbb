"""What a municipality has of education and work, in fields and single occupations (SET-10)."""

from datetime import timedelta

import pytest

from fotfeste.directory.reference.work import known_work
from fotfeste.kernel.errors import NotAllowed, Refused, Stale
from fotfeste.platform.scope import scope
from fotfeste.settlement.actions.local_offers import declare_local_offers, local_offers_version
from fotfeste.settlement.domain.types import LocalOfferKind, Offering, WorkField
from fotfeste.settlement.models import LocalOffer
from fotfeste.settlement.queries.places import offered_by, offered_by_all
from tests.conftest import Cast

pytestmark = pytest.mark.django_db

WORK, EDUCATION = LocalOfferKind.WORK, LocalOfferKind.EDUCATION
FOOD, HEALTH, IT = Offering(WorkField.FOOD), Offering(WorkField.HEALTH), Offering(WorkField.IT)
NURSE, COOK = Offering(WorkField.HEALTH, "nurse"), Offering(WorkField.FOOD, "cook")


@pytest.mark.req("SET-10")
def test_a_municipality_says_what_it_has_and_what_was_said_before_stays_with_its_period(cast: Cast) -> None:
    levanger, later = cast.municipality, cast.day + timedelta(days=30)
    with scope(levanger, cast.day):
        said = {WORK: [FOOD, HEALTH], EDUCATION: [HEALTH]}
        assert len(declare_local_offers(said, by=levanger, at=cast.at)) == 3
        version = local_offers_version(levanger.organisation_id)
        assert declare_local_offers(said, by=levanger, at=cast.at) == []
    with scope(levanger, later):
        at = cast.at + timedelta(days=30)
        declare_local_offers({WORK: [HEALTH, IT]}, by=levanger, at=at, version=version)
        with pytest.raises(Stale):
            declare_local_offers({}, by=levanger, at=at, version=version)
    assert offered_by(levanger.organisation_id, cast.day) == {WORK: {FOOD, HEALTH}, EDUCATION: {HEALTH}}
    assert offered_by_all(later) == {levanger.organisation_id: {WORK: {HEALTH, IT}}}
    ended = LocalOffer.objects.current().filter(period__endswith=later)
    assert sorted(ended.values_list("kind", "field")) == [("education", "health"), ("work", "food")]


@pytest.mark.req("SET-10")
def test_an_occupation_is_said_beside_its_field_or_alone_and_taken_back_alone(cast: Cast) -> None:
    levanger, later = cast.municipality, cast.day + timedelta(days=30)
    with scope(levanger, cast.day):
        declare_local_offers({WORK: [HEALTH, NURSE, COOK], EDUCATION: [NURSE]}, by=levanger, at=cast.at)
    with scope(levanger, later):
        at = cast.at + timedelta(days=30)
        assert declare_local_offers({WORK: [HEALTH, COOK], EDUCATION: [NURSE]}, by=levanger, at=at) == []
    assert offered_by(levanger.organisation_id, cast.day) == {WORK: {HEALTH, NURSE, COOK}, EDUCATION: {NURSE}}
    assert offered_by(levanger.organisation_id, later) == {WORK: {HEALTH, COOK}, EDUCATION: {NURSE}}


@pytest.mark.parametrize("offering", [Offering(WorkField.FOOD, "astrologer"), Offering(WorkField.FOOD, "nurse")])
def test_only_an_occupation_of_the_list_and_of_its_own_field_can_be_said(cast: Cast, offering: Offering) -> None:
    with scope(cast.municipality, cast.day), pytest.raises(Refused, match="occupation_not_in_list"):
        declare_local_offers({WORK: [offering]}, by=cast.municipality, at=cast.at)


@pytest.mark.req("ACS-01")
def test_only_the_municipality_says_what_it_has(cast: Cast) -> None:
    for viewer in (cast.imdi, cast.centre):
        with scope(viewer, cast.day), pytest.raises(NotAllowed):
            declare_local_offers({WORK: [FOOD]}, by=viewer, at=cast.at)


def test_the_fields_are_those_that_answers_are_recognised_as() -> None:
    assert {str(field) for field in WorkField} == set(known_work().fields)


def test_every_occupation_of_the_list_can_be_said(cast: Cast) -> None:
    known = known_work().occupations.values()
    every = [Offering(WorkField(each.field), each.code) for each in known]
    with scope(cast.municipality, cast.day):
        assert len(declare_local_offers({EDUCATION: every}, by=cast.municipality, at=cast.at)) == len(every)
    assert offered_by(cast.municipality.organisation_id, cast.day) == {EDUCATION: frozenset(every)}
