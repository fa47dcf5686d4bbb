"""A helper applies for a family, and each party answers alone: procedure A of AMOT, procedure B of MAMOT."""

from collections.abc import Iterator, Mapping

import pytest
from playwright.sync_api import Browser

from fotfeste.platform.words import day as in_words
from tests.journeys import steps
from tests.journeys.conftest import Walk, walking
from tests.journeys.country import Server
from tests.journeys.loaded import Loaded
from tests.journeys.reopening import SOURCE
from tests.journeys.steps import Household, Person, days_ago, typed
from tests.journeys.walker import Walker

MOTHER, DAUGHTER = Person("Myroslava", 36, "kvinne"), Person("Zlata", 9, "kvinne", "barn av")
BY_REQUEST = Household("Ostapenko", (MOTHER, DAUGHTER), serial=990_000)
TOGETHER = Household("Verbytska", (MOTHER, DAUGHTER), serial=990_100)
HELPER, HOST = "Tone Nabo", "Kari Vert"
MOVED_IN = days_ago(20)
OF_AMOT = {"has_near_family": "yes", "needs_adaptation": "no"}
OF_MAMOT = {"lived_in_ukraine": "yes", "had_protection": "no", "family_tie": "none", "has_d_number": "yes"}


@pytest.fixture(scope="module")
def opened_server(
    loaded: Loaded, worker_id: str, reopened: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A server of a country where MAMOT is open again."""
    with loaded.copied(f"{worker_id}_reopened", reopened) as country:
        running = Server(country, tmp_path_factory.mktemp("reopened") / "server.log")
        running.start()
        yield running
        running.kill()


@pytest.fixture
def visit(opened_server: Server, browser: Browser) -> Iterator[Walk]:
    """Walkers there; `visit("")` has no login."""
    with walking(opened_server, browser) as walk:
        yield walk


@pytest.mark.journey
@pytest.mark.req("ALT-03", "ALT-06", "ALT-14", "POR-07")
def test_a_helper_applies_the_family_confirms_and_udi_asks_the_municipality(visit: Walk) -> None:
    family = BY_REQUEST
    udi, levanger, applicant = visit("demo-udi"), visit("demo-levanger"), visit("")
    steps.register(visit("demo-politi"), family)
    links = _a_helper_applies(visit("", width=360), family, "no", OF_AMOT)
    assert set(links) == {"applicant"}  # the host is named, and the municipality is asked by UDI (MAMOT 4.2.3)
    _the_family_says_yes(applicant, links["applicant"])
    _udi_finds_out_who_it_is(udi, family)
    udi.sees(f"{HOST}, venn, leier selv")
    udi.follow("Spør kommunen")
    udi.press("Send forespørselen")
    udi.sees("Levanger er spurt. Svaret kommer som en oppgave.")
    applicant.page.reload()
    applicant.sees("UDI har spurt kommunen.")
    levanger.begin_task("Svar UDI om noen kan bo privat hos dere", family.name)
    levanger.has_no_faults()
    levanger.tick("Ja")
    levanger.press("Send svaret")
    levanger.sees("UDI har fått svaret.")
    _udi_says_yes(udi, family, "UDI 2020-005, told in MAMOT 4.1: AMOT is permanent")
    _they_live_there(applicant, levanger, family, "AMOT")


@pytest.mark.journey
@pytest.mark.req("ALT-04", "ALT-06", "ALT-08", "POR-07")
def test_family_host_and_municipality_apply_together_to_a_scheme_that_is_open_again(visit: Walk) -> None:
    family = TOGETHER
    udi, levanger, applicant = visit("demo-udi"), visit("demo-levanger"), visit("")
    steps.register(visit("demo-politi"), family)
    links = _a_helper_applies(visit("", width=360), family, "yes", OF_MAMOT)
    _the_municipality_says_yes(visit(""), levanger, links["municipality"])
    _the_family_says_yes(applicant, links["applicant"])
    applicant.sees("Vi venter på svar fra dem som må bekrefte.")
    _the_host_says_yes(visit("", width=360), links["host"], family)
    applicant.page.reload()
    applicant.sees("UDI har søknaden og ser på den nå.")
    _udi_finds_out_who_it_is(udi, family)
    assert udi.page.get_by_role("link", name="Spør kommunen").count() == 0
    _udi_says_yes(udi, family, SOURCE)
    _they_live_there(applicant, levanger, family, "MAMOT")


def _a_helper_applies(helper: Walker, family: Household, from_ukraine: str, asked: Mapping[str, str]) -> dict[str, str]:
    """Somebody private fills it in on a telephone, and is named. Gives the link of each party."""
    helper.go("/bo-privat/")
    helper.follow("Begynn søknaden")
    _says(helper, filled_in_by="helper", helper_name=HELPER, helper_relation="nabo", is_from_ukraine=from_ukraine)
    for place, person in enumerate(family.persons):
        if place:
            helper.follow("Legg til en person")
        _says(
            helper, name=f"{person.given_name} {family.family_name}", birth_date=typed(person.birth_date),
            citizenship="UKR", duf=family.duf(place),
        )  # fmt: skip
    helper.follow("Alle er med, gå videre")
    _says(helper, municipality="5037", **({"procedure": "fast"} if from_ukraine == "yes" else {}))
    _says(helper, lives_there="yes", living_there_since=typed(MOVED_IN), street="Kirkegata 1", postal_code="7600")
    _says(helper, home_kind="private", host_name=HOST, host_relation="friend", is_tenant="yes", is_centre_housing="no")
    for _ in family.persons:
        carer = {"has_carer": "yes"} if helper.page.locator("[name=has_carer]").count() else {}
        _says(helper, **asked, **carer)
    helper.press("Gå videre")
    helper.has_no_faults()
    _says(helper, "Send søknaden", signer_name=HELPER, language="uk", is_right="on")
    helper.sees("Søknaden er sendt", "Den som søker, må selv si at søknaden stemmer")
    helper.has_no_faults()
    return _links_of(helper, family)


def _links_of(helper: Walker, family: Household) -> dict[str, str]:
    """The link of each, from what stands before it."""
    first = f"{family.persons[0].given_name} {family.family_name}"
    found = {}
    for party, name in (("applicant", first), ("municipality", "Levanger"), ("host", HOST)):
        item = helper.page.locator(".door-do li").filter(has_text=f"Gi denne lenken til {name}")
        if item.count():
            address = item.get_by_role("link").get_attribute("href") or ""
            found[party] = "/bo-privat/" + address.split("/bo-privat/")[1]
    return found


def _says(walker: Walker, _button: str = "Gå videre", **answers: str) -> None:
    """Answers a page without a login, by the fields' names, and goes on."""
    for name, value in answers.items():
        field = walker.page.locator(f"main [name={name}]")
        kind = field.first.get_attribute("type")
        if field.first.evaluate("(field) => field.tagName") == "SELECT":
            field.first.select_option(value, force=True)
        elif kind == "checkbox":
            field.check()
        elif kind == "radio":
            walker.page.locator(f"main [name={name}][value={value}]").check()
        else:
            field.first.fill(value)
    walker.press(_button)


def _the_host_says_yes(host: Walker, link: str, family: Household) -> None:
    host.go(link)
    host.sees(f"Kan {family.persons[0].given_name} {family.family_name} bo hos deg?")
    host.does_not_see(family.duf(0), "Zlata")
    host.has_no_faults()
    _says(host, "Send svaret", answer="yes", signer_name=HOST)
    host.sees("Takk, du har svart")


def _the_family_says_yes(applicant: Walker, link: str) -> None:
    """What the helper has written is theirs to confirm."""
    applicant.go(link)
    applicant.sees("Stemmer denne søknaden?", f"{HELPER} (nabo) har fylt ut", "Zlata", "Kirkegata 1, 7600")
    applicant.has_no_faults()
    _says(applicant, "Send svaret", answer="yes", signer_name="Myroslava")
    applicant.sees("Slik står søknaden")


def _the_municipality_says_yes(stranger: Walker, levanger: Walker, link: str) -> None:
    """The link alone is nobody's word: whoever answers for the municipality is logged in."""
    stranger.go(link)
    stranger.sees("Denne lenken er for Levanger.", "logger inn først")
    levanger.go(link)
    levanger.sees("Kan Myroslava", "bo i Levanger?", "Kirkegata 1, 7600")
    levanger.has_no_faults()
    _says(levanger, "Send svaret", answer="yes", signer_name="Merethe Eie")
    levanger.sees("Takk, du har svart")


def _udi_finds_out_who_it_is(udi: Walker, family: Household) -> None:
    udi.go("/soknader/?state=unknown")
    udi.follow(f"{family.persons[0].given_name} {family.family_name}", within=udi.page.locator("main"))
    udi.sees(f"hjelper: {HELPER} (nabo)", "Det er ikke funnet ut hvem søknaden gjelder.")
    udi.follow("Finn ut hvem det gjelder")
    udi.sees("passer for 2 personer")
    udi.press("Koble søknaden")
    udi.sees("Søknaden er koblet til husstanden.")


def _udi_says_yes(udi: Walker, family: Household, source: str) -> None:
    """Each condition is met, with the rule by which the scheme is open; the yes goes back to the day they moved in."""
    udi.begin_task("Avgjør søknad om å bo privat", family.name)
    udi.sees("Ordningen var åpen oppfylt")
    udi.does_not_see("ikke oppfylt", "ikke kjent")
    udi.has_no_faults()
    udi.unfold("kilde Ordningen var åpen")
    udi.sees(source)
    udi.follow("Innvilg")
    udi.press("Innvilg")
    udi.sees("Søknaden er innvilget. Brevet er skrevet.", f"Gjelder fra {in_words(MOVED_IN)}")


def _they_live_there(applicant: Walker, levanger: Walker, family: Household, scheme: str) -> None:
    applicant.page.reload()
    applicant.sees("Søknaden er innvilget. Dere kan bo der med støtte.", f"Støtten gjelder fra {in_words(MOVED_IN)}")
    applicant.has_no_faults()
    levanger.finds(family.duf(0), family.family_name)
    levanger.sees(f"Bor privat i Levanger ({scheme}) siden {in_words(MOVED_IN)}")
    levanger.has_task("Gi husstanden en kontaktperson", family.name)
