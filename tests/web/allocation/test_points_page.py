"""What each municipality comes to for one household, with the reason: before any plan is made."""

import pytest
from django.urls import reverse

from fotfeste.access.public import Look
from fotfeste.platform.scope import scope
from fotfeste.settlement.actions.capabilities import declare_capabilities
from fotfeste.settlement.actions.local_offers import declare_local_offers
from fotfeste.settlement.domain.contents import Adaptation, BearsOn, ExtraNeeds, HelpKind, Occupation, Question
from fotfeste.settlement.domain.types import LocalOfferKind, LocalService, Offering, WorkField
from tests.actions.allocation.stage import closed, pinned
from tests.actions.registry.test_protection import protected
from tests.actions.settlement.stage import decided, family, queued, requested
from tests.conftest import Cast
from tests.settlement_steps import answered, interviewed
from tests.web.allocation.test_plan_pages import page, words
from tests.web.settlement.pages import logged_in, reference_of
from tests.web.test_looks import compartments_of_tables, tables_read

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-15")]


@pytest.fixture
def nurse(cast: Cast) -> int:
    """A household with a nurse who needs help at home; Verdal wants nurses and has no such help."""
    queued(cast)
    worked = answered(Occupation(has_worked=True, title="Sykepleier"))
    extra = ExtraNeeds(help_kinds=(HelpKind.HOME_NURSING,))
    helped = answered(Adaptation(is_needed=True, description="Hjelp", bears_on=(BearsOn.SERVICES,), extra=extra))
    group = interviewed(cast, family(), answers={"Olena": {Question.OCCUPATION: worked, Question.ADAPTATION: helped}})
    with scope(cast.other_municipality, cast.day):
        said = {LocalOfferKind.WORK: [Offering(WorkField.HEALTH, "nurse")]}
        declare_local_offers(said, by=cast.other_municipality, at=cast.at)
        declare_capabilities({LocalService.HOME_HELP: False}, by=cast.other_municipality, at=cast.at)
    return group


@pytest.mark.req("SET-07", "SET-10")
def test_each_municipality_has_its_points_with_the_reason_the_best_first(cast: Cast, nurse: int) -> None:
    here = reference_of(nurse)
    assert reverse("municipality_points", args=[here]) in page(cast, "find_municipality", here)
    with logged_in(cast, cast.imdi) as browser:
        verdal, levanger = browser.get(reverse("municipality_points", args=[here])).context["lines"][:2]
    assert (verdal.name, levanger.name) == ("Verdal", "Levanger")
    said = " ".join(verdal.parts)
    assert "Kommunen har meldt arbeid som sykepleier." in said
    assert "Kommunen har ikke hjelp i hjemmet." in said
    assert "Kommunen har ikke meldt om den har hjelp i hjemmet." in " ".join(levanger.parts)
    assert reverse("send_request", args=[here, "5038"]) in page(cast, "municipality_points", here)


def test_a_municipality_that_is_not_possible_is_found_by_name_and_says_why(cast: Cast, nurse: int) -> None:
    decided("5038", 3)
    with logged_in(cast, cast.imdi) as browser:
        answer = browser.get(reverse("municipality_points", args=[reference_of(nurse)]), {"text": "verdal"})
    [line] = answer.context["lines"]
    assert line.against == ("For få ledige plasser: trenger 4, 3 igjen.",)
    assert any("sykepleier" in part for part in line.parts)


def test_a_pin_is_told_and_changes_no_points(cast: Cast, nurse: int) -> None:
    here = reference_of(nurse)
    with logged_in(cast, cast.imdi) as browser:
        before = browser.get(reverse("municipality_points", args=[here])).context["lines"]
    pinned(cast, nurse, "5037")
    with logged_in(cast, cast.imdi) as browser:
        answer = browser.get(reverse("municipality_points", args=[here]))
    assert answer.context["lines"] == before
    assert "En saksbehandler har festet husstanden til Levanger. Poengene er som uten det." in words(answer.text)


def test_a_closed_municipality_says_so(cast: Cast, nurse: int) -> None:
    closed(cast, "5037")
    with logged_in(cast, cast.imdi) as browser:
        answer = browser.get(reverse("municipality_points", args=[reference_of(nurse)]), {"text": "5037"})
    [line] = answer.context["lines"]
    assert line.against == ("Kommunen er stengt for forslag denne uken.",)


def test_who_waits_for_no_municipality_has_no_points(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    assert "venter ikke på kommune nå" in words(page(cast, "municipality_points", reference_of(group)))


@pytest.mark.req("ACS-01")
def test_only_who_plans_sees_points_and_the_look_is_kept(cast: Cast, nurse: int) -> None:
    address = reverse("municipality_points", args=[reference_of(nurse)])
    for viewer in (cast.udi, cast.centre, cast.municipality):
        with logged_in(cast, viewer) as browser:
            assert browser.get(address).status_code == 403
    with logged_in(cast, cast.imdi) as browser, tables_read() as tables:
        browser.get(address)
    with scope(cast.imdi, cast.day):
        look = Look.objects.filter(household_id=nurse).latest("pk")
    compartment_of = compartments_of_tables()
    read = {compartment_of[table] for table in tables if table in compartment_of}
    assert set(look.compartments) == read & {str(each) for each in cast.imdi.opens}


@pytest.mark.req("REG-08")
def test_a_protected_household_is_not_found_by_who_is_not_named_for_it(cast: Cast, nurse: int) -> None:
    protected(cast, group=nurse)
    with logged_in(cast, cast.imdi) as browser:
        assert browser.get(reverse("municipality_points", args=[reference_of(nurse)])).status_code == 404
