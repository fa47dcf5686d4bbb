"""IMDi passes on to a municipality what it needs to know of a minor: the form, and who sees what on the pages."""

import pytest
from django.urls import reverse

from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.public import pass_on
from tests.actions.settlement.stage import queued, requested, version_of
from tests.conftest import Cast
from tests.platform.markup import read
from tests.settlement_steps import placed
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = pytest.mark.django_db
SECRET = "Ønsker å bo nær søsken."


def words(cast: Cast, viewer: Viewer, name: str, group: int, status: int = 200) -> str:
    """The words of a page about the household as the viewer gets it."""
    with logged_in(cast, viewer) as browser:
        answer = browser.get(reverse(name, args=[reference_of(group)]))
    assert answer.status_code == status
    return " ".join(read(answer.content.decode()).text.split())


@pytest.mark.req("SET-06")
def test_what_imdi_passes_on_is_shown_to_the_municipality_with_who_and_when(cast: Cast) -> None:
    group = requested(cast, queued(cast, is_unaccompanied=True))
    form = words(cast, cast.imdi, "pass_on", group)
    assert SECRET in form
    assert "Kommunen som er spurt, ser teksten" in form
    assert "Gi opplysninger videre til kommunen" in words(cast, cast.imdi, "household", group)
    assert "IMDi har ikke gitt noe videre ennå." in words(cast, cast.municipality, "household", group)
    with scope(cast.imdi, cast.day):
        typed = {"version": version_of(group), "text": "Bør bo nær søsken."}
    with logged_in(cast, cast.imdi) as browser:
        answer = browser.post(reverse("pass_on", args=[reference_of(group)]), typed)
    assert answer.status_code == 302
    for page in ("household", "answer_request"):
        shown = words(cast, cast.municipality, page, group)
        assert "Gitt videre av IMDi" in shown
        assert "Bør bo nær søsken." in shown
        assert "14. mars 2024" in shown
        assert "Imdi" in shown
        assert SECRET not in shown
    assert "IMDi ga opplysninger videre til kommunen" in words(cast, cast.municipality, "household", group)


@pytest.mark.req("SET-06")
def test_nothing_typed_passes_nothing_on(cast: Cast) -> None:
    group = requested(cast, queued(cast, is_unaccompanied=True))
    with scope(cast.imdi, cast.day):
        typed = {"version": version_of(group), "text": " "}
    with logged_in(cast, cast.imdi) as browser:
        answer = browser.post(reverse("pass_on", args=[reference_of(group)]), typed)
    assert answer.status_code == 422


@pytest.mark.req("ACS-01")
def test_only_imdi_passes_on(cast: Cast) -> None:
    group = requested(cast, queued(cast, is_unaccompanied=True))
    for viewer in (cast.centre, cast.municipality, cast.udi, cast.registrar):
        words(cast, viewer, "pass_on", group, status=403)


@pytest.mark.req("ACS-01")
@pytest.mark.parametrize("is_unaccompanied", [False, True])
def test_a_centre_that_they_have_left_is_not_shown_the_interview(cast: Cast, is_unaccompanied: bool) -> None:
    group = placed(cast, queued(cast, is_unaccompanied=is_unaccompanied), cast.other_centre, cast.day)
    shown = words(cast, cast.centre, "household", group)
    assert "Behov og ønsker" not in shown
    assert "intern merknad" not in shown
    for page in ("interview", "settlement_notes"):
        words(cast, cast.centre, page, group, status=404)
    assert "Behov og ønsker" in words(cast, cast.other_centre, "household", group)


@pytest.mark.req("SET-06")
def test_imdi_takes_back_what_it_passed_on_by_mistake(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    with scope(cast.imdi, cast.day):
        pass_on(group, "Gjelder en annen familie.", by=cast.imdi, at=cast.at)
    here = [reference_of(group)]
    url = reverse("take_back_passed_on", args=here)
    with logged_in(cast, cast.imdi) as browser:
        assert url in browser.get(reverse("pass_on", args=here)).content.decode()
        form = browser.get(url).context["form"]
        without = browser.post(url, {"note": form.initial["note"]})
        assert without.context["form"].errors["reason"] == ["Velg hvorfor opplysningen trekkes tilbake."]
        browser.post(url, {"note": form.initial["note"], "reason": "wrong_household"})
        assert "Saken er på et annet steg" in browser.get(url).content.decode()
    with logged_in(cast, cast.municipality) as browser:
        assert browser.get(url).status_code == 403
        household = browser.get(reverse("household", args=here)).content.decode()
    assert "Gjelder en annen familie." not in household
    assert "IMDi trakk en opplysning til kommunen tilbake" in household
