"""Residents are told of days that are changed: a task of the centre, a letter to each adult, and never twice."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from fotfeste.letters.public import Letter, LetterKind
from fotfeste.platform.scope import scope
from fotfeste.refusal.public import (
    RefusalEvent,
    extend_fortnight,
    extend_imdi_deadline,
    resume_refusal,
    send_first_letter,
    suspend_refusal,
    take_back_event,
    tell_days,
)
from fotfeste.worklist.public import Task
from tests.actions.refusal.stage import (
    DAY,
    DEADLINE,
    FORTNIGHT,
    NOTICE_FROM,
    code_of,
    declined_apart,
    does,
    lettered,
    noticed,
    people,
    petitioned,
    told_of,
)
from tests.conftest import Cast
from tests.settlement_steps import placed

pytestmark = pytest.mark.django_db
LONGER = date(2024, 4, 12)


def is_asked(cast: Cast, group: int) -> bool:
    """The centre has the task of telling."""
    with scope(cast.centre, cast.day):
        return Task.objects.filter(
            kind="refusal_days", subject_id=group, closed_at=None, organisation_id=cast.centre.organisation_id
        ).exists()


def letters(cast: Cast, group: int) -> list[Letter]:
    """What residents were told of their days, as UDI reads it, the first first."""
    with scope(cast.udi, cast.day):
        return list(Letter.objects.filter(kind=LetterKind.DAYS_CHANGED, subject_id=group).order_by("pk"))


@pytest.mark.req("REF-02", "REF-04")
def test_who_gets_longer_reads_the_old_days_and_the_new_in_their_language(cast: Cast) -> None:
    group = lettered(cast)
    assert not is_asked(cast, group)
    assert code_of(cast, tell_days, group, by=cast.centre) == "refusal_days_are_told"
    one = [people(cast, group)["Olena"]]
    does(cast, extend_fortnight, group, one, by=cast.udi, until_on=LONGER, text="Syk.")
    assert is_asked(cast, group)
    does(cast, tell_days, group, by=cast.centre)
    assert not is_asked(cast, group)
    [letter] = letters(cast, group)
    assert (letter.also_about, letter.language, letter.way) == (one, "uk", "by_hand")
    assert letter.facts["days"] == [
        {"what": "fortnight", "was_on": str(FORTNIGHT), "now_on": str(LONGER)},
        {"what": "benefit_stop", "was_on": str(NOTICE_FROM), "now_on": str(LONGER + timedelta(days=1))},
    ]
    assert code_of(cast, tell_days, group, by=cast.centre) == "refusal_days_are_told"


@pytest.mark.req("REF-02")
def test_a_suspension_and_its_end_are_told_to_adults_alone(cast: Cast) -> None:
    group = lettered(cast)
    with scope(cast.udi, cast.day):
        first = Letter.objects.filter(kind=LetterKind.REFUSAL_FIRST, subject_id=group)
        adults = sorted(person for letter in first for person in letter.also_about)
    assert len(adults) < len(people(cast, group))
    does(cast, suspend_refusal, group, by=cast.udi, text="Sykehus.")
    does(cast, tell_days, group, by=cast.centre)
    told = letters(cast, group)
    assert sorted(person for letter in told for person in letter.also_about) == adults
    assert {letter.facts["still_on"] for letter in told} == {str(cast.day)}
    does(cast, resume_refusal, group, by=cast.udi, text="Hjemme.", on=cast.day + timedelta(days=4))
    does(cast, tell_days, group, by=cast.centre, on=cast.day + timedelta(days=4))
    assert len(letters(cast, group)) == 2 * len(adults)


@pytest.mark.req("REF-02", "REF-03")
@pytest.mark.parametrize(("until_then", "step"), [(noticed, "eviction_notice"), (petitioned, "petition")])
def test_who_has_the_notice_is_told_that_it_stands_still_and_that_it_goes_on(
    cast: Cast, until_then: Callable[[Cast], int], step: str
) -> None:
    group = until_then(cast)
    since, onwards = NOTICE_FROM + timedelta(days=2), NOTICE_FROM + timedelta(days=9)
    does(cast, suspend_refusal, group, by=cast.udi, on=since, text="Sykehus.")
    assert is_asked(cast, group)
    does(cast, tell_days, group, by=cast.centre, on=since)
    assert not is_asked(cast, group)
    later = since + timedelta(days=3)
    assert code_of(cast, tell_days, group, by=cast.centre, on=later) == "refusal_days_are_told"
    does(cast, resume_refusal, group, by=cast.udi, on=onwards, text="Hjemme.")
    assert is_asked(cast, group)
    does(cast, tell_days, group, by=cast.centre, on=onwards)
    assert not is_asked(cast, group)
    told = letters(cast, group)
    adults = len(told) // 2
    assert adults == 2
    said = [(each.facts["still_on"], each.facts["resumed_on"], each.facts["days"]) for each in told]
    assert said == [(str(since), None, [])] * adults + [(None, str(onwards), [])] * adults
    assert {(each.facts["step"], each.facts["stopped"], each.language) for each in told} == {(step, "yes", "uk")}


def asked(cast: Cast, group: int) -> dict[str, str]:
    """Which centres were asked to tell, and whether they are still, as UDI sees it: empty where they are."""
    names = {cast.centre.organisation_id: "Voss", cast.other_centre.organisation_id: "Råde"}
    with scope(cast.udi, cast.day):
        tasks = Task.objects.filter(kind="refusal_days", subject_id=group).order_by("pk")
        return {names[each.organisation_id]: each.outcome for each in tasks}


def test_the_centre_where_they_live_whose_days_are_changed_is_asked_to_tell_them(cast: Cast) -> None:
    group = told_of(cast, declined_apart(cast, "Andrij"))
    does(cast, send_first_letter, group, by=cast.udi)
    does(cast, extend_fortnight, group, [people(cast, group)["Andrij"]], by=cast.udi, until_on=LONGER, text="Syk.")
    assert asked(cast, group) == {"Råde": ""}
    assert code_of(cast, tell_days, group, by=cast.centre) == "refusal_days_are_told"
    does(cast, extend_imdi_deadline, group, by=cast.imdi, until_on=DEADLINE + 14 * DAY, text="Påske.")
    assert asked(cast, group) == {"Råde": "", "Voss": ""}
    does(cast, tell_days, group, by=cast.centre)
    assert asked(cast, group) == {"Råde": "", "Voss": "done"}
    does(cast, tell_days, group, by=cast.other_centre)
    assert asked(cast, group) == {"Råde": "done", "Voss": "done"}


def test_the_centre_to_which_they_move_is_asked_instead(cast: Cast) -> None:
    group = told_of(cast, declined_apart(cast, "Andrij"))
    does(cast, send_first_letter, group, by=cast.udi)
    does(cast, extend_fortnight, group, [people(cast, group)["Andrij"]], by=cast.udi, until_on=LONGER, text="Syk.")
    placed(cast, group, cast.centre, cast.day)
    assert asked(cast, group) == {"Råde": "void", "Voss": ""}


@pytest.mark.req("REF-02")
def test_longer_that_was_a_mistake_is_taken_back_until_somebody_was_told_of_it(cast: Cast) -> None:
    group = lettered(cast)
    for is_told in (False, True):
        does(cast, extend_imdi_deadline, group, by=cast.imdi, until_on=DEADLINE + timedelta(days=14), text="Påske.")
        with scope(cast.imdi, cast.day):
            event = RefusalEvent.objects.current().get(kind="imdi_deadline_extended", subject_id=group)
        if is_told:
            after = cast.day + timedelta(days=1)
            does(cast, tell_days, group, by=cast.centre, on=after)
            why = code_of(cast, take_back_event, group, event.pk, by=cast.imdi, on=after, reason="wrong_choice")
            assert why == "something_rests_on_it"
        else:
            does(cast, take_back_event, group, event.pk, by=cast.imdi, reason="wrong_choice")
            assert not is_asked(cast, group)
