"""What was sent along with an application."""

import pytest

from fotfeste.access.public import ProtectionLevel, Role
from fotfeste.alternative.models import ApplicationDocument
from fotfeste.alternative.public import (
    Application,
    ApplicationPerson,
    FilledInBy,
    Party,
    apply_for,
    by_link,
    match_people,
)
from fotfeste.kernel.errors import NotFound
from fotfeste.platform.files import read, store
from fotfeste.platform.models import StoredFile
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import protect_household
from tests.actions.alternative.applied import AT, DAY, application, applied, registered
from tests.actions.registry.test_protection import colleague
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


def sent_along(cast: Cast, made: Application) -> StoredFile:
    """A rent contract that came with an application of nobody known."""
    both = (cast.udi.organisation_id, cast.municipality.organisation_id)
    with scope(cast.udi, DAY):
        content, kind, where = b"%PDF-1.7\n%%EOF\n", "rent_contract", "housing"
        file = store(None, "kontrakt.pdf", content, kind, compartment=where, by=cast.udi, at=AT, seen_by=both)
        ApplicationDocument.objects.create(application=made, file=file, kind="rent_contract")
        return file


@pytest.mark.req("ALT-11")
def test_what_was_sent_along_is_about_the_household_when_udi_has_matched_it(cast: Cast) -> None:
    group, members = registered(cast)
    made = applied(application(cast, members)).application
    file = sent_along(cast, made)
    with scope(cast.udi, DAY):
        match_people(made.pk, by=cast.udi, at=AT)
        assert read(file.pk).subject_id == group
    with scope(cast.municipality, DAY):
        assert read(file.pk).subject_id == group


def finds(viewer: Viewer, made: Application, file: StoredFile) -> tuple[bool, bool, bool]:
    """Whether somebody finds an application, a name in it, and what was sent with it."""
    with scope(viewer, DAY):
        try:
            is_read = bool(read(file.pk))
        except NotFound:
            is_read = False
        people = ApplicationPerson.objects.filter(application_id=made.pk)
        return Application.objects.filter(pk=made.pk).exists(), people.exists(), is_read


@pytest.mark.req("REG-08")
def test_an_unmatched_application_of_somebody_protected_is_there_for_the_named_and_by_its_link(cast: Cast) -> None:
    group, members = registered(cast)
    sent = applied(application(cast, members))
    file, other = sent_along(cast, sent.application), colleague(cast.udi, Role.UDI_CASEWORKER, "udi-2")
    assert finds(other, sent.application, file) == (True, True, True)
    assert finds(cast.municipality, sent.application, file) == (False, False, True)
    with scope(cast.udi, DAY):
        protect_household(group, ProtectionLevel.CONFIDENTIAL, DAY, by=cast.udi, at=AT)
    assert finds(other, sent.application, file) == (False, False, False)
    assert finds(cast.municipality, sent.application, file) == (False, False, False)
    assert finds(cast.udi, sent.application, file) == (True, True, True)
    with by_link(sent.links[Party.APPLICANT], DAY):
        assert Application.objects.filter(pk=sent.application.pk).exists()
    with scope(cast.udi, DAY):
        assert match_people(sent.application.pk, by=cast.udi, at=AT) == group


@pytest.mark.req("REG-08")
def test_whoever_types_an_application_sees_it_whether_or_not_somebody_in_it_is_protected(cast: Cast) -> None:
    group, members = registered(cast)
    other = colleague(cast.udi, Role.UDI_CASEWORKER, "udi-2")
    with scope(cast.udi, DAY):
        protect_household(group, ProtectionLevel.CONFIDENTIAL, DAY, by=cast.udi, at=AT)
    with scope(other, DAY):
        typed = application(cast, members, filled_in_by=FilledInBy.STAFF, signer_name="")
        made = apply_for(typed, by=other, at=AT).application
    with scope(other, DAY):
        assert Application.objects.filter(pk=made.pk).exists()
        assert ApplicationPerson.objects.filter(application_id=made.pk).count() == len(members)
