"""The page that registers several persons at once, without JavaScript."""

import re
from typing import Any

import pytest

from fotfeste.kernel.identifiers import synthetic_duf
from fotfeste.platform.scope import scope
from fotfeste.registry.models import Person, Relation
from fotfeste.registry.public import PlacementGroup, members_of, register_group
from tests.actions.registry.families import alone, person, with_duf
from tests.conftest import Cast
from tests.web.registry.conftest import Browse, error_at, text_of, value_of

pytestmark = pytest.mark.django_db


def typed(**changes: str) -> dict[str, str]:
    """What is typed for Olena and her daughter Sofia."""
    page = {
        "registered_on": "12.2.2024",
        "applied_on": "12.2.2024",
        "persons": "2",
        "ties": "0",
        "0-given_name": "Olena",
        "0-family_name": "Kovalenko",
        "0-original_name": "Олена Коваленко",
        "0-birth_date": "3.5.1986",
        "0-sex": "female",
        "0-citizenship": "UKR",
        "0-language_1": "uk",
        "0-language_2": "en",
        "0-needs_interpreter": "on",
        "0-duf": synthetic_duf(1),
        "1-given_name": "Sofia",
        "1-family_name": "Kovalenko",
        "1-birth_date": "9.8.2010",
        "1-sex": "female",
        "1-citizenship": "UKR",
        "1-language_1": "uk",
        "1-to_first": "of:parent",
    }
    return page | changes


@pytest.mark.req("REG-01")
@pytest.mark.req("REG-04")
def test_two_persons_are_registered_on_one_page(cast: Cast, browse: Browse) -> None:
    response = browse(cast.registrar).post("/registrer/", typed(do="register"), follow=False)
    with scope(cast.udi, cast.day):
        group = PlacementGroup.objects.get()
        members = members_of(group.pk, cast.day)
        assert response.status_code == 302
        assert response.headers["Location"] == f"/husstand/{group.subject.reference}/"
        assert [(m.name, m.age, m.languages, m.needs_interpreter) for m in members] == [
            ("Olena Kovalenko", 37, ("uk", "en"), True),
            ("Sofia Kovalenko", 13, ("uk",), False),
        ]
        tie = Relation.objects.get()
        assert (tie.subject_id, tie.kind, tie.other_id) == (members[0].subject_id, "parent", members[1].subject_id)


def test_one_person_more_keeps_everything_that_was_typed_and_carries_the_family_over(
    cast: Cast, browse: Browse
) -> None:
    response = browse(cast.registrar).post("/registrer/", typed(do="person", **{"0-birth_date": "3.5."}))
    assert response.status_code == 200
    assert error_at(response, "0-birth_date") == ""
    kept = typed(**{"0-birth_date": "3.5."})
    for name in ("0-given_name", "0-original_name", "0-birth_date", "0-sex", "0-duf", "1-given_name", "1-to_first"):
        assert value_of(response, name) == kept[name]
    assert value_of(response, "registered_on") == "12.2.2024"
    assert value_of(response, "persons") == "3"
    carried = {
        name: value_of(response, f"2-{name}") for name in ("given_name", "family_name", "citizenship", "language_1")
    }
    assert carried == {"given_name": "", "family_name": "Kovalenko", "citizenship": "UKR", "language_1": "uk"}
    page = response.content.decode()
    assert re.search(r'<input[^>]*name="2-given_name"[^>]*autofocus', page), "the keyboard goes on in the new block"
    assert page.count("checked") == 2, "Olena's tick and the new block's; Sofia's unticked box stays unticked"


def test_a_person_taken_away_lets_the_later_ones_move_up(cast: Cast, browse: Browse) -> None:
    tie = {"ties": "1", "tie-0-first": "1", "tie-0-kind": "is:sibling", "tie-0-second": "2"}
    page = typed(persons="3", do="remove-0", **tie, **{"2-given_name": "Danylo", "2-to_first": "of:parent"})
    response = browse(cast.registrar).post("/registrer/", page)
    assert [value_of(response, f"{n}-given_name") for n in range(2)] == ["Sofia", "Danylo"]
    assert value_of(response, "persons") == "2"
    assert (value_of(response, "tie-0-first"), value_of(response, "tie-0-second")) == ("0", "1")
    assert value_of(response, "1-to_first") in (None, "")


def test_errors_stand_at_their_fields_and_in_the_summary_and_nothing_is_lost(cast: Cast, browse: Browse) -> None:
    wrong = typed(
        do="register",
        **{"0-duf": "12345", "1-birth_date": "31.2.2010", "1-sex": "", "0-given_name": "Олена"},
    )
    response = browse(cast.registrar).post("/registrer/", wrong)
    assert response.status_code == 422
    assert error_at(response, "1-birth_date").startswith("31.2.2010 finnes ikke i kalenderen.")
    assert error_at(response, "1-sex") == "Velg «Kjønn»."
    assert value_of(response, "1-birth_date") == "31.2.2010"
    assert value_of(response, "0-given_name") == "Олена"
    assert "Person 2: Velg «Kjønn»." in text_of(response)
    assert error_at(response, "0-duf") == "Et DUF-nummer har 12 siffer. Du skrev 5."
    assert 'href="#id_0-duf"' in response.content.decode()
    assert not Person.objects.exists()


@pytest.mark.req("REG-01")
def test_a_duf_number_with_odd_check_digits_is_saved_and_warned_about(cast: Cast, browse: Browse) -> None:
    client = browse(cast.registrar)
    odd = typed(**{"0-duf": "201234567890"})
    checked = client.post("/registrer/", odd | {"do": "check"})
    assert "Ingen feil funnet. Ingenting er registrert ennå." in text_of(checked)
    assert "Olena Kovalenko: Kontrollsifrene i DUF-nummeret stemmer ikke." in text_of(checked)
    client.post("/registrer/", odd | {"do": "register"})
    again = client.get("/registrer/")
    assert "Olena Kovalenko: Kontrollsifrene i DUF-nummeret stemmer ikke." in text_of(again)
    with scope(cast.registrar, cast.day):
        assert Person.objects.count() == 2


@pytest.mark.req("REG-01")
def test_a_number_of_somebody_elses_stands_at_its_field_with_whom_to_ask(cast: Cast, browse: Browse) -> None:
    with scope(cast.udi, cast.day):
        register_group(alone(with_duf(person("Ivan"), 1)), by=cast.udi, at=cast.at)
    response = browse(cast.registrar).post("/registrer/", typed(do="register"))
    assert response.status_code == 422
    assert error_at(response, "0-duf") == (
        "Dette nummeret er allerede registrert. Søk opp nummeret. "
        "Finner du ingen, kontakt UDI før du registrerer personen på nytt."
    )


def test_in_the_demo_a_real_number_is_refused_with_a_sentence(cast: Cast, browse: Browse, settings: Any) -> None:
    settings.IS_DEMO = True
    response = browse(cast.registrar).post("/registrer/", typed(do="register", **{"0-duf": "201212345603"}))
    assert error_at(response, "0-duf").startswith("Dette er en demonstrasjon.")


def test_an_empty_block_is_no_mistake_and_a_page_of_empty_blocks_registers_nobody(cast: Cast, browse: Browse) -> None:
    client = browse(cast.registrar)
    empty = {"registered_on": "12.2.2024", "persons": "2", "ties": "0", "1-family_name": "Kovalenko", "do": "register"}
    response = client.post("/registrer/", empty)
    assert response.status_code == 422
    assert error_at(response, "0-birth_date") == "Fyll ut «Fødselsdato»."
    assert error_at(response, "1-birth_date") == ""
    client.post(
        "/registrer/", typed(persons="3", do="register", **{"2-family_name": "Kovalenko", "2-citizenship": "UKR"})
    )
    with scope(cast.registrar, cast.day):
        assert Person.objects.count() == 2


def test_a_relation_that_cannot_be_stands_where_it_was_chosen(cast: Cast, browse: Browse) -> None:
    client = browse(cast.registrar)
    turned = client.post("/registrer/", typed(do="register", **{"1-to_first": "is:parent"}))
    assert error_at(turned, "1-to_first").startswith("En forelder må være født før barnet.")
    half = client.post("/registrer/", typed(do="register", ties="1", **{"tie-0-first": "0"}))
    assert error_at(half, "tie-0-first") == "Velg begge personene og hva de er for hverandre."


def test_an_unaccompanied_minor_is_registered_with_a_guardian(cast: Cast, browse: Browse) -> None:
    minor = {
        "1-given_name": "", "1-birth_date": "", "0-birth_date": "3.5.2008", "0-is_unaccompanied_minor": "on",
        "0-guardian_phone": "99999999",
    }  # fmt: skip
    client = browse(cast.registrar)
    response = client.post("/registrer/", typed(do="register", **minor))
    assert error_at(response, "0-guardian_name") == "Skriv navnet på vergen eller representanten."
    done = client.post("/registrer/", typed(do="register", **minor, **{"0-guardian_name": "Verge Vergesen"}))
    assert done.status_code == 302


def test_only_those_who_register_see_the_page_and_in_english_too(cast: Cast, browse: Browse) -> None:
    assert browse(cast.imdi).get("/registrer/").status_code == 403
    response = browse(cast.registrar).get("/registrer/", headers={"Accept-Language": "en"})
    words = text_of(response)
    assert "Register arrivals" in words
    assert "Add one more person" in words
    assert "Fornavn" not in words


def test_strange_counts_and_buttons_do_no_harm(cast: Cast, browse: Browse) -> None:
    client = browse(cast.registrar)
    for strange in (
        {"persons": "9999"},
        {"persons": "-1"},
        {"persons": "x", "ties": "²"},
        {"do": "remove-99"},
        {"do": "fly"},
    ):
        assert client.post("/registrer/", typed() | strange).status_code in (200, 422)
    forged = client.post("/registrer/", typed(do="check", persons="x", ties="²"))
    assert "Ingen feil funnet." in text_of(forged)
    assert value_of(forged, "persons") == "2"


@pytest.mark.req("REG-01")
def test_a_page_sent_twice_is_one_household_and_leads_to_it(cast: Cast, browse: Browse) -> None:
    client = browse(cast.registrar)
    page = typed(do="register", reference=value_of(client.get("/registrer/"), "reference") or "")
    first = client.post("/registrer/", page)
    second = client.post("/registrer/", page)
    assert second.headers["Location"] == first.headers["Location"]
    told = text_of(client.get("/registrer/"))
    assert "Skjemaet ble sendt to ganger. Familien Kovalenko er registrert én gang" in told
    assert first.headers["Location"] == f"/husstand/{page['reference']}/"
    with scope(cast.udi, cast.day):
        assert PlacementGroup.objects.count() == 1


def test_a_page_that_was_gone_back_to_for_other_people_asks_first_and_keeps_what_was_typed(
    cast: Cast, browse: Browse
) -> None:
    client = browse(cast.registrar)
    page = typed(do="register", reference=value_of(client.get("/registrer/"), "reference") or "")
    client.post("/registrer/", page)
    others = page | {"0-given_name": "Iryna", "1-given_name": "Marko", "0-duf": synthetic_duf(2)}
    asked = client.post("/registrer/", others)
    assert asked.status_code == 422
    assert "Dette skjemaet er brukt til å registrere noen andre." in text_of(asked)
    assert value_of(asked, "0-given_name") == "Iryna"
    again = client.post("/registrer/", others | {"reference": value_of(asked, "reference") or ""})
    assert again.status_code == 302
    with scope(cast.udi, cast.day):
        assert PlacementGroup.objects.count() == 2


@pytest.mark.parametrize("reference", ["", "x", "../../etc", "AAAAAAAAAAAA", "0" * 13])
def test_what_could_not_be_a_reference_is_left_aside(cast: Cast, browse: Browse, reference: str) -> None:
    done = browse(cast.registrar).post("/registrer/", typed(do="register", reference=reference))
    assert done.status_code == 302
    assert re.fullmatch(r"/husstand/[0-9a-z]{12}/", done.headers["Location"])
    assert reference != done.headers["Location"].split("/")[2]


def test_a_page_that_comes_back_is_still_the_same_page(cast: Cast, browse: Browse) -> None:
    client = browse(cast.registrar)
    first = value_of(client.get("/registrer/"), "reference")
    more = client.post("/registrer/", typed(do="person", reference=first or ""))
    wrong = client.post("/registrer/", typed(do="register", reference=first or "", **{"1-sex": ""}))
    assert first
    assert value_of(more, "reference") == first == value_of(wrong, "reference")
    assert value_of(client.get("/registrer/"), "reference") != first
