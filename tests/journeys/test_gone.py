"""A woman with an agreed journey is gone, and nobody knows where; each who had a part is told, and where she is later.

The centre registers it with the reason that the form explains; IMDi, the municipality and the centre itself see what
they have to see and to cancel, and the queue is shorter by one.
"""

import pytest

from fotfeste.platform.clock import today
from fotfeste.platform.words import day as in_words
from tests.journeys import settlement_walk as walks
from tests.journeys import steps
from tests.journeys.conftest import Walk
from tests.journeys.steps import Household, Person
from tests.journeys.walker import Walker

HALYNA = Person("Halyna", 34, "kvinne", original_name="Галина")
ALONE = Household("Kryvonis", (HALYNA,), serial=975_000)
VOSS = "Voss akuttinnkvartering"
LEGS = (
    ("tog", "Voss", "Bergen lufthavn", "350"),
    ("fly", "Bergen lufthavn", "Trondheim lufthavn Værnes", "1290"),
    ("buss", "Trondheim lufthavn Værnes", "Levanger", "180"),
)
GONE = "Forlatt botilbud, ikke oppgitt privat adresse ved avreise"
LEFT_ON_OWN = "Se hvem som ikke er der lenger"


@pytest.mark.journey
@pytest.mark.req("ACC-07")
def test_who_is_gone_without_an_address_is_told_of_to_all_who_had_a_part(walk: Walk) -> None:
    registrar, udi, voss, imdi, levanger = (
        walk(f"demo-{place}") for place in ("politi", "udi", "voss", "imdi", "levanger")
    )
    address = steps.register(registrar, ALONE)
    steps.place(udi, ALONE, VOSS)
    steps.give_beds(voss, ALONE)
    steps.grant(udi, ALONE, address, [HALYNA.given_name])
    walks.inform_and_invite(voss, ALONE)
    walks.answer(voss, HALYNA)
    walks.finish(voss)
    _is_in_the_queue(imdi)
    walks.ask(imdi, ALONE, "Levanger")
    walks.accept(levanger, ALONE)
    walks.offer(imdi, ALONE, "Levanger")
    walks.say_yes(voss, ALONE, ALONE.name)
    walks.agree_journey(voss, ALONE, LEGS, hub="Trondheim lufthavn Værnes")
    levanger.has_task("Forbered mottak av husstanden", ALONE.name)

    _is_registered_as_gone(voss, address)
    _has_the_journey_to_cancel(voss, address)
    _has_lost_them(levanger, address)
    _sees_that_she_is_gone(imdi, address)
    _is_known_to_udi(udi, address)
    _is_found_again(voss, imdi, address)


def _is_in_the_queue(imdi: Walker) -> None:
    imdi.go(f"/bosetting/ko/?state=all&text={ALONE.family_name}")
    imdi.sees(ALONE.name)


def _is_registered_as_gone(voss: Walker, address: str) -> None:
    """The form proposes the settlement that was agreed, and says what to choose now and what ends with it."""
    voss.begin_task("Registrer avreise samme dag", ALONE.name)
    voss.sees("De er borte, og ingen vet hvor", f"«{GONE}»")
    voss.sees("Forespørselen til Levanger trekkes tilbake, og kommunen får beskjed.")
    voss.sees(f"Reisen {in_words(today())} faller bort. Dere får oppgaven med å avbestille den.")
    voss.has_no_faults()
    voss.tick(GONE)
    voss.press("Registrer avreise", within=voss.page.locator("main form"))
    voss.sees(f"Hele husstanden reiste {in_words(today())}")
    voss.does_not_see("Brevet til dem om Folkeregisteret")
    voss.has_no_task("Registrer avreise samme dag", ALONE.name)


def _has_the_journey_to_cancel(voss: Walker, address: str) -> None:
    voss.begin_task("Avbestill reisen", ALONE.name)
    voss.sees(f"Reisen {in_words(today())}")
    voss.has_no_faults()
    voss.tick(f"Reisen {in_words(today())}, bestilling KX7P2Q")
    voss.press("Jeg har avbestilt")
    voss.has_no_task("Avbestill reisen", ALONE.name)


def _has_lost_them(levanger: Walker, address: str) -> None:
    """The municipality is told that it has no part any more, and not why."""
    levanger.has_no_task("Forbered mottak av husstanden", ALONE.name)
    levanger.go("/")
    levanger.sees("Se at forespørselen er trukket tilbake")
    levanger.does_not_see(GONE)


def _sees_that_she_is_gone(imdi: Walker, address: str) -> None:
    imdi.begin_task(LEFT_ON_OWN, ALONE.name)
    imdi.sees(ALONE.name, GONE, "ikke kjent", "Bosettingssaken er avsluttet")
    imdi.has_no_faults()
    imdi.press("Jeg har sett det")
    imdi.has_no_task(LEFT_ON_OWN, ALONE.name)
    imdi.go(f"/bosetting/ko/?state=all&text={ALONE.family_name}")
    imdi.does_not_see(ALONE.name)


def _is_known_to_udi(udi: Walker, address: str) -> None:
    udi.go(address)
    udi.sees(GONE, "Bosettingssaken ble avsluttet")


def _is_found_again(voss: Walker, imdi: Walker, address: str) -> None:
    """The centre hears where she is: the address is there, the reminder is written, and IMDi is told."""
    voss.go(address)
    voss.unfold("Registrer")
    voss.follow("Registrer ny adresse")
    voss.fill("Gate og nummer", "Storgata 12")
    voss.fill("Postnummer", "5700")
    voss.has_no_faults()
    voss.press("Registrer adressen")
    voss.sees("Adressen er registrert.", "Storgata 12, 5700 Voss", "Påminnelse om Folkeregisteret")
    imdi.begin_task(LEFT_ON_OWN, ALONE.name)
    imdi.sees("Storgata 12, 5700 Voss")
