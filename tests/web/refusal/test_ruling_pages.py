"""The pages of rulings: what holds, what held, that nothing is ruled, and a new one of UDI's."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from fotfeste.platform.bulk import bulk_load
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.refusal.loading import load_demo_ruling
from fotfeste.refusal.models import Ruling
from fotfeste.refusal.public import training_ruled
from fotfeste.settlement.domain.types import Training
from tests.actions.refusal.letter_stage import ruled
from tests.conftest import Cast
from tests.web.settlement.pages import logged_in

pytestmark = [pytest.mark.django_db, pytest.mark.req("REF-04")]


def page(cast: Cast, viewer: Viewer) -> str:
    """The page as somebody sees it."""
    with logged_in(cast, viewer) as browser:
        answer = browser.get(reverse("rulings"))
    assert answer.status_code == 200
    return answer.content.decode()


def sent(cast: Cast, viewer: Viewer, **changes: Any) -> tuple[int, str]:
    """The answer to the form, filled in by somebody."""
    typed = {
        "answer": "kept",
        "valid_from": "14.3.2024",
        "ruled_by": "Kari Nordmann, avdelingsdirektør",
        "source": "Integreringsloven kapittel 6",
        "reasoning": "Loven knytter opplæringen til oppholdstillatelsen.",
        "version": "0",
        "opened": "",
    } | changes
    with logged_in(cast, viewer) as browser:
        answer = browser.post(reverse("give_ruling"), typed, follow=True)
    return answer.status_code, answer.content.decode()


def test_where_nothing_is_ruled_the_page_says_what_cannot_be_sent_and_who_rules(cast: Cast) -> None:
    text = page(cast, cast.centre)
    assert "Ingenting er avklart. Brev ved bosettingsnekt kan ikke sendes før UDI har registrert" in text
    assert reverse("give_ruling") not in text
    assert reverse("give_ruling") in page(cast, cast.udi)


def test_udi_rules_and_everybody_reads_who_and_why(cast: Cast) -> None:
    status, text = sent(cast, cast.udi)
    assert status == 200
    assert "Avklaringen er registrert, og gjelder fra 14. mars 2024." in text
    for viewer in (cast.imdi, cast.centre, cast.municipality):
        found = page(cast, viewer)
        assert "Retten til norskopplæring består" in found
        assert "Kari Nordmann, avdelingsdirektør" in found
        assert "Loven knytter opplæringen" in found
        assert "gjelder i dag" in found


def test_what_is_to_come_and_what_held_stand_below_what_holds(cast: Cast) -> None:
    ruled(cast, Training.LOST)
    ruled(cast, Training.KEPT)
    ruled(cast, Training.LOST, valid_from=cast.day + timedelta(days=5))
    text = page(cast, cast.udi)
    now, others = text.split("Andre avklaringer")
    assert "Retten til norskopplæring består" in now
    assert "faller bort" not in now.split("Det som gjelder nå")[1]
    for words in ("gjelder ikke ennå", "erstattet før den gjaldt"):
        assert words in others


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"answer": ""}, "Velg hva som gjelder."),
        ({"valid_from": "13.3.2024"}, "Velg i dag eller en senere dag"),
        ({"ruled_by": "  "}, "Skriv hvem som har avklart det."),
        ({"reasoning": ""}, "Skriv begrunnelsen."),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_its_field(cast: Cast, changes: dict[str, str], says: str) -> None:
    status, text = sent(cast, cast.udi, **changes)
    assert status == 422
    assert says in text
    assert not Ruling.objects.exists()


def test_nobody_but_udi_rules_and_a_colleague_who_was_quicker_is_told_of(cast: Cast) -> None:
    assert sent(cast, cast.imdi)[0] == 403
    ruled(cast)
    status, _ = sent(cast, cast.udi)
    assert status == 422
    assert Ruling.objects.count() == 1


def test_the_demo_has_one_that_follows_the_law_and_says_that_it_is_an_example(cast: Cast) -> None:
    with scope(cast.udi, cast.day), bulk_load("default") as loader:
        load_demo_ruling(loader, cast.udi.organisation_id, cast.at - timedelta(days=400))
    assert training_ruled(cast.day) == "kept"
    text = page(cast, cast.udi)
    assert "eksempel" in text
    assert "UDI har ikke gitt den" in text
