"""Living privately: what was sent by nobody known, a letter about several, and the books without a name."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from fotfeste.access.public import Compartment
from fotfeste.alternative.models import Application, ApplicationDocument, Confirmation
from fotfeste.platform.files import store
from fotfeste.platform.scope import scope
from fotfeste.retention.domain.types import Outcome
from tests.actions.settlement.stage import queued
from tests.conftest import Cast
from tests.properties.whole import rows
from tests.properties.whole import run as sql
from tests.retention.stage import FOUND_ON, GONE_ON, done_with, night

pytestmark = pytest.mark.req("ACS-04")
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def sent_by_nobody_known(cast: Cast) -> int:
    """An application that is matched with nobody, with a contract and a link that was renewed a month later."""
    with scope(cast.udi, cast.day):
        application = Application.objects.create(
            scheme="amot",
            procedure="alone",
            municipality_id=cast.municipality.organisation_id,
            filled_in_by="applicant",
            received_on=cast.day,
            recorded_at=cast.at,
            recorded_by_organisation_id=cast.udi.organisation_id,
        )
        known = {"compartment": Compartment.HOUSING, "by": cast.udi, "at": cast.at}
        seen_by = [cast.udi.organisation_id]
        file = store(None, "kontrakt.pdf", PDF, "rent_contract", seen_by=seen_by, **known)  # type: ignore[arg-type]
        ApplicationDocument.objects.create(application=application, file=file, kind="rent_contract")
        Confirmation.objects.create(
            application=application,
            party="applicant",
            token_hash="x",
            sent_on=cast.day,
            expires_on=cast.day + timedelta(days=1),
            recorded_at=cast.at + timedelta(days=31),
        )
    return file.pk


def test_an_application_of_nobody_known_goes_with_its_files_when_all_of_it_is_over(
    committed_cast: Cast, own: Path
) -> None:
    sent_by_nobody_known(committed_cast)
    there = "SELECT (SELECT count(*) FROM platform_file), (SELECT count(*) FROM alternative_applicationdocument)"
    applications = "SELECT count(*) FROM alternative_application"
    night(date(2024, 9, 13), own)
    assert rows(there) == [(1, 1)]
    night(date(2024, 9, 16), own)
    assert rows(there) == [(0, 0)]
    assert rows(applications) == [(1,)]  # its newest link is not over yet
    night(date(2024, 10, 16), own)
    assert rows(applications) == [(0,)]


def test_a_letter_and_a_file_about_several_go_with_the_first_of_them_and_what_was_sent_along_too(
    committed_cast: Cast, own: Path
) -> None:
    cast = committed_cast
    group, olena, *_ = done_with(cast)
    other = queued(cast)  # looks like the first: somebody has said that they are others
    sql("UPDATE registry_duplicateproposal SET answer = 'different' WHERE answer = ''")
    with scope(cast.udi, cast.day):
        known = {"compartment": Compartment.HOUSING, "by": cast.udi, "at": cast.at}
        store(other, "begge.pdf", PDF, "letter", also_about=[olena], **known)  # type: ignore[arg-type]
        file = store(group, "leie.pdf", PDF, "rent_contract", **known)  # type: ignore[arg-type]
        application = Application.objects.get(subject_id=group)
        ApplicationDocument.objects.create(application=application, file=file, kind="rent_contract")
        store(other, "alene.pdf", PDF, "letter", **known)  # type: ignore[arg-type]
    assert rows("SELECT count(*) > 0 FROM letters_letter") == [(True,)]
    night(FOUND_ON, own)
    report = night(GONE_ON, own)
    assert report.of(Outcome.FAILED) == 0
    assert rows("SELECT name FROM platform_file") == [("alene.pdf",)]
    assert rows(
        "SELECT (SELECT count(*) FROM letters_letter), (SELECT count(*) FROM alternative_applicationdocument)"
    ) == [(0, 0)]
