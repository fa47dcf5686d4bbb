"""The policy on pages: what weighs, what was changed and why, and a change that is looked over before it is saved."""

import re
from datetime import timedelta

import pytest
from django.http import QueryDict
from django.urls import reverse

from fotfeste.allocation.domain.policy import PartKind
from fotfeste.allocation.models import PolicyVersion
from fotfeste.allocation.queries.policies import policy_for
from fotfeste.allocation.views.policy_form import PolicyForm, values_shown
from fotfeste.platform.scope import scope
from tests.actions.allocation.stage import planned
from tests.actions.allocation.test_policy_changed import changed
from tests.actions.settlement.stage import queued
from tests.conftest import Cast
from tests.web.settlement.pages import logged_in

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-15")]


def typed(cast: Cast, **others: str) -> dict[str, object]:
    """What the form sends as it stands, with other values in some fields."""
    with scope(cast.imdi, cast.day):
        policy = policy_for(cast.imdi.organisation_id, cast.day)
        version = PolicyVersion.objects.count()
        form = PolicyForm(policy=policy, initial=values_shown(policy) | {"effective_from": cast.day})
        shown = {bound.html_name: bound.value() for bound in form}
    shown |= {"version": version, "opened": "", "reason": "Flere i arbeid.", "source": "Møte 4. mars", "status": "demo"}
    return {name: "" if value is None else value for name, value in (shown | others).items()}


def sent(cast: Cast, data: dict[str, object]) -> tuple[int, str]:
    """The status and the words of the page that follows."""
    with logged_in(cast, cast.imdi) as browser:
        answer = browser.post(reverse("change_policy"), data)
    return answer.status_code, words(answer.content.decode())


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def page(cast: Cast, name: str, *parts: str) -> str:
    with logged_in(cast, cast.imdi) as browser:
        answer = browser.get(reverse(name, args=parts))
    assert answer.status_code == 200
    return words(answer.content.decode())


def weight(cast: Cast) -> int:
    with scope(cast.imdi, cast.day):
        return policy_for(cast.imdi.organisation_id, cast.day).weight(PartKind.WORK)


def test_the_page_says_what_weighs_most_and_once_that_nobody_has_decided_it(cast: Cast) -> None:
    text = page(cast, "policy")
    assert "Dette teller mest: bor der fra før (50 poeng), fortsettelse fra integreringsmottak (30 poeng) og" in text
    assert text.count("prøveverdi") == 1
    assert "Arbeid og utdanning 25 poeng" in text
    assert "Merknad" not in text
    assert "Ingenting er endret." in text


def test_the_history_says_who_when_why_and_what_and_the_row_that_differs_is_marked(cast: Cast) -> None:
    changed(cast)
    changed(cast, 1, later=10, weight_work=28)
    text = page(cast, "policy")
    assert "Arbeid og utdanning: 30 poeng (før: 25 poeng)." in text
    assert "Arbeid og utdanning: 28 poeng (før: 30 poeng)." in text
    assert text.count("gjelder ikke ennå") == 1
    for told in ("Flere skal i arbeid.", "Møte 4. mars", "Imdi,", "Arbeid og utdanning 30 poeng Endret fra"):
        assert told in text


def test_a_change_is_looked_over_before_it_is_saved_and_then_saved(cast: Cast) -> None:
    data = typed(cast, weight_work="30", tie_close="70,5")
    status, text = sent(cast, data | {"preview": "1"})
    assert status == 200
    assert "Ingenting er lagret ennå." in text
    assert "Arbeid og utdanning: 30 poeng (før: 25 poeng)." in text
    assert ": 70,5 prosent (før: 70 prosent)." in text
    assert weight(cast) == 25
    assert sent(cast, data)[0] == 302
    assert weight(cast) == 30
    with scope(cast.imdi, cast.day):
        assert PolicyVersion.objects.get().changes == {"weight_work": 30, "tie_close": 705}


def test_what_the_page_of_differences_carries_along_is_what_was_typed(cast: Cast) -> None:
    data = typed(cast, weight_work="30", citizenships="syr UKR")
    with logged_in(cast, cast.imdi) as browser:
        html = browser.post(reverse("change_policy"), data | {"preview": "1"}).content.decode()
        carried = QueryDict(mutable=True)
        for tag in re.findall(r'<input type="hidden"[^>]*>', html):
            name, value = (re.search(f'{each}="([^"]*)"', tag) for each in ("name", "value"))
            if name and name[1] != "csrfmiddlewaretoken":
                carried.appendlist(name[1], value[1] if value else "")
        again = browser.post(reverse("change_policy"), dict(carried.lists()) | {"again": "1"})
        assert 'value="syr UKR"' in again.content.decode()
        assert browser.post(reverse("change_policy"), dict(carried.lists())).status_code == 302
    with scope(cast.imdi, cast.day):
        sets = policy_for(cast.imdi.organisation_id, cast.day).protected_sets
    assert sets[-2:] == ("citizenship:SYR", "citizenship:UKR")
    assert sets[:-2] == (
        "family_type:unaccompanied_minor", "family_type:single_parent", "family_type:couple_with_children",
        "age_band:67", "sex:female", "sex:male",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("weight_work", "mye", "Skriv et tall fra 0 til 1000."),
        ("weight_work", "-1", "Skriv et tall fra 0 til 1000."),
        ("tie_close", "70,55", "Skriv prosenten med høyst én desimal."),
        ("tie_close", "NaN", "Skriv et tall fra 0 til 1000."),
        ("weight_relations", "36", "Nære relasjoner kan ikke avgjøre alene: 36 poeng"),
        ("spread_curve", "0 mye", "Verdien passer ikke her."),
        ("citizenships", "Syria", "SYRIA er ingen landkode."),
        ("effective_from", "1.1.2020", "Prioriteringen kan ikke endres bakover i tid"),
        ("reason", "", "Skriv hvorfor prioriteringen endres."),
        ("source", " ", "Skriv hva endringen bygger på."),
        ("weight_work", "25", "Ingenting er endret."),
    ],
)
@pytest.mark.parametrize("way", [{}, {"preview": "1"}])
def test_a_bad_value_is_told_at_its_field_and_nothing_typed_is_lost(
    cast: Cast, field: str, value: str, sentence: str, way: dict[str, object]
) -> None:
    data = typed(cast, weight_spread="11" if value != "25" else "10") | {field: value}
    with logged_in(cast, cast.imdi) as browser:
        answer = browser.post(reverse("change_policy"), data | way)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in html
    assert "Møte 4. mars" in html or field == "source"
    assert f'value="{value}"' in html or field in ("reason", "source")
    assert weight(cast) == 25


def test_who_is_second_is_told_and_keeps_what_was_typed(cast: Cast) -> None:
    data = typed(cast, weight_work="31")
    changed(cast)
    status, text = sent(cast, data)
    assert status == 422
    assert "endret" in text
    assert weight(cast) == 30


def test_a_change_for_a_later_day_says_so(cast: Cast) -> None:
    day = cast.day + timedelta(days=10)
    data = typed(cast, weight_work="30", effective_from=f"{day.day}.{day.month}.{day.year}")
    with logged_in(cast, cast.imdi) as browser:
        answer = browser.post(reverse("change_policy"), data, follow=True)
        assert "Planer som lages fra da av, veies slik." in answer.content.decode()
        assert "er lagret fra før" in browser.get(reverse("change_policy")).content.decode()
    assert weight(cast) == 25


def test_a_plan_shows_the_policy_that_weighed_then(cast: Cast) -> None:
    queued(cast)
    plan = planned(cast)
    changed(cast)
    assert "Arbeid og utdanning 25 poeng" in page(cast, "plan_policy", plan.reference)
    assert "Arbeid og utdanning 30 poeng" in page(cast, "policy")


@pytest.mark.parametrize("who", ["udi", "centre", "municipality", "registrar"])
def test_nobody_else_comes_to_the_pages(cast: Cast, who: str) -> None:
    with logged_in(cast, getattr(cast, who)) as browser:
        for name in ("policy", "change_policy"):
            assert browser.get(reverse(name)).status_code == 403
