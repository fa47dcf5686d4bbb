"""The steps of a refusal: each by its party, from its day, once, and never to a child."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from fotfeste.accommodation.public import CentreType, DepartureReason
from fotfeste.kernel.errors import NotAllowed, Refused
from fotfeste.platform.scope import scope
from fotfeste.refusal.models import RefusalEvent
from fotfeste.refusal.public import (
    Happening,
    ask_to_hold,
    close_refusal,
    extend_fortnight,
    extend_imdi_deadline,
    register_talk,
    resume_refusal,
    send_eviction_notice,
    send_first_letter,
    send_petition,
    set_eviction_day,
    suspend_refusal,
    tell_of_minors,
    tell_udi,
)
from fotfeste.registry.public import remove_member
from fotfeste.worklist.public import Task
from tests.actions.accommodation.people import open_centre
from tests.actions.refusal.stage import (
    DAY,
    DEADLINE,
    FORTNIGHT,
    MOVED,
    NOTICE_FROM,
    aunt_and_boy,
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
from tests.actions.settlement.stage import depart, open_kinds
from tests.as_owner import every_event
from tests.conftest import Cast
from tests.settlement_steps import placed

pytestmark = pytest.mark.django_db


def due(cast: Cast, group: int, kind: str, on: date) -> tuple[date | None, str]:
    """By which day and rule an open task is due."""
    with scope(cast.udi, on):
        task = Task.objects.get(subject_id=group, kind=kind, closed_at=None)
    return task.due_on, task.due_rule


@pytest.mark.req("REF-01")
def test_imdi_asks_the_municipality_to_hold_the_offer_and_tells_udi(cast: Cast) -> None:
    group = declined(cast)
    assert code_of(cast, tell_udi, group, by=cast.imdi) == "refusal_imdi_deadline"
    assert code_of(cast, ask_to_hold, group, by=cast.imdi, deadline_on=cast.day - DAY) == "imdi_deadline_in_past"
    does(cast, ask_to_hold, group, by=cast.imdi, deadline_on=DEADLINE)
    assert code_of(cast, ask_to_hold, group, by=cast.imdi, deadline_on=DEADLINE) == "refusal_done"
    assert due(cast, group, "refusal_hold", cast.day) == (DEADLINE, "refusal.imdi_deadline")
    assert ("follow_refusal", cast.imdi.organisation_id) in open_kinds(cast, group)
    assert code_of(cast, tell_udi, group, by=cast.imdi, deadline_on=DEADLINE + DAY) == "imdi_deadline_is_set"
    does(cast, tell_udi, group, by=cast.imdi)
    assert ("follow_refusal", cast.imdi.organisation_id) not in open_kinds(cast, group)
    assert due(cast, group, "refusal_first_letter", cast.day) == (cast.day, "refusal.imdi_message")
    assert every_event().filter(type__in=("refusal.hold_asked", "refusal.imdi_message")).count() == 2
    with scope(cast.municipality, cast.day):
        assert [row.kind for row in RefusalEvent.objects.filter(subject_id=group)] == ["hold_asked"]


@pytest.mark.req("REF-02")
def test_the_first_letter_goes_to_adults_from_imdis_message_and_their_benefit_stops_after_14_days(cast: Cast) -> None:
    group = declined(cast)
    assert code_of(cast, send_first_letter, group, by=cast.udi) == "refusal_imdi_message"
    group = messaged(cast)
    who = people(cast, group)
    assert code_of(cast, send_first_letter, group, [who["Sofia"]], by=cast.udi) == "refusal_child"
    early: dict[str, Any] = {"by": cast.udi, "stops_on": FORTNIGHT}
    assert code_of(cast, send_first_letter, group, [who["Olena"]], **early) == "refusal_stops_too_early"
    does(cast, send_first_letter, group, by=cast.udi)
    plan = planned(cast, group)
    adults = {str(who["Olena"]), str(who["Andrij"])}
    assert {name for name, _ in plan.fortnights} == adults
    assert {(name, stop.start, stop.end) for name, stop in plan.benefit_stops} == {
        (name, NOTICE_FROM, None) for name in adults
    }
    assert due(cast, group, "refusal_notice", cast.day) == (NOTICE_FROM, "refusal.fortnight_days")
    assert code_of(cast, send_first_letter, group, by=cast.udi) == "nobody_due"
    assert code_of(cast, send_first_letter, group, [who["Olena"]], by=cast.udi) == "refusal_done"


@pytest.mark.req("REF-03")
def test_the_notice_waits_for_the_later_of_both_deadlines_and_the_petition_for_the_notice(cast: Cast) -> None:
    group = lettered(cast)
    assert code_of(cast, send_eviction_notice, group, by=cast.udi, on=FORTNIGHT) == "refusal_too_early"
    assert code_of(cast, send_petition, group, by=cast.udi, on=NOTICE_FROM) == "refusal_eviction_notice"
    does(cast, send_eviction_notice, group, [people(cast, group)["Olena"]], by=cast.udi, on=NOTICE_FROM)
    assert code_of(cast, send_petition, group, by=cast.udi, on=NOTICE_FROM) == "refusal_eviction_notice"
    does(cast, send_eviction_notice, group, by=cast.udi, on=NOTICE_FROM)
    assert due(cast, group, "refusal_petition", NOTICE_FROM) == (NOTICE_FROM, "refusal.eviction_notice")
    does(cast, send_petition, group, by=cast.udi, on=NOTICE_FROM)
    assert planned(cast, group, NOTICE_FROM).step == "petition"
    assert ("refusal_eviction_day", cast.udi.organisation_id) in open_kinds(cast, group)


@pytest.mark.req("REF-03")
def test_the_centre_evicts_on_the_officers_day_and_udi_closes_by_hand(cast: Cast) -> None:
    group = noticed(cast)
    day = date(2024, 4, 17)
    set_it: dict[str, Any] = {"by": cast.udi, "on": NOTICE_FROM}
    assert code_of(cast, set_eviction_day, group, day=day, **set_it) == "refusal_petition"
    does(cast, send_petition, group, **set_it)
    assert code_of(cast, set_eviction_day, group, day=NOTICE_FROM - DAY, **set_it) == "refusal_day_before_act"
    does(cast, set_eviction_day, group, day=day, **set_it)
    assert due(cast, group, "refusal_eviction", NOTICE_FROM) == (day, "refusal.eviction_day")
    with pytest.raises(Refused) as caught:
        evicted(cast, group, day - DAY)
    assert caught.value.code == "refusal_too_early"
    assert code_of(cast, close_refusal, group, text="Ferdig.", by=cast.udi, on=day) == "refusal_everybody_out"
    evicted(cast, group, day)
    assert {event.kind for _, event in planned(cast, group, day).out} == {Happening.EVICTED}
    assert open_kinds(cast, group) == {("refusal_close", cast.udi.organisation_id), *told(cast)}
    assert code_of(cast, close_refusal, group, text=" ", by=cast.udi, on=day) == "refusal_needs_words"
    does(cast, close_refusal, group, text="Kastet ut.", by=cast.udi, on=day)
    assert (the_refusal(cast, group, day).closed_on, planned(cast, group, day).step) == (day, "closed")
    assert open_kinds(cast, group) == told(cast)
    assert code_of(cast, suspend_refusal, group, text="Vent.", by=cast.udi, on=day) == "no_open_refusal"


def told(cast: Cast) -> set[tuple[str, int]]:
    """The municipality sees that it has nothing to hold any more."""
    return {("see_withdrawal", cast.municipality.organisation_id)}


def evicted(cast: Cast, group: int, on: date) -> None:
    """The centre registers on the day that the enforcement officer has come."""
    depart(replace(cast, day=on, at=cast.at + (on - cast.day)), group, DepartureReason.EVICTED)


@pytest.mark.req("REF-03")
def test_deadlines_are_extended_while_they_run_with_a_reason(cast: Cast) -> None:
    group = lettered(cast)
    olena = people(cast, group)["Olena"]
    later: dict[str, Any] = {"until_on": date(2024, 4, 12), "text": "Syk.", "by": cast.udi}
    assert code_of(cast, extend_fortnight, group, [olena], **later | {"text": ""}) == "refusal_needs_words"
    assert code_of(cast, extend_fortnight, group, [olena], **later, on=NOTICE_FROM) == "refusal_run_out"
    does(cast, extend_fortnight, group, [olena], **later, on=FORTNIGHT)
    longer: dict[str, Any] = {"until_on": date(2024, 4, 8), "text": "Påske.", "by": cast.imdi}
    assert code_of(cast, extend_imdi_deadline, group, **longer, on=DEADLINE + DAY) == "refusal_before_what_came_before"
    plan = planned(cast, group, FORTNIGHT)
    ends = {name: (each.set_for, each.runs_out_on) for name, each in plan.fortnights}
    assert ends[str(olena)] == (date(2024, 3, 28), date(2024, 4, 12))
    assert due(cast, group, "refusal_notice", FORTNIGHT) == (NOTICE_FROM, "refusal.fortnight_days")


@pytest.mark.req("REF-03")
def test_imdi_extends_its_deadline_while_it_runs(cast: Cast) -> None:
    group = lettered(cast)
    longer: dict[str, Any] = {"until_on": date(2024, 4, 8), "text": "Påske.", "by": cast.imdi}
    does(cast, extend_imdi_deadline, group, **longer, on=DEADLINE)
    assert due(cast, group, "refusal_hold", DEADLINE) == (date(2024, 4, 8), "refusal.imdi_deadline")
    late: dict[str, Any] = {"until_on": date(2024, 4, 20), "text": "Igjen.", "by": cast.imdi}
    assert code_of(cast, extend_imdi_deadline, group, **late, on=date(2024, 4, 9)) == "refusal_run_out"
    assert the_refusal(cast, group).imdi_deadline_on == DEADLINE


@pytest.mark.req("REF-03")
def test_nothing_is_sent_while_the_case_is_suspended(cast: Cast) -> None:
    group = lettered(cast)
    assert code_of(cast, resume_refusal, group, text="Nå.", by=cast.udi) == "refusal_not_suspended"
    does(cast, suspend_refusal, group, text="På sykehus.", by=cast.udi, on=date(2024, 3, 18))
    assert due(cast, group, "refusal_notice", date(2024, 3, 18)) == (None, "")
    assert code_of(cast, send_eviction_notice, group, by=cast.udi, on=NOTICE_FROM) == "refusal_resumed"
    does(cast, resume_refusal, group, text="Hjemme.", by=cast.udi, on=date(2024, 3, 25))
    assert due(cast, group, "refusal_notice", date(2024, 3, 25)) == (date(2024, 4, 5), "refusal.fortnight_days")


@pytest.mark.req("REF-04")
def test_a_talk_says_with_whom_in_what_language_and_what_was_explained_also_when_it_is_written_down_later(
    cast: Cast,
) -> None:
    group = lettered(cast)
    olena = people(cast, group)["Olena"]
    said: dict[str, Any] = {
        "held_on": cast.day,
        "language": "uk",
        "interpreter": "present",
        "text": "Alt.",
        "by": cast.centre,
    }
    assert code_of(cast, register_talk, group, [olena], **said | {"interpreter": "?"}) == "talk_needs_words"
    assert code_of(cast, register_talk, group, [], **said) == "refusal_names_nobody"
    assert code_of(cast, register_talk, group, [group], **said) == "not_in_refusal"
    ahead: dict[str, Any] = said | {"held_on": cast.day + DAY}
    assert code_of(cast, register_talk, group, [olena], **ahead) == "refusal_event_in_future"
    does(cast, send_eviction_notice, group, by=cast.udi, on=NOTICE_FROM)
    talks(cast, group, [olena], on=NOTICE_FROM, held_on=FORTNIGHT)
    with scope(cast.udi, cast.day):
        [talk] = RefusalEvent.objects.filter(kind="talk")
    assert (talk.resident_id, talk.holds_on, talk.language, talk.text) == (
        olena,
        FORTNIGHT,
        "uk",
        "De vet hva de mister.",
    )
    assert ("refusal_talk", cast.centre.organisation_id) not in open_kinds(cast, group)


@pytest.mark.req("REF-02")
def test_guardian_and_child_welfare_are_of_those_who_came_alone(cast: Cast) -> None:
    group = petitioned(cast)
    sofia = people(cast, group)["Sofia"]
    told_of: dict[str, Any] = {"by": cast.udi, "on": NOTICE_FROM}
    assert code_of(cast, tell_of_minors, group, Happening.GUARDIAN_TOLD, **told_of) == "nobody_due"
    assert code_of(cast, tell_of_minors, group, Happening.GUARDIAN_TOLD, [sofia], **told_of) == "refusal_not_alone"


@pytest.mark.req("REF-02")
def test_all_is_done_for_a_boy_who_came_alone_before_his_aunt_is_warned(cast: Cast) -> None:
    group = aunt_and_boy(cast)
    does(cast, ask_to_hold, group, by=cast.imdi, deadline_on=DEADLINE)
    does(cast, tell_udi, group, by=cast.imdi)
    does(cast, send_first_letter, group, by=cast.udi)
    assert ("refusal_minors", cast.udi.organisation_id) in open_kinds(cast, group)
    then: dict[str, Any] = {"by": cast.udi, "on": NOTICE_FROM}
    for kind in (Happening.GUARDIAN_TOLD, Happening.CHILD_WELFARE_TOLD, Happening.MINORS_PLACE_OFFERED):
        assert code_of(cast, send_eviction_notice, group, **then) == f"refusal_{kind}"
        does(cast, tell_of_minors, group, kind, **then)
    assert ("refusal_minors", cast.udi.organisation_id) not in open_kinds(cast, group)
    does(cast, send_eviction_notice, group, **then)
    does(cast, send_petition, group, **then)
    does(cast, set_eviction_day, group, day=NOTICE_FROM, **then)
    with pytest.raises(Refused) as caught:
        evicted(cast, group, NOTICE_FROM)
    assert caught.value.code == "refusal_place_for_minors"


def left_alone(cast: Cast) -> tuple[int, int]:
    """The boy, whose aunt has moved out without him, is offered a place in a centre for unaccompanied minors."""
    group = aunt_and_boy(cast)
    who = people(cast, group)
    depart(cast, group, MOVED, persons=[who["Iryna"]])
    assert planned(cast, group).in_process == (str(who["Taras"]),)
    assert code_of(cast, close_refusal, group, text="Ferdig.", by=cast.udi) == "refusal_everybody_out"
    does(cast, tell_of_minors, group, Happening.MINORS_PLACE_OFFERED, by=cast.udi)
    return group, who["Taras"]


@pytest.mark.req("REF-02")
def test_a_boy_who_gets_the_place_that_he_was_offered_has_left_it(cast: Cast) -> None:
    group, boy = left_alone(cast)
    open_centre(cast, cast.other_centre, kind=CentreType.UNACCOMPANIED_MINORS)
    placed(cast, group, cast.other_centre, cast.day)  # the aunt who has left is not taken along
    out = {name: event.kind for name, event in planned(cast, group).out}
    assert out[str(boy)] == Happening.MOVED_OUT
    does(cast, close_refusal, group, text="Gutten bor i mottak for enslige mindreårige.", by=cast.udi)


@pytest.mark.req("REF-02")
def test_a_boy_who_is_taken_out_of_the_household_is_not_in_its_refusal(cast: Cast) -> None:
    group, boy = left_alone(cast)
    does(cast, remove_member, group, boy, cast.day, by=cast.udi)
    assert planned(cast, group).in_process == ()
    assert ("refusal_close", cast.udi.organisation_id) in open_kinds(cast, group)


@pytest.mark.req("ACS-02")
def test_each_act_is_its_partys(cast: Cast) -> None:
    group = declined(cast)
    acts: list[tuple[Callable[..., Any], dict[str, Any]]] = [
        (ask_to_hold, {"deadline_on": DEADLINE}),
        (tell_udi, {}),
        (send_first_letter, {}),
        (close_refusal, {"text": "Ferdig."}),
        (suspend_refusal, {"text": "Vent."}),
    ]
    for act, how in acts:
        with pytest.raises(NotAllowed):
            does(cast, act, group, by=cast.centre, **how)
    with pytest.raises(NotAllowed):
        talks(replace(cast, centre=cast.udi), group, [1])
