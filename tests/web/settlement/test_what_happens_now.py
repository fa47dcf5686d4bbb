"""The household page says what happens now, whose move it is and by when, in every state of the case."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from fotfeste.accommodation.public import DepartureReason
from fotfeste.platform.panels import NowAndNext
from fotfeste.platform.viewer import Viewer
from tests.actions.settlement.stage import (
    accepted,
    depart,
    family,
    found,
    offered,
    queued,
    refused,
    requested,
    with_journey,
)
from tests.conftest import Cast
from tests.settlement_steps import due_for_interview, placed, registered
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = pytest.mark.django_db


def page_of(cast: Cast, group: int, viewer: Viewer) -> Any:
    """The household page."""
    with logged_in(cast, viewer) as browser:
        return browser.get(reverse("household", args=[reference_of(group)]))


def now(cast: Cast, group: int, viewer: Viewer) -> NowAndNext:
    """What the household page says."""
    found_now: NowAndNext = page_of(cast, group, viewer).context["now"]
    return found_now


def departed(cast: Cast, reason: DepartureReason) -> int:
    """They have left."""
    group = with_journey(cast, queued(cast))
    depart(cast, group, reason)
    return group


STEPS: list[tuple[Callable[[Cast], int], str, str, str, str]] = [
    (lambda cast: registered(cast, family()), "Husstanden skal plasseres på et mottak.", "UDI", "", "udi"),
    (
        lambda cast: placed(cast, registered(cast, family())),
        "Husstanden er plassert på Voss akuttinnkvartering og skal få senger.",
        "Voss akuttinnkvartering",
        "",
        "centre",
    ),
    (
        lambda cast: due_for_interview(cast, family()),
        "Bosettingssamtalen skal holdes.",
        "Voss akuttinnkvartering",
        "2024-03-18",
        "centre",
    ),
    (queued, "Venter på at IMDi finner en kommune. De har ventet 10 dager siden vedtaket.", "IMDi", "", "imdi"),
    (
        lambda cast: requested(cast, queued(cast)),
        "Venter på svar fra Levanger kommune (forespørsel sendt 14. mars 2024).",
        "Levanger kommune",
        "2024-03-21",
        "municipality",
    ),
    (
        lambda cast: found(cast, queued(cast)),
        "Levanger kommune har svart ja, tidligst uke 14, 2024.",
        "IMDi",
        "2024-03-19",
        "imdi",
    ),
    (
        lambda cast: offered(cast, queued(cast)),
        "Husstanden har fått tilbud om bosetting i Levanger kommune, uke 14, 2024.",
        "Voss akuttinnkvartering",
        "2024-03-21",
        "centre",
    ),
    (
        lambda cast: accepted(cast, queued(cast)),
        "Husstanden har takket ja til Levanger kommune, uke 14, 2024.",
        "Voss akuttinnkvartering",
        "2024-03-21",
        "centre",
    ),
    (
        lambda cast: with_journey(cast, queued(cast)),
        "Reisen til Levanger kommune er avtalt til 2. april 2024.",
        "Voss akuttinnkvartering",
        "2024-04-02",
        "centre",
    ),
    (
        lambda cast: departed(cast, DepartureReason.AGREED_SETTLEMENT),
        "Bosatt i Levanger kommune fra 14. mars 2024.",
        "Levanger kommune",
        "2024-03-14",
        "municipality",
    ),
    (
        lambda cast: refused(cast, queued(cast)),
        "Husstanden takket nei til Levanger kommune 14. mars 2024. Den får ikke et nytt tilbud.",
        "IMDi",
        "",
        "",
    ),
    (
        lambda cast: departed(cast, DepartureReason.PRIVATE_ADDRESS),
        "Bosettingssaken ble avsluttet 14. mars 2024.",
        "",
        "",
        "",
    ),
]


@pytest.mark.req("SET-16")
@pytest.mark.parametrize(("step", "sentence", "whose", "due_on", "actor"), STEPS)
def test_every_state_has_its_sentence_whose_move_and_deadline(
    cast: Cast, step: Callable[[Cast], int], sentence: str, whose: str, due_on: str, actor: str
) -> None:
    group = step(cast)
    told = now(cast, group, cast.udi)
    assert told.sentence.startswith(sentence)
    assert told.whose_move == whose
    if due_on:
        assert str(told.due_on) == due_on
    if actor:
        assert now(cast, group, getattr(cast, actor)).acts, "whose move it is has something to press"


def test_who_has_no_move_has_no_button(cast: Cast) -> None:
    group = offered(cast, queued(cast))
    assert now(cast, group, cast.imdi).acts == ()
    assert now(cast, group, cast.municipality).acts == ()


@pytest.mark.req("SET-08")
def test_the_page_shows_requests_offer_and_journey_and_their_place_in_time(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    page = page_of(cast, group, cast.centre)
    assert {"interview", "requests", "offer", "journey"} <= {panel.code for panel in page.context["panels"]}
    labels = [entry.label for entry in page.context["entries"]]
    for wanted in (
        "Bosettingssamtale",
        "Forespørsel til Levanger",
        "Tilbud om Levanger, uke 14, 2024",
        "Avtalt reisedag",
    ):
        assert wanted in labels
    text = page.content.decode()
    assert "Anne Moe" in text
    assert "Levanger stasjon" in text
