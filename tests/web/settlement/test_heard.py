"""The timeline says who told of a step and since when it is known; the panel, how long each step has taken."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from fotfeste.accommodation.public import DepartureReason
from fotfeste.platform.panels import TimelineEntry
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import Mistake, StatusKind, annul_status, members_of
from fotfeste.settlement.models import Offer, Withdrawal
from tests.actions.settlement.stage import depart, family, offered, queued, with_journey
from tests.actions.settlement.test_alert_early import ALERTED_ON, alerted
from tests.conftest import Cast
from tests.settlement_steps import HELD_ON, permitted, placed, registered
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


@pytest.mark.req("SET-09", "REG-05")
def test_the_first_step_counts_from_the_permit_as_it_is_dated_now(cast: Cast) -> None:
    wrong, right = date(2024, 2, 5), date(2024, 3, 11)
    group = permitted(cast, placed(cast, registered(cast, family()), from_on=date(2024, 2, 1)), holds_on=wrong)
    assert first_step(cast, group) == (wrong, (cast.day - wrong).days)
    with scope(cast.udi, cast.day):
        who = [each.subject_id for each in members_of(group, cast.day)]
        kind, why = StatusKind.TEMPORARY_COLLECTIVE_PROTECTION, Mistake.WRONG_DAY
        annul_status(group, who, kind, wrong, right_on=right, reason=why, by=cast.udi, at=cast.at)
    assert first_step(cast, group) == (right, (cast.day - right).days)


@pytest.mark.req("SET-01", "SET-09")
def test_the_first_step_of_those_interviewed_early_counts_from_the_alert(cast: Cast) -> None:
    group = permitted(cast, alerted(cast), holds_on=cast.day)
    assert first_step(cast, group) == (ALERTED_ON, (cast.day - ALERTED_ON).days)


def first_step(cast: Cast, group: int) -> tuple[date, int]:
    """Since when the case has been on its first step, and for how many days."""
    [panel] = [each for each in page_of(cast, group, cast.imdi).context["panels"] if each.code == "steps"]
    spent = panel.context["rows"][0]["spent"]
    return spent.since_on, spent.days
