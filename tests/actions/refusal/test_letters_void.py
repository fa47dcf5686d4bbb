"""Who holds a letter of a refusal that never was, or got one as a child, is told that it does not count: once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from fotfeste.letters.public import Letter, LetterKind
from fotfeste.platform.scope import scope
from fotfeste.refusal.public import (
    RefusalEvent,
    ask_to_hold,
    extend_fortnight,
    extend_imdi_deadline,
    send_first_letter,
    take_back_event,
    tell_days,
    tell_udi,
)
from fotfeste.registry.public import correct_details
from fotfeste.settlement.public import annul_refusal
from tests.actions.refusal.stage import DEADLINE, NOTICE_FROM, declined, does, messaged, noticed, people
from tests.actions.settlement.stage import family
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
ON = NOTICE_FROM + timedelta(days=2)
AS_A_CHILD = replace(family().persons[1], birth_date=date(2010, 1, 20))


def letters(cast: Cast, group: int) -> list[Letter]:
    """What was written of letters that do not count, as the centre reads it."""
    with scope(cast.centre, ON):
        return list(Letter.objects.filter(kind=LetterKind.REFUSAL_VOID, subject_id=group).order_by("pk"))


@pytest.mark.req("REF-02", "REF-05")
def test_a_no_that_never_was_voids_every_letter_of_it(cast: Cast) -> None:
    group = noticed(cast)
    who = people(cast, group)
    does(cast, annul_refusal, group, by=cast.imdi, on=ON, reason="wrong_choice")
    told = letters(cast, group)
    assert sorted(each.also_about[0] for each in told) == sorted([who["Olena"], who["Andrij"]])
    assert {(each.language, each.way, each.facts["why"]) for each in told} == {("uk", "by_hand", "never_refused")}
    assert [row["what"] for row in told[0].facts["letters"]] == ["deadline_to_move", "first_letter", "eviction_notice"]
    assert [row["sent_on"] for row in told[0].facts["letters"]] == [str(cast.day), str(cast.day), str(NOTICE_FROM)]


@pytest.mark.req("REF-02")
def test_what_was_told_of_days_is_void_with_it(cast: Cast) -> None:
    group = messaged(cast)
    one = [people(cast, group)["Olena"]]
    does(cast, send_first_letter, group, one, by=cast.udi)
    does(cast, extend_fortnight, group, one, by=cast.udi, until_on=date(2024, 4, 12), text="Syk.")
    does(cast, tell_days, group, by=cast.centre)
    does(cast, annul_refusal, group, by=cast.imdi, on=ON, reason="wrong_choice")
    held = {each.also_about[0]: [row["what"] for row in each.facts["letters"]] for each in letters(cast, group)}
    assert held.pop(one[0]) == ["deadline_to_move", "first_letter", "days_told"]
    assert list(held.values()) == [["deadline_to_move"]]


@pytest.mark.req("REF-02")
def test_where_nobody_has_a_letter_nothing_is_written(cast: Cast) -> None:
    group = declined(cast)
    does(cast, annul_refusal, group, by=cast.imdi, reason="wrong_choice")
    assert letters(cast, group) == []


@pytest.mark.req("REF-02")
def test_who_turns_out_to_have_been_a_child_is_told_of_their_own_letters_once(cast: Cast) -> None:
    group = noticed(cast)
    who = people(cast, group)
    with scope(cast.udi, ON):
        for days, born in enumerate((date(2010, 1, 20), date(2010, 1, 21))):
            younger = replace(family().persons[1], birth_date=born)
            at = cast.at + (ON - cast.day) + timedelta(days=days)
            correct_details(who["Andrij"], younger, "typing_error", by=cast.udi, at=at)
    [letter] = letters(cast, group)
    assert (letter.also_about, letter.facts["why"]) == ([who["Andrij"]], "was_a_child")
    assert [row["what"] for row in letter.facts["letters"]] == ["deadline_to_move", "first_letter", "eviction_notice"]
    later = ON + timedelta(days=5)
    does(cast, annul_refusal, group, by=cast.imdi, on=later, reason="wrong_choice")
    assert [each.also_about for each in letters(cast, group)] == [[who["Andrij"]], [who["Olena"]]]


@pytest.mark.req("REF-02")
def test_what_a_child_was_told_of_days_does_not_count_either(cast: Cast) -> None:
    group = messaged(cast)
    who = people(cast, group)
    both = [who["Olena"], who["Andrij"]]
    does(cast, send_first_letter, group, both, by=cast.udi)
    does(cast, extend_fortnight, group, both, by=cast.udi, until_on=date(2024, 4, 12), text="Syk.")
    does(cast, tell_days, group, by=cast.centre)
    does(cast, correct_details, who["Andrij"], AS_A_CHILD, "typing_error", by=cast.udi)
    [letter] = letters(cast, group)
    assert letter.also_about == [who["Andrij"]]
    assert [row["what"] for row in letter.facts["letters"]] == ["deadline_to_move", "first_letter", "days_told"]
    with scope(cast.udi, cast.day):
        told = RefusalEvent.objects.current().filter(subject_id=group, kind="days_told")
        assert [each.resident_id for each in told] == [who["Olena"]]


@pytest.mark.req("REF-02")
def test_who_was_a_child_when_imdi_wrote_keeps_what_udi_wrote_when_they_were_of_age(cast: Cast) -> None:
    group = declined(cast)
    person = people(cast, group)["Andrij"]
    does(cast, ask_to_hold, group, by=cast.imdi, deadline_on=DEADLINE)
    does(cast, extend_imdi_deadline, group, by=cast.imdi, until_on=DEADLINE + timedelta(days=7), text="Skolen.")
    does(cast, tell_days, group, by=cast.centre)
    does(cast, tell_udi, group, by=cast.imdi)
    come_of_age = replace(family().persons[1], birth_date=date(2006, 3, 16))  # two days after IMDi wrote
    later = cast.day + timedelta(days=3)
    does(cast, send_first_letter, group, [person], by=cast.udi, on=later)
    does(cast, correct_details, person, come_of_age, "typing_error", by=cast.udi, on=later)
    [letter] = letters(cast, group)
    assert [row["what"] for row in letter.facts["letters"]] == ["deadline_to_move", "days_told"]
    with scope(cast.udi, later):
        assert RefusalEvent.objects.current().filter(subject_id=group, kind="first_letter").count() == 1


@pytest.mark.req("REF-01", "REF-02")
def test_a_child_who_has_imdis_letter_alone_is_told_that_it_does_not_count_whatever_is_corrected_again(
    cast: Cast,
) -> None:
    group = declined(cast)
    does(cast, ask_to_hold, group, by=cast.imdi, deadline_on=DEADLINE)
    person = people(cast, group)["Andrij"]
    for born in (date(2010, 1, 20), date(1983, 1, 20)):
        as_corrected = replace(family().persons[1], birth_date=born)
        does(cast, correct_details, person, as_corrected, "typing_error", by=cast.udi)
        [letter] = letters(cast, group)
        assert (letter.also_about, letter.facts["why"]) == ([person], "was_a_child")
        assert letter.facts["letters"] == [{"what": "deadline_to_move", "sent_on": str(cast.day)}]
    take_back(cast, group, "hold_asked")
    assert person not in letters(cast, group)[1].also_about
    assert len(letters(cast, group)) == 2


@pytest.mark.req("REF-01")
def test_a_deadline_that_imdi_takes_back_is_told_to_whoever_has_its_letter(cast: Cast) -> None:
    group = declined(cast)
    does(cast, ask_to_hold, group, by=cast.imdi, deadline_on=DEADLINE)
    take_back(cast, group, "hold_asked")
    told = letters(cast, group)
    assert [each.facts["why"] for each in told] == ["deadline_taken_back"] * 2
    assert {row["what"] for each in told for row in each.facts["letters"]} == {"deadline_to_move"}
    does(cast, ask_to_hold, group, by=cast.imdi, deadline_on=DEADLINE)
    does(cast, tell_udi, group, by=cast.imdi)
    take_back(cast, group, "imdi_message")  # the municipality has been told of the deadline: it stands
    assert len(letters(cast, group)) == 2


def take_back(cast: Cast, group: int, kind: str) -> None:
    """IMDi takes back what it did."""
    with scope(cast.imdi, cast.day):
        event = RefusalEvent.objects.current().get(subject_id=group, kind=kind)
    does(cast, take_back_event, group, event.pk, by=cast.imdi, reason="wrong_choice")
