"""An unaccompanied minor walks from the first day to the municipality; eight users see what is theirs.

Maksym is 16 and has a guardian. What the centre writes of him, in the mapping and afterwards, reaches the
municipality in no other way than in IMDi's own words (SET-06).
"""

import pytest

from fotfeste.kernel.calendar import add_months
from fotfeste.platform.clock import today
from fotfeste.platform.words import day as in_words
from tests.journeys import settlement_walk as walks
from tests.journeys import steps
from tests.journeys.conftest import Walk
from tests.journeys.steps import Guardian, Household, Person
from tests.journeys.walker import Walker

GUARDIAN = Guardian("Verge Vergesen", "999 88 777", "verge@example.no")
MAKSYM = Person("Maksym", 16, "mann", original_name="Максим", guardian=GUARDIAN)
ALONE = Household("Hryn-Dolia", (MAKSYM,), serial=971_000)
OYA, VOSS = "Midlertidig EM asylmottak Øya", "Voss akuttinnkvartering"
MINORS = "tilbud til enslige mindreårige"

MAPPING = "Sover dårlig i rom uten voksne i nærheten."
NOTE = "Har fått kontakt med en onkel som han er redd for."
PASSED_ON = "Bør ikke bo i samme by som onkelen."
FROM_THE_MAPPING = "Trenger bolig med voksne til stede om natten."
SCHOOL = "videregående skole"
BETWEEN_CENTRE_AND_IMDI = (MAPPING, NOTE, SCHOOL)
LEGS = (
    ("buss", "Melbu", "Stokmarknes lufthavn", "120"),
    ("fly", "Stokmarknes lufthavn", "Trondheim lufthavn Værnes", "1690"),
    ("buss", "Trondheim lufthavn Værnes", "Trondheim", "180"),
)


@pytest.mark.journey
@pytest.mark.req("REG-04")
@pytest.mark.req("SET-06")
@pytest.mark.req("SET-09")
@pytest.mark.req("SET-10")
def test_a_minor_alone_walks_to_the_municipality_and_nothing_goes_there_but_through_imdi(walk: Walk) -> None:
    registrar, udi, oya, imdi = (walk(f"demo-{place}") for place in ("politi", "udi", "oya", "imdi"))
    verdal, trondheim, voss = (walk(f"demo-{place}") for place in ("verdal", "trondheim", "voss"))
    address = steps.register(registrar, ALONE)
    _is_registered_with_a_guardian(registrar)
    for other in (oya, voss, imdi, verdal, trondheim):
        other.cannot_reach(address, ALONE.duf(0), ALONE.family_name)

    _is_placed_where_minors_live(udi)
    voss.cannot_reach(address, ALONE.duf(0), ALONE.family_name)
    steps.give_beds(oya, ALONE)
    steps.grant(udi, ALONE, address, [MAKSYM.given_name])
    _interview(oya)

    _waits_three_months_at_most(imdi, address)
    _note_after_the_interview(oya, address)
    _passes_on_what_the_municipality_needs(imdi, address)
    _finds_a_municipality_with_places_for_minors(imdi)

    walks.ask(imdi, ALONE, "Verdal")
    _is_told_no_more_than_it_needs(verdal, address)
    walks.decline(verdal, ALONE, "en annen grunn", "Vi har ikke vedtak om enslige mindreårige.")
    verdal.cannot_reach(address, ALONE.duf(0), ALONE.family_name)
    walks.ask(imdi, ALONE, "Trondheim")
    _is_told_no_more_than_it_needs(trondheim, address)
    walks.accept(trondheim, ALONE, confirmed=[MINORS])

    walks.offer(imdi, ALONE, "Trondheim")
    _answers_with_the_guardian(oya)
    oya.begin_task("Avtal reisen med kommunen", ALONE.name)
    oya.sees(f"Verge for {MAKSYM.given_name} {GUARDIAN}")
    walks.agree_journey(oya, ALONE, LEGS, hub="Trondheim lufthavn Værnes")
    trondheim.has_task("Forbered mottak av husstanden", ALONE.name)
    _shows_it_all_to_the_centre(oya, address)
    walks.depart(oya, ALONE, "Kirkegata 1", "7014")

    _is_settled(trondheim, address)
    for other in (verdal, voss):
        other.cannot_reach(address, ALONE.duf(0), ALONE.family_name)


def _is_registered_with_a_guardian(registrar: Walker) -> None:
    registrar.sees("1 person", "Maksym", "Максим", "Enslig mindreårig", "16 år", ALONE.duf(0))
    registrar.sees(f"Verge eller representant: {GUARDIAN}")
    registrar.does_not_see("Verge er ikke registrert")
    registrar.has_no_faults()


def _is_placed_where_minors_live(udi: Walker) -> None:
    """An ordinary centre asks whether it is meant, and keeps what was typed; the minors' own asks nothing."""
    udi.begin_task("Plasser husstanden på et mottak", ALONE.name)
    udi.sees("Enslig mindreårig: Mottakene for enslige mindreårige står før alle andre.")
    udi.has_no_faults()
    udi.choose("Mottak", VOSS)
    udi.fill("Bor der fra", steps.typed(steps.PLACED_ON))
    udi.press("Plasser dem")
    udi.sees(f"{VOSS} er ikke et mottak for enslige mindreårige. Velg et som er det, eller kryss av")
    udi.has_kept("Bor der fra", steps.typed(steps.PLACED_ON))
    udi.has_no_faults()
    steps.place(udi, ALONE, OYA)


def _interview(oya: Walker) -> None:
    walks.inform_and_invite(oya, ALONE)
    oya.sees("Opplysninger går aldri direkte fra mottaket til kommunen, alltid gjennom IMDi.")
    oya.sees(f"Verge for {MAKSYM.given_name} {GUARDIAN}", "Individuell kartlegging")
    oya.does_not_see("Barn blir hørt")
    oya.has_no_faults()
    walks.answer(oya, MAKSYM)
    oya.sees("Dette mangler før samtalen kan sendes IMDi", "5 av 5")
    oya.follow("Skriv bosettingsmerknad")
    oya.fill("Bosettingsmerknad", MAPPING)
    oya.has_no_faults()
    oya.press("Lagre", within=oya.page.locator("main"))
    oya.sees(MAPPING)
    walks.finish(oya)
    oya.sees("Venter på at IMDi finner en kommune.", "Neste trekk: IMDi.")


def _waits_three_months_at_most(imdi: Walker, address: str) -> None:
    """In the queue as a minor alone; three months from the permit are the goal."""
    imdi.go("/bosetting/ko/")
    imdi.choose("Hvem", "bare enslige mindreårige")
    imdi.fill("Navn eller nummer", ALONE.family_name)
    imdi.press("Vis")
    imdi.sees(ALONE.name, "1, enslig mindreårig", OYA, "38 dager")
    imdi.go(address)
    imdi.sees(f"Målet er bosetting innen {in_words(add_months(steps.GRANTED_ON, 3))}.")
    imdi.sees(MAPPING, SCHOOL, within=imdi.part("Behov og ønsker"))
    imdi.has_no_faults()


def _note_after_the_interview(oya: Walker, address: str) -> None:
    oya.go(address)
    oya.follow("Interne bosettingsmerknader")
    oya.fill("Intern bosettingsmerknad", NOTE)
    oya.press("Send til IMDi")
    oya.sees(NOTE, "Bare for mottaket og IMDi")


def _passes_on_what_the_municipality_needs(imdi: Walker, address: str) -> None:
    """In its own words: once of the note that came after the interview, once of the mapping."""
    imdi.begin_task("Les ny bosettingsmerknad", ALONE.name)
    imdi.sees(NOTE, "Bare for mottaket og IMDi")
    imdi.fill("Dette gis videre til kommunen", PASSED_ON)
    imdi.press("Merk som lest")
    imdi.sees("Merknaden er gitt videre")
    imdi.go(address)
    imdi.unfold("Registrer")
    imdi.follow("Gi opplysninger videre til kommunen")
    imdi.sees(MAPPING, NOTE, PASSED_ON)
    imdi.has_no_faults()
    imdi.fill("Dette gis videre til kommunen", FROM_THE_MAPPING)
    imdi.press("Gi opplysningene videre")
    imdi.sees("Opplysningene er gitt videre til kommunen.")
    imdi.has_no_task("Les ny bosettingsmerknad", ALONE.name)


def _finds_a_municipality_with_places_for_minors(imdi: Walker) -> None:
    imdi.begin_task("Finn bosettingskommune", ALONE.name)
    imdi.sees("Maksym (16), enslig mindreårig.", f"Trenger: {MINORS}.")
    imdi.has_no_faults()
    for municipality, words in (
        ("Trondheim", ("Disse passer (1)", "Plass innenfor det som er vedtatt for enslige mindreårige.")),
        ("Verdal", ("Ukjent plass: vedtak om enslige mindreårige",)),
    ):
        imdi.fill("Kommunens navn eller nummer", municipality)
        imdi.press("Vis")
        imdi.sees(*words)


def _is_told_no_more_than_it_needs(municipality: Walker, address: str) -> None:
    """Who he is, what the place must have, and what IMDi has passed on; nothing that the centre wrote."""
    municipality.begin_task("Svar på forespørsel om bosetting", ALONE.name)
    municipality.sees("Maksym (16)", f"Trenger {MINORS}", f"Gitt videre av IMDi {PASSED_ON}", FROM_THE_MAPPING)
    municipality.does_not_see(*BETWEEN_CENTRE_AND_IMDI)
    municipality.go("/kommunen/")
    municipality.sees(ALONE.name)
    municipality.does_not_see(*BETWEEN_CENTRE_AND_IMDI)
    municipality.go(address)
    municipality.sees(f"Kommunen må ha: {MINORS}.", "Kommunen får det IMDi gir videre.")
    municipality.sees("Gitt videre av IMDi", PASSED_ON, FROM_THE_MAPPING, within=municipality.part("Behov og ønsker"))
    municipality.does_not_see(*BETWEEN_CENTRE_AND_IMDI, "Interne bosettingsmerknader")
    municipality.has_no_faults()
    for closed in ("samtale/", "samtale/kartlegging/", "merknader/"):
        answer = municipality.page.goto(municipality.address + address + closed)
        assert answer is not None
        assert answer.status in (403, 404), closed
        municipality.does_not_see(*BETWEEN_CENTRE_AND_IMDI)


def _answers_with_the_guardian(oya: Walker) -> None:
    oya.begin_task("Registrer svar på tilbudet", ALONE.name)
    oya.sees(f"Verge for {MAKSYM.given_name} {GUARDIAN}", "Navnet på den eller de unge som svarte.")
    oya.sees("Ungdom mellom 16 og 18 år har fortsatt rett til videregående opplæring.")
    oya.has_no_faults()
    walks.say_yes(oya, ALONE, ALONE.name, guardian=GUARDIAN.name)


def _shows_it_all_to_the_centre(oya: Walker, address: str) -> None:
    """From the first day to the departure, the same in the table as in the drawing."""
    oya.go(address)
    oya.sees("Registrer avreisen samme dag som de reiser.", f"Neste trekk: {OYA}.")
    oya.sees(MAPPING, NOTE, PASSED_ON, FROM_THE_MAPPING, "Gitt videre til kommunen")
    oya.unfold("Vis tidslinjen som tabell")
    table = oya.page.locator(".timeline-table table")
    for what, when in (
        ("Registrert av politiet", steps.REGISTERED_ON),
        ("Søkt beskyttelse", steps.APPLIED_ON),
        (OYA, steps.PLACED_ON),
        ("Midlertidig kollektiv beskyttelse", steps.GRANTED_ON),
        ("Informasjon gitt", steps.days_ago(12)),
        ("Bosettingssamtale", today()),
        ("Forespørsel til Verdal", today()),
        ("Forespørsel til Trondheim", today()),
    ):
        row = table.locator("tr").filter(has_text=what)
        oya.sees(in_words(when), within=row)
    oya.has_no_faults()


def _is_settled(trondheim: Walker, address: str) -> None:
    trondheim.has_no_task("Forbered mottak av husstanden", ALONE.name)
    trondheim.go(address)
    trondheim.sees(f"Bosatt i Trondheim kommune fra {in_words(today())}.", "Neste trekk: Trondheim kommune.")
    trondheim.sees(PASSED_ON, FROM_THE_MAPPING, str(GUARDIAN))
    trondheim.does_not_see(*BETWEEN_CENTRE_AND_IMDI, "Verdal")
    trondheim.unfold("Vis tidslinjen som tabell")
    timeline = trondheim.part("Tidslinje")
    trondheim.sees("Registrert av politiet", "Søkt beskyttelse", OYA, "Bosettingssamtale", within=timeline)
    trondheim.sees("Forespørsel til Trondheim", "Tilbud om Trondheim", "Bosatt", within=timeline)
    trondheim.does_not_see(VOSS, "Verdal", "Informasjon gitt", within=timeline)
    trondheim.has_no_faults()
    trondheim.begin_task("Bekreft at husstanden er kommet", ALONE.name)
    trondheim.fill("Dagen de kom", steps.typed(today()))
    trondheim.press("Lagre")
    trondheim.has_no_task("Bekreft at husstanden er kommet", ALONE.name)
