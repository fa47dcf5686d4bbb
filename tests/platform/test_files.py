"""Files: what they are by their bytes, what they are called, whose they are, and that they stay as they came."""

import hashlib

import pytest
from django.db import DatabaseError, connection, transaction

from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.platform.file_names import MediaType, shown_name
from fotfeste.platform.files import file_answer, read, store, tell_whose
from fotfeste.platform.models import StoredFile
from fotfeste.platform.scope import scope
from tests.actions.letters.stage import household
from tests.conftest import Cast

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 32
SHORT = 100


def kept(cast: Cast, subject_id: int | None, name: str = "leiekontrakt.pdf", content: bytes = PDF) -> StoredFile:
    """A rent contract that UDI keeps."""
    seen_by = () if subject_id is not None else (cast.udi.organisation_id, cast.municipality.organisation_id)
    with scope(cast.udi, cast.day):
        by = {"compartment": "housing", "by": cast.udi, "at": cast.at}
        return store(subject_id, name, content, "rent_contract", seen_by=seen_by, **by)  # type: ignore[arg-type]


@pytest.mark.req("ALT-06")
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("leiekontrakt.pdf", "leiekontrakt.pdf"),
        ("C:\\Users\\kari\\avtale.PDF", "avtale.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("договір оренди.pdf", "договір оренди.pdf"),
        ("avtale v1.2", "avtale v1.2.pdf"),
        ("leie.mars", "leie.mars.pdf"),
        ("faktura\u202efdp.pdf", "fakturafdp.pdf"),
        ("a\0b\r\nc\u200b\u200d.pdf", "ab  c.pdf"),
        ("", "fil.pdf"),
        (" . .pdf", "fil.pdf"),
        ('"><script>.pdf', "script.pdf"),
        ("x" * 400 + ".pdf", "x" * 96 + ".pdf"),
    ],
)
def test_a_name_is_shown_without_what_misleads(name: str, shown: str) -> None:
    assert shown_name(name, MediaType.PDF, SHORT) == shown


@pytest.mark.req("ALT-06")
@pytest.mark.parametrize(
    ("name", "content"),
    [("bilde.jpg", PDF), ("avtale.pdf", PNG), ("avtale.pdf", JPEG), ("avtale.pdf.exe", PDF), ("side.html", PNG)],
)
@pytest.mark.django_db
def test_a_file_that_claims_to_be_something_else_is_refused(cast: Cast, name: str, content: bytes) -> None:
    with pytest.raises(Refused) as refused:
        kept(cast, household(cast), name, content)
    assert (refused.value.code, refused.value.field) == ("file_claims_other_type", "file")


@pytest.mark.req("ALT-06")
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_is_empty"),
        (b"<html><script>alert(1)</script></html>", "file_type_not_taken"),
        (b"MZ" + b"\0" * 100, "file_type_not_taken"),
        (b"PK\x03\x04" + b"\0" * 100, "file_type_not_taken"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "file_type_not_taken"),
        (PDF + b"\0" * 10_000_000, "file_too_large"),
    ],
)
@pytest.mark.django_db
def test_what_is_not_taken_is_refused_with_its_reason(cast: Cast, content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        kept(cast, household(cast), "avtale.pdf", content)
    assert (refused.value.code, refused.value.field) == (code, "file")


@pytest.mark.django_db
def test_a_file_is_read_as_it_came_and_saved_rather_than_opened(cast: Cast) -> None:
    file = kept(cast, household(cast), "bilde av avtalen.jpeg", JPEG)
    with scope(cast.udi, cast.day):
        answer = file_answer(read(file.pk))
    assert answer.content == JPEG
    assert file.sha256 == hashlib.sha256(JPEG).hexdigest()
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == 'attachment; filename="bilde av avtalen.jpeg"'


@pytest.mark.req("ACS-01")
@pytest.mark.django_db
def test_a_file_without_a_subject_is_for_those_named_until_it_is_told_once_whose_it_is(cast: Cast) -> None:
    subject_id = household(cast)
    file = kept(cast, None)
    for viewer, sees in ((cast.udi, True), (cast.municipality, True), (cast.centre, False), (cast.registrar, False)):
        with scope(viewer, cast.day):
            assert StoredFile.objects.filter(pk=file.pk).exists() is sees
    with scope(cast.udi, cast.day):
        tell_whose(file.pk, subject_id)
        with pytest.raises(NotFound):
            tell_whose(file.pk, subject_id)
    with scope(cast.other_municipality, cast.day), pytest.raises(NotFound):
        read(file.pk)


@pytest.mark.req("ACS-01")
@pytest.mark.django_db
def test_nobody_keeps_a_file_about_somebody_they_do_not_know_of(cast: Cast) -> None:
    subject_id = household(cast)
    by = cast.other_municipality
    with scope(by, cast.day), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        store(subject_id, "a.pdf", PDF, "rent_contract", compartment="housing", by=by, at=cast.at)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ("UPDATE platform_file SET content = '\\x25' WHERE id = %s", "stays as it came"),
        ("UPDATE platform_file SET name = 'annet.pdf' WHERE id = %s", "stays as it came"),
        ("UPDATE platform_file SET subject_id = NULL WHERE id = %s", "stays as it came"),
        ("DELETE FROM platform_file WHERE id = %s", "stays as it came|permission denied"),
    ],
)
@pytest.mark.django_db
def test_the_database_keeps_a_file_as_it_came(cast: Cast, change: str, refusal: str) -> None:
    file = kept(cast, household(cast))
    with (
        scope(cast.udi, cast.day),
        pytest.raises(DatabaseError, match=refusal),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change, [file.pk])


@pytest.mark.django_db
def test_the_database_counts_and_hashes_what_it_keeps(cast: Cast) -> None:
    file = kept(cast, household(cast))
    for changed, refusal in (({"sha256": "0" * 64}, "file_hash_true"), ({"size": 7}, "file_size_true")):
        with scope(cast.udi, cast.day):
            copy = StoredFile.objects.get(pk=file.pk)
            vars(copy).update(pk=None, id=None, reference="0123456789ab", **changed)
            with pytest.raises(DatabaseError, match=refusal), transaction.atomic():
                copy.save(force_insert=True)
