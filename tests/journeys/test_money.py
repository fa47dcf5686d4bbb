"""Money follows the facts: what comes late is held back, or claimed, and nobody approves their own run."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Locator

from fotfeste.platform.clock import today
from fotfeste.platform.words import day as in_words
from fotfeste.platform.words import kroner
from fotfeste.platform.words import month as month_in_words
from tests.journeys.conftest import Walk, walking
from tests.journeys.country import Country, Server, run_in
from tests.journeys.loaded import Loaded
from tests.journeys.reopening import RATE, SOURCE, quarter
from tests.journeys.steps import typed
from tests.journeys.walker import Walker

TWO, THREE = 2, 3  # in the households of whom money is taken back; in the one that came later


@dataclass
class Paid:
    """A country where a run is paid: who walks there, and the households' references."""

    country: Country
    walk: Walk
    references: Mapping[str, str]

    def address(self, name: str) -> str:
        """The page of a household."""
        return f"/husstand/{self.references[name]}/"

    def do_jobs(self) -> None:
        """What the worker has to do, done."""
        run_in(self.country, "django", "procrastinate", "worker", "--one-shot")


@pytest.fixture
def paid(
    loaded: Loaded, worker_id: str, reopened: str, tmp_path_factory: pytest.TempPathFactory, browser: Browser
) -> Iterator[Paid]:
    """A country of its own for each walk: the books of a scheme are one, and each run rests on the one before."""
    with loaded.copied(f"{worker_id}_paid", reopened) as country:
        references = json.loads(run_in(country, "tests.journeys.preparation", "paid"))
        server = Server(country, tmp_path_factory.mktemp("paid") / "server.log")
        server.start()
        with walking(server, browser) as walk:
            yield Paid(country, walk, references)
        server.kill()


@pytest.mark.journey
@pytest.mark.req("MON-02", "MON-03", "MON-04", "SET-12")
def test_a_late_settlement_is_taken_back_and_held_against_the_next_run(paid: Paid) -> None:
    imdi, udi, approver, levanger = (paid.walk(f"demo-{who}") for who in ("imdi", "udi", "udi-tilskudd", "levanger"))
    settled_on = quarter(2) + timedelta(days=9)
    _is_settled_late(imdi, paid, settled_on)

    first = _computes(udi, paid, quarter(1))
    owed = TWO * 2 * RATE  # two months of two people: the one in which they were settled stays due
    udi.sees(amount(-owed), within=_row(udi, "Levanger"))
    _is_not_approved_by_who_computed_it(udi, first)
    _is_approved_and_paid(approver, first, quarter(1))
    levanger.go("/kommunen/tilskudd/")
    levanger.sees(f"MAMOT: {amount(-owed)}. Dette trekkes fra det neste dere skal ha, eller kreves tilbake.")
    levanger.has_no_faults()

    second = _computes(udi, paid, quarter(0))
    due = THREE * 2 * RATE  # the newcomers' two months of the quarter
    udi.sees(amount(due), amount(-owed), amount(due - owed), within=_row(udi, "Levanger"))
    udi.go(f"{second}kontroller/")
    udi.press("Kontrollert")
    _is_approved_and_paid(approver, second, quarter(0))
    levanger.go("/kommunen/tilskudd/")
    levanger.does_not_see("Dette trekkes fra det neste dere skal ha")
    levanger.sees(
        "trukket fra",
        f"{amount(due)} {amount(-owed)} {amount(due - owed)} betalt",
        within=levanger.part("Betalt og på vei"),
    )
    _explains_what_was_taken_back(levanger, settled_on)


@pytest.mark.journey
@pytest.mark.req("MON-02", "MON-03", "ALT-08")
def test_a_departure_abroad_becomes_a_claim_that_is_answered_and_decided_by_another(paid: Paid) -> None:
    verdal, udi, approver = (paid.walk(f"demo-{who}") for who in ("verdal", "udi", "udi-tilskudd"))
    left_on = quarter(2) + timedelta(days=3)
    _has_left_the_country(verdal, paid, left_on)
    run = _computes(udi, paid, quarter(1))
    udi.follow("Kontroller")
    udi.press("Kontrollert")
    _is_approved_and_paid(approver, run, quarter(1))

    owed = TWO * 2 * RATE
    claim = _is_noticed(udi, quarter(1), owed)
    _is_disputed(verdal, claim, owed, quarter(2))
    udi.go(claim)
    udi.sees("Du har varslet kravet. En annen må avgjøre det.", "En annen i UDI enn den som varslet, avgjør.")
    assert udi.page.get_by_role("link", name="Avgjør").count() == 0
    udi.has_no_faults()
    _is_decided(approver, claim, owed)
    verdal.go(claim)
    verdal.sees("avgjort", "Kravet er satt ned", amount(owed - RATE), "Danylo hadde kontrakt ut måneden.")
    verdal.sees(f"Kommunen betaler {amount(owed - RATE)} innen", "ettergitt", amount(RATE))
    verdal.has_no_faults()


def _has_left_the_country(verdal: Walker, paid: Paid, left_on: date) -> None:
    """The municipality has found out at a control; what the day changes is shown before it is saved."""
    verdal.go(paid.address("gone"))
    verdal.unfold("Registrer")
    verdal.follow("Avslutt avtalen om å bo privat")
    verdal.tick("Reist ut av landet")
    verdal.fill("Første dag uten støtte", typed(left_on))
    verdal.press("Vis hva det betyr i penger")
    verdal.sees(month_in_words(quarter(1) - timedelta(days=1)), within=verdal.part("Dette betyr i penger"))
    verdal.has_no_faults()
    verdal.press("Avslutt avtalen")
    verdal.sees("Avtalen er avsluttet.")


def _is_noticed(udi: Walker, through: date, owed: int) -> str:
    """UDI sees who owes where nobody lives any more, and gives notice. Gives the claim's address."""
    udi.begin_task("Se hvem som skylder penger tilbake", f"Kjøring MAMOT til {in_words(through)}")
    udi.tick(f"Verdal: {kroner(owed)}")
    udi.press("Varsle kravet")
    udi.sees("Kravet er varslet. Kommunen har fått en oppgave.", "Krav MAMOT, Verdal", amount(owed))
    udi.sees("Ruslana Chornous", "Danylo Chornous", "Oppgitt reist ut av landet")
    udi.has_no_faults()
    return udi.path


def _is_disputed(verdal: Walker, claim: str, owed: int, first: date) -> None:
    """The municipality reads each person, month and cause, and disagrees."""
    verdal.go(claim)
    verdal.sees(amount(owed), "Ruslana Chornous", "Oppgitt reist ut av landet")
    verdal.has_no_faults()
    verdal.begin_task("Svar på kravet", "Krav MAMOT, Verdal")
    verdal.tick("Vi er uenige")
    verdal.press("Send svaret")
    verdal.sees("Skriv hva")
    verdal.fill("Hva er dere uenige i?", "Den ene bodde her måneden ut.")
    verdal.press("Send svaret")
    verdal.sees("Svaret er sendt til UDI.", "besvart", "Den ene bodde her måneden ut.")


def _is_decided(approver: Walker, claim: str, owed: int) -> None:
    """Somebody else than who gave notice reduces it, with a reason."""
    approver.begin_task("Avgjør kravet", "Krav MAMOT, Verdal")
    approver.sees("Du kan ikke avgjøre et krav du selv har varslet.")
    approver.has_no_faults()
    approver.fill("Hvor mye av kravet står, i kroner?", amount(owed - RATE))
    approver.fill("Begrunnelse", "Danylo hadde kontrakt ut måneden.")
    approver.press("Avgjør")
    approver.sees("Kravet er avgjort.", "Kravet er satt ned", "ettergitt")
    assert approver.path == claim


def _is_settled_late(imdi: Walker, paid: Paid, settled_on: date) -> None:
    """IMDi and the municipality agreed months ago; the form says what the day means in money."""
    imdi.go(f"{paid.address('late')}bosett-der-de-bor/")
    imdi.fill("Dagen dere ble enige med kommunen", typed(settled_on))
    imdi.fill("Hvem i kommunen", "Merethe Eie")
    imdi.fill("Bosatt fra", typed(settled_on))
    imdi.fill("Hvem i husstanden vet det, og vil bli boende", "Olesia og Vadym Hrynko")
    imdi.choose("Språket de fikk vite det på", "ukrainsk")
    imdi.press("Bosett dem")
    imdi.sees("Husstanden er bosatt der den bor.", "Bosatt i Levanger kommune")


def _computes(udi: Walker, paid: Paid, through: date) -> str:
    """A case worker asks for a run, and it is computed. Gives its address."""
    month = month_in_words(through - timedelta(days=1))
    udi.go("/tilskudd/beregn/")
    udi.choose("Ordning og periode", f"MAMOT til og med {month}")
    udi.press("Vis hva den gir")
    udi.sees(f"MAMOT til og med {month}: dette vil den gi")
    udi.has_no_faults()
    udi.press("Start kjøringen")
    udi.sees("Kjøringen beregnes nå.")
    paid.do_jobs()
    udi.go("/tilskudd/kjoringer/")
    udi.follow(f"MAMOT til {in_words(through)}")
    udi.sees("beregnet", "En saksbehandler i UDI kontrollerer.")
    udi.has_no_faults()
    return udi.path


def _is_not_approved_by_who_computed_it(udi: Walker, run: str) -> None:
    """They have the role of an approver too, and still it is another's to approve."""
    udi.go(run)
    udi.follow("Kontroller")
    udi.press("Kontrollert")
    udi.sees("Du har beregnet eller kontrollert kjøringen. En annen må godkjenne den.")
    assert udi.page.get_by_role("link", name="Godkjenn").count() == 0
    udi.go(f"{run}godkjenn/")
    udi.sees("Du kan ikke godkjenne en kjøring du selv har beregnet eller kontrollert.")
    udi.press("Godkjenn")
    udi.sees("En annen må godkjenne den.", "Ingenting er lagret.")
    udi.go(run)
    udi.sees("kontrollert", "En annen enn den som beregnet og kontrollerte, godkjenner.")


def _is_approved_and_paid(approver: Walker, run: str, through: date) -> None:
    """Another approves from the task, and pays."""
    name = f"Kjøring MAMOT til {in_words(through)}"
    approver.begin_task("Godkjenn kjøringen", name)
    approver.has_no_faults()
    approver.press("Godkjenn")
    approver.sees("Kjøringen er godkjent. Nå kan den betales.")
    approver.begin_task("Betal kjøringen", name)
    approver.press("Betal")
    approver.sees("Kjøringen er betalt.", "Ingen. Kjøringen er ferdig.")
    assert approver.path == run


def amount(ore: int) -> str:
    """An amount as a page says it, with plain spaces."""
    return " ".join(kroner(ore).split())


def _row(walker: Walker, municipality: str) -> Locator:
    """A municipality's row on the page of a run."""
    return walker.part("Hver kommune").locator("tbody tr").filter(has_text=municipality)


def _explains_what_was_taken_back(levanger: Walker, settled_on: date) -> None:
    """From the amount to the fact: which day, who told, when we knew, by which rate."""
    lines = levanger.part("Hver linje").locator("tbody tr").filter(has_text=amount(-RATE))
    assert lines.count() == TWO * 2
    levanger.follow("Olesia Hrynko", within=lines.filter(has_text="Olesia").first)
    levanger.sees(
        "Meldt av IMDi",
        f"Kjent fra {in_words(today())}",
        SOURCE,
        "Avtalt bosetting",
        in_words(settled_on - timedelta(days=1)),
    )
    levanger.has_no_faults()
