"""Who says no: through three steps to an eviction, with a yes after the second, and with a minor who came alone.

Nobody moves the clock: they said no weeks ago, and what UDI, the centre and the municipality do next is done today.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator

from fotfeste.platform.clock import today
from fotfeste.platform.words import day as in_words
from tests.journeys import refusing
from tests.journeys.conftest import Walk, walking
from tests.journeys.country import Server, run_in
from tests.journeys.loaded import Loaded
from tests.journeys.steps import days_ago, typed
from tests.journeys.walker import Walker

NOTICE, PETITION = "Send varsel om utkastelse", "Begjær tvangsfravikelse hos namsmannen"
EVICTION_DAY, EVICTION = "Registrer dagen namsmannen setter", "Møt for UDI når namsmannen kommer"
HELD, CLOSE = "Hold tilbudet til husstanden, eller trekk det", "Avslutt bosettingsnektsaken"
MINORS, JOURNEY = "Varsle verge og barnevern, og tilby barnet plass", "Avtal reisen med kommunen"
FIRST = (
    ("Varsle vergen", "Vergen til barnet som kom alene, må være varslet først."),
    ("Varsle barnevernet", "Barnevernet må først være varslet om barnet."),
    (
        "Tilby plass i mottak for enslige mindreårige",
        "Barnet som kom alene, må være tilbudt plass i mottak for enslige mindreårige først.",
    ),
)
"""What is done for a minor who came alone before anybody is warned: the act, and what waits."""
BETWEEN_UDI_AND_CENTRE = ("brev om bosettingsnekt", "utkastelse", "Begjæring", "Basisutbetaling", refusing.TALK)
"""What no municipality is told of a refusal."""


@dataclass
class Refusals:
    """A country where some have said no: who walks there, and the households' references."""

    walk: Walk
    references: Mapping[str, str]

    def address(self, name: str) -> str:
        """The page of a household."""
        return f"/husstand/{self.references[name]}/"

    def refusal(self, name: str) -> str:
        """The page of its refusal."""
        return f"{self.address(name)}bosettingsnekt/"


@pytest.fixture(scope="module")
def place(
    loaded: Loaded, worker_id: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Server, Mapping[str, str]]]:
    """A country of its own for these walks: a household each."""
    with loaded.copied(f"{worker_id}_refusing") as country:
        references = json.loads(run_in(country, "tests.journeys.preparation", "refusing"))
        server = Server(country, tmp_path_factory.mktemp("refusing") / "server.log")
        server.start()
        yield server, references
        server.kill()


@pytest.fixture
def refusals(place: tuple[Server, Mapping[str, str]], browser: Browser) -> Iterator[Refusals]:
    """Those who walk, with browsers of their own."""
    server, references = place
    with walking(server, browser) as walk:
        yield Refusals(walk, references)


@pytest.mark.journey
@pytest.mark.req("REF-01", "REF-02", "REF-03", "REF-06")
def test_a_family_that_says_no_goes_through_three_steps_to_the_eviction(refusals: Refusals) -> None:
    name, page = "Familien Adamenko", refusals.refusal("evicted")
    udi, voss, levanger = (refusals.walk(f"demo-{who}") for who in ("udi", "voss", "levanger"))
    _has_had_the_first_letter(voss, page, ("Halyna", "Roman"), "Zlata")
    _holds_the_offer_and_sees_no_letters(levanger, name, refusals, "evicted")

    _warns(udi, name, "Roman og Halyna")
    _petitions(udi, name, "Roman og Halyna")
    _sees_each_day(voss, page, ("Halyna", "Roman"))
    _holds_the_offer_and_sees_no_letters(levanger, name, refusals, "evicted")
    _sets_the_day(udi, name)

    _registers_the_eviction(voss, name, refusals.address("evicted"))
    levanger.has_no_task(HELD, name)
    _closes(udi, name)
    voss.go(page)
    voss.sees("avsluttet", f"ble kastet ut {in_words(today())}")


@pytest.mark.journey
@pytest.mark.req("REF-03", "REF-05", "REF-06")
def test_a_yes_after_the_notice_of_eviction_is_a_yes_to_the_offer_that_the_municipality_has_held(
    refusals: Refusals,
) -> None:
    name, page, address = "Familien Bilous", refusals.refusal("regretting"), refusals.address("regretting")
    udi, voss, levanger = (refusals.walk(f"demo-{who}") for who in ("udi", "voss", "levanger"))
    _warns(udi, name, "Petro og Oksana")
    udi.has_task(PETITION, name)

    _say_yes_after_all(voss, page, ("Oksana", "Petro"), "Artem")
    voss.has_task(JOURNEY, name)
    voss.go(address)
    voss.sees("Neste trekk: Voss akuttinnkvartering.")
    voss.has_no_faults()
    udi.has_no_task(PETITION, name)
    _closes(udi, name)

    levanger.has_no_task(HELD, name)
    levanger.go(address)
    levanger.sees(name, "Neste trekk: Voss akuttinnkvartering.")
    levanger.does_not_see(*BETWEEN_UDI_AND_CENTRE)


@pytest.mark.journey
@pytest.mark.req("REF-02", "REF-03")
def test_nobody_is_warned_before_all_is_done_for_the_minor_who_came_with_them(refusals: Refusals) -> None:
    name, page = "Familien Cherniak", refusals.refusal("with_nephew")
    udi, voss, levanger = (refusals.walk(f"demo-{who}") for who in ("udi", "voss", "levanger"))
    for done, (act, _why) in enumerate(FIRST):
        _cannot_warn(udi, page, FIRST[done:])
        _tells(udi, name, act)
    udi.has_no_task(MINORS, name)

    udi.begin_task(NOTICE, name)
    udi.sees("Taras er under 18 år: får ikke brev, og beholder pengene.")
    _warns(udi, name, "Iryna")
    _petitions(udi, name, "Iryna")
    _sees_what_was_done_for_him(voss, page)
    levanger.go(page)
    levanger.does_not_see(*BETWEEN_UDI_AND_CENTRE, refusing.GUARDIAN, "arnevern")


def _has_had_the_first_letter(voss: Walker, page: str, adults: Sequence[str], child: str) -> None:
    """Each adult has the letter and has lost the money; the child has neither."""
    voss.go(page)
    voss.sees("trinn 1: første brev sendt", "UDI sender varsel om utkastelse")
    for adult in adults:
        row = _row(voss, adult)
        voss.sees(f"sendt {in_words(days_ago(refusing.LETTERED))}", "stoppet fra", "kan sendes nå", within=row)
    voss.sees("får ikke brev, og beholder pengene", within=_row(voss, child))
    voss.sees(refusing.TALK, "på ukrainsk, tolk til stede", within=voss.part("Hva som har skjedd"))
    voss.sees(in_words(days_ago(refusing.DEADLINE)), within=voss.part("Frister"))
    voss.has_no_faults()
    assert _letters(voss).count() == 2 * len(adults)  # IMDi's with its deadline, and UDI's first


def _holds_the_offer_and_sees_no_letters(levanger: Walker, name: str, refusals: Refusals, household: str) -> None:
    """That they have not moved, and until when it is asked to hold; nothing of what UDI and the centre do."""
    levanger.begin_task(HELD, name)
    levanger.sees("IMDi ber dere holde tilbudet til de har flyttet, så de kan si ja likevel.")
    levanger.sees(f"Bedt om å holde det {in_words(days_ago(refusing.HELD))}", in_words(days_ago(refusing.DEADLINE)))
    levanger.has_no_faults()
    for address in (refusals.refusal(household), refusals.address(household)):
        levanger.go(address)
        levanger.does_not_see(*BETWEEN_UDI_AND_CENTRE)
    for closed in ("varsel/", "begjaring/", "samtale/", "ja/"):
        answer = levanger.page.goto(levanger.address + refusals.refusal(household) + closed)
        assert answer is not None
        assert answer.status in (403, 404), closed
        levanger.does_not_see(*BETWEEN_UDI_AND_CENTRE)


def _warns(udi: Walker, name: str, adults: str) -> None:
    """Step 2: after the later of IMDi's deadline and the 14 days."""
    udi.begin_task(NOTICE, name)
    udi.sees(f"{adults} får varsel om utkastelse", "Begjæringen kan sendes til namsmannen samme dag.")
    udi.has_no_faults()
    udi.press(NOTICE, within=udi.page.locator("main form"))
    udi.sees("Varsel om utkastelse er sendt. Mottaket ser når.", "trinn 2: varsel om utkastelse sendt")
    udi.has_no_task(NOTICE, name)


def _petitions(udi: Walker, name: str, adults: str) -> None:
    """Step 3: to the enforcement officer, and the residents are told."""
    udi.begin_task(PETITION, name)
    udi.sees(f"Namsmannen får begjæringen om tvangsfravikelse for {adults}.", "får varsel om begjæringen samme dag")
    udi.has_no_faults()
    udi.press("Begjær tvangsfravikelse", within=udi.page.locator("main form"))
    udi.sees("Begjæringen er sendt til namsmannen, og de voksne er varslet.", "trinn 3: tvangsfravikelse begjært")
    udi.has_no_task(PETITION, name)


def _sees_each_day(voss: Walker, page: str, adults: Sequence[str]) -> None:
    """REF-06: the day of each letter; four of them to each adult, and the petition itself."""
    voss.go(page)
    for adult in adults:
        sent = _row(voss, adult).get_by_text(f"sendt {in_words(today())}")
        assert sent.count() == len((NOTICE, PETITION)), adult
    assert _letters(voss).count() == 4 * len(adults) + 1
    voss.follow("", within=voss.part("Brev"))
    voss.sees("Levanger")
    voss.has_no_faults()


def _sets_the_day(udi: Walker, name: str) -> None:
    udi.begin_task(EVICTION_DAY, name)
    udi.sees("Mottaket får oppgaven å møte for UDI den dagen.")
    udi.fill("Dagen for utkastelsen", typed(today()))
    udi.press(EVICTION_DAY, within=udi.page.locator("main form"))
    udi.sees("Dagen er registrert. Mottaket har fått beskjed.", f"Dagen for utkastelse {in_words(today())}")
    udi.has_no_faults()


def _registers_the_eviction(voss: Walker, name: str, address: str) -> None:
    """The centre's manager is there for UDI; what the centre registers is a departure."""
    voss.begin_task(EVICTION, name)
    voss.sees("Mottaket møter for UDI når namsmannen kommer")
    voss.go(address)
    voss.unfold("Registrer")
    voss.follow("Registrer avreise")
    voss.tick("Utkastet")
    voss.press("Registrer avreise", within=voss.page.locator("main form"))
    voss.sees(f"Hele husstanden reiste {in_words(today())}")
    voss.has_no_task(EVICTION, name)


def _closes(udi: Walker, name: str) -> None:
    udi.begin_task(CLOSE, name)
    udi.fill("Hva skjedde?", "Namsmannen gjennomførte utkastelsen.")
    udi.has_no_faults()
    udi.press(CLOSE, within=udi.page.locator("main form"))
    udi.sees("Saken er avsluttet.", "Saken er over. Ingenting mer kan registreres i den.")
    udi.has_no_task(CLOSE, name)


def _say_yes_after_all(voss: Walker, page: str, adults: Sequence[str], child: str) -> None:
    """Their money is due again from the day of the yes, and the page says so before and after."""
    voss.go(page)
    voss.follow("Registrer at noen sier ja likevel", within=voss.part("Hva skjer nå"))
    voss.sees("Tilbudet står: Levanger holder det. Dere får oppgaven å avtale reisen.")
    for adult in adults:
        voss.sees(f"{adult} får basisutbetaling igjen fra dagen hen sier ja, for eksempel fra {in_words(today())}.")
    voss.has_no_faults()
    for each in (*adults, child):
        voss.tick(f"{each} Bilous")
    voss.press("Registrer at noen sier ja likevel", within=voss.page.locator("main form"))
    voss.sees("Registrert: de sier ja likevel.", "Alle har sagt ja eller flyttet. UDI avslutter saken.")
    for adult in adults:
        row = _row(voss, adult)
        voss.sees(f"sa ja likevel {in_words(today())}", f"utbetales igjen fra {in_words(today())}", within=row)
    voss.has_no_faults()


def _cannot_warn(udi: Walker, page: str, undone: Sequence[tuple[str, str]]) -> None:
    """The deadlines are over, and yet: something is not done for him."""
    udi.go(page)
    udi.sees(*(f"{act} (Taras): ikke gjort" for act, _why in undone), within=udi.part("Før noen varsles om utkastelse"))
    udi.does_not_see("kan sendes nå")
    udi.has_no_faults()
    udi.go(f"{page}varsel/")
    udi.sees("Dette kan ikke gjøres nå", *(why for _act, why in undone))
    assert udi.page.locator("main form").count() == 0


def _tells(udi: Walker, name: str, act: str) -> None:
    udi.begin_task(MINORS, name)
    udi.sees("Barnet kastes ikke ut. Varsel om utkastelse til de voksne venter til alt dette er gjort.")
    udi.has_no_faults()
    udi.tick(act)
    udi.press("Registrer", within=udi.page.locator("main form"))
    udi.sees("Registrert.")
    udi.sees(f"{act} (Taras): gjort {in_words(today())}", within=udi.part("Før noen varsles om utkastelse"))


def _sees_what_was_done_for_him(voss: Walker, page: str) -> None:
    """He keeps his money and has had no letter; his guardian and child welfare have one each."""
    voss.go(page)
    row = _row(voss, "Taras")
    voss.sees("Kom alene og er under 18 år", "får ikke brev, og beholder pengene", within=row)
    voss.does_not_see("sendt", within=row)
    course = voss.part("Hva som har skjedd")
    voss.sees("UDI varslet vergen om bosettingsnekt", "UDI varslet barnevernet om bosettingsnekt", within=course)
    voss.sees("Plass i mottak for enslige mindreårige ble tilbudt", within=course)
    to_her, to_the_officer, of_him = 4, 1, 2
    assert _letters(voss).count() == to_her + to_the_officer + of_him
    voss.has_no_faults()


def _row(walker: Walker, given_name: str) -> Locator:
    """What stands beside a resident."""
    return walker.part("Hvem har fått hva").locator("tbody tr").filter(has_text=given_name)


def _letters(walker: Walker) -> Locator:
    return walker.part("Brev").get_by_role("listitem").get_by_role("link")
