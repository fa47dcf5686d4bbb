"""The journey's pages: legs in rows, refusals at their fields, UDI's answer, arrival."""

import pytest
from django.urls import reverse

from fotfeste.platform.scope import scope
from fotfeste.settlement.models import Journey
from tests.actions.settlement.stage import accepted, depart, queued, state_of, with_journey
from tests.conftest import Cast
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = pytest.mark.django_db

BY_TRAIN = {
    "travels_on": "2.4.2024",
    "agreed_with": "Anne Moe",
    "agreed_on": "14.3.2024",
    "hub": "Levanger stasjon",
    "receiver": "Anne Moe",
    "hours": "14",
    "minutes": "0",
    "has_food": "on",
    "luggage_pieces": "2",
    "leg_1_mode": "train",
    "leg_1_start": "Voss",
    "leg_1_end": "Levanger stasjon",
    "leg_1_price": "1 299,50",
    "leg_2_mode": "minibus",
    "leg_2_start": "Levanger stasjon",
    "leg_2_end": "Levanger",
}


@pytest.mark.req("TRV-01")
def test_the_centre_agrees_the_journey_and_the_payers_follow(cast: Cast) -> None:
    group = accepted(cast, queued(cast))
    with logged_in(cast, cast.centre) as browser:
        address = reverse("arrange_journey", args=[reference_of(group)])
        form = browser.get(address).content.decode()
        assert 'value="2"' in form
        assert "Voss akuttinnkvartering" in form
        browser.post(address, BY_TRAIN)
        household = browser.get(reverse("household", args=[reference_of(group)])).content.decode()
    assert state_of(cast, group) == "journey_agreed"
    assert "mottaket" in household
    assert "Reisen til Levanger kommune er avtalt til 2. april 2024." in household
    with scope(cast.centre, cast.day):
        assert list(Journey.objects.get().legs.order_by("number").values_list("payer", "price_ore")) == [
            ("centre", 129_950),
            ("municipality", None),
        ]


@pytest.mark.req("TRV-02")
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"has_food": ""}, "has_food"),
        ({"hub": "Værnes"}, "hub"),
        ({"leg_1_mode": "taxi"}, "leg_1_end"),
        ({"leg_2_start": "Trondheim"}, "leg_2_end"),
        ({"leg_1_price": "mye"}, "leg_1_price"),
        ({"leg_2_mode": ""}, "leg_2_mode"),
        ({"travels_on": "1.1.2024"}, "travels_on"),
        ({"is_own_car": "on"}, "leg_1_end"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(
    cast: Cast, change: dict[str, str], field: str
) -> None:
    group = accepted(cast, queued(cast))
    typed = {key: value for key, value in (BY_TRAIN | change).items() if value}
    with logged_in(cast, cast.centre) as browser:
        page = browser.post(reverse("arrange_journey", args=[reference_of(group)]), typed)
    assert page.status_code == 422
    assert field in page.context["form"].errors, page.context["form"].errors
    assert "Anne Moe" in page.content.decode()


@pytest.mark.req("TRV-03")
def test_an_own_car_is_typed_in_kroner_and_shown_with_its_refund(cast: Cast) -> None:
    group = accepted(cast, queued(cast))
    drive = {
        "travels_on": "2.4.2024",
        "agreed_with": "Anne Moe",
        "agreed_on": "14.3.2024",
        "hours": "14",
        "has_food": "on",
        "luggage_pieces": "2",
        "leg_1_mode": "own_car",
        "leg_1_start": "Voss",
        "leg_1_end": "Levanger",
        "is_own_car": "on",
        "persons_in_car": "4",
        "ticket_price": "499",
        "self_declaration_signed_on": "14.3.2024",
        "green_card_valid_until": "2.4.2024",
    }
    with logged_in(cast, cast.centre) as browser:
        browser.post(reverse("arrange_journey", args=[reference_of(group)]), drive)
        household = browser.get(reverse("household", args=[reference_of(group)])).content.decode()
        again = browser.get(reverse("arrange_journey", args=[reference_of(group)])).content.decode()
    assert "1\u202f996" in household
    assert 'value="499"' in again


@pytest.mark.req("TRV-02")
def test_udi_is_asked_and_answers(cast: Cast) -> None:
    group = accepted(cast, queued(cast))
    reference = reference_of(group)
    with logged_in(cast, cast.centre) as browser:
        browser.post(reverse("ask_travel_approval", args=[reference]), {"modes": "taxi", "explanation": "Rullestol"})
    with logged_in(cast, cast.udi) as browser:
        address = reverse("approve_travel", args=[reference])
        assert "Rullestol" in browser.get(address).content.decode()
        assert browser.post(address, {"answer": "yes"}).status_code == 422
        browser.post(address, {"answer": "yes", "udi_reference": "24/1234-5"})
    with logged_in(cast, cast.centre) as browser:
        text = browser.get(reverse("arrange_journey", args=[reference])).content.decode()
        assert "24/1234-5" in text
        browser.post(reverse("arrange_journey", args=[reference]), BY_TRAIN | {"leg_1_mode": "taxi"})
    assert state_of(cast, group) == "journey_agreed"


@pytest.mark.req("TRV-04")
def test_the_municipality_confirms_the_arrival(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    depart(cast, group)
    with logged_in(cast, cast.municipality) as browser:
        household = browser.get(reverse("household", args=[reference_of(group)])).content.decode()
        assert "Bosatt i Levanger kommune fra 14. mars 2024." in household
        address = reverse("confirm_arrival", args=[reference_of(group)])
        browser.post(address, {"has_come": "yes", "arrived_on": "14.3.2024"})
        again = browser.get(address).content.decode()
    assert "Saken er på et annet steg" in again


def test_the_centre_closes_a_case(cast: Cast) -> None:
    group = queued(cast)
    with logged_in(cast, cast.centre) as browser:
        url = reverse("close_case", args=[reference_of(group)])
        without = browser.post(url, {"reason": "", "text": "Flyttet til en bror."})
        assert (without.status_code, "Flyttet til en bror." in without.content.decode()) == (422, True)
        assert without.context["form"].errors["reason"] == ["Velg hvorfor saken avsluttes."]
        assert state_of(cast, group) == "queued"
        browser.post(url, {"reason": "own_way", "text": "Flyttet til en bror."})
        household = browser.get(reverse("household", args=[reference_of(group)])).content.decode()
    assert state_of(cast, group) == "closed"
    assert "Grunn: husstanden ordner bolig selv og vil ikke ha hjelp av IMDi. Flyttet til en bror." in household


def test_before_a_case_is_closed_the_page_says_what_ends_and_who_is_told(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    for viewer, others in ((cast.centre, "IMDi og UDI"), (cast.imdi, "Mottaket og UDI")):
        with logged_in(cast, viewer) as browser:
            page = browser.get(reverse("close_case", args=[reference_of(group)]))
        assert page.context["consequences"] == [
            "Tilbudet om Levanger kommune, uke 14, 2024, trekkes tilbake.",
            "Reisen 2. april 2024 gjelder ikke lenger. Mottaket må avbestille den.",
            "Forespørselen trekkes tilbake. Levanger kommune får beskjed og mister innsynet i husstanden.",
            "Disse oppgavene lukkes: Registrer avreise samme dag; Forbered mottak av husstanden.",
            f"{others} ser på husstandens side at saken er avsluttet, av hvem og hvorfor.",
            "IMDi finner ingen kommune til dem. Får noen i husstanden en ny tillatelse, åpnes en ny sak.",
        ]


@pytest.mark.req("TRV-01")
def test_a_journey_outside_the_offered_week_is_marked_for_everyone_who_sees_it(cast: Cast) -> None:
    group = accepted(cast, queued(cast))
    household = reverse("household", args=[reference_of(group)])
    with logged_in(cast, cast.centre) as browser:
        arrange = reverse("arrange_journey", args=[reference_of(group)])
        browser.post(arrange, BY_TRAIN)
        assert "utenfor uken i tilbudet" not in browser.get(household).content.decode()
        browser.post(arrange, BY_TRAIN | {"travels_on": "16.4.2024"})
    for viewer in (cast.centre, cast.imdi, cast.municipality):
        with logged_in(cast, viewer) as browser:
            assert "utenfor uken i tilbudet" in browser.get(household).content.decode(), viewer.organisation_kind
