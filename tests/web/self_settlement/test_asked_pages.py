"""The pages of agreed self-settlement: the household's page, the forms in turn, the municipality's list (SET-13)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from fotfeste.platform.scope import scope
from fotfeste.platform.words import kroner
from fotfeste.self_settlement.public import SelfSettlement, ask_for_change
from fotfeste.self_settlement.queries.listed import listed
from fotfeste.settlement.models import SettlementCase
from fotfeste.worklist.public import Task
from tests.actions.self_settlement.stage import agreed, approved, asks, everything, grown, moved_in, sent, welcome
from tests.actions.settlement.stage import queued
from tests.conftest import Cast
from tests.platform.markup import read
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-13")]
EARLY = {"on": "14.3.2024", "is_meant": "on"}  # before the rent begins
HOME = {
    "street": "Kirkegata 4",
    "postal_code": "7600",
    "landlord_name": "Per Moe",
    "landlord_contact": "90 00 00 00",
    "rooms": "2",
    "square_metres": "50",
    "others": "1",
    "rent": "12000",
    "deposit": "100000",
    "deposit_by": "guarantee",
    "notice_months": "1",
    "length_months": "12",
    "starts_on": "1.4.2024",
    "is_signed": "yes",
}


def page(browser: object, name: str, *arguments: str) -> str:
    """The text of a page."""
    text: str = browser.get(reverse(name, args=arguments)).content.decode()  # type: ignore[attr-defined]
    return text


def test_each_does_their_part_from_the_households_page_until_they_are_settled(cast: Cast) -> None:
    group = queued(cast)
    here = reference_of(group)
    with logged_in(cast, cast.centre) as browser:
        assert reverse("ask_self_settlement", args=[here]) in page(browser, "household", here)
        form = page(browser, "ask_self_settlement", here)
        assert "Har ikke sagt noe ennå" in form
        to = str(cast.municipality.organisation_id)
        typed = {"municipality": to, "why_there": ["work"], "message": "Bror bor der."}
        assert browser.post(reverse("ask_self_settlement", args=[here]), typed).status_code == 302
        text = page(browser, "household", here)
        assert "Venter på svar fra kommunen." in text
        assert "Plassen i køen beholdes." in text
        assert reverse("ask_self_settlement", args=[here]) not in text
    with logged_in(cast, cast.municipality) as browser:
        assert reverse("household", args=[here]) in page(browser, "self_settlement_requests")
        assert "Bror bor der." in page(browser, "answer_self_settlement", here)
        answer = {"answer": "yes", "text": "Ring Anne."}
        assert browser.post(reverse("answer_self_settlement", args=[here]), answer).status_code == 302
    with logged_in(cast, cast.centre) as browser:
        assert "Ring Anne." in page(browser, "household", here)
        assert browser.post(reverse("send_found_home", args=[here]), HOME).status_code == 302
    seen = {"of_home": [str(each) for each in everything(cast)[:7]]}
    seen |= {"of_contract": [str(each) for each in everything(cast)[7:]]}
    with logged_in(cast, cast.municipality) as browser:
        text = page(browser, "check_found_home", here)
        for words in (
            "Trangt: 5 personer på 2 rom.",
            "over 6 måneders husleie",
            "Oppsigelsestiden i måneder er 1",
            "Leietiden i måneder er 12",
            "Kontrakten er signert.",
        ):
            assert words in text
        refused = browser.post(reverse("check_found_home", args=[here]), seen | {"outcome": "approve"})
        assert refused.status_code == 422
        assert "kan ikke godkjennes slik" in refused.content.decode()
        change = {"outcome": "change", "must_change": "Lavere depositum."}
        assert browser.post(reverse("check_found_home", args=[here]), change).status_code == 302
    good = HOME | {"rooms": "5", "square_metres": "100", "deposit": "36000", "is_signed": "no", "notice_months": "3"}
    with logged_in(cast, cast.centre) as browser:
        assert "Lavere depositum." in page(browser, "household", here)
        assert 'value="Kirkegata 4"' in page(browser, "send_found_home", here)
        assert browser.post(reverse("send_found_home", args=[here]), good).status_code == 302
    with logged_in(cast, cast.municipality) as browser:
        assert browser.post(reverse("check_found_home", args=[here]), seen | {"outcome": "approve"}).status_code == 302
    with logged_in(cast, cast.imdi) as browser:
        assert "Kirkegata 4" in page(browser, "agree_self_settlement", here)
        agree = {"answer": "yes", "agreed_with": "Anne Moe"}
        assert browser.post(reverse("agree_self_settlement", args=[here]), agree).status_code == 302
        assert "er klar. De er bosatt den dagen de flytter inn." in page(browser, "household", here)
    with logged_in(cast, cast.centre) as browser:
        assert browser.post(reverse("register_moved_in", args=[here]), EARLY).status_code == 302
        assert "De fant boligen selv" in page(browser, "household", here)
    with scope(cast.imdi, cast.day):
        assert SettlementCase.objects.get(subject_id=group).state == "settled"


def test_the_municipality_sees_who_they_are_and_nothing_of_where_they_live_or_what_they_need(cast: Cast) -> None:
    here = reference_of(asks(cast))
    with logged_in(cast, cast.municipality) as browser:
        text = page(browser, "household", here)
        assert "Kovalenko" in text
        assert "de ber om avtalt selvbosetting her" in text
        assert "Voss akuttinnkvartering" not in text.partition("Hva har skjedd")[0].partition("Avtalt selvbosetting")[0]
        assert "Bor ikke på mottak" not in text  # which would be untrue, and no more theirs to know
    with logged_in(cast, cast.other_municipality) as browser:
        assert browser.get(reverse("household", args=[here])).status_code == 404
        assert "Kovalenko" not in page(browser, "self_settlement_requests")


def test_a_form_whose_time_has_not_come_says_so(cast: Cast) -> None:
    here = reference_of(asks(cast))
    with logged_in(cast, cast.centre) as browser:
        for name in ("send_found_home", "register_moved_in", "lose_found_home"):
            assert "annet steg" in page(browser, name, here)
        assert "spør en kommune allerede" in page(browser, "ask_self_settlement", here)
        assert "Det er registrert at husstanden vet det." in page(browser, "tell_self_settlement_no", here)
    with logged_in(cast, cast.imdi) as browser:
        assert "annet steg" in page(browser, "agree_self_settlement", here)
        assert browser.get(reverse("answer_self_settlement", args=[here])).status_code == 403


def test_withdrawing_puts_them_in_the_queue_as_before(cast: Cast) -> None:
    here = reference_of(agreed(cast))
    with logged_in(cast, cast.centre) as browser:
        typed = {"cause": "no_home_found", "text": "Utleieren trakk seg."}
        assert browser.post(reverse("withdraw_self_settlement", args=[here]), typed).status_code == 302
        text = page(browser, "household", here)
        assert "Utleieren trakk seg." in text
        assert "Venter på at IMDi finner en kommune." in text
        assert reverse("ask_self_settlement", args=[here]) in text


def test_the_no_is_told_by_the_centre_with_its_reason(cast: Cast) -> None:
    here = reference_of(asks(cast))
    with logged_in(cast, cast.municipality) as browser:
        answer = {"answer": "no", "reason": "no_capacity", "text": "Fullt i år."}
        assert browser.post(reverse("answer_self_settlement", args=[here]), answer).status_code == 302
        assert browser.get(reverse("household", args=[here])).status_code == 404
    with logged_in(cast, cast.centre) as browser:
        text = page(browser, "tell_self_settlement_no", here)
        assert "Fullt i år." in text
        assert browser.post(reverse("tell_self_settlement_no", args=[here]), {}).status_code == 302
        assert reverse("tell_self_settlement_no", args=[here]) not in page(browser, "household", here)


def test_the_list_shows_those_under_way_with_their_days(cast: Cast) -> None:
    sent(cast)
    with logged_in(cast, cast.imdi) as browser:
        text = page(browser, "self_settlement_requests")
        assert "Levanger" in text
        assert "kommunen vurderer bolig og kontrakt" in text
        assert "21.3." in text  # five working days for seeing to the home
        settled = browser.get(reverse("self_settlement_requests") + "?state=settled").content.decode()
        assert "Ingen i dette utvalget." in settled


def test_imdi_does_not_act_for_those_who_live_at_a_centre(cast: Cast) -> None:
    here = reference_of(welcome(cast))
    with logged_in(cast, cast.imdi) as browser:
        assert browser.get(reverse("send_found_home", args=[here])).status_code == 200
        assert browser.post(reverse("send_found_home", args=[here]), HOME).status_code == 422
        assert reverse("send_found_home", args=[here]) not in page(browser, "household", here)


def test_the_settled_ones_stand_in_the_municipalitys_own_list(cast: Cast) -> None:
    here = reference_of(moved_in(cast))
    with logged_in(cast, cast.municipality) as browser:
        text = browser.get(reverse("self_settlement_requests") + "?state=settled").content.decode()
        assert reverse("household", args=[here]) in text


def test_a_municipality_is_found_in_the_overview_and_asked_from_there(cast: Cast) -> None:
    here = reference_of(queued(cast))
    overview, ask = f"{reverse('terms_overview')}?husstand={here}", reverse("ask_self_settlement", args=[here])
    of_levanger = f"{reverse('municipality_terms', args=['5037'])}?husstand={here}"
    with logged_in(cast, cast.centre) as browser:
        assert f'href="{overview}"' in page(browser, "ask_self_settlement", here)
        found = browser.get(f"{overview}&text=levan").content.decode()
        assert f'href="{of_levanger}"' in found
        assert f'<input type="hidden" name="husstand" value="{here}">' in found
        assert f'href="{ask}"' in found
        terms = browser.get(of_levanger).content.decode()
        assert f'href="{overview}"' in terms
        assert f'href="{ask}?kommune=5037"' in terms
        chosen = browser.get(f"{ask}?kommune=5037").content.decode()
        assert f'<option value="{cast.municipality.organisation_id}" selected>' in chosen
        for nonsense in ("", "x", "../../logg-ut", '"><b>' + "0" * 7):
            text = browser.get(reverse("terms_overview"), {"husstand": nonsense}).content.decode()
            assert 'name="husstand"' not in text
            assert "/selvbosetting/spor/" not in text
    with logged_in(cast, cast.municipality) as browser:  # a municipality asks nobody
        assert ask not in browser.get(of_levanger).content.decode()
        assert 'name="husstand"' not in browser.get(overview).content.decode()


def test_what_is_sent_again_is_filled_in_to_the_last_ore(cast: Cast) -> None:
    group = sent(cast, rent_ore=995_050, deposit_ore=1_990_105)
    with scope(cast.municipality, cast.day):
        ask_for_change(group, seen=[], must_change="Lavere leie.", by=cast.municipality, at=cast.at)
    with logged_in(cast, cast.centre) as browser:
        text = page(browser, "send_found_home", reference_of(group))
    assert [amount in text for amount in ('value="9950,50"', 'value="19901,05"')] == [True, True]


def test_after_a_change_is_asked_for_list_and_page_have_the_deadline_of_the_task(cast: Cast) -> None:
    group, later = sent(cast), cast.at + timedelta(days=20)
    with scope(cast.municipality, cast.day):
        ask_for_change(group, seen=[], must_change="Lavere leie.", by=cast.municipality, at=later)
    with scope(cast.imdi, cast.day):
        [line] = listed(list(SelfSettlement.objects.filter(subject_id=group).select_related("case")), cast.day)
        task = Task.objects.get(subject_id=group, kind="send_found_home", closed_at__isnull=True)
    assert line.move is not None
    assert line.move.due is not None
    assert line.move.due.on == task.due_on


NEXT = {
    "asked": (asks, "municipality", "answer_self_settlement"),
    "finding_home": (welcome, "household", "send_found_home"),
    "home_sent": (sent, "municipality", "check_found_home"),
    "approved": (approved, "imdi", "agree_self_settlement"),
    "agreed": (agreed, "household", "register_moved_in"),
    "agreed for others": (grown, "municipality", "check_found_home"),
}


@pytest.mark.parametrize("stage", NEXT)
def test_the_list_says_whose_move_it_is_and_by_when_in_every_state(cast: Cast, stage: str) -> None:
    comes_to, whose, kind = NEXT[stage]
    group = comes_to(cast)
    for viewer in (cast.imdi, cast.municipality):
        with scope(viewer, cast.day):
            [line] = listed(list(SelfSettlement.objects.filter(subject_id=group).select_related("case")), cast.day)
        with scope(cast.imdi, cast.day):
            task = Task.objects.get(subject_id=group, kind=kind, closed_at__isnull=True)
        assert line.move is not None
        assert line.move.due is not None
        assert (line.move.whose, line.move.due.on, line.move.due.rule.code) == (whose, task.due_on, task.due_rule)


def test_imdi_reads_which_centre_acts_and_the_municipality_that_one_does(cast: Cast) -> None:
    agreed(cast)
    for viewer, whose in ((cast.imdi, "Voss"), (cast.municipality, "Mottaket")):
        with logged_in(cast, viewer) as browser:
            cells = [cell.text.strip() for cell in read(page(browser, "self_settlement_requests")).all("td")]
        assert cells[-2].startswith(whose)
        assert cells[-1].startswith("1.4.")


def test_nobody_has_a_move_in_what_is_over(cast: Cast) -> None:
    group = moved_in(cast)
    with scope(cast.imdi, cast.day):
        [line] = listed(list(SelfSettlement.objects.filter(subject_id=group).select_related("case")), cast.day)
    assert line.move is None


def test_the_household_page_has_the_day_of_the_task_while_the_municipality_looks_again(cast: Cast) -> None:
    here = reference_of(grown(cast))
    with logged_in(cast, cast.municipality) as browser:
        assert "21. mars 2024" in page(browser, "household", here)


@pytest.mark.req("SET-17")
def test_rent_for_empty_days_is_sent_with_the_home_and_held_beside_the_terms(cast: Cast) -> None:
    group = welcome(cast)
    here = reference_of(group)
    url = reverse("send_found_home", args=[here])
    with logged_in(cast, cast.centre) as browser:
        typed = HOME | {"empty_rent_by": "municipality", "empty_from": "1.4.2024", "empty_last": "15.4.2024"}
        answer = browser.post(url, typed)
        assert "Noen betaler for tomme dager. Skriv fra hvilken dag" in answer.content.decode()
        assert browser.post(url, typed | {"empty_rent": "6000"}).status_code == 302
    with logged_in(cast, cast.municipality) as browser:
        for name in ("household", "check_found_home"):
            text = page(browser, name, here)
            days = "fra og med 1. april 2024 til og med 15. april 2024."
            assert f"Kommunen betaler {kroner(600_000)}, {days}" in text, name
            assert "Kommunen har ikke publisert noe om det." in text
