"""The settlement notes (interne merknader): what the centre writes down, and what IMDi passes on of it."""

import pytest
from django.urls import reverse

from fotfeste.platform.scope import scope
from fotfeste.settlement.models import SettlementNote
from tests.actions.registry.families import kovalenko, minor_alone
from tests.actions.settlement.stage import version_of
from tests.conftest import Cast
from tests.platform.markup import read
from tests.settlement_steps import due_for_interview, interviewed
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = pytest.mark.django_db


@pytest.mark.req("SET-06")
def test_notes_go_from_the_centre_to_imdi_who_passes_on_what_the_municipality_needs(cast: Cast) -> None:
    group = interviewed(cast, minor_alone())
    notes = reverse("settlement_notes", args=[reference_of(group)])
    with scope(cast.centre, cast.day):
        typed = {"version": version_of(group), "text": "Har fått time hos spesialist i Bergen."}
    with logged_in(cast, cast.centre) as centre:
        assert centre.post(notes, typed).status_code == 302
    with scope(cast.imdi, cast.day):
        passed_on = {"version": version_of(group), "passed_on": "Trenger spesialist."}
    with logged_in(cast, cast.imdi) as imdi:
        assert "Har fått time hos spesialist i Bergen." in read(imdi.get(notes).content.decode()).text
        assert imdi.post(notes, passed_on).status_code == 302
    with scope(cast.imdi, cast.day):
        found = SettlementNote.objects.order_by("pk").values_list("text", "is_passed_on")
        assert list(found) == [("Har fått time hos spesialist i Bergen.", False), ("Trenger spesialist.", True)]
    with logged_in(cast, cast.centre) as centre:
        assert "Gitt videre til kommunen" in read(centre.get(notes).content.decode()).text


@pytest.mark.req("SET-05")
def test_a_note_is_refused_while_the_interview_is_open(cast: Cast) -> None:
    group = due_for_interview(cast, kovalenko())
    with scope(cast.centre, cast.day):
        typed = {"version": version_of(group), "text": "x"}
    with logged_in(cast, cast.centre) as centre:
        response = centre.post(reverse("settlement_notes", args=[reference_of(group)]), typed)
    assert response.status_code == 422
    assert "Skriv opplysningen i selve samtalen" in read(response.content.decode()).text
