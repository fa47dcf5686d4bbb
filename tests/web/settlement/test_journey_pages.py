"""The journey's pages: legs in rows, refusals at their fields, UDI's answer, arrival."""

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from fotfeste.platform.scope import scope
from fotfeste.settlement.actions.withdrawal import withdraw_offer
from fotfeste.settlement.models import Journey
from tests.actions.settlement.stage import (
    accepted,
    approved,
    booked,
    claimed,
    depart,
    queued,
    state_of,
    with_car,
    with_journey,
)
from tests.actions.settlement.test_car_claim import in_the_car
from tests.actions.settlement.test_car_unlike_household import fewer
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
            "Disse oppgavene lukkes: Bestill reisen; Registrer avreise samme dag; Forbered mottak av husstanden.",
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


@pytest.mark.req("TRV-02")
def test_the_times_of_the_legs_say_how_long_it_takes_and_are_drawn_with_a_table_beside(cast: Cast) -> None:
    group = accepted(cast, queued(cast))
    timed = BY_TRAIN | {
        "hours": "",
        "minutes": "",
        "leg_1_departs": "22.15",
        "leg_1_arrives": "7:40",
        "leg_2_departs": "8",
        "leg_2_arrives": "08.45",
    }
    with logged_in(cast, cast.centre) as browser:
        address = reverse("arrange_journey", args=[reference_of(group)])
        assert browser.post(address, timed).status_code == 302
        household = browser.get(reverse("household", args=[reference_of(group)])).content.decode()
        again = browser.get(address)
    with scope(cast.centre, cast.day):
        assert Journey.objects.get().minutes == 10 * 60 + 30
    for said in ("10 t 30 min i alt, ventetid medregnet", "3. april 2024 kl. 07.40", "0 t 20 min", 'class="way-leg"'):
        assert said in household
    shown = again.context["form"]
    assert (shown["hours"].value(), shown["leg_1_arrives"].value().strftime("%H.%M")) == (None, "07.40")


@pytest.mark.req("TRV-02")
def test_the_way_from_the_hub_that_is_typed_stands_when_the_journey_is_changed(cast: Cast) -> None:
    group = accepted(cast, queued(cast))
    to_hub = BY_TRAIN | {
        "hub": BY_TRAIN["leg_1_end"],
        "hours": "3",
        "minutes": "20",
        "leg_1_departs": "10.00",
        "leg_1_arrives": "12.40",
        **{name: "" for name in BY_TRAIN if name.startswith("leg_2")},
    }
    with logged_in(cast, cast.centre) as browser:
        address = reverse("arrange_journey", args=[reference_of(group)])
        assert browser.post(address, to_hub).status_code == 302
        shown = browser.get(address).context["form"]
    assert (shown["hours"].value(), shown["minutes"].value()) == (3, 20)


@pytest.mark.req("TRV-02")
def test_an_hour_that_is_not_there_is_refused_where_it_is_typed(cast: Cast) -> None:
    group = accepted(cast, queued(cast))
    night = BY_TRAIN | {"travels_on": "31.3.2024", "leg_1_departs": "02.30", "leg_1_arrives": "9.00"}
    with logged_in(cast, cast.centre) as browser:
        page = browser.post(reverse("arrange_journey", args=[reference_of(group)]), night)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["leg_1_departs"])


@pytest.mark.req("TRV-01")
def test_the_centre_books_sends_and_registers_the_answer_from_the_household(cast: Cast) -> None:
    reference = reference_of(with_journey(cast, queued(cast)))
    household = reverse("household", args=[reference])
    with logged_in(cast, cast.centre) as browser:
        assert "Reisen er ikke bestilt ennå. Dere har neste trekk." in browser.get(household).content.decode()
        browser.post(reverse("write_booking", args=[reference]), {"needs": "Plass til rullestol"})
        send = reverse("send_booking", args=[reference])
        assert "Plass til rullestol" in browser.get(send).content.decode()
        assert browser.post(send, {"channel": "email"}).status_code == 422
        browser.post(send, {"channel": "email", "sent_to": "Berg", "sent_on": "14.3.2024"})
        assert (
            "Reisebyrået har neste trekk: svar på det dere sendte 14. mars 2024."
            in browser.get(household).content.decode()
        )
        answer = reverse("answer_booking", args=[reference])
        assert browser.post(answer, {"answer": "yes"}).status_code == 422
        browser.post(answer, {"answer": "yes", "agent_reference": "KX7", "price_1": "899,50"})
        shown = browser.get(household).content.decode()
        again = browser.get(send).content.decode()
    for said in ("Reisebyrået har bekreftet reisen slik den er avtalt.", "KX7", "899,50"):
        assert said in shown
    assert "Dette kan ikke gjøres nå" in again
    with logged_in(cast, cast.municipality) as browser:
        assert "reisebyrået" not in browser.get(household).content.decode()


@pytest.mark.req("TRV-01")
def test_a_draft_is_dropped_on_its_page(cast: Cast) -> None:
    reference = reference_of(booked(cast, queued(cast)))
    with logged_in(cast, cast.centre) as browser:
        browser.post(reverse("send_booking", args=[reference]), {"channel": "drop"})
        shown = browser.get(reverse("household", args=[reference])).content.decode()
    assert "Reisen er ikke bestilt ennå." in shown
    assert "forkastet" in shown


@pytest.mark.req("TRV-01")
@pytest.mark.parametrize("new_on", ["9.4.2024", ""])
def test_a_journey_is_put_off_and_everybody_sees_what_became_of_it(cast: Cast, new_on: str) -> None:
    reference = reference_of(with_journey(cast, queued(cast)))
    household = reverse("household", args=[reference])
    typed = {"kind": "fell_ill", "happened_on": "14.3.2024", "has_new_day": "yes" if new_on else "no"}
    with logged_in(cast, cast.centre) as browser:
        address = reverse("postpone_journey", args=[reference])
        assert "Reisen til Levanger kommune er avtalt til 2. april 2024." in browser.get(address).content.decode()
        assert browser.post(address, typed | {"has_new_day": "yes"}).status_code == 422
        assert browser.post(address, typed | {"new_on": new_on}).status_code == 302
        shown = browser.get(household).content.decode()
    assert "Utsatt 1 gang" in shown
    assert "noen ble syk. Reisen 2. april 2024" in shown
    with logged_in(cast, cast.municipality) as browser:
        theirs = browser.get(household).content.decode()
    assert "syk" not in strip_tags(theirs).replace(reference, "")  # no word; letters drawn at random may spell it
    assert ("Reisen til Levanger kommune er avtalt til 9. april 2024." in theirs) is bool(new_on)
    assert ("Reisen 2. april 2024 er utsatt. Ny dag er ikke avtalt." in theirs) is not bool(new_on)


@pytest.mark.req("TRV-03")
def test_what_is_paid_back_has_words_of_its_own_and_udi_is_told_who_paid(cast: Cast) -> None:
    group = approved(cast, queued(cast))
    reference = reference_of(group)
    with scope(cast.imdi, cast.day):
        withdraw_offer(group, reason="home_lost", by=cast.imdi, at=cast.at)
    with logged_in(cast, cast.centre) as browser:
        browser.post(reverse("pay_own_car", args=[reference]), {"paid_on": "14.3.2024"})
        send = reverse("send_car_claim", args=[reference])
        assert "har betalt tilbake 5\u202f196" in browser.get(send).content.decode()
        browser.post(send, {})
    with logged_in(cast, cast.udi) as browser:
        refund, decide = (reverse(name, args=[reference]) for name in ("refund_car_claim", "decide_car_claim"))
        assert "UDI skal refundere Voss akuttinnkvartering 5\u202f196" in browser.get(refund).content.decode()
        shown = browser.get(decide).content.decode()
        # Several claims are told apart by their numbers in the table.
        household_page = browser.get(reverse("household", args=[reference])).content.decode()
        assert "Nr. 1: UDI skal refundere mottaket." in household_page
        assert "Nr. 2: UDI skal avgjøre kravet." in household_page
        assert "Av det UDI har dekket, skal UDI ha igjen 5\u202f196" in shown
        assert "-5\u202f196" not in shown
        browser.post(refund, {"refunded_on": "14.3.2024"})
        browser.post(decide, {"answer": "yes"})
        assert "Voss akuttinnkvartering skal betale UDI 5\u202f196" in browser.get(refund).content.decode()
        browser.post(refund, {"refunded_on": "14.3.2024"})
        assert "betalt til UDI 14. mars 2024" in browser.get(reverse("household", args=[reference])).content.decode()


@pytest.mark.req("TRV-03")
def test_money_for_an_own_car_goes_from_page_to_page_until_it_is_refunded(cast: Cast) -> None:
    reference = reference_of(with_car(cast, queued(cast)))
    household = reverse("household", args=[reference])
    day = "14.3.2024"
    with logged_in(cast, cast.centre) as browser:
        assert "Mottaket skal betale husstanden 5\u202f196" in browser.get(household).content.decode()
        browser.post(reverse("pay_own_car", args=[reference]), {"paid_on": day})
        browser.post(reverse("send_car_claim", args=[reference]), {})
        assert "UDI skal avgjøre kravet." in browser.get(household).content.decode()
    with logged_in(cast, cast.udi) as browser:
        decide = reverse("decide_car_claim", args=[reference])
        assert browser.post(decide, {"answer": "no"}).status_code == 422
        browser.post(decide, {"answer": "yes"})
        browser.post(reverse("refund_car_claim", args=[reference]), {"refunded_on": day})
        assert "refundert 14. mars 2024" in browser.get(household).content.decode()
    with logged_in(cast, cast.centre) as browser:
        assert "Alt er gjort opp." in browser.get(household).content.decode()
    with logged_in(cast, cast.municipality) as browser:
        assert "Oppgjør for egen bil" not in browser.get(household).content.decode()


@pytest.mark.req("TRV-03")
@pytest.mark.parametrize(("language", "said"), [("nb", "Det er betalt for 4 personer"), ("en", "4 people in the car")])
def test_the_pages_of_the_money_say_when_fewer_travel_than_it_was_paid_for(
    language: str, said: str, cast: Cast
) -> None:
    group = claimed(cast, queued(cast))
    reference = [reference_of(group)]
    pages = [(cast.centre, "household"), (cast.udi, "household"), (cast.udi, "decide_car_claim")]

    def shown() -> list[bool]:
        found = []
        for viewer, name in pages:
            with logged_in(cast, viewer) as browser:
                browser.cookies["django_language"] = language
                found.append(said in browser.get(reverse(name, args=reference)).content.decode())
        return found

    assert shown() == [False, False, False]
    fewer(cast, group)
    assert shown() == [True, True, True]
    in_the_car(cast, group, 3)
    assert shown() == [False, False, False]


@pytest.mark.req("TRV-03")
def test_nothing_is_paid_before_the_journey_says_how_many_are_in_the_car(cast: Cast) -> None:
    group = with_car(cast, queued(cast))
    fewer(cast, group)
    reference = [reference_of(group)]
    with logged_in(cast, cast.centre) as browser:
        household = browser.get(reverse("household", args=reference)).content.decode()
        page = browser.get(reverse("pay_own_car", args=reference)).content.decode()
    assert "Reisen er avtalt med 4 personer i bilen, men bare 3 skal reise." in page
    assert reverse("pay_own_car", args=reference) not in household
    assert reverse("arrange_journey", args=reference) in household


@pytest.mark.req("TRV-03")
def test_the_page_says_who_books_for_those_who_are_not_in_the_car(cast: Cast) -> None:
    group = with_car(cast, queued(cast))
    in_the_car(cast, group, 2)
    with logged_in(cast, cast.centre) as browser:
        household = browser.get(reverse("household", args=[reference_of(group)])).content.decode()
    assert "med 2 personer i bilen, men 4 skal reise" in household
    assert "betaler mottaket reisen for de andre utenom Fotfeste" in household
    assert "lagrer reisen på nytt uten å endre den" in household
