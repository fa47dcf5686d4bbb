"""To write a letter: kept with its PDF and its facts, behind the compartment it names."""

from io import BytesIO

import pytest
from django.db import DatabaseError, connection, transaction
from pypdf import PdfReader

from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.letters.public import Letter, LetterStatus
from fotfeste.platform.files import read
from fotfeste.platform.models import StoredFile
from fotfeste.platform.scope import scope
from tests.actions.letters.stage import household, letter_to_people
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.req("ALT-07")
def test_a_letter_is_kept_with_its_pdf_its_words_and_its_facts(cast: Cast) -> None:
    letter = letter_to_people(cast, household(cast))
    with scope(cast.udi, cast.day):
        kept = Letter.objects.get(pk=letter.pk)
        file = read(kept.file_id)
    assert kept.status == LetterStatus.DRAFT
    assert kept.facts["start_on"] == "2024-03-20"
    assert kept.written["is_checked"] is False
    assert file.media_type == "application/pdf"
    assert "20 березня 2024" in PdfReader(BytesIO(file.content)).pages[0].extract_text()


@pytest.mark.req("ACS-01")
def test_a_letter_and_its_file_are_there_for_those_alone_whom_its_compartment_is_open_to(cast: Cast) -> None:
    letter = letter_to_people(cast, household(cast))
    for viewer, sees in ((cast.udi, True), (cast.centre, True), (cast.municipality, True), (cast.registrar, False)):
        with scope(viewer, cast.day):
            assert Letter.objects.filter(pk=letter.pk).exists() is sees
            assert StoredFile.objects.filter(pk=letter.file_id).exists() is sees
    with scope(cast.other_municipality, cast.day), pytest.raises(NotFound):
        read(letter.file_id)


def test_a_letter_with_a_hole_in_it_is_not_written(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        letter_to_people(cast, household(cast), facts={"municipality": ""})
    assert refused.value.code == "letter_facts_missing"


def test_a_letter_that_would_show_a_box_for_a_sign_is_not_written(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        letter_to_people(cast, household(cast), facts={"municipality": "Levanger \u0663"})
    assert (refused.value.code, refused.value.params) == ("letter_cannot_show", {"sign": "\u0663"})


def test_a_letter_to_people_goes_to_no_organisation(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        letter_to_people(cast, household(cast), kind="claim_notice", language="nb")
    assert refused.value.code == "letter_without_receiver"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE letters_letter SET written = '{}' WHERE id = %s",
        "UPDATE letters_letter SET facts = '{}' WHERE id = %s",
        "DELETE FROM letters_letter WHERE id = %s",
        "UPDATE letters_letter SET status = 'opened' WHERE id = %s",
    ],
)
def test_the_database_keeps_a_letter_as_it_was_written(cast: Cast, statement: str) -> None:
    letter = letter_to_people(cast, household(cast))
    with (
        scope(cast.udi, cast.day),
        pytest.raises(DatabaseError, match=r"stays as it was written|no step|permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [letter.pk])
