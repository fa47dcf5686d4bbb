"""A household in the queue asks a municipality itself, finds a home there, and is settled on the day it moves in.

A couple: both have a permit, and a brother in Verdal. Verdal says in public on what terms it allows it.
"""

import pytest

from fotfeste.platform.clock import today
from fotfeste.platform.words import day as in_words
from tests.journeys import settlement_walk as walks
from tests.journeys import steps
from tests.journeys.conftest import Walk
from tests.journeys.steps import Household, Person
from tests.journeys.walker import Walker

YARYNA = Person("Yaryna", 31, "kvinne")
BOHDAN = Person("Bohdan", 33, "mann", "gift med")
COUPLE = Household("Vyshnia-Moroz", (YARYNA, BOHDAN), serial=974_000)
VOSS = "Voss akuttinnkvartering"
OF_HOME = (
    "Boligen er god nok til å bo i: varme, vann, bad, rømningsvei",
    "Det er rom nok til alle som skal bo der",
    "De har egen inngang, eller vet hvem de deler med",
    "Det er trygt for barn og voksne å bo der",
    "Skole, barnehage og tjenestene de trenger, er innen rekkevidde",
    "Ingenting tyder på at noen utnytter dem",
    "De har fått forklart kontrakten på et språk de forstår",
)
OF_CONTRACT = (
    "Vi vet hvem utleieren er, og at hen eier eller får leie ut",
    "Kontrakten er skriftlig, med alle de voksne som leietakere",
    "Husleien er rimelig for en slik bolig her",
    "Depositumet er lovlig, og står på egen konto",
    "Oppsigelsestiden er lovlig",
    "Leietiden er lang nok til å slå seg til ro",
    "Kontrakten er ikke signert ennå",
)


@pytest.mark.journey
@pytest.mark.req("SET-13")
def test_a_couple_asks_a_municipality_finds_a_home_there_and_is_settled_the_day_it_moves_in(walk: Walk) -> None:
    registrar, udi, voss, imdi, verdal, levanger = (
        walk(f"demo-{place}") for place in ("politi", "udi", "voss", "imdi", "verdal", "levanger")
    )
    address = steps.register(registrar, COUPLE)
    steps.place(udi, COUPLE, VOSS)
    steps.give_beds(voss, COUPLE)
    steps.grant(udi, COUPLE, address, [YARYNA.given_name, BOHDAN.given_name])
    _interview(voss)
    imdi.has_task("Finn bosettingskommune", COUPLE.name)
    verdal.cannot_reach(address, COUPLE.duf(0), COUPLE.family_name)

    _asks_from_the_overview(voss, address)
    levanger.cannot_reach(address, COUPLE.duf(0), COUPLE.family_name)
    _is_welcome(verdal)

    _sends_a_home(voss, rent="14000", deposit="100000")
    _must_change(verdal)
    voss.go(address)
    voss.sees("Depositumet må ned til seks måneders husleie.", "ikke godkjent slik")
    _sends_a_home(voss, rent="12000", deposit="36000")
    _is_approved(verdal)

    _agrees(imdi, address)
    _is_to_travel(voss, verdal, address)
    _moves_in(voss, address)
    _is_settled(verdal, address)
    _is_out_of_the_queue(imdi)
    levanger.cannot_reach(address, COUPLE.duf(0), COUPLE.family_name)


def _interview(voss: Walker) -> None:
    walks.inform_and_invite(voss, COUPLE)
    walks.answer(voss, YARYNA, profession="sykepleier")
    walks.answer(voss, BOHDAN)
    walks.finish(voss)
    voss.sees("Venter på at IMDi finner en kommune.")


def _asks_from_the_overview(voss: Walker, address: str) -> None:
    voss.go(address)
    voss.unfold("Registrer")
    voss.follow("Be om avtalt selvbosetting")
    voss.follow("Se vilkårene til hver kommune")
    voss.fill("Kommune, nummer eller fylke", "Verdal")
    voss.choose("Tillater det?", "Tillater")
    voss.press("Vis")
    voss.has_no_faults()
    voss.follow("Verdal")
    voss.sees("Kommunen tillater avtalt selvbosetting.", "Oppdiktet i demoen: ta kontakt to uker før.")
    voss.has_no_faults()
    voss.follow("Be denne kommunen for husstanden")
    voss.tick("Arbeid")
    voss.tick("Familie")
    voss.fill("Hva de vil si til kommunen", "Broren til Yaryna bor på Verdal.")
    voss.has_no_faults()
    voss.press("Send til kommunen")
    voss.sees("Sendt til Verdal. Svaret kommer i oppgavelisten.", "Venter på svar fra kommunen.")
    voss.sees("Plassen i køen beholdes.", within=voss.part("Avtalt selvbosetting"))


def _is_welcome(verdal: Walker) -> None:
    verdal.go("/selvbosetting/foresporsler/")
    verdal.sees(COUPLE.name)
    verdal.begin_task("Svar om avtalt selvbosetting", COUPLE.name)
    verdal.sees("Arbeid", "Familie", "Broren til Yaryna bor på Verdal.")
    verdal.does_not_see("sykepleier", VOSS)
    verdal.tick("Ja, de kan lete etter bolig her")
    verdal.fill("Til husstanden og mottaket", "Velkommen. Ring oss før dere ser på bolig.")
    verdal.has_no_faults()
    verdal.press("Send svaret")
    verdal.sees("Svaret er sendt. De leter etter bolig hos dere.")
    verdal.has_no_task("Svar om avtalt selvbosetting", COUPLE.name)


def _sends_a_home(voss: Walker, *, rent: str, deposit: str) -> None:
    voss.begin_task("Send inn bolig og leiekontrakt", COUPLE.name)
    for label, text in (
        ("Gate og nummer", "Jernbanegata 12"),
        ("Postnummer", "7650"),
        ("Utleieren", "Per Moe"),
        ("Utleierens telefon eller e-post", "400 00 000"),
        ("Antall rom", "3"),
        ("Størrelse i kvadratmeter", "70"),
        ("Hvor mange andre bor der?", "0"),
        ("Husleie i måneden, i kroner", rent),
        ("Depositum, i kroner", deposit),
        ("Oppsigelsestid i måneder", "3"),
        ("Leietid i måneder", "36"),
        ("Leien begynner", steps.typed(today())),
    ):
        voss.fill(label, text)
    voss.tick("Kommunen gir garanti")
    voss.tick("Nei")
    voss.has_no_faults()
    voss.press("Send til kommunen")
    voss.sees("Sendt til kommunen.", "Bolig og kontrakt er sendt.")
    voss.has_no_task("Send inn bolig og leiekontrakt", COUPLE.name)


def _must_change(verdal: Walker) -> None:
    verdal.begin_task("Vurder bolig og leiekontrakt", COUPLE.name)
    verdal.sees("Se på dette:", "over 6 måneders husleie")
    for check in OF_HOME:
        verdal.tick(check)
    verdal.tick("Noe må endres, eller de må finne en annen bolig")
    verdal.press("Send til husstanden")
    verdal.sees("Skriv")
    verdal.fill("Hva må endres?", "Depositumet må ned til seks måneders husleie.")
    verdal.press("Send til husstanden")
    verdal.sees("Sendt. Husstanden ser hva som må endres.")


def _is_approved(verdal: Walker) -> None:
    verdal.begin_task("Vurder bolig og leiekontrakt", COUPLE.name)
    verdal.does_not_see("Se på dette:")
    for check in (*OF_HOME, *OF_CONTRACT):
        verdal.tick(check)
    verdal.tick("Vi godkjenner bolig og kontrakt: de kan signere når IMDi er enig")
    verdal.has_no_faults()
    verdal.press("Send til husstanden")
    verdal.sees("Godkjent. IMDi ser det, og blir enig med dere.")
    verdal.has_no_task("Vurder bolig og leiekontrakt", COUPLE.name)


def _agrees(imdi: Walker, address: str) -> None:
    imdi.begin_task("Bli enig med kommunen om selvbosetting", COUPLE.name)
    imdi.sees("Jernbanegata 12", "Verdal")
    imdi.tick("Ja, vi er enige")
    imdi.fill("Ved ja: hvem i kommunen dere er enige med", "Anne Moe")
    imdi.has_no_faults()
    imdi.press("Send svaret")
    imdi.sees("Avtalt. De kan signere og flytte inn.")
    imdi.has_no_task("Finn bosettingskommune", COUPLE.name)
    imdi.go(address)
    imdi.sees("Avtalt selvbosetting i Verdal kommune er klar.", f"Neste trekk: {VOSS}.")


def _is_to_travel(voss: Walker, verdal: Walker, address: str) -> None:
    """As the others: booked by the centre to the hub, and told to the municipality."""
    legs = (("tog", "Voss", "Verdal stasjon", "1299"), ("minibuss", "Verdal stasjon", "Jernbanegata 12", ""))
    walks.agree_journey(voss, COUPLE, legs, "Verdal stasjon")
    voss.sees("Kommunen ser den nå.")
    voss.go(address)
    voss.sees(f"Reisen er avtalt til {in_words(today())}.")
    voss.has_no_faults()
    verdal.go("/kommunen/")
    verdal.sees(COUPLE.name, "Verdal stasjon", within=verdal.part("Hvem kommer når"))
    verdal.has_task("Forbered mottak av husstanden", COUPLE.name)


def _moves_in(voss: Walker, address: str) -> None:
    voss.begin_task("Registrer at de har flyttet inn", COUPLE.name)
    voss.sees(f"Reisen er avtalt til {in_words(today())}.")
    voss.has_kept("Dagen de flyttet inn", steps.typed(today()))
    voss.has_no_faults()
    voss.press("De har flyttet inn")
    voss.sees("De er bosatt. Kommunen ser det.")
    voss.go(address)
    voss.sees(f"Bosatt i Verdal kommune fra {in_words(today())}.", "De fant boligen selv")
    voss.has_no_task("Registrer at de har flyttet inn", COUPLE.name)


def _is_settled(verdal: Walker, address: str) -> None:
    verdal.go(address)
    verdal.sees(f"Bosatt i Verdal kommune fra {in_words(today())}.", "sykepleier")
    verdal.sees("Verdal de er bosatt her", within=verdal.part("Hvem har innsyn"))
    verdal.has_no_faults()
    verdal.has_no_task("Sjekk boligen", COUPLE.name)


def _is_out_of_the_queue(imdi: Walker) -> None:
    imdi.go("/bosetting/ko/")
    imdi.fill("Navn eller nummer", COUPLE.family_name)
    imdi.press("Vis")
    imdi.does_not_see(COUPLE.name)
