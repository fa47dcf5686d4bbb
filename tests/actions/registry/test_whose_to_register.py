"""A centre that they have left, and the police after a while, register nothing of a household any more."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse

from fotfeste.access.public import NeedReason
from fotfeste.accommodation.domain.book import book
from fotfeste.accommodation.public import DepartureReason, place_group
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.kernel.identifiers import IdentifierKind, synthetic_duf
from fotfeste.platform.scope import scope
from fotfeste.platform.sentences import sentence_for
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.domain.types import CorrectionReason, RelationKind
from fotfeste.registry.models import PersonDetails, PlacementGroup, Relation
from fotfeste.registry.public import (
    StatusKind,
    add_member,
    annul_relation,
    correct_details,
    register_identifier,
    register_member,
    register_relation,
    register_status,
)
from fotfeste.settlement.models import Journey, Offer, SettlementRequest
from tests.actions.registry.families import kovalenko, minor_alone, person
from tests.actions.settlement.stage import depart, requested, with_journey
from tests.actions.settlement.stage import queued as in_queue
from tests.as_owner import every_need
from tests.conftest import Cast
from tests.settlement_steps import members_by_name, placed, registered
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = pytest.mark.django_db
type Act = Callable[[int, dict[str, int], Viewer, Cast], object]

ACTS: dict[str, Act] = {
    "correct_details": lambda _group, people, by, cast: correct_details(
        people["Olena"], person("Olha", "Kovalenko"), CorrectionReason.TYPING_ERROR, by=by, at=cast.at
    ),
    "register_identifier": lambda _group, people, by, cast: register_identifier(
        people["Danylo"], IdentifierKind.DUF, synthetic_duf(77), by=by, at=cast.at, reason=CorrectionReason.TYPING_ERROR
    ),
    "register_relation": lambda group, people, by, cast: register_relation(
        group, people["Olena"], RelationKind.SIBLING, people["Andrij"], by=by, at=cast.at
    ),
    "annul_relation": lambda group, _people, by, cast: annul_relation(
        group, Relation.objects.current().earliest("pk").pk, CorrectionReason.TYPING_ERROR, by=by, at=cast.at
    ),
    "register_status": lambda group, people, by, cast: register_status(
        group, [people["Olena"]], StatusKind.APPLIED_FOR_PROTECTION, cast.day, by=by, at=cast.at
    ),
}


def moved(cast: Cast) -> int:
    """The Kovalenkos, registered and placed at Voss, then moved to Råde today."""
    group = placed(cast, registered(cast, kovalenko()))
    return placed(cast, group, cast.other_centre, cast.day)


def keys(cast: Cast, group: int) -> dict[str, int]:
    """The members' keys by given name."""
    with scope(cast.udi, cast.day):
        return {name: member.subject_id for name, member in members_by_name(group, cast.day).items()}


def with_all_permissions(viewer: Viewer, cast: Cast) -> Viewer:
    """The viewer, with every permission there is: what is left is the need to know."""
    every = cast.udi.permissions | cast.registrar.permissions | viewer.permissions
    return replace(viewer, permissions=every)


@pytest.mark.req("ACS-01")
@pytest.mark.parametrize("name", ACTS)
def test_a_centre_that_they_have_left_registers_nothing_and_is_told_why(cast: Cast, name: str) -> None:
    group = moved(cast)
    people, former = keys(cast, group), with_all_permissions(cast.centre, cast)
    with scope(former, cast.day):
        with pytest.raises(Refused) as refused:
            ACTS[name](group, people, former, cast)
        assert refused.value.code == "not_theirs_to_register"
        assert "bor ikke lenger hos dere" in sentence_for(refused.value)
        assert not PersonDetails.objects.filter(given_name="Olha").exists()
    present = with_all_permissions(cast.other_centre, cast)
    with scope(present, cast.day):
        ACTS[name](group, people, present, cast)


@pytest.mark.req("ACS-01")
def test_a_former_centre_adds_nobody_moves_nobody_and_places_nobody(cast: Cast) -> None:
    group = moved(cast)
    other = placed(cast, registered(cast, minor_alone()))
    former = with_all_permissions(cast.centre, cast)
    minor = next(iter(keys(cast, other).values()))
    olena = keys(cast, group)["Olena"]
    with scope(former, cast.day):
        tries: tuple[Callable[[], object], ...] = (
            lambda: add_member(group, minor, cast.day, by=former, at=cast.at),
            lambda: add_member(other, olena, cast.day, by=former, at=cast.at),
            lambda: register_member(group, person("Ivan", "Kovalenko"), cast.day, by=former, at=cast.at),
            lambda: place_group(group, former.organisation_id, cast.day, by=former, at=cast.at),
        )
        for attempt in tries:
            with pytest.raises(Refused, match="not_theirs_to_register"):
                attempt()


@pytest.mark.req("ACS-01")
def test_the_household_page_offers_a_former_centre_nothing_to_register(cast: Cast) -> None:
    group = moved(cast)
    with logged_in(cast, cast.centre) as browser:
        page = browser.get(reverse("household", args=[reference_of(group)])).content.decode()
        form = browser.get(reverse("register_relation", args=[reference_of(group)])).content.decode()
    for name in ("register_status", "add_member", "register_relation"):
        assert reverse(name, args=[reference_of(group)]) not in page
    assert "/rett/" not in page
    assert "bor ikke lenger hos dere" in form
    with logged_in(cast, cast.other_centre) as browser:
        page = browser.get(reverse("household", args=[reference_of(group)])).content.decode()
    assert reverse("register_relation", args=[reference_of(group)]) in page
    assert "/rett/" in page


def registrars_days(cast: Cast) -> int:
    """For how many days after a placement whoever registered a household still sees it."""
    return book().get("registered_here_days", cast.day).integer


@pytest.mark.req("ACS-01")
def test_who_registered_a_household_sees_it_until_some_days_after_it_is_placed(cast: Cast) -> None:
    group = registered(cast, kovalenko())
    much_later = cast.day + timedelta(days=400)
    with scope(cast.registrar, much_later):
        assert PlacementGroup.objects.filter(pk=group).exists()
    placed(cast, group)  # in February, registered today: the days count from the later
    last = cast.day + timedelta(days=registrars_days(cast) - 1)
    for day, is_seen in ((last, True), (last + timedelta(days=1), False)):
        with scope(cast.registrar, day):
            assert PlacementGroup.objects.filter(pk=group).exists() is is_seen
            assert PersonDetails.objects.exists() is is_seen
    open_ones = every_need().filter(subject_id=group, reason=NeedReason.REGISTERED_HERE, ended_at__isnull=True)
    assert not open_ones.exists()


@pytest.mark.req("ACS-01")
def test_afterwards_there_is_nothing_to_find_and_nothing_to_do(cast: Cast) -> None:
    group = placed(cast, registered(cast, kovalenko()))
    olena = keys(cast, group)["Olena"]
    later = cast.at + timedelta(days=registrars_days(cast))
    with scope(cast.registrar, later.date()), pytest.raises(NotFound):
        correct_details(olena, person("Olha", "Kovalenko"), CorrectionReason.TYPING_ERROR, by=cast.registrar, at=later)


@pytest.mark.req("ACS-01")
def test_the_police_never_read_requests_offers_or_journeys(cast: Cast) -> None:
    group = with_journey(cast, in_queue(cast))
    with scope(cast.registrar, cast.day):
        assert PlacementGroup.objects.filter(pk=group).exists()
        for table in (SettlementRequest, Offer, Journey):
            assert not table.objects.exists()
    with logged_in(cast, cast.registrar) as browser:
        page = browser.get(reverse("household", args=[reference_of(group)])).content.decode()
    assert "Levanger" not in page
    assert "Mottaket der de bor, og IMDi følger opp bosettingen." in page


@pytest.mark.req("ACS-01")
def test_the_police_cannot_empty_a_household_that_is_on_its_way_to_a_municipality(cast: Cast) -> None:
    group = requested(cast, in_queue(cast, is_unaccompanied=True))
    family = registered(cast, kovalenko())
    [minor] = keys(cast, group).values()
    with scope(cast.registrar, cast.day), pytest.raises(Refused, match="household_is_being_settled"):
        add_member(family, minor, cast.day, by=cast.registrar, at=cast.at)


@pytest.mark.req("ACC-03")
@pytest.mark.req("SET-08")
def test_a_settled_household_is_not_placed_again(cast: Cast) -> None:
    group = with_journey(cast, in_queue(cast))
    depart(cast, group)
    with scope(cast.udi, cast.day):
        with pytest.raises(Refused) as refused:
            place_group(group, cast.centre.organisation_id, cast.day, by=cast.udi, at=cast.at)
        assert refused.value.code == "already_settled"
        assert "Husstanden er bosatt" in sentence_for(refused.value)
    address = reverse("place_group", args=[reference_of(group)])
    with logged_in(cast, cast.udi) as browser:
        assert address not in browser.get(reverse("household", args=[reference_of(group)])).content.decode()
        assert "Husstanden er bosatt" in browser.get(address).content.decode()


@pytest.mark.req("ACC-03")
def test_who_was_left_behind_when_the_others_were_settled_can_be_placed(cast: Cast) -> None:
    group = with_journey(cast, in_queue(cast))
    people = keys(cast, group)
    depart(cast, group, DepartureReason.PRIVATE_ADDRESS, persons=[people["Andrij"]], on=cast.day)
    depart(cast, group, persons=[people[name] for name in ("Olena", "Sofia", "Danylo")])
    address = reverse("place_group", args=[reference_of(group)])
    with logged_in(cast, cast.udi) as browser:
        assert address in browser.get(reverse("household", args=[reference_of(group)])).content.decode()
        assert "Husstanden er 1 person" in browser.get(address).content.decode()
    with scope(cast.udi, cast.day):
        stays = place_group(group, cast.centre.organisation_id, cast.day, by=cast.udi, at=cast.at)
    assert [(stay.subject_id, stay.period.start) for stay in stays] == [(people["Andrij"], date(2024, 3, 14))]
