"""Accidents at the browser: a double click, a step back, a quicker colleague, a session that ended meanwhile.

Whoever is too late is told so, finds what they typed, and nothing is done twice.
"""

import re

import pytest
from playwright.sync_api import expect

from fotfeste.platform.clock import today
from tests.journeys import steps
from tests.journeys.conftest import Walk
from tests.journeys.steps import Household, Person
from tests.journeys.walker import Walker

SOLOMIIA = Person("Solomiia", 27, "kvinne")
ALONE = Household("Dub-Kalyna", (SOLOMIIA,), serial=973_000)
TORPO = "Torpo akuttinnkvartering"
HAPPENED = "Dette har skjedd siden du åpnet siden:"


@pytest.mark.journey
@pytest.mark.req("REG-01")
@pytest.mark.req("ACC-02")
def test_a_double_click_a_step_back_and_a_quicker_colleague_do_nothing_twice_and_lose_nothing(walk: Walk) -> None:
    registrar = walk("demo-politi", javascript=False)
    address = _double_clicks_and_goes_back(registrar)

    udi, other_window = walk("demo-udi"), walk("demo-udi")
    torpo, colleague = walk("demo-torpo"), walk("demo-torpo")
    _two_windows_place_the_same_household(udi, other_window, address)
    _two_at_the_centre_give_the_same_household_beds(torpo, colleague, address)
    _the_session_ends_while_somebody_types(torpo, address)


def _double_clicks_and_goes_back(registrar: Walker) -> str:
    """Both clicks reach the server where no script holds the second; one household comes of it.

    What was sent is not in the form that one steps back to, so that it cannot be sent once more.
    """
    registrar.go("/registrer/")
    registrar.fill("Registrert", steps.typed(steps.REGISTERED_ON))
    registrar.fill("Søkte om beskyttelse", steps.typed(steps.APPLIED_ON))
    steps.fill_person(registrar, ALONE, 0, SOLOMIIA)
    registrar.page.locator("main").get_by_role("button", name="Registrer", exact=True).dblclick()
    # Not wait_for_url: the second click breaks off the page that the first one began, which it takes for a fault.
    expect(registrar.page).to_have_url(re.compile("/husstand/"))
    address = registrar.path
    registrar.sees(ALONE.name, "Neste trekk: UDI.")
    registrar.page.go_back()
    registrar.press("Registrer", within=registrar.page.locator("main"))
    registrar.sees("Du må rette", "Person 1: ")
    registrar.go("/husstander/")
    registrar.fill("Navn eller nummer", ALONE.family_name)
    registrar.press("Vis")
    assert registrar.page.locator("tbody tr").count() == 1
    return address


def _two_windows_place_the_same_household(udi: Walker, other: Walker, address: str) -> None:
    """The second is told that it is done, by whom, and what it had chosen; the household lives at one place."""
    for window, centre in ((udi, TORPO), (other, "Voss akuttinnkvartering")):
        window.go(f"{address}plassering/")
        window.choose("Mottak", centre)
        window.fill("Bor der fra", steps.typed(steps.PLACED_ON))
    udi.press("Plasser dem")
    udi.sees(f"bor på {TORPO}")
    other.press("Plasser dem")
    other.sees(HAPPENED, "Plassert på mottak. UDI,")
    other.has_kept("Bor der fra", steps.typed(steps.PLACED_ON))
    other.has_no_faults()
    udi.page.go_back()
    udi.sees(f"Flytt {ALONE.name} til et annet mottak", "De bor der nå.")
    udi.go(address)
    udi.sees(f"Bor på {TORPO} siden")
    udi.does_not_see("Voss akuttinnkvartering")


def _two_at_the_centre_give_the_same_household_beds(torpo: Walker, colleague: Walker, address: str) -> None:
    """Whoever is slower sees who was quicker and what they chose themselves, and may still save it."""
    label = f"Seng til {SOLOMIIA.given_name}, {SOLOMIIA.age} år"
    beds = []
    for place, window in enumerate((torpo, colleague)):
        window.go(f"{address}senger/")
        beds.append(steps.free_beds(window, label)[place])
        window.choose(label, beds[place])
    torpo.press("Lagre senger")
    torpo.sees("1 person har fått seng fra")
    colleague.press("Lagre senger")
    colleague.sees("Noen andre har endret saken siden du åpnet siden.", HAPPENED, f"Fikk senger. {TORPO},")
    colleague.has_kept(label, beds[1])
    colleague.has_no_faults()
    colleague.fill("Fra", steps.typed(today()))
    colleague.press("Lagre senger")
    colleague.sees("1 person har fått seng fra")


def _the_session_ends_while_somebody_types(torpo: Walker, address: str) -> None:
    """Logged out in another window: they log in again and get back what they typed."""
    torpo.go(f"{address}permisjon/")
    torpo.fill("Første dag borte", steps.typed(today()))
    torpo.fill("Merknad", "Besøker søsteren i Ål.")
    other_tab = torpo.page.context.new_page()
    other_tab.goto(torpo.address)
    other_tab.get_by_role("button", name="Logg ut").click()
    other_tab.wait_for_url("**/logg-inn/**")
    other_tab.close()
    torpo.press("", within=torpo.page.locator("main form .actions"))
    torpo.sees("Du er logget ut, og ingenting er lagret. Logg inn igjen, så får du tilbake det du skrev.")
    torpo.has_no_faults()
    torpo.choose_demo_user("demo-torpo")
    torpo.press("Vis skjemaet med det jeg skrev")
    torpo.has_kept("Merknad", "Besøker søsteren i Ål.")
    torpo.sees("Ingenting er lagret ennå.")
