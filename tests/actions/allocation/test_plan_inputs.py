"""What a plan reads: what municipalities have said of places, work and services, and those of late."""

import pytest

from fotfeste.allocation.actions.computing import read_candidates
from fotfeste.allocation.domain.explanation import Explanation
from fotfeste.allocation.domain.kept import from_json
from fotfeste.allocation.domain.policy import PartKind
from fotfeste.allocation.domain.types import Offer, OfferKind, Resource, Service
from fotfeste.allocation.models import Proposal
from fotfeste.kernel.decisions import Reason
from fotfeste.platform.scope import scope
from fotfeste.settlement.actions.capabilities import declare_capabilities
from fotfeste.settlement.actions.local_offers import declare_local_offers
from fotfeste.settlement.actions.resources import declare_resources
from fotfeste.settlement.domain.contents import Adaptation, BearsOn, ExtraNeeds, HelpKind, Occupation, Question
from fotfeste.settlement.domain.types import (
    Capability,
    LocalOfferKind,
    LocalService,
    Offerable,
    Offering,
    PlaceKind,
    WorkField,
)
from fotfeste.settlement.public import in_queue, recently_in_queue
from tests.actions.allocation.stage import WAITED, planned
from tests.actions.settlement.asking import ask
from tests.actions.settlement.stage import decided, family, queued, requested
from tests.conftest import Cast
from tests.settlement_steps import answered, interviewed

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-15")]


@pytest.mark.req("SET-10", "SET-11")
def test_what_municipalities_have_said_of_places_work_and_centres_is_read(cast: Cast) -> None:
    queued(cast)
    with scope(cast.municipality, cast.day):
        declare_resources({PlaceKind.SCHOOL_PLACES: 7}, by=cast.municipality, at=cast.at)
        said = {LocalOfferKind.WORK: [Offering(WorkField.HEALTH), Offering(WorkField.INDUSTRY, "welder")]}
        declare_local_offers(said, by=cast.municipality, at=cast.at)
        can: dict[Offerable, bool | None] = {
            Capability.PETS: False,
            LocalService.HOME_HELP: True,
            LocalService.HEARING: False,
        }
        declare_capabilities(can, by=cast.municipality, at=cast.at)
    with scope(cast.imdi, cast.day):
        found = {each.number: each for each in read_candidates(cast.imdi, cast.at).municipalities}
    levanger, verdal = found["5037"], found["5038"]
    assert levanger.left == {Resource.PERSONS: 20, Resource.MINORS: 2, Resource.SCHOOL_PLACES: 7}
    assert levanger.offers == frozenset({Offer(OfferKind.WORK, "health"), Offer(OfferKind.WORK, "industry", "welder")})
    assert levanger.services == {Service.PET_HOME: False, Service.HOME_HELP: True, Service.HEARING: False}
    assert levanger.capabilities == {Capability.PETS: False}
    assert verdal.left == {Resource.PERSONS: 10}
    assert verdal.services == {}
    assert verdal.offers is None


@pytest.mark.req("SET-10", "SET-15")
def test_the_plan_says_which_occupation_and_which_service_it_counted(cast: Cast) -> None:
    decided("5037", 20)
    decided("5038", 20)
    nurse = answered(Occupation(has_worked=True, title="Sykepleier"))
    helped = answered(
        Adaptation(True, "Hjelp", (BearsOn.SERVICES,), extra=ExtraNeeds(help_kinds=(HelpKind.HOME_NURSING,)))
    )
    interviewed(cast, family(), answers={"Olena": {Question.OCCUPATION: nurse, Question.ADAPTATION: helped}})
    with scope(cast.other_municipality, cast.day):
        said = {LocalOfferKind.WORK: [Offering(WorkField.HEALTH, "nurse")]}
        declare_local_offers(said, by=cast.other_municipality, at=cast.at)
        declare_capabilities({LocalService.HOME_HELP: True}, by=cast.other_municipality, at=cast.at)
    plan = planned(cast)
    with scope(cast.imdi, cast.day):
        found = from_json(Explanation, Proposal.objects.get(plan=plan).explanation)
    assert found.place == "5038"
    assert found.score is not None
    told = {part.kind: part.reasons for part in found.score.parts}
    assert Reason("work_asks_authorisation", {"occupation": "nurse"}) in told[PartKind.WORK]
    assert told[PartKind.SERVICES] == (Reason("service_there", {"service": "home_help"}),)


def test_those_of_late_are_read_wherever_they_are_now(cast: Cast) -> None:
    for group in (queued(cast), queued(cast)):
        requested(cast, group)
    queued(cast)
    with scope(cast.imdi, cast.day):
        assert len(in_queue(cast.imdi, cast.day)) == 1
        assert [each.case.size for each in recently_in_queue(cast.imdi, cast.day - WAITED, cast.day)] == [4, 4, 4]
        assert recently_in_queue(cast.imdi, cast.day, cast.day + WAITED) == []
    with scope(cast.udi, cast.day):
        assert recently_in_queue(cast.udi, cast.day - WAITED, cast.day) == []


@pytest.mark.req("SET-10")
def test_those_who_are_asked_for_beyond_the_decision_leave_no_place_and_count_as_taken(cast: Cast) -> None:
    within, beyond = queued(cast), queued(cast)
    decided("5037", 5, minors=3)
    ask(cast, within)
    ask(cast, beyond, "De tar dem kanskje likevel.")
    with scope(cast.municipality, cast.day):
        declare_resources({PlaceKind.MINORS: 0}, by=cast.municipality, at=cast.at)
    with scope(cast.imdi, cast.day):
        levanger = next(each for each in read_candidates(cast.imdi, cast.at).municipalities if each.number == "5037")
    assert levanger.left == {Resource.PERSONS: -3, Resource.MINORS: 0}
    assert (levanger.requested, levanger.taken) == (5, 8)
