"""A family of four walks from the first day to its municipality; eight users see what is theirs, when it is theirs.

The family: two parents, the father without a decision yet, a daughter of 13 and a son of 7.
"""

import pytest

from fotfeste.platform.clock import today
from fotfeste.platform.words import day as in_words
from tests.journeys import settlement_walk as walks
from tests.journeys import steps
from tests.journeys.conftest import Walk
from tests.journeys.steps import Household, Person
from tests.journeys.walker import Walker

OLENA = Person("Olena", 38, "kvinne", original_name="Олена")
TARAS = Person("Taras", 41, "mann", "gift med")
DARYNA = Person("Daryna", 13, "kvinne", "barn av")
MARKO = Person("Marko", 7, "mann", "barn av")
FAMILY = Household("Shevchuk-Bila", (OLENA, TARAS, DARYNA, MARKO), serial=970_000)
VOSS = "Voss akuttinnkvartering"
LEGS = (
    ("tog", "Voss", "Bergen lufthavn", "350"),
    ("fly", "Bergen lufthavn", "Trondheim lufthavn Værnes", "1290"),
    ("buss", "Trondheim lufthavn Værnes", "Levanger", "180"),
)


@pytest.mark.journey
@pytest.mark.req("REG-01")
@pytest.mark.req("REG-05")
@pytest.mark.req("ACC-01")
@pytest.mark.req("ACC-04")
@pytest.mark.req("SET-01")
@pytest.mark.req("SET-02")
@pytest.mark.req("SET-03")
@pytest.mark.req("SET-04")
@pytest.mark.req("SET-05")
@pytest.mark.req("SET-07")
@pytest.mark.req("SET-08")
@pytest.mark.req("SET-09")
@pytest.mark.req("SET-10")
@pytest.mark.req("TRV-01")
@pytest.mark.req("TRV-02")
def test_a_family_walks_from_its_first_day_to_its_municipality_and_each_sees_what_is_theirs(walk: Walk) -> None:
    family = FAMILY
    registrar, udi, voss, imdi = (walk(f"demo-{place}") for place in ("politi", "udi", "voss", "imdi"))
    verdal, levanger, trondheim = (walk(f"demo-{place}") for place in ("verdal", "levanger", "trondheim"))
    steps.say_what_is_offered(verdal, pets=True)
    steps.say_what_is_offered(levanger, pets=True)
    steps.say_what_is_offered(trondheim, pets=False)

    address = steps.register(registrar, family)
    _is_registered(registrar, family)
    udi.finds(family.duf(1), f"Taras {FAMILY.family_name}")
    for other in (voss, imdi, verdal, levanger, trondheim):
        other.cannot_reach(address, family.duf(0), family.family_name)

    steps.place(udi, family, VOSS)
    udi.has_no_task("Plasser husstanden på et mottak", family.name)
    voss.finds("Олена", f"Olena {FAMILY.family_name}")
    steps.give_beds(voss, family)
    voss.has_no_task("Gi husstanden senger", family.name)
    _lives_at_voss(voss, address)
    imdi.cannot_reach(address, family.duf(0), family.family_name)

    steps.grant(udi, family, address, [OLENA.given_name, DARYNA.given_name, MARKO.given_name])
    udi.sees("Bosettingssamtalen skal holdes.", f"Neste trekk: {VOSS}.")
    imdi.finds(family.duf(0), f"Olena {FAMILY.family_name}")
    imdi.has_no_task("Finn bosettingskommune", family.name)

    _interview(voss)
    voss.has_no_task("Hold bosettingssamtale", family.name)

    _finds_a_municipality(imdi)
    levanger.cannot_reach(address, family.duf(0), family.family_name)
    walks.ask(imdi, family, "Verdal")
    imdi.sees("Venter på svar fra Verdal kommune", "Neste trekk: Verdal kommune.")
    imdi.has_no_task("Finn bosettingskommune", family.name)
    verdal.finds(family.duf(2), f"Daryna {FAMILY.family_name}")
    levanger.cannot_reach(address, family.duf(0), family.family_name)
    walks.decline(verdal, family, "mangler plass i skole", "Ledig plass først til høsten.")
    verdal.cannot_reach(address, family.duf(0), family.family_name)

    walks.ask(imdi, family, "Levanger")
    verdal.cannot_reach(address, family.duf(0), family.family_name)
    _says_yes(levanger)
    levanger.has_no_task("Svar på forespørsel om bosetting", family.name)
    walks.offer(imdi, family, "Levanger")
    imdi.has_no_task("Gi tilbud om bosetting", family.name)

    walks.say_yes(voss, family, f"Olena og Taras {FAMILY.family_name}")
    voss.has_no_task("Registrer svar på tilbudet", family.name)
    walks.agree_journey(voss, family, LEGS, hub="Trondheim lufthavn Værnes")
    _knows_the_journey(levanger, address)
    _has_it_all_on_one_page(voss, address)
    walks.depart(voss, family, "Kirkegata 1", "7600")

    _is_settled(levanger, address)
    voss.has_no_task("Registrer avreise samme dag", family.name)
    _says_that_they_have_come(levanger, family)
    trondheim.cannot_reach(address, family.duf(0), family.family_name)


def _says_that_they_have_come(levanger: Walker, family: Household) -> None:
    levanger.has_no_task("Forbered mottak av husstanden", family.name)
    levanger.begin_task("Bekreft at husstanden er kommet", family.name)
    levanger.fill("Dagen de kom", steps.typed(today()))
    levanger.press("Lagre")
    levanger.has_no_task("Bekreft at husstanden er kommet", family.name)


def _is_registered(registrar: Walker, family: Household) -> None:
    registrar.sees(
        "4 personer", f"Olena {FAMILY.family_name}", "Олена", "gift med Olena", "13 år", "7 år", family.duf(3)
    )
    registrar.sees("Husstanden skal plasseres på et mottak.", "Neste trekk: UDI.", "Frist:")
    registrar.sees("Plasser husstanden på et mottak UDI", within=registrar.part("Hva skjer nå"))
    registrar.has_no_faults()


def _lives_at_voss(voss: Walker, address: str) -> None:
    voss.go(address)
    voss.sees("Venter på vedtak fra UDI.", "Neste trekk: UDI.")
    where = voss.part("Hvor de bor")
    for person in FAMILY.persons:
        voss.sees(f"{person.given_name} {VOSS}", within=where)
    voss.go("/mottaket/")
    voss.sees(f"Olena {FAMILY.family_name}", f"Marko {FAMILY.family_name}")
    voss.has_no_faults()


def _interview(voss: Walker) -> None:
    walks.inform_and_invite(voss, FAMILY)
    voss.sees("Har vedtak", "Venter på vedtak")
    voss.has_no_faults()
    walks.answer(voss, OLENA, profession="regnskapsfører", pets="En katt")
    walks.answer(voss, TARAS)
    for child in (DARYNA, MARKO):
        walks.answer_for_child(voss, child)
    voss.sees("Dette mangler før samtalen kan sendes IMDi")
    voss.follow("Registrer at barna er hørt")
    for child in (DARYNA, MARKO):
        voss.tick(f"{child.given_name} ({child.age}) har fått si sin mening og er orientert")
    voss.sees("Egen samtale for Daryna")
    voss.does_not_see("Egen samtale for Marko")
    voss.tick("Egen samtale er holdt")
    voss.press("Lagre", within=voss.page.locator("main"))
    walks.finish(voss)
    voss.sees("Bosettingssamtalen er registrert. IMDi har fått oppgaven med å finne kommune.")
    voss.sees("Venter på at IMDi finner en kommune.", "Neste trekk: IMDi.", "Målet er bosetting innen")
    needs = voss.part("Behov og ønsker")
    voss.sees("Kommunen må ha: bolig der kjæledyr er tillatt", "En katt", "regnskapsfører", within=needs)
    voss.sees("Ønsker ikke å svare", within=needs)


def _finds_a_municipality(imdi: Walker) -> None:
    imdi.go("/bosetting/ko/")
    imdi.sees("Bosettingskø")
    imdi.fill("Navn eller nummer", FAMILY.family_name)
    imdi.press("Vis")
    imdi.sees(FAMILY.name, VOSS, "38 dager", "venter på kommune")
    imdi.has_no_faults()
    imdi.follow("Finn kommune")
    imdi.sees("357 kommuner", "Taras (41), Olena (38), Daryna (13), Marko (7).")
    imdi.sees("Trenger: bolig der kjæledyr er tillatt.")
    imdi.has_no_faults()
    for municipality, words in (
        ("Levanger", ("Disse passer (1)", "Plass til 4 innenfor vedtaket.", "Tilbyr bolig der kjæledyr er tillatt.")),
        ("Trondheim", ("Disse passer (0)", "Disse passer ikke (1)", "Tilbyr ikke bolig der kjæledyr er tillatt.")),
    ):
        imdi.fill("Kommunens navn eller nummer", municipality)
        imdi.press("Vis")
        imdi.sees(*words)


def _says_yes(levanger: Walker) -> None:
    levanger.go("/kommunen/")
    levanger.sees(FAMILY.name)
    levanger.has_no_faults()
    levanger.begin_task("Svar på forespørsel om bosetting", FAMILY.name)
    levanger.sees("Taras (41), Olena (38), Daryna (13), Marko (7)", "Ønsket uke", "Frist")
    levanger.tick("Ja")
    levanger.fill("Tidligste uke dere kan ta imot dem", steps.typed_week())
    levanger.press("Send svaret")
    levanger.sees("Bekreft alt de trenger, eller svar nei med grunn.")
    levanger.has_no_faults()
    walks.accept(levanger, FAMILY, confirmed=["bolig der kjæledyr er tillatt"])


def _knows_the_journey(levanger: Walker, address: str) -> None:
    levanger.has_task("Forbered mottak av husstanden", FAMILY.name)
    levanger.go(address)
    levanger.sees(f"Reisen til Levanger kommune er avtalt til {in_words(today())}.", f"Neste trekk: {VOSS}.")
    levanger.sees("2 fly Bergen lufthavn Trondheim lufthavn Værnes mottaket", "1 290 kr")
    levanger.sees("3 buss Trondheim lufthavn Værnes Levanger kommunen")
    levanger.has_no_faults()


def _has_it_all_on_one_page(voss: Walker, address: str) -> None:
    voss.go(address)
    voss.sees("Registrer avreisen samme dag som de reiser.", f"Neste trekk: {VOSS}.", "(i dag)")
    voss.sees("Deretter: kommunen tar imot dem, og de er bosatt.")
    voss.sees("Forespørsel til Verdal", "Forespørsel til Levanger", "i dag,", within=voss.part("Tidslinje"))
    voss.picture("household", height=1720)


def _is_settled(levanger: Walker, address: str) -> None:
    levanger.go(address)
    levanger.sees(f"Bosatt i Levanger kommune fra {in_words(today())}.", "Neste trekk: Levanger kommune.")
    levanger.sees("Levanger de er bosatt her", within=levanger.part("Hvem har innsyn"))
    levanger.unfold("Vis tidslinjen som tabell")
    timeline = levanger.part("Tidslinje")
    levanger.sees("Registrert av politiet", "Søkt beskyttelse", VOSS, "Bosettingssamtale", within=timeline)
    levanger.sees("Forespørsel til Levanger", "Levanger", "Bosatt", within=timeline)
    levanger.unfold("hendelser")
    levanger.sees("Husstanden reiste og er bosatt", "Kommunen svarte ja", within=levanger.part("Hendelser"))
    levanger.does_not_see("Verdal", "Kommunen svarte nei")
    levanger.has_no_faults()
