"""Who holds a letter of a refusal that never was, or got one as a child, is told that it does not count: once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from fotfeste.letters.public import Letter, LetterKind
from fotfeste.platform.scope import scope
from fotfeste.refusal.public import extend_fortnight, send_first_letter, tell_days
from fotfeste.registry.public import correct_details
from fotfeste.settlement.public import annul_refusal
from tests.actions.refusal.stage import NOTICE_FROM, declined, does, messaged, noticed, people
from tests.actions.settlement.stage import family
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
ON = NOTICE_FROM + timedelta(days=2)


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
    assert [row["what"] for row in told[0].facts["letters"]] == ["first_letter", "eviction_notice"]
    assert [row["sent_on"] for row in told[0].facts["letters"]] == [str(cast.day), str(NOTICE_FROM)]


@pytest.mark.req("REF-02")
def test_what_was_told_of_days_is_void_with_it(cast: Cast) -> None:
    group = messaged(cast)
    one = [people(cast, group)["Olena"]]
    does(cast, send_first_letter, group, one, by=cast.udi)
    does(cast, extend_fortnight, group, one, by=cast.udi, until_on=date(2024, 4, 12), text="Syk.")
    does(cast, tell_days, group, by=cast.centre)
    does(cast, annul_refusal, group, by=cast.imdi, on=ON, reason="wrong_choice")
    [letter] = letters(cast, group)
    assert letter.also_about == one
    assert [row["what"] for row in letter.facts["letters"]] == ["first_letter", "days_told"]


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
    assert [row["what"] for row in letter.facts["letters"]] == ["first_letter", "eviction_notice"]
    later = ON + timedelta(days=5)
    does(cast, annul_refusal, group, by=cast.imdi, on=later, reason="wrong_choice")
    assert [each.also_about for each in letters(cast, group)] == [[who["Andrij"]], [who["Olena"]]]
