"""What was registered in a refusal by mistake is taken back, and how often refusals were turned is counted."""

from datetime import timedelta
from typing import Any

import pytest

from fotfeste.kernel.errors import NotAllowed
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.refusal.models import RefusalEvent
from fotfeste.refusal.public import (
    Outcome,
    ask_to_hold,
    outcomes,
    register_acceptance,
    send_first_letter,
    set_eviction_day,
    take_back_event,
    tell_udi,
)
from fotfeste.registry.models import Correction
from fotfeste.settlement.actions.journey import agree_journey
from tests.actions.refusal.stage import (
    DAY,
    DEADLINE,
    MOVED,
    NOTICE_FROM,
    code_of,
    declined,
    does,
    lettered,
    messaged,
    noticed,
    people,
    petitioned,
    planned,
    talks,
    the_refusal,
)
from tests.actions.refusal.test_ways_out import EVERYBODY, LATER, accepts, on_day, the_offer
from tests.actions.settlement.stage import depart, open_kinds, plan, state_of
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
SOON = timedelta(minutes=5)


def event_of(cast: Cast, group: int, kind: str) -> int:
    """The key of the last event of a kind."""
    with scope(cast.udi, cast.day):
        found: RefusalEvent = RefusalEvent.objects.filter(subject_id=group, kind=kind).latest("pk")
        return found.pk


def wrong(by: Viewer, **how: Any) -> dict[str, Any]:
    """Taken back by somebody for having chosen wrong."""
    return {"by": by, "reason": "wrong_choice", **how}


@pytest.mark.req("REF-05")
def test_a_talk_is_taken_back_by_the_centre_and_asked_for_again(cast: Cast) -> None:
    group = lettered(cast)
    talks(cast, group, [people(cast, group)["Olena"]])
    event = event_of(cast, group, "talk")
    assert code_of(cast, take_back_event, group, event, **wrong(cast.centre, reason="?")) == "mistake_missing"
    with pytest.raises(NotAllowed):
        does(cast, take_back_event, group, event, **wrong(cast.udi))
    does(cast, take_back_event, group, event, **wrong(cast.centre, reason="other", text="En annen husstand."))
    assert ("refusal_talk", cast.centre.organisation_id) in open_kinds(cast, group)
    with scope(cast.udi, cast.day):
        said = Correction.objects.get(subject_id=group)
        assert RefusalEvent.objects.get(pk=event).annul_reason == "other"
    assert (said.taken_back, said.text) == ("refusal", "En annen husstand.")
    assert code_of(cast, take_back_event, group, event, **wrong(cast.centre)) == "not_found"


@pytest.mark.req("REF-05")
def test_a_yes_that_nobody_gave_is_taken_back_until_a_journey_is_agreed(cast: Cast) -> None:
    group = noticed(cast)
    before = open_kinds(cast, group)
    accepts(cast, group, EVERYBODY, LATER)
    event = event_of(cast, group, "accepted")
    does(cast, take_back_event, group, event, **wrong(cast.centre, on=LATER + DAY))
    assert (state_of(cast, group), open_kinds(cast, group)) == ("refused", before)
    offer = the_offer(cast, group)
    assert (offer.state, offer.answered_on) == ("declined", cast.day)
    assert [stop.end for _, stop in planned(cast, group, LATER + DAY).benefit_stops] == [None, None]
    then = on_day(cast, LATER + DAY)
    accepts(cast, group, EVERYBODY, then.day)
    with scope(then.centre, then.day):
        agree_journey(group, plan(travels_on=then.day), by=then.centre, at=then.at)
    event = event_of(cast, group, "accepted")
    assert code_of(cast, take_back_event, group, event, **wrong(cast.centre, on=then.day)) == "yes_is_acted_upon"


@pytest.mark.req("REF-03")
def test_no_letter_is_taken_back_nor_what_something_rests_on(cast: Cast) -> None:
    group = petitioned(cast)
    then: dict[str, Any] = {"by": cast.udi, "on": NOTICE_FROM}
    letter = event_of(cast, group, "first_letter")
    assert code_of(cast, take_back_event, group, letter, reason="wrong_day", **then) == "not_taken_back"
    does(cast, set_eviction_day, group, day=LATER, **then)
    first = event_of(cast, group, "eviction_day_set")
    then["on"] = NOTICE_FROM + DAY
    does(cast, set_eviction_day, group, day=LATER + DAY, **then)
    assert code_of(cast, take_back_event, group, first, reason="wrong_day", **then) == "something_rests_on_it"
    does(cast, take_back_event, group, event_of(cast, group, "eviction_day_set"), reason="wrong_day", **then)
    [evicts] = [each for each in planned(cast, group, LATER).now if each.act == "evicted"]
    assert len(evicts.residents) == 4


@pytest.mark.req("REF-05")
def test_how_often_refusals_were_turned_before_each_step_is_counted_of_nobody_in_particular(cast: Cast) -> None:
    early, turned, left = messaged(cast), noticed(cast), lettered(cast)
    declined(cast)
    accepts(cast, early, EVERYBODY, cast.day)
    accepts(cast, turned, ["Olena", "Sofia"], LATER)
    depart(on_day(cast, LATER), left, MOVED)
    expected = [
        Outcome("accepted", "eviction_notice", 1, 2),
        Outcome("accepted", "opened", 1, 4),
        Outcome("moved_out", "first_letter", 1, 0),
        Outcome("open", "opened", 1, 0),
    ]
    for viewer in (cast.udi, cast.imdi):
        with scope(viewer, LATER):
            assert outcomes(cast.day, cast.day + DAY) == expected
            assert outcomes(cast.day + DAY, LATER) == []
    with scope(cast.registrar, LATER):
        assert outcomes(cast.day, cast.day + DAY) == []


@pytest.mark.req("REF-05")
def test_a_letter_after_the_yes_on_the_same_day_is_not_what_turned_them(cast: Cast) -> None:
    group = messaged(cast)
    who = people(cast, group)
    does(cast, register_acceptance, group, [who["Olena"]], by=cast.centre, accepted_on=cast.day)
    later = on_day(cast, cast.day)
    with scope(later.udi, later.day):
        send_first_letter(group, by=later.udi, at=later.at + SOON)
    with scope(cast.imdi, cast.day):
        assert outcomes(cast.day, cast.day + DAY) == [Outcome("accepted", "opened", 1, 1)]


@pytest.mark.req("REF-02")
def test_imdis_deadline_of_the_wrong_month_is_taken_back_and_set_anew(cast: Cast) -> None:
    group = declined(cast)
    before = open_kinds(cast, group)
    does(cast, ask_to_hold, group, by=cast.imdi, deadline_on=DEADLINE.replace(month=8))
    later = timedelta(minutes=1)
    with scope(cast.imdi, cast.day):
        tell_udi(group, by=cast.imdi, at=cast.at + later)
    asked, told = event_of(cast, group, "hold_asked"), event_of(cast, group, "imdi_message")
    assert code_of(cast, take_back_event, group, asked, **wrong(cast.imdi)) == "something_rests_on_it"
    does(cast, take_back_event, group, told, **wrong(cast.imdi))
    assert the_refusal(cast, group).imdi_deadline_on is not None
    does(cast, take_back_event, group, asked, **wrong(cast.imdi))
    assert (the_refusal(cast, group).imdi_deadline_on, open_kinds(cast, group)) == (None, before)
    does(cast, ask_to_hold, group, by=cast.imdi, deadline_on=DEADLINE)
    assert the_refusal(cast, group).imdi_deadline_on == DEADLINE
