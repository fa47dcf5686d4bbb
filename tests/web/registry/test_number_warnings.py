"""A number that says somebody else's birth date or sex is saved, and said everywhere that somebody can look again."""

import pytest
from django.urls import reverse

from fotfeste.platform.scope import scope
from fotfeste.registry.public import PlacementGroup, members_of
from tests.conftest import Cast
from tests.web.registry.conftest import Browse, text_of
from tests.web.registry.test_register_page import typed

pytestmark = pytest.mark.django_db

OTHER_PERSONS = "55848610150"  # of a man born on 15 April 1986
WARNED = "D-nummeret sier en annen fødselsdato. Se om det er riktig persons nummer."
SEX_TOO = "D-nummeret sier et annet kjønn. Se om det er riktig persons nummer."


@pytest.mark.req("REG-01")
def test_the_registration_warns_before_and_after_and_the_household_page_goes_on(cast: Cast, browse: Browse) -> None:
    client = browse(cast.registrar)
    sent = typed(**{"0-birth_date": "3.4.1985", "0-d_number": OTHER_PERSONS})
    checked = text_of(client.post("/registrer/", sent | {"do": "check"}))
    assert f"Olena Kovalenko: {WARNED}" in checked
    assert f"Olena Kovalenko: {SEX_TOO}" in checked
    answer = client.post("/registrer/", sent | {"do": "register"}, follow=True)
    assert f"Olena Kovalenko: {WARNED}" in text_of(answer)
    again = text_of(client.get(answer.redirect_chain[-1][0]))
    assert f"{OTHER_PERSONS} {WARNED} {SEX_TOO}" in again


@pytest.mark.req("REG-01")
def test_a_correction_and_somebody_new_are_warned_about_too(cast: Cast, browse: Browse, family: PlacementGroup) -> None:
    client = browse(cast.registrar)
    with scope(cast.registrar, cast.day):
        olena = members_of(family.pk, cast.day)[0]
    reference = family.subject.reference
    known = {
        "version": "1", "given_name": "Olena", "family_name": "Kovalenko", "sex": "female", "citizenship": "UKR",
        "language_1": "uk", "needs_interpreter": "on",
    }  # fmt: skip
    correction = known | {"birth_date": "3.5.1986", "d_number": OTHER_PERSONS, "reason": "new_document"}
    answer = client.post(reverse("correct_details", args=[reference, olena.reference]), correction, follow=True)
    assert f"Olena Kovalenko: {WARNED}" in text_of(answer)
    newcomer = known | {
        "version": "2", "given_name": "Nadia", "birth_date": "3.5.1990", "national_id": "15848610086",
        "registered_on": "14.3.2024",
    }  # fmt: skip
    answer = client.post(reverse("register_member", args=[reference]), newcomer, follow=True)
    assert "Nadia Kovalenko: Fødselsnummeret sier en annen fødselsdato." in text_of(answer)
