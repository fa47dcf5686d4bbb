"""The timeline says who told of a step and since when it is known; the panel, how long each step has taken."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from fotfeste.accommodation.public import DepartureReason
from fotfeste.platform.panels import TimelineEntry
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.models import Offer, Withdrawal
from tests.actions.settlement.stage import depart, offered, queued, with_journey
from tests.conftest import Cast
from tests.settlement_steps import HELD_ON
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = pytest.mark.django_db


def page_of(cast: Cast, group: int, viewer: Viewer) -> Any:
    """The household page."""
    with logged_in(cast, viewer) as browser:
        return browser.get(reverse("household", args=[reference_of(group)]))


def entry(page: Any, label: str) -> TimelineEntry:
    """What the timeline shows under a name."""
    found: TimelineEntry = next(each for each in page.context["entries"] if each.label == label)
    return found


def test_what_became_known_late_is_shown_with_the_day_it_became_known_and_by_whom(cast: Cast) -> None:
    group = queued(cast)
    talk = entry(page_of(cast, group, cast.imdi), "Bosettingssamtale")
    assert (talk.start_on, talk.known_on, talk.source) == (HELD_ON, cast.day, "Voss akuttinnkvartering")
    with_journey(cast, group)
    depart(cast, group)
    settled = entry(page_of(cast, group, cast.municipality), "Bosatt")
    assert (settled.known_on, settled.source) == (cast.day, "Voss akuttinnkvartering")


@pytest.mark.req("SET-09")
def test_those_who_follow_the_whole_way_see_how_long_each_step_has_taken(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    for viewer in (cast.imdi, cast.udi, cast.centre):
        [panel] = [each for each in page_of(cast, group, viewer).context["panels"] if each.code == "steps"]
        rows = [(row["state"], row["spent"].days, row["spent"].is_over) for row in panel.context["rows"]]
        assert rows[0][0] == "venter på bosettingssamtale"
        assert rows[0][1] > 0
        assert rows[-1] == ("reise avtalt", 0, False)
        assert panel.context["total"] == sum(days for _state, days, _is_over in rows)
    panels = page_of(cast, group, cast.municipality).context["panels"]
    assert "steps" not in [each.code for each in panels], "others' answers are not theirs to count"


@pytest.mark.req("ACC-04", "SET-07")
def test_an_offer_to_those_who_had_left_already_is_withdrawn_on_the_day_it_was_made(cast: Cast) -> None:
    group = offered(cast, queued(cast))
    depart(cast, group, DepartureReason.LEFT_COUNTRY, on=cast.day - timedelta(days=8))
    for viewer in (cast.imdi, cast.udi, cast.centre):
        page = page_of(cast, group, viewer)
        assert page.status_code == 200
        offer = entry(page, "Tilbud, uke 14, 2024, trukket tilbake")
        assert (offer.start_on, offer.end_on, offer.is_point) == (cast.day, cast.day, True)
        assert entry(page, "Saken avsluttet").start_on == cast.day - timedelta(days=8)
    with scope(cast.municipality, cast.day):
        told = Withdrawal.objects.get()
    assert (told.sent_on, told.withdrawn_on) == (cast.day, cast.day)
    with scope(cast.imdi, cast.day):
        assert Offer.objects.get(subject_id=group).withdrawn_on == cast.day
