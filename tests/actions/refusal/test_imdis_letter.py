"""IMDi writes to each adult until when they may move, where it sets the deadline; the centre and UDI read the copy."""

from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module

import pytest
from django.db import connection

from fotfeste.letters.public import Letter, LetterKind
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.refusal.models import Refusal
from fotfeste.refusal.public import (
    ask_to_hold,
    extend_imdi_deadline,
    follow_the_day,
    send_first_letter,
    suspend_refusal,
    tell_days,
    tell_udi,
)
from fotfeste.registry.public import correct_details
from fotfeste.settlement.public import annul_refusal
from tests.actions.refusal.letter_stage import refusing
from tests.actions.refusal.stage import DAY, DEADLINE, code_of, declined, declined_apart, does, messaged, people
from tests.actions.settlement.stage import family, open_kinds
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


def letters(
    cast: Cast, group: int, by: Viewer | None = None, *, kind: LetterKind = LetterKind.DEADLINE_TO_MOVE
) -> list[Letter]:
    """IMDi's letters with the deadline, or others of a refusal, as somebody reads them."""
    with scope(by or cast.imdi, cast.day):
        return list(Letter.objects.filter(kind=kind, subject_id=group).order_by("pk"))


@pytest.mark.req("REF-01", "REF-04")
def test_each_adult_gets_imdis_letter_in_their_language_by_the_act_that_sets_the_deadline(cast: Cast) -> None:
    group = declined(cast)
    assert letters(cast, group) == []
    does(cast, ask_to_hold, group, by=cast.imdi, deadline_on=DEADLINE)
    told, who = letters(cast, group), people(cast, group)
    assert sorted(each.also_about[0] for each in told) == sorted([who["Olena"], who["Andrij"]])
    assert {(each.language, each.way, each.status) for each in told} == {("uk", "by_hand", "sent")}
    assert {each.from_organisation_id for each in told} == {cast.imdi.organisation_id}
    assert {(each.facts["deadline_on"], each.facts["offer"]) for each in told} == {(str(DEADLINE), "held")}
    assert [each.pk for each in letters(cast, group, cast.centre)] == [each.pk for each in told]
    assert [each.pk for each in letters(cast, group, cast.udi)] == [each.pk for each in told]
    assert letters(cast, group, cast.municipality) == []
    does(cast, tell_udi, group, by=cast.imdi)
    assert len(letters(cast, group)) == len(told)


@pytest.mark.req("REF-01")
def test_where_udi_is_told_first_the_letter_is_written_then_and_once(cast: Cast) -> None:
    group = declined_apart(cast, "Andrij")
    does(cast, tell_udi, group, by=cast.imdi, deadline_on=DEADLINE)
    told = letters(cast, group)
    assert {each.facts["offer"] for each in told} == {"stands"}
    assert len({each.facts["centre"] for each in told}) == len(told) == 2
    later = DEADLINE + 2 * DAY  # the municipality is asked all the same, and the deadline is not another
    does(cast, ask_to_hold, group, by=cast.imdi, on=later, deadline_on=DEADLINE)
    assert len(letters(cast, group)) == 2


@pytest.mark.req("REF-01")
def test_while_the_case_is_suspended_the_letter_says_that_the_deadline_stands_still(cast: Cast) -> None:
    group = declined(cast)
    does(cast, suspend_refusal, group, by=cast.udi, text="Sykehus.")
    does(cast, ask_to_hold, group, by=cast.imdi, deadline_on=DEADLINE)
    assert {(each.facts["deadline_on"], each.facts["still_on"]) for each in letters(cast, group)} == {
        (None, str(cast.day))
    }


@pytest.mark.req("REF-01", "REF-02")
def test_a_longer_deadline_is_told_before_udi_has_written(cast: Cast) -> None:
    group = messaged(cast)
    until = date(2024, 4, 5)
    does(cast, extend_imdi_deadline, group, by=cast.imdi, until_on=until, text="Påske.")
    does(cast, tell_days, group, by=cast.centre)
    with scope(cast.centre, cast.day):
        told = list(Letter.objects.filter(kind=LetterKind.DAYS_CHANGED, subject_id=group))
    row = {"what": "imdi_deadline", "was_on": str(DEADLINE), "now_on": str(until)}
    assert [each.facts["days"] for each in told] == [[row], [row]]


@pytest.mark.req("REF-01", "REF-02")
def test_udi_writes_of_no_deadline_that_has_run_out_before_imdi_sets_a_new_one(cast: Cast) -> None:
    group = messaged(cast)
    late = DEADLINE + timedelta(days=3)  # a Monday
    assert code_of(cast, send_first_letter, group, by=cast.udi, on=late) == "refusal_new_imdi_deadline"
    follow_the_day(cast.at + (late - cast.day))
    assert "follow_refusal" in {kind for kind, _whose in open_kinds(cast, group)}
    new = date(2024, 4, 12)
    does(cast, extend_imdi_deadline, group, by=cast.imdi, on=late, until_on=new, text="UDI rakk det ikke.")
    assert "follow_refusal" not in {kind for kind, _whose in open_kinds(cast, group)}
    does(cast, send_first_letter, group, by=cast.udi, on=late)
    with scope(cast.udi, late):
        first = Letter.objects.filter(kind=LetterKind.REFUSAL_FIRST, subject_id=group)
        assert {each.facts["imdi_deadline_on"] for each in first} == {str(new)}


@pytest.mark.req("REF-01")
def test_imdi_sets_no_deadline_in_a_year_that_nobody_can_have_meant(cast: Cast) -> None:
    group = declined(cast)
    wrong = DEADLINE.replace(year=2062)
    assert code_of(cast, ask_to_hold, group, by=cast.imdi, deadline_on=wrong) == "refusal_day_too_late"
    assert not letters(cast, group)


@pytest.mark.req("REF-01", "REF-02")
def test_where_imdi_wrote_no_letter_nobody_is_told_of_one(cast: Cast) -> None:
    group = refusing(cast).subject_id  # as the demo has it: what happened, without the letters
    does(cast, extend_imdi_deadline, group, by=cast.imdi, until_on=date(2024, 4, 12), text="Påske.")
    assert "refusal_days" not in {kind for kind, _whose in open_kinds(cast, group)}
    assert code_of(cast, tell_days, group, by=cast.centre) == "refusal_days_are_told"
    does(cast, annul_refusal, group, by=cast.imdi, reason="wrong_choice")
    assert not letters(cast, group, kind=LetterKind.REFUSAL_VOID)


@pytest.mark.req("REF-01", "REF-02")
def test_who_turns_out_to_have_been_of_age_is_not_told_of_a_letter_that_nobody_wrote_them(cast: Cast) -> None:
    group = declined(cast)
    does(cast, ask_to_hold, group, by=cast.imdi, deadline_on=DEADLINE)
    who = people(cast, group)
    is_adult = replace(family().persons[2], birth_date=date(2000, 5, 2))
    does(cast, correct_details, who["Sofia"], is_adult, "typing_error", by=cast.udi)
    does(cast, extend_imdi_deadline, group, by=cast.imdi, until_on=date(2024, 4, 12), text="Påske.")
    does(cast, tell_days, group, by=cast.centre)
    told = letters(cast, group, cast.centre, kind=LetterKind.DAYS_CHANGED)
    assert sorted(each.also_about[0] for each in told) == sorted([who["Olena"], who["Andrij"]])


@pytest.mark.req("REF-01")
def test_an_upgrade_learns_from_the_letters_who_has_one(cast: Cast) -> None:
    group, other = declined(cast), refusing(cast).subject_id
    does(cast, ask_to_hold, group, by=cast.imdi, deadline_on=DEADLINE)
    who = people(cast, group)
    with scope(cast.imdi, cast.day), connection.cursor() as cursor:
        Refusal.objects.update(deadline_letters=[])
        cursor.execute(import_module("fotfeste.refusal.migrations.0017_deadline_letters").AS_WRITTEN)
        held = dict(Refusal.objects.values_list("subject_id", "deadline_letters"))
    assert held == {group: sorted([who["Olena"], who["Andrij"]]), other: []}
