"""The main job from the first day to the municipality by six users whose browsers run no scripts."""

import re

import pytest

from fotfeste.platform.clock import today
from fotfeste.platform.words import day as in_words
from tests.journeys import settlement_walk as walks
from tests.journeys import steps
from tests.journeys.conftest import Walk
from tests.journeys.steps import Household, Person
from tests.journeys.walker import Walker

IRYNA = Person("Iryna", 31, "kvinne", original_name="Ірина")
PETRO = Person("Petro", 33, "mann", "gift med")
ZLATA = Person("Zlata", 5, "kvinne", "barn av")
FAMILY = Household("Zoria-Kostiv", (IRYNA, PETRO, ZLATA), serial=972_000)
TORPO = "Torpo akuttinnkvartering"
LEGS = (
    ("tog", "Ål", "Oslo lufthavn", "499"),
    ("fly", "Oslo lufthavn", "Trondheim lufthavn Værnes", "1190"),
    ("buss", "Trondheim lufthavn Værnes", "Verdal", "210"),
)


@pytest.mark.journey
@pytest.mark.req("REG-01")
@pytest.mark.req("ACC-02")
@pytest.mark.req("ACC-04")
@pytest.mark.req("SET-01")
@pytest.mark.req("SET-07")
@pytest.mark.req("SET-08")
@pytest.mark.req("TRV-01")
def test_the_main_job_is_done_from_beginning_to_end_without_javascript(walk: Walk) -> None:
    registrar, udi, torpo, imdi, levanger, verdal = (
        walk(f"demo-{place}", javascript=False) for place in ("politi", "udi", "torpo", "imdi", "levanger", "verdal")
    )
    _runs_no_scripts(registrar)
    _reads_it_in_english_and_in_norwegian(registrar)
    address = _is_registered_after_some_mistakes(registrar)

    _turns_pages_and_sorts(udi)
    udi.finds(FAMILY.duf(2), f"Zlata {FAMILY.family_name}")
    steps.place(udi, FAMILY, TORPO)
    steps.give_beds(torpo, FAMILY)
    _lives_there(torpo, address)
    steps.grant(udi, FAMILY, address, [person.given_name for person in FAMILY.persons])

    _interview(torpo)
    _is_in_the_queue(imdi)
    walks.ask(imdi, FAMILY, "Levanger")
    walks.decline(levanger, FAMILY, "ingen egnet bolig", "Ingen ledige leiligheter i høst.")
    levanger.cannot_reach(address, FAMILY.duf(0), FAMILY.family_name)
    walks.ask(imdi, FAMILY, "Verdal")
    _answers_and_is_told_what_is_missing(verdal)
    walks.offer(imdi, FAMILY, "Verdal")

    walks.say_yes(torpo, FAMILY, f"Iryna og Petro {FAMILY.family_name}")
    walks.agree_journey(torpo, FAMILY, LEGS, hub="Trondheim lufthavn Værnes")
    verdal.has_task("Forbered mottak av husstanden", FAMILY.name)
    walks.depart(torpo, FAMILY, "Jernbanegata 13", "7650")

    verdal.go(address)
    verdal.sees(f"Bosatt i Verdal kommune fra {in_words(today())}.", "Neste trekk: Verdal kommune.")
    verdal.unfold("Vis tidslinjen som tabell")
    verdal.sees("Forespørsel til Verdal", "Bosatt", within=verdal.part("Tidslinje"))
    verdal.begin_task("Bekreft at husstanden er kommet", FAMILY.name)
    verdal.fill("Dagen de kom", steps.typed(today()))
    verdal.press("Lagre")
    verdal.has_no_task("Bekreft at husstanden er kommet", FAMILY.name)
    levanger.cannot_reach(address, FAMILY.duf(0), FAMILY.family_name)


def _runs_no_scripts(walker: Walker) -> None:
    """What the scripts put on a page is not there: dates are typed, and lists are plain selects."""
    walker.go("/registrer/")
    assert walker.page.get_by_role("button", name=re.compile("Velg dato")).count() == 0
    assert walker.page.locator("[data-stands-for]").count() == 0
    assert walker.page.locator("select").count() > 0


def _reads_it_in_english_and_in_norwegian(registrar: Walker) -> None:
    """The switch leads back to the same page."""
    registrar.press("English")
    registrar.sees("Register arrivals", "Given name", "Birth date")
    assert registrar.page.url.endswith("/registrer/")
    registrar.press("Norsk")
    registrar.sees("Registrer ankomne", "Fornavn", "Fødselsdato")


def _is_registered_after_some_mistakes(registrar: Walker) -> str:
    """One more person keeps what was typed; a wrong day and a wrong number are told, linked, and kept."""
    registrar.go("/registrer/")
    registrar.fill("Registrert", steps.typed(steps.REGISTERED_ON))
    registrar.fill("Søkte om beskyttelse", steps.typed(steps.APPLIED_ON))
    steps.fill_person(registrar, FAMILY, 0, IRYNA)
    steps.fill_person(registrar, FAMILY, 1, PETRO)
    registrar.press("Legg til en person til")
    first, third = (registrar.page.locator(f"#person-{place}") for place in (1, 3))
    registrar.has_kept("Fornavn", IRYNA.given_name, within=first)
    registrar.has_kept("Navnet slik personen selv skriver det", IRYNA.original_name, within=first)
    registrar.has_kept("Etternavn", FAMILY.family_name, within=third)
    steps.fill_person(registrar, FAMILY, 2, ZLATA)
    registrar.fill("Fødselsdato", "31.2.2021", within=third)
    registrar.fill("DUF-nummer", "12 34", within=third)
    registrar.press("Registrer", within=registrar.page.locator("main"))
    summary = registrar.page.locator(".ds-error-summary")
    registrar.sees("Person 3: ", within=summary)
    registrar.has_kept("Fødselsdato", "31.2.2021", within=third)
    registrar.has_kept("DUF-nummer", "12 34", within=third)
    registrar.has_kept("Fornavn", PETRO.given_name, within=registrar.page.locator("#person-2"))
    registrar.has_no_faults()
    registrar.follow("Person 3: Fødselsdato: 31.2.2021 finnes ikke i kalenderen", within=summary)
    assert registrar.page.locator(":focus").get_attribute("name") == "2-birth_date"
    registrar.fill("Fødselsdato", steps.typed(ZLATA.birth_date), within=third)
    registrar.fill("DUF-nummer", FAMILY.duf(2), within=third)
    return steps.send_registration(registrar, FAMILY)


def _turns_pages_and_sorts(udi: Walker) -> None:
    """A list of more than a page: the next page, and another order, each at an address of its own."""
    udi.go("/husstander/")
    first = _numbers_on(udi)
    udi.follow("Neste")
    second = _numbers_on(udi)
    assert len(first) == 50
    assert second
    assert not set(first) & set(second)
    assert "page=2" in udi.page.url
    udi.follow("Nummer")
    assert _numbers_on(udi) == sorted(_numbers_on(udi))
    udi.has_no_faults()


def _numbers_on(udi: Walker) -> list[int]:
    """The numbers of the households on this page, in the order of the list."""
    return [int(each) for each in udi.page.locator("tbody td:nth-child(2)").all_inner_texts()]


def _lives_there(torpo: Walker, address: str) -> None:
    torpo.go(address)
    torpo.sees("Venter på vedtak fra UDI.", f"Iryna {TORPO}", f"Zlata {TORPO}")
    torpo.go("/mottaket/")
    torpo.sees(f"Petro {FAMILY.family_name}")


def _interview(torpo: Walker) -> None:
    walks.inform_and_invite(torpo, FAMILY)
    walks.answer(torpo, IRYNA, profession="lærer")
    walks.answer(torpo, PETRO)
    walks.answer_for_child(torpo, ZLATA)
    torpo.follow("Registrer at barna er hørt")
    torpo.tick(f"{ZLATA.given_name} ({ZLATA.age}) har fått si sin mening og er orientert")
    torpo.press("Lagre", within=torpo.page.locator("main"))
    walks.finish(torpo)
    torpo.sees("IMDi har fått oppgaven med å finne kommune.", "lærer")


def _is_in_the_queue(imdi: Walker) -> None:
    imdi.go("/bosetting/ko/")
    imdi.fill("Navn eller nummer", FAMILY.family_name)
    imdi.press("Vis")
    imdi.sees(FAMILY.name, TORPO, "venter på kommune")
    imdi.follow("Finn kommune")
    imdi.choose("Fylke", "Trøndelag")
    imdi.press("Vis")
    imdi.sees("38 kommuner")
    imdi.has_no_faults()


def _answers_and_is_told_what_is_missing(verdal: Walker) -> None:
    """A yes without a week is asked about, and stays a yes."""
    verdal.begin_task("Svar på forespørsel om bosetting", FAMILY.name)
    verdal.tick("Ja")
    verdal.fill("Utfyllende", "Leilighet i sentrum.")
    verdal.press("Send svaret")
    verdal.has_kept("Utfyllende", "Leilighet i sentrum.")
    assert verdal.page.get_by_label("Ja", exact=True).is_checked()
    verdal.has_no_faults()
    walks.accept(verdal, FAMILY)
