"""The books' letters to a municipality: each person, month, cause and amount, the deadline, and nobody protected."""

from datetime import timedelta
from io import BytesIO

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from pypdf import PdfReader

from fotfeste.access.public import ProtectionLevel
from fotfeste.directory.public import Municipality
from fotfeste.kernel.errors import Refused
from fotfeste.ledger.actions.letters import write_run_letter
from fotfeste.ledger.public import Scheme, answer_claim, decide_claim, open_claim
from fotfeste.letters.public import Letter, LetterStatus
from fotfeste.platform.files import read
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import protect_household
from tests.actions.ledger.stage import (
    FEBRUARY,
    JANUARY,
    RATE_2024,
    Books,
    approved,
    due,
    keys_of,
    opened_books,
    paid,
    reference_of,
    taken_back,
)
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("MON-02", "MON-03")]


@pytest.fixture
def books(cast: Cast) -> Books:
    """Levanger has been paid for two people's February, and owes both: they had left, or were settled."""
    books = opened_books(cast)
    one, other, *_ = books.people
    paid(books, [due(who, books.levanger, month) for who in (one, other) for month in (JANUARY, FEBRUARY)])
    _, first, _, second = keys_of(books)
    back = [
        taken_back(one, books.levanger, FEBRUARY, [first], "left_country"),
        taken_back(other, books.levanger, FEBRUARY, [second], "agreed_settlement"),
    ]
    paid(books, back)
    return books


def noticed(books: Books) -> str:
    """The claim, prepared by the first case worker. Gives its reference."""
    with scope(books.cast.udi, books.cast.day):
        return open_claim(Scheme.MAMOT, books.levanger, by=books.cast.udi, at=books.cast.at).subject.reference


def decided(books: Books, reference: str, upheld_ore: int, text: str = "") -> None:
    """Decided by the colleague, after the deadline where nobody answered."""
    at = books.cast.at + timedelta(days=30)
    with scope(books.colleague, at.date()):
        decide_claim(reference, upheld_ore, text, by=books.colleague, at=at)


def read_by(books: Books, viewer: Viewer, kind: str) -> tuple[Letter, str]:
    """The letter of a kind as one who reads it has it: the row and the text of its PDF."""
    with scope(viewer, books.cast.day):
        letter = Letter.objects.get(kind=kind)
        file = read(letter.file_id)
    pages = PdfReader(BytesIO(bytes(file.content))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    return letter, text.replace("\u202f", " ").replace("\u00a0", " ")


def test_a_notice_is_a_letter_to_the_right_unit_with_each_person_month_cause_and_amount(books: Books) -> None:
    noticed(books)
    letter, text = read_by(books, books.cast.municipality, "claim_notice")
    assert (letter.status, letter.way, letter.language) == (LetterStatus.DELIVERED, "unit", "nb")
    assert "Levanger har fått 35 374 kr for mye i tilskudd" in text
    assert "Olena Kovalenko februar 2024 Reist fra Norge 17 687 kr" in text
    assert "Andrij Kovalenko februar 2024 Bosatt 17 687 kr" in text
    assert "Sum 35 374 kr" in text
    assert "innen 4. april 2024" in text
    for stranger in (books.cast.other_municipality, books.cast.centre, books.cast.imdi):
        with scope(stranger, books.cast.day):
            assert not Letter.objects.exists()


def test_a_notice_to_a_municipality_that_writes_nynorsk_is_in_nynorsk(books: Books) -> None:
    Municipality.objects.filter(organisations=books.levanger).update(written_form="nynorsk")
    noticed(books)
    assert "Reist frå Noreg" in read_by(books, books.cast.municipality, "claim_notice")[1]


@pytest.mark.req("REG-08")
def test_a_letter_names_nobody_whose_address_is_protected_and_its_sum_stands(books: Books) -> None:
    with scope(books.cast.udi, books.cast.day):
        protect_household(
            books.group, ProtectionLevel.CONFIDENTIAL, books.cast.day, by=books.cast.udi, at=books.cast.at
        )
    noticed(books)
    letter, text = read_by(books, books.cast.municipality, "claim_notice")
    assert "Kovalenko" not in text
    assert "Kovalenko" not in str(letter.facts)
    assert letter.also_about == []
    assert "35 374 kr gjelder linjer som vi ikke skriver ut i brev." in text
    assert "Vises bare i Fotfeste 35 374 kr" in text
    assert "Sum 35 374 kr" in text


def test_a_decision_that_stands_has_its_lines_and_the_deadline(books: Books) -> None:
    decided(books, noticed(books), 2 * RATE_2024)
    letter, text = read_by(books, books.cast.municipality, "claim_decision")
    assert letter.status == LetterStatus.DELIVERED
    assert "Levanger skal betale tilbake 35 374 kr" in text
    assert "Vi har ikke fått svar på varselet" in text
    assert "Olena Kovalenko februar 2024 Reist fra Norge 17 687 kr" in text
    assert "Betal innen" in text


def test_a_claim_that_is_set_down_or_dropped_says_why(books: Books) -> None:
    reference = noticed(books)
    with scope(books.cast.municipality, books.cast.day):
        answer_claim(reference, "disputes", "De var her.", by=books.cast.municipality, at=books.cast.at)
    decided(books, reference, 0, "Dere meldte fra i tide.")
    text = read_by(books, books.cast.municipality, "claim_decision")[1]
    assert "Levanger skal ikke betale tilbake noe." in text
    assert "Grunnen er: Dere meldte fra i tide." in text
    assert "Betal innen" not in text


def told(books: Books, reference: str, municipality_id: int) -> Letter | None:
    """The job's act, by whoever paid."""
    with scope(books.approver, books.cast.day):
        return write_run_letter(reference, municipality_id, by=books.approver, at=books.cast.at)


def test_a_run_tells_a_municipality_what_it_pays_once(cast: Cast) -> None:
    books = opened_books(cast)
    one, other, *_ = books.people
    run = reference_of(paid(books, [due(one, books.levanger, JANUARY), due(other, books.verdal, JANUARY)]))
    assert told(books, run, books.levanger) is not None
    assert told(books, run, books.levanger) is None
    letter, text = read_by(books, books.cast.municipality, "grant_letter")
    assert (letter.status, letter.way) == (LetterStatus.DELIVERED, "unit")
    assert "Levanger får 17 687 kr for" in text
    assert "Olena Kovalenko januar 2024 Måned i ordningen 17 687 kr" in text
    assert "Andrij" not in text
    with scope(cast.other_municipality, cast.day):
        assert not Letter.objects.exists()


@pytest.mark.req("MON-05")
def test_a_municipality_is_told_that_the_grant_is_for_kindergarten_and_not_for_school(cast: Cast) -> None:
    books = opened_books(cast)
    run = reference_of(paid(books, [due(books.people[0], books.levanger, JANUARY)]))
    told(books, run, books.levanger)
    _, text = read_by(books, books.cast.municipality, "grant_letter")
    assert "gratis barnehageplass" in text
    assert "Skole dekkes ikke av tilskuddet" in text


def test_paying_a_run_asks_for_a_letter_to_each_whose_lines_are_in_it(cast: Cast) -> None:
    books = opened_books(cast)
    one, other, *_ = books.people
    paid(books, [due(one, books.levanger, JANUARY), due(other, books.verdal, JANUARY)])
    name = "fotfeste.ledger.tasks.write_letter_of_run"
    asked = ProcrastinateJob.objects.filter(task_name=name).values_list("args__municipality_id", flat=True)
    assert sorted(asked) == sorted([books.levanger, books.verdal])


def test_a_run_that_is_not_paid_tells_nobody(cast: Cast) -> None:
    books = opened_books(cast)
    run = reference_of(approved(books, [due(books.people[0], books.levanger, JANUARY)]))
    with pytest.raises(Refused, match="run_is_not_paid"):
        told(books, run, books.levanger)


@pytest.mark.req("REG-08")
def test_a_run_that_pays_for_somebody_protected_names_them_to_nobody(cast: Cast) -> None:
    books = opened_books(cast)
    run = reference_of(paid(books, [due(books.people[0], books.levanger, JANUARY)]))
    with scope(cast.udi, cast.day):
        protect_household(books.group, ProtectionLevel.CONFIDENTIAL, cast.day, by=cast.udi, at=cast.at)
    told(books, run, books.levanger)
    _, text = read_by(books, cast.municipality, "grant_letter")
    assert "Kovalenko" not in text
    assert "Sum 17 687 kr" in text
