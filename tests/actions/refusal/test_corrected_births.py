"""A birth is put right after letters of a refusal: what rested on a letter to a child does not count either."""

from dataclasses import replace
from datetime import date

import pytest

from fotfeste.accommodation.public import DepartureReason
from fotfeste.letters.public import Letter
from fotfeste.platform.scope import scope
from fotfeste.refusal.public import (
    send_eviction_notice,
    send_first_letter,
    send_petition,
    set_eviction_day,
    tell_officer,
)
from fotfeste.registry.public import correct_details
from tests.actions.refusal.stage import DAY, NOTICE_FROM, code_of, does, noticed, people, petitioned, planned
from tests.actions.refusal.test_ways_out import on_day
from tests.actions.settlement.stage import depart, family, open_kinds
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("REF-02", "REF-03")]
AS_REGISTERED = family().persons[1].birth_date
A_CHILD = date(2010, 1, 20)
OF_AGE_ON_20_MARCH = date(2006, 3, 20)


def is_born(cast: Cast, group: int, on: date, born: date) -> None:
    """Andrij's date of birth is put right."""
    then = on_day(cast, on)
    with scope(cast.udi, on):
        right = replace(family().persons[1], birth_date=born)
        correct_details(people(cast, group)["Andrij"], right, "typing_error", by=cast.udi, at=then.at)


def letters_of(cast: Cast, group: int, name: str, on: date) -> dict[str, date | None]:
    """What somebody has been sent that counts."""
    who = str(people(cast, group)[name])
    return {each.letter: each.sent_on for each in planned(cast, group, on).letters if each.resident == who}


def test_a_notice_that_rests_on_a_letter_to_a_child_is_void_with_it(cast: Cast) -> None:
    group = noticed(cast)
    is_born(cast, group, NOTICE_FROM, OF_AGE_ON_20_MARCH)
    assert set(letters_of(cast, group, "Andrij", NOTICE_FROM).values()) == {None}
    with scope(cast.udi, NOTICE_FROM):
        letter = Letter.objects.get(kind="refusal_void", subject_id=group)
    assert [row["what"] for row in letter.facts["letters"]] == ["deadline_to_move", "first_letter", "eviction_notice"]
    assert code_of(cast, send_petition, group, by=cast.udi, on=NOTICE_FROM) == "refusal_eviction_notice"
    does(cast, send_first_letter, group, by=cast.udi, on=NOTICE_FROM)
    assert code_of(cast, send_eviction_notice, group, by=cast.udi, on=NOTICE_FROM) == "refusal_too_early"
    does(cast, send_eviction_notice, group, by=cast.udi, on=NOTICE_FROM + 15 * DAY)


def test_who_was_of_age_after_all_is_in_no_petition_before_new_letters(cast: Cast) -> None:
    group = petitioned(cast)
    is_born(cast, group, NOTICE_FROM, A_CHILD)
    does(cast, tell_officer, group, by=cast.udi, on=NOTICE_FROM)
    is_born(cast, group, NOTICE_FROM + DAY, AS_REGISTERED)
    on = NOTICE_FROM + DAY
    assert set(letters_of(cast, group, "Andrij", on).values()) == {None}
    assert ("refusal_first_letter", cast.udi.organisation_id) in open_kinds(cast, group)
    assert code_of(cast, set_eviction_day, group, day=on + DAY, by=cast.udi, on=on) == "refusal_petition"
    does(cast, send_first_letter, group, by=cast.udi, on=on)
    on += 15 * DAY
    does(cast, send_eviction_notice, group, by=cast.udi, on=on)
    does(cast, send_petition, group, by=cast.udi, on=on)
    does(cast, set_eviction_day, group, day=on + DAY, by=cast.udi, on=on)
    depart(on_day(cast, on + DAY), group, DepartureReason.EVICTED, on=on + DAY)
