"""What was sent along with an application."""

import pytest

from fotfeste.alternative.models import ApplicationDocument
from fotfeste.alternative.public import match_people
from fotfeste.platform.files import read, store
from fotfeste.platform.scope import scope
from tests.actions.alternative.applied import AT, DAY, application, applied, registered
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.req("ALT-11")
def test_what_was_sent_along_is_about_the_household_when_udi_has_matched_it(cast: Cast) -> None:
    group, members = registered(cast)
    made = applied(application(cast, members)).application
    both = (cast.udi.organisation_id, cast.municipality.organisation_id)
    with scope(cast.udi, DAY):
        content, kind, where = b"%PDF-1.7\n%%EOF\n", "rent_contract", "housing"
        file = store(None, "kontrakt.pdf", content, kind, compartment=where, by=cast.udi, at=AT, seen_by=both)
        ApplicationDocument.objects.create(application=made, file=file, kind="rent_contract")
        match_people(made.pk, by=cast.udi, at=AT)
        assert read(file.pk).subject_id == group
    with scope(cast.municipality, DAY):
        assert read(file.pk).subject_id == group
