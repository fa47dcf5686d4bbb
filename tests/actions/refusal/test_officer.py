"""UDI tells the enforcement officer what a petition has come to: a task, a letter where it went, and never twice."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from fotfeste.accommodation.public import DepartureReason, annul_departure, register_departure
from fotfeste.directory.public import Organisation
from fotfeste.letters.public import Letter, LetterKind
from fotfeste.platform.scope import scope
from fotfeste.refusal.public import (
    RefusalEvent,
    close_refusal,
    outcomes,
    register_acceptance,
    resume_refusal,
    set_eviction_day,
    suspend_refusal,
    take_back_event,
    tell_officer,
    withdraw_home,
)
from fotfeste.registry.public import remove_member
from fotfeste.settlement.public import annul_refusal
from fotfeste.worklist.public import Task
from tests.actions.refusal.stage import (
    MOVED,
    NOTICE_FROM,
    code_of,
    does,
    people,
    petitioned,
    planned,
    the_refusal,
)
from tests.actions.settlement.stage import depart
from tests.conftest import Cast
from tests.settlement_steps import placed

pytestmark = pytest.mark.django_db
ON = NOTICE_FROM + timedelta(days=5)


def is_asked(cast: Cast, group: int) -> bool:
    """UDI has the task of telling the enforcement officer."""
    with scope(cast.udi, ON):
        return Task.objects.filter(kind="refusal_officer", subject_id=group, closed_at=None).exists()


def letters(cast: Cast, group: int) -> list[Letter]:
    """What the enforcement officer was told after the petition, the first first."""
    with scope(cast.udi, ON):
        found = Letter.objects.filter(kind=LetterKind.PETITION_CHANGED, subject_id=group)
        return list(found.order_by("pk"))


def says_yes(cast: Cast, group: int, *names: str, on: date = ON) -> None:
    """Some of them say yes after all."""
    whom = [person for name, person in people(cast, group).items() if not names or name in names]
    does(cast, register_acceptance, group, whom, by=cast.centre, on=on, accepted_on=on)


@pytest.mark.req("REF-03", "REF-05")
def test_after_a_yes_the_officer_is_told_once_and_then_udi_closes(cast: Cast) -> None:
    group = petitioned(cast)
    assert not is_asked(cast, group)
    assert code_of(cast, tell_officer, group, by=cast.udi, on=ON) == "refusal_officer_knows"
    says_yes(cast, group)
    assert is_asked(cast, group)
    assert code_of(cast, close_refusal, group, by=cast.udi, on=ON, text="Ferdig.") == "refusal_petition_recalled"
    does(cast, tell_officer, group, by=cast.udi, on=ON)
    assert not is_asked(cast, group)
    [letter] = letters(cast, group)
    with scope(cast.udi, ON):
        petition = Letter.objects.get(kind=LetterKind.PETITION, subject_id=group)
    assert letter.written["receiver"] == petition.written["receiver"]
    assert letter.facts["petition_reference"] == petition.reference
    assert (letter.way, letter.facts["says"]) == ("outside", "petition_recalled")
    assert {row["out"] for row in letter.facts["adults"]} == {"accepted"}
    assert {row["name"] for row in letter.facts["adults"]} == {row["name"] for row in petition.facts["adults"]}
    assert code_of(cast, tell_officer, group, by=cast.udi, on=ON) == "refusal_officer_knows"
    does(cast, close_refusal, group, by=cast.udi, on=ON, text="Ferdig.")


@pytest.mark.req("REF-03")
def test_who_moved_out_is_told_of_and_told_of_again_where_they_never_left(cast: Cast) -> None:
    group = petitioned(cast)
    later = replace(cast, at=cast.at + (ON - cast.day))
    depart(later, group, MOVED)
    does(cast, tell_officer, group, by=cast.udi, on=ON)
    assert {row["out"] for row in letters(cast, group)[0].facts["adults"]} == {"moved_out"}
    whom = [*people(cast, group).values()]
    does(cast, annul_departure, group, whom, by=cast.centre, on=ON, reason="wrong_choice")
    assert is_asked(cast, group)
    does(cast, tell_officer, group, by=cast.udi, on=ON)
    assert [each.facts["says"] for each in letters(cast, group)] == ["petition_recalled", "petition_upheld"]
    assert letters(cast, group)[1].facts["again"] == "yes"


@pytest.mark.req("REF-03")
def test_a_suspension_and_its_end_are_told_and_the_old_day_is_no_day(cast: Cast) -> None:
    group = petitioned(cast)
    does(cast, set_eviction_day, group, by=cast.udi, on=ON, day=ON + timedelta(days=9))
    does(cast, suspend_refusal, group, by=cast.udi, on=ON, text="Sykehus.")
    does(cast, tell_officer, group, by=cast.udi, on=ON)
    does(cast, resume_refusal, group, by=cast.udi, on=ON, text="Hjemme.")
    again = ON + timedelta(days=12)
    why = code_of(cast, set_eviction_day, group, by=cast.udi, on=ON, day=again)
    assert why == "refusal_petition_upheld"
    does(cast, tell_officer, group, by=cast.udi, on=ON)
    assert [each.facts["says"] for each in letters(cast, group)] == ["petition_paused", "petition_upheld"]
    does(cast, set_eviction_day, group, by=cast.udi, on=ON, day=again)


@pytest.mark.req("REF-03", "REF-05")
def test_one_of_two_says_yes_and_takes_it_back(cast: Cast) -> None:
    group = petitioned(cast)
    says_yes(cast, group, "Olena")
    does(cast, tell_officer, group, by=cast.udi, on=ON)
    [letter] = letters(cast, group)
    assert (len(letter.facts["adults"]), letter.facts["others"]) == (1, "stands")
    with scope(cast.udi, ON):
        event = RefusalEvent.objects.get(kind="accepted", subject_id=group)
    does(cast, take_back_event, group, event.pk, by=cast.centre, on=ON, reason="wrong_choice")
    assert is_asked(cast, group)
    does(cast, tell_officer, group, by=cast.udi, on=ON)
    assert letters(cast, group)[1].facts["says"] == "petition_upheld"


@pytest.mark.req("REF-03", "REF-05")
def test_the_officer_is_told_that_the_municipality_has_let_go(cast: Cast) -> None:
    group = petitioned(cast)
    does(cast, withdraw_home, group, by=cast.municipality, on=ON, text="Utleid.")
    does(cast, tell_officer, group, by=cast.udi, on=ON)
    [letter] = letters(cast, group)
    assert (letter.facts["says"], letter.facts["offer"], letter.facts["again"]) == ("petition_upheld", "withdrawn", "")


@pytest.mark.req("REF-03")
def test_a_no_that_never_was_is_told_to_the_officer_too(cast: Cast) -> None:
    group = petitioned(cast)
    does(cast, annul_refusal, group, by=cast.imdi, on=ON, reason="wrong_choice")
    assert is_asked(cast, group)
    does(cast, tell_officer, group, by=cast.udi, on=ON)
    assert {row["out"] for row in letters(cast, group)[0].facts["adults"]} == {"over"}
    assert not is_asked(cast, group)


def test_the_letter_goes_to_the_place_that_the_petition_named(cast: Cast) -> None:
    group = petitioned(cast)
    says_yes(cast, group)
    does(cast, tell_officer, group, by=cast.udi, on=ON)
    refusal = the_refusal(cast, group, ON)
    [letter] = letters(cast, group)
    assert refusal.organisation.name == letter.facts["municipality"]
    assert letter.facts["centre"] in letter.facts["address"]


@pytest.mark.req("REF-03", "REF-05")
def test_who_is_recalled_while_it_is_suspended_leaves_the_others_where_they_are(cast: Cast) -> None:
    group = petitioned(cast)
    does(cast, suspend_refusal, group, by=cast.udi, on=ON, text="Sykehus.")
    does(cast, tell_officer, group, by=cast.udi, on=ON)
    says_yes(cast, group, "Olena")
    does(cast, tell_officer, group, by=cast.udi, on=ON)
    assert [each.facts["others"] for each in letters(cast, group)] == ["", "paused"]


@pytest.mark.req("REF-03")
def test_who_is_taken_out_of_the_household_after_the_petition_is_told_of_and_the_others_go_on(cast: Cast) -> None:
    group = petitioned(cast)
    who = people(cast, group)
    does(cast, remove_member, group, who["Sofia"], ON, by=cast.udi, on=ON)
    assert not is_asked(cast, group)  # a child: no petition names her
    does(cast, remove_member, group, who["Andrij"], ON, by=cast.udi, on=ON)
    assert is_asked(cast, group)
    does(cast, tell_officer, group, by=cast.udi, on=ON)
    assert not is_asked(cast, group)
    [letter] = letters(cast, group)
    assert (letter.also_about, letter.facts["says"]) == ([who["Andrij"]], "petition_recalled")
    assert ([row["out"] for row in letter.facts["adults"]], letter.facts["others"]) == (["taken_out"], "stands")
    assert code_of(cast, tell_officer, group, by=cast.udi, on=ON) == "refusal_officer_knows"
    does(cast, set_eviction_day, group, by=cast.udi, on=ON, day=ON + timedelta(days=9))
    later = ON + timedelta(days=1)
    assert str(who["Andrij"]) not in planned(cast, group, later).in_process


@pytest.mark.req("REF-03", "REF-05")
def test_who_said_yes_and_is_taken_out_before_the_officer_knew_is_told_of_too(cast: Cast) -> None:
    group = petitioned(cast)
    who = people(cast, group)
    says_yes(cast, group, "Andrij")
    does(cast, remove_member, group, who["Andrij"], ON, by=cast.udi, on=ON)
    assert is_asked(cast, group)
    does(cast, tell_officer, group, by=cast.udi, on=ON)
    assert [row["out"] for row in letters(cast, group)[0].facts["adults"]] == ["accepted"]
    assert not is_asked(cast, group)


@pytest.mark.req("REF-03")
def test_who_has_moved_to_another_centre_after_the_petition_is_told_of_with_where_they_live(cast: Cast) -> None:
    group = petitioned(cast)
    then = replace(cast, day=ON, at=cast.at + (ON - cast.day))
    placed(then, group, cast.other_centre, ON)
    assert is_asked(cast, group)
    does(cast, tell_officer, group, by=cast.udi, on=ON)
    assert not is_asked(cast, group)
    [letter] = letters(cast, group)
    with scope(cast.udi, ON):
        petition = Letter.objects.get(kind=LetterKind.PETITION, subject_id=group)
        now = Organisation.objects.get(pk=cast.other_centre.organisation_id).name
    assert (letter.facts["says"], letter.facts["address"]) == ("petition_upheld", petition.facts["address"])
    assert letter.facts["lives_at"] == now != petition.facts["centre"]
    assert letter.facts["moved_to"].startswith(now)
    assert letter.written["receiver"] == petition.written["receiver"]
    assert code_of(cast, tell_officer, group, by=cast.udi, on=ON) == "refusal_officer_knows"


@pytest.mark.req("REF-03")
def test_the_dead_have_not_moved_out_for_the_officer_nor_in_the_measure(cast: Cast) -> None:
    group = petitioned(cast)
    then = replace(cast, day=ON, at=cast.at + (ON - cast.day))
    who = list(people(cast, group).values())
    does(cast, register_departure, group, who, ON, DepartureReason.DECEASED, by=then.centre, on=ON, is_meant=True)
    assert {event.kind for _, event in planned(cast, group, ON).out} == {"deceased"}
    does(cast, tell_officer, group, by=cast.udi, on=ON)
    assert {row["out"] for row in letters(cast, group)[0].facts["adults"]} == {"deceased"}
    does(cast, close_refusal, group, by=cast.udi, on=ON, text="Døde.")
    with scope(cast.udi, ON):
        assert outcomes(cast.day, ON) == []
