"""What was registered in a refusal by mistake is taken back from its page, by those whose it is."""

import pytest
from django.urls import reverse

from fotfeste.platform.viewer import Viewer
from fotfeste.refusal.public import close_refusal, set_eviction_day
from tests.actions.refusal.stage import (
    MOVED,
    NOTICE_FROM,
    declined,
    does,
    messaged,
    noticed,
    people,
    petitioned,
    planned,
    talks,
)
from tests.actions.settlement.stage import depart
from tests.conftest import Cast
from tests.platform.markup import read
from tests.web.refusal.test_acts import sent, shown_to
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = pytest.mark.django_db


def buttons(cast: Cast, group: int, viewer: Viewer) -> list[tuple[str, str]]:
    """What can be taken back from the page of the refusal: what it is called, and where that leads."""
    with logged_in(cast, viewer) as browser:
        page = read(browser.get(reverse("refusal", args=[reference_of(group)])).text)
    found = [(each.text.partition(": ")[2], each["href"]) for each in page.all("a")]
    return [(text, href) for text, href in found if "/ta-tilbake/?event=" in href]


@pytest.mark.req("REF-05")
def test_each_party_has_a_button_by_what_is_its_own(cast: Cast) -> None:
    group = messaged(cast)
    talks(cast, group, [people(cast, group)["Olena"]])
    assert [what for what, _ in buttons(cast, group, cast.centre)] == [
        "Mottaket snakket med husstanden om bosettingsnekt 14. mars 2024"
    ]
    assert len(buttons(cast, group, cast.imdi)) == 2
    assert buttons(cast, group, cast.udi) == []
    assert "ikke noe i saken som dere kan ta tilbake" in shown_to(cast, group, cast.udi, "refusal_take_back")


def test_what_something_rests_on_has_no_button_nor_has_a_case_that_is_over(cast: Cast) -> None:
    group = noticed(cast)  # weeks later
    assert buttons(cast, group, cast.imdi) == []
    over = declined(cast)
    talks(cast, over, [people(cast, over)["Olena"]])
    depart(cast, over, MOVED)
    assert len(buttons(cast, over, cast.centre)) == 1
    does(cast, close_refusal, over, text="Flyttet.", by=cast.udi)
    assert buttons(cast, over, cast.centre) == []


def test_the_one_whose_button_was_pressed_is_chosen_and_taken_back_with_why(cast: Cast) -> None:
    group = messaged(cast)
    with logged_in(cast, cast.imdi) as browser:
        for _what, href in buttons(cast, group, cast.imdi):
            page = read(browser.get(href).text)
            [chosen] = [
                each["value"] for each in page.all("input", type="radio", name="event") if "checked" in each.attributes
            ]
            assert href.endswith(f"?event={chosen}")
    status, said = sent(cast, group, cast.imdi, "refusal_take_back", event=chosen)
    assert (status, "Hva var feil?" in said) == (422, True)
    status, said = sent(cast, group, cast.imdi, "refusal_take_back", event=chosen, reason="wrong_choice")
    assert (status, "Det er tatt tilbake." in said) == (302, True)
    assert len(buttons(cast, group, cast.imdi)) == 1


def test_another_case_or_party_is_not_taken_back_by_its_key(cast: Cast) -> None:
    group = petitioned(cast)
    does(cast, set_eviction_day, group, day=NOTICE_FROM, by=cast.udi, on=NOTICE_FROM)
    [(_what, href)] = buttons(cast, group, cast.udi)
    key = href.partition("=")[2]
    talks(cast, group, [people(cast, group)["Olena"]], on=NOTICE_FROM)
    status, _page = sent(cast, group, cast.centre, "refusal_take_back", event=key, reason="wrong_choice")
    assert status == 422
    assert planned(cast, group, NOTICE_FROM).step == "petition"
