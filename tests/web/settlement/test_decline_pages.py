"""The form in which a municipality says no and what follows, and where that is read."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.domain.types import Capability
from fotfeste.settlement.models import SettlementRequest
from fotfeste.settlement.public import declare_capabilities, no_sentence, withdraw_request
from fotfeste.settlement.queries.declines import declined_in, own_noes
from fotfeste.settlement.sentences_declines import no_in_words
from tests.actions.settlement.asking import ask
from tests.actions.settlement.stage import queued, requested, state_of
from tests.conftest import Cast
from tests.platform.markup import read
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = pytest.mark.django_db

NO = {"answer": "no", "decline_reason": "no_housing"}


def says(cast: Cast, group: int, typed: dict[str, object]) -> None:
    """Levanger sends the form, and it is taken."""
    with logged_in(cast, cast.municipality) as browser:
        answer = browser.post(reverse("answer_request", args=[reference_of(group)]), NO | typed)
    assert answer.status_code == 302


def text_of(cast: Cast, viewer: Viewer, name: str, *args: str) -> str:
    """A page as it is read."""
    with logged_in(cast, viewer) as browser:
        return " ".join(read(browser.get(reverse(name, args=args)).content.decode()).text.split())


@pytest.mark.req("SET-07")
def test_the_form_asks_what_follows_and_says_what_an_empty_week_means(cast: Cast) -> None:
    group = requested(cast, queued(cast, has_pets=True))  # for week 14
    text = text_of(cast, cast.municipality, "answer_request", reference_of(group))
    for told in (
        "Når kan IMDi spørre dere om husstanden igjen?",
        "Ikke denne uken",
        "Ikke dette behovet: dere kan spørres igjen når dere ikke lenger melder at dere mangler det, "
        "eller når husstanden ikke lenger trenger det",
        "Ikke før ny vurdering",
        "Står feltet tomt, gjelder det fra uke 15, 2024.",
        "Hva kommunen ikke kan tilby",
    ):
        assert told in text


@pytest.mark.req("SET-07")
def test_of_no_need_there_is_none_that_cannot_be_met(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    text = text_of(cast, cast.municipality, "answer_request", reference_of(group))
    assert "Ikke dette behovet" not in text
    assert "Hva kommunen ikke kan tilby" not in text
    with logged_in(cast, cast.municipality) as browser:
        answer = browser.post(reverse("answer_request", args=[reference_of(group)]), NO | {"follows": "not_this_need"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["follows"] == [
        "Husstanden trenger ikke lenger noe særskilt, så neiet kan ikke gjelde et behov. "
        "Velg på nytt når IMDi kan spørre dere om husstanden."
    ]
    assert state_of(cast, group) == "requested"


@pytest.mark.req("SET-07")
@pytest.mark.parametrize(
    ("typed", "said", "field"),
    [
        ({}, "Velg når IMDi kan spørre dere om husstanden igjen.", "follows"),
        ({"follows": "never"}, "Velg når IMDi kan spørre dere om husstanden igjen.", "follows"),
        ({"follows": "not_this_need"}, "Kryss av for det kommunen ikke kan tilby.", "unmet"),
        (
            {"follows": "not_this_week", "again_from": "11 2024"},
            "Skriv uke 15 i 2024 eller en senere uke.",
            "again_from",
        ),
        (
            {"follows": "not_this_week", "again_from": "uke tolv"},
            "Skriv uke og år, for eksempel 12 2024.",
            "again_from",
        ),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(
    cast: Cast, typed: dict[str, object], said: str, field: str
) -> None:
    group = requested(cast, queued(cast, has_pets=True))
    with logged_in(cast, cast.municipality) as browser:
        answer = browser.post(
            reverse("answer_request", args=[reference_of(group)]), NO | typed | {"answer_text": "Vi har ingen bolig."}
        )
    assert answer.status_code == 422
    page = read(answer.content.decode())
    assert said in page.text
    assert field in answer.context["form"].errors
    assert "Vi har ingen bolig." in page.text
    assert state_of(cast, group) == "requested"


@pytest.mark.req("SET-07")
@pytest.mark.parametrize("typed", [
    NO | {"follows": "not_this_need", "unmet": ["staffed_housing"]},
    {"answer": "yes", "possible_week": "14 2024", "confirmed": ["staffed_housing"]},
])  # fmt: skip
def test_a_need_that_has_ended_since_is_refused_in_words(cast: Cast, typed: dict[str, object]) -> None:
    group = requested(cast, queued(cast, has_pets=True))
    with logged_in(cast, cast.municipality) as browser:
        answer = browser.post(reverse("answer_request", args=[reference_of(group)]), typed)
    assert answer.status_code == 422
    text = read(answer.content.decode()).text
    assert "Velg blant det husstanden trenger nå. Behovene er endret siden siden ble åpnet." in text
    assert "staffed_housing" not in text


@pytest.mark.req("SET-10")
def test_a_yes_of_a_colleague_that_the_answer_changes_is_named(cast: Cast) -> None:
    group = requested(cast, queued(cast, has_pets=True))
    with scope(cast.municipality, cast.day):
        declare_capabilities({Capability.PETS: True}, by=cast.municipality, at=cast.at)
    typed = NO | {"follows": "not_this_need", "unmet": ["pets"]}
    with logged_in(cast, cast.municipality) as browser:
        answer = browser.post(reverse("answer_request", args=[reference_of(group)]), typed, follow=True)
    told = "Kommunen hadde meldt at den har bolig der kjæledyr er tillatt. Det er endret til nei."
    assert told in read(answer.content.decode()).text


@pytest.mark.req("SET-07")
def test_what_follows_is_read_by_imdi_and_by_the_municipality_that_said_it(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    says(cast, group, {"follows": "not_this_week", "again_from": "20 2024"})
    asked = "ingen egnet bolig; ikke denne uken, kan spørres igjen fra uke 20, 2024"
    assert asked in text_of(cast, cast.imdi, "settlement_request", reference_of(group))
    told = "svarte nei 14. mars 2024 (ingen egnet bolig): ikke denne uken. Kan spørres igjen fra uke 20, 2024."
    assert told in text_of(cast, cast.imdi, "find_municipality", reference_of(group))
    own = text_of(cast, cast.municipality, "my_municipality")
    with scope(cast.imdi, cast.day):
        number = SettlementRequest.objects.get().reference
    assert f"{number} 14. mars 2024 Ingen egnet bolig Ikke denne uken, kan spørres igjen fra uke 20, 2024" in own
    assert "Kovalenko" not in own
    assert "svart nei til" not in text_of(cast, cast.other_municipality, "my_municipality")
    assert "svart nei til" not in text_of(cast, cast.other_municipality, "municipality", "5037")


@pytest.mark.req("SET-07")
def test_the_own_list_is_of_twelve_months_and_leaves_out_what_is_asked_anew(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    says(cast, group, {"follows": "not_this_week", "again_from": "40 2024"})
    of_the_year = "svart nei til de siste tolv månedene"
    assert of_the_year in text_of(cast, cast.municipality, "my_municipality")
    for days, is_there in ((365, True), (366, False)):  # over the turn of the year, though the week is over
        with scope(cast.municipality, cast.day + timedelta(days=days)):
            assert bool(own_noes(cast.day + timedelta(days=days))) is is_there
    ask(cast, group, "Kommunen ringte.", week=None)
    assert of_the_year not in text_of(cast, cast.municipality, "my_municipality")
    with scope(cast.imdi, cast.day):
        withdraw_request(group, by=cast.imdi, at=cast.at)  # nothing was answered: the no stands
    assert of_the_year in text_of(cast, cast.municipality, "my_municipality")


@pytest.mark.req("SET-10")
def test_a_need_that_is_not_met_is_declared_on_the_municipalitys_page_until_it_says_otherwise(cast: Cast) -> None:
    group = requested(cast, queued(cast, has_pets=True))
    says(cast, group, {"follows": "not_this_need", "unmet": ["pets"]})
    own = text_of(cast, cast.municipality, "my_municipality")
    assert "Ikke dette behovet (bolig der kjæledyr er tillatt)" in own
    assert "Bolig der kjæledyr er tillatt nei" in own
    found = text_of(cast, cast.imdi, "find_municipality", reference_of(group))
    told = "Kommunen svarte nei 14. mars 2024 (ingen egnet bolig): ikke dette behovet (bolig der kjæledyr er tillatt)."
    assert told in found
    with scope(cast.municipality, cast.day):
        declare_capabilities({Capability.PETS: True}, by=cast.municipality, at=cast.at)
    assert told not in text_of(cast, cast.imdi, "find_municipality", reference_of(group))


@pytest.mark.req("SET-07")
def test_when_the_needs_are_forgotten_the_no_says_nothing_of_them() -> None:
    forgotten = SettlementRequest(
        state="declined", decline_reason="no_housing", answered_on=date(2024, 3, 14), follows="not_this_need", unmet=[]
    )
    assert no_sentence(forgotten) == "Kommunen svarte nei 14. mars 2024 (ingen egnet bolig): ikke dette behovet."
    assert no_in_words(declined_in(forgotten)) == ["ingen egnet bolig", "ikke dette behovet"]


@pytest.mark.req("SET-07")
def test_what_follows_is_read_in_english_too(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    says(cast, group, {"follows": "not_until_reassessed"})
    with logged_in(cast, cast.imdi) as browser:
        address = reverse("find_municipality", args=[reference_of(group)])
        text = browser.get(address, headers={"accept-language": "en"}).content.decode()
    assert "not until reassessed. May be asked again when the household has been assessed anew." in text
