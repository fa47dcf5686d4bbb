"""The centre opens a finished interview again, corrects an answer and finishes; IMDi reads what was said before."""

import pytest
from django.urls import reverse

from fotfeste.platform.scope import scope
from tests.actions.settlement.stage import depart, queued, requested, with_journey
from tests.conftest import Cast
from tests.platform.markup import read
from tests.settlement_steps import members_by_name
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = pytest.mark.django_db


@pytest.mark.req("SET-03")
def test_the_centre_corrects_an_answer_on_the_pages_of_the_interview(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    here = [reference_of(group)]
    opening, overview, household = (reverse(name, args=here) for name in ("reopen_interview", "interview", "household"))
    with scope(cast.centre, cast.day):
        olena = members_by_name(group, cast.day)["Olena"].reference
    answers = reverse("interview_answers", args=[*here, olena])
    with logged_in(cast, cast.centre) as browser:
        assert opening in browser.get(household).text
        assert opening in browser.get(overview).text
        assert browser.get(answers).status_code == 302
        assert browser.post(opening, {"reason": " "}).context["form"].errors["reason"] == ["Skriv hva som er feil."]
        version = browser.get(opening).context["form"].initial["version"]
        opened = browser.post(opening, {"reason": "Yrket er feil.", "version": version}, follow=True)
        assert "Svarene fra før gjelder til dere fullfører den på nytt." in opened.text
        assert "Registrer informasjon" not in opened.text
        assert "Avtal tid, sted og tolk" not in opened.text
        assert browser.get(reverse("give_information", args=here)).status_code == 302
        assert "Saken er på et annet steg" in browser.post(opening, {"reason": "Feil.", "version": version}).text
        form = browser.get(answers).context["form"]
        typed = {name: form[name].value() for name in form.fields if form[name].value() not in (None, [], False)}
        saved = browser.post(answers, typed | {"occupation-title": "lærer"})
        assert saved.status_code == 302
        finish = browser.get(reverse("finish_interview", args=here))
        assert "IMDi ser husstanden på nytt, og avgjør hva som følger." in finish.text
        version = finish.context["form"].initial["version"]
        assert finish.context["form"]["held_on"].value() == "13.3.2024"
        typed = {"version": version, "held_on": "12.3.2024"}
        done = browser.post(reverse("finish_interview", args=here), typed, follow=True)
        assert "Dagen for bosettingssamtalen er rettet" in done.text
        assert "Samtalen er rettet og sendt IMDi." in done.text
        assert "lærer" in done.text
        earlier = read(browser.get(overview).text).text
        assert "Tidligere svar" in earlier
        assert "regnskapsfører" in earlier


@pytest.mark.req("SET-07")
def test_imdi_opens_it_too_and_reads_that_the_centre_corrects_it(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    here = [reference_of(group)]
    with logged_in(cast, cast.imdi) as browser:
        opening = reverse("reopen_interview", args=here)
        version = browser.get(opening).context["form"].initial["version"]
        done = browser.post(opening, {"reason": "Yrket er feil.", "version": version}, follow=True)
        assert "Mottaket har fått oppgaven med å rette den." in done.text
        assert "Mottaket retter svar i bosettingssamtalen, innen" in done.text
        assert reverse("reopen_interview", args=here) not in done.text
    with logged_in(cast, cast.municipality) as browser:
        assert browser.get(opening).status_code == 403


def test_after_settlement_the_page_says_so(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    depart(cast, group)
    opening = reverse("reopen_interview", args=[reference_of(group)])
    with logged_in(cast, cast.imdi) as browser:
        assert "Dette kan ikke gjøres nå" in browser.get(opening).text
        late = browser.post(opening, {"reason": "Feil."})
        assert late.status_code == 422
        assert "rettes ikke samtalen" in late.text
