"""UDI's runs and claims, a municipality's own account, and what one amount rests on: pages and spreadsheets."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from fotfeste.access.public import Subject
from fotfeste.ledger.actions.letters import write_run_letter
from fotfeste.ledger.models import Claim, ClaimSettlement, Run
from fotfeste.ledger.public import RefusedLine, Scheme, open_claim
from fotfeste.letters.public import Letter
from fotfeste.platform.scope import scope
from fotfeste.platform.spreadsheet import Sheet, harmless, spreadsheet
from fotfeste.platform.viewer import Viewer
from tests.actions.ledger.stage import (
    FEBRUARY,
    JANUARY,
    Books,
    approved,
    due,
    keys_of,
    opened_books,
    paid,
    recorded,
    reference_of,
    taken_back,
)
from tests.conftest import Cast
from tests.web.settlement.pages import logged_in

pytestmark = [pytest.mark.django_db, pytest.mark.req("MON-03")]
BUDGET = 15


@pytest.fixture
def books(cast: Cast) -> Books:
    """People for whom money is due."""
    return opened_books(cast)


def seen(books: Books, viewer: Viewer, name: str, *args: object, query: str = "") -> str:
    """A page as the viewer reads it, within the budget of queries."""
    with logged_in(books.cast, viewer) as browser, CaptureQueriesContext(connection) as caught:
        answer = browser.get(reverse(name, args=args) + query)
    assert answer.status_code == 200, answer.status_code
    assert len(caught) <= BUDGET, [each["sql"][:100] for each in caught]
    return " ".join(answer.content.decode().replace("\u202f", " ").replace("\u2212", "-").split())


def sent(books: Books, viewer: Viewer, name: str, *args: object, **typed: object) -> int:
    """A form as the viewer sends it. Gives the status of the answer."""
    with logged_in(books.cast, viewer) as browser:
        return browser.post(reverse(name, args=args), typed).status_code


def noticed(books: Books) -> str:
    """A claim against Levanger for February. Gives its reference."""
    one = books.people[0]
    paid(books, [due(one, books.levanger, JANUARY), due(one, books.levanger, FEBRUARY)])
    paid(books, [taken_back(one, books.levanger, FEBRUARY, keys_of(books)[1:], "left_country")])
    with scope(books.cast.udi, books.cast.day):
        return open_claim(Scheme.MAMOT, books.levanger, by=books.cast.udi, at=books.cast.at).subject.reference


def test_the_list_and_the_page_of_a_run_say_state_next_step_and_sums(books: Books) -> None:
    one, other, *_ = books.people
    lines = [due(one, books.levanger, JANUARY), due(other, books.verdal, JANUARY)]
    run = recorded(books, lines, [RefusedLine(one, books.levanger, date(2025, 1, 1))])
    text = seen(books, books.cast.udi, "runs")
    assert "MAMOT til 1. april 2024" in text
    assert "beregnet" in text
    text = seen(books, books.cast.udi, "run", reference_of(run))
    assert "En saksbehandler i UDI kontrollerer." in text
    assert "17 687 kr" in text
    assert "35 374 kr" in text
    assert reverse("run_check", args=[reference_of(run)]) in text
    assert reverse("run_approve", args=[reference_of(run)]) not in text
    assert "Ingen sats gjelder for måneden" in seen(books, books.cast.udi, "run_refusals", reference_of(run))


def test_a_run_is_checked_approved_and_paid_on_its_pages(books: Books) -> None:
    run = recorded(books, [due(books.people[0], books.levanger, JANUARY)])
    reference = reference_of(run)
    assert sent(books, books.colleague, "run_check", reference) == 302
    assert sent(books, books.approver, "run_approve", reference) == 302
    assert sent(books, books.approver, "run_pay", reference) == 302
    assert sent(books, books.approver, "run_pay", reference) == 422
    with scope(books.cast.udi, books.cast.day):
        assert Run.objects.get().state == "paid"


def test_a_case_worker_does_not_approve_and_is_told_so(books: Books) -> None:
    run = recorded(books, [due(books.people[0], books.levanger, JANUARY)])
    assert sent(books, books.colleague, "run_check", reference_of(run)) == 302
    assert sent(books, books.cast.udi, "run_approve", reference_of(run)) == 403


def test_a_run_is_stopped_with_a_reason(books: Books) -> None:
    run = recorded(books, [due(books.people[0], books.levanger, JANUARY)])
    assert sent(books, books.cast.udi, "run_stop", reference_of(run), reason="") == 422
    assert sent(books, books.cast.udi, "run_stop", reference_of(run), reason="Feil måned.") == 302
    assert "Feil måned." in seen(books, books.cast.udi, "run", reference_of(run))


def test_the_lines_of_a_run_are_those_of_a_municipality_where_that_is_asked(books: Books) -> None:
    one, other, *_ = books.people
    run = recorded(books, [due(one, books.levanger, JANUARY), due(other, books.verdal, JANUARY)])
    everything = seen(books, books.cast.udi, "run_lines", reference_of(run))
    assert "Olena Kovalenko" in everything
    assert "Andrij Kovalenko" in everything
    levanger = seen(books, books.cast.udi, "run_lines", reference_of(run), query="?municipality=5037")
    assert "Linjer for Levanger" in levanger
    assert "Andrij Kovalenko" not in levanger


def test_a_municipality_reads_its_own_account_and_no_run(books: Books) -> None:
    one, other, *_ = books.people
    run = approved(books, [due(one, books.levanger, JANUARY), due(other, books.verdal, JANUARY)])
    text = seen(books, books.cast.municipality, "own_account")
    assert "gratis barnehageplass" in text
    assert "Olena Kovalenko" in text
    assert "Andrij Kovalenko" not in text
    assert "på vei" in text
    with logged_in(books.cast, books.cast.municipality) as browser:
        assert browser.get(reverse("runs")).status_code == 403
        assert browser.get(reverse("run", args=[reference_of(run)])).status_code == 403
        assert browser.get(reverse("run_sheet", args=[reference_of(run)])).status_code == 403


def test_a_line_says_everything_that_it_rests_on(books: Books) -> None:
    one = books.people[0]
    paid(books, [due(one, books.levanger, JANUARY), due(one, books.levanger, FEBRUARY)])
    paid(books, [taken_back(one, books.levanger, FEBRUARY, keys_of(books)[1:], "left_country")])
    with scope(books.cast.udi, books.cast.day):
        address = [Subject.objects.get(pk=one).reference, "2024-02"]
    for viewer in (books.cast.udi, books.cast.municipality):
        text = seen(books, viewer, "ledger_line", *address)
        for words in ("Olena Kovalenko", "-17 687 kr", "MAMOT 4.2.5", "started_month/2018-01-01", "3. januar 2024"):
            assert words in text
        for words in ("Oppgitt reist ut av landet", "Rettet av", "Retter", "februar 2024: 0 kr"):
            assert words in text
    with logged_in(books.cast, books.cast.other_municipality) as browser:
        assert browser.get(reverse("ledger_line", args=address)).status_code == 404
    with logged_in(books.cast, books.cast.imdi) as browser:
        assert browser.get(reverse("ledger_line", args=address)).status_code == 403
    with logged_in(books.cast, books.cast.udi) as browser:
        assert browser.get(reverse("ledger_line", args=[address[0], "2024-13"])).status_code == 404


@pytest.mark.req("MON-02")
def test_a_claim_goes_from_the_notice_to_the_last_krone_on_its_pages(books: Books) -> None:
    one = books.people[0]
    paid(books, [due(one, books.levanger, JANUARY), due(one, books.levanger, FEBRUARY)])
    run = paid(books, [taken_back(one, books.levanger, FEBRUARY, keys_of(books)[1:], "left_country")])
    assert "Levanger" in seen(books, books.cast.udi, "claims_after_run", reference_of(run))
    assert sent(books, books.cast.udi, "claims_after_run", reference_of(run), municipality=str(books.levanger)) == 302
    with scope(books.cast.udi, books.cast.day):
        reference = Claim.objects.select_related("subject").get().subject.reference
    assert "Oppgitt reist ut av landet" in seen(books, books.cast.municipality, "claim", reference)
    assert reverse("claim_answer", args=[reference]) in seen(books, books.cast.municipality, "own_account")
    assert sent(books, books.cast.municipality, "claim_answer", reference, answer="disputes", text="") == 422
    assert sent(books, books.cast.municipality, "claim_answer", reference, answer="disputes", text="Feil dag.") == 302
    assert "Feil dag." in seen(books, books.cast.udi, "claim", reference)
    assert sent(books, books.cast.udi, "claim_decide", reference, upheld="17 687", text="") == 403
    assert sent(books, books.colleague, "claim_decide", reference, upheld="17 000", text="") == 422
    assert sent(books, books.colleague, "claim_decide", reference, upheld="17 000", text="Noen dager.") == 302
    day = "14.3.2024"
    assert reverse("claim_settle", args=[reference]) not in seen(books, books.cast.udi, "claim", reference)
    assert sent(books, books.cast.udi, "claim_settle", reference, kind="paid", amount="17 000", on=day) == 403
    assert sent(books, books.colleague, "claim_settle", reference, kind="paid", amount="18 000", on=day) == 422
    assert sent(books, books.colleague, "claim_settle", reference, kind="paid", amount="17 000", on=day) == 302
    assert "avsluttet" in seen(books, books.cast.udi, "claims")
    with scope(books.cast.udi, books.cast.day):
        kinds = list(ClaimSettlement.objects.order_by("pk").values_list("kind", "amount_ore"))
    assert kinds == [("waived", 68_700), ("paid", 1_700_000)]


def test_another_municipality_does_not_find_the_claim(books: Books) -> None:
    reference = noticed(books)
    with logged_in(books.cast, books.cast.other_municipality) as browser:
        assert browser.get(reverse("claim", args=[reference])).status_code == 404
        assert browser.get(reverse("claim_answer", args=[reference])).status_code == 404


def test_the_spreadsheet_has_the_lines_of_the_page_with_numbers_as_numbers(books: Books) -> None:
    run = paid(books, [due(books.people[0], books.levanger, JANUARY), due(books.people[1], books.verdal, JANUARY)])
    with logged_in(books.cast, books.cast.udi) as browser:
        file = browser.get(reverse("run_sheet", args=[reference_of(run)]))
    book = load_workbook(BytesIO(file.content))
    assert book.sheetnames == ["Kommuner", "Linjer"]
    rows = list(book["Linjer"].iter_rows(values_only=True))
    assert [row[:4] for row in rows[1:]] == [
        ("Levanger", "Olena Kovalenko", rows[1][2], 17687),
        ("Verdal", "Andrij Kovalenko", rows[2][2], 17687),
    ]
    with logged_in(books.cast, books.cast.municipality) as browser:
        own = browser.get(reverse("own_account_sheet"))
    lines = list(load_workbook(BytesIO(own.content))["Linjer"].iter_rows(values_only=True))
    assert [row[0] for row in lines[1:]] == ["Olena Kovalenko"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_text_in_a_spreadsheet_is_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"
    page = load_workbook(BytesIO(spreadsheet([Sheet("Ark", [text], [[text]])])))["Ark"]
    assert {cell.data_type for row in page.iter_rows() for cell in row} == {"s"}


def test_the_tasks_of_money_are_in_the_worklist_with_names_of_their_own(books: Books) -> None:
    recorded(books, [due(books.people[0], books.levanger, JANUARY)])
    text = seen(books, books.colleague, "worklist")
    assert "Kontroller kjøringen" in text
    assert "Kjøring MAMOT til 1. april 2024" in text


def test_the_pages_are_there_in_english(books: Books) -> None:
    reference = noticed(books)
    with logged_in(books.cast, books.cast.udi) as browser:
        language = {"accept-language": "en"}
        assert "Payment runs" in browser.get(reverse("runs"), headers=language).content.decode()
        assert (
            "What the claim is about"
            in browser.get(reverse("claim", args=[reference]), headers=language).content.decode()
        )


def test_the_page_of_a_claim_and_of_a_run_lead_to_their_letters(books: Books) -> None:
    reference = noticed(books)
    with scope(books.cast.udi, books.cast.day):
        letter = Letter.objects.get(kind="claim_notice")
        run = Run.objects.select_related("subject").earliest("pk").subject.reference
    for viewer in (books.cast.udi, books.cast.municipality):
        assert reverse("letter", args=[letter.reference]) in seen(books, viewer, "claim", reference)
        text = seen(books, viewer, "letter", letter.reference)
        assert "Reist fra Norge" in text
        assert "Alle brev om husstanden" not in text
    with scope(books.approver, books.cast.day):
        told = write_run_letter(run, books.levanger, by=books.approver, at=books.cast.at)
    assert told is not None
    assert reverse("letter", args=[told.reference]) in seen(books, books.cast.udi, "run", run)
