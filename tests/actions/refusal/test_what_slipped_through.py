"""What the acts of a refusal let through: children left behind, another centre, a corrected birth, a suspension."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from fotfeste.accommodation.public import DepartureReason
from fotfeste.kernel.errors import Refused
from fotfeste.letters.models import Letter
from fotfeste.platform.scope import scope
from fotfeste.refusal.actions.happening import happened
from fotfeste.refusal.public import (
    Happening,
    refusal_of,
    register_acceptance,
    send_eviction_notice,
    send_first_letter,
    set_eviction_day,
    suspend_refusal,
    tell_of_minors,
    tell_officer,
)
from fotfeste.registry.public import correct_details
from tests.actions.refusal.stage import (
    DAY,
    NOTICE_FROM,
    aunt_and_boy,
    code_of,
    does,
    messaged,
    people,
    petitioned,
    planned,
)
from tests.actions.settlement.stage import depart, family, open_kinds
from tests.conftest import Cast
from tests.settlement_steps import placed

pytestmark = pytest.mark.django_db
FOR_MINORS = (Happening.GUARDIAN_TOLD, Happening.CHILD_WELFARE_TOLD, Happening.MINORS_PLACE_OFFERED)


def test_the_parents_say_yes_with_the_children(cast: Cast) -> None:
    group = messaged(cast)
    who = people(cast, group)
    yes: dict[str, Any] = {"by": cast.centre, "accepted_on": cast.day}
    adults = [who["Olena"], who["Andrij"]]
    assert code_of(cast, register_acceptance, group, adults, **yes) == "refusal_leaves_children"
    does(cast, register_acceptance, group, [*adults, who["Sofia"], who["Danylo"]], **yes)


def test_child_welfare_is_not_told_that_the_aunt_is_gone_while_she_lives_there(cast: Cast) -> None:
    group = aunt_and_boy(cast)
    who = people(cast, group)
    yes: dict[str, Any] = {"by": cast.centre, "accepted_on": cast.day}
    assert code_of(cast, register_acceptance, group, [who["Iryna"]], **yes) == "refusal_leaves_children"
    for kind in FOR_MINORS:
        does(cast, tell_of_minors, group, kind, by=cast.udi)
    does(cast, register_acceptance, group, [who["Iryna"]], **yes)
    assert planned(cast, group).in_process == (str(who["Taras"]),)


def test_who_lives_there_is_told_of_also_where_she_has_left_the_refusal(cast: Cast) -> None:
    group = aunt_and_boy(cast)
    who = people(cast, group)
    with scope(cast.udi, cast.day):
        refusal = refusal_of(group)
        assert refusal is not None
        happened(refusal, Happening.ACCEPTED, [who["Iryna"]], on=cast.day, by=cast.udi, at=cast.at)
    does(cast, tell_of_minors, group, Happening.CHILD_WELFARE_TOLD, by=cast.udi)
    with scope(cast.udi, cast.day):
        assert Letter.objects.get(subject_id=group, kind="minor_told").facts["adults"] == "present"


def test_a_boy_who_is_moved_with_his_aunt_to_another_centre_is_in_it_still(cast: Cast) -> None:
    group = aunt_and_boy(cast)
    boy = people(cast, group)["Taras"]
    does(cast, tell_of_minors, group, Happening.MINORS_PLACE_OFFERED, by=cast.udi)
    placed(cast, group, cast.other_centre, cast.day)
    assert str(boy) in planned(cast, group).in_process


def test_a_corrected_birth_makes_a_letter_to_a_child_void(cast: Cast) -> None:
    group = messaged(cast)
    who = people(cast, group)
    does(cast, send_first_letter, group, by=cast.udi)
    assert str(who["Andrij"]) in dict(planned(cast, group, NOTICE_FROM).benefit_stops)
    with scope(cast.udi, cast.day):
        younger = replace(family().persons[1], birth_date=date(2010, 1, 20))
        correct_details(who["Andrij"], younger, "typing_error", by=cast.udi, at=cast.at)
    found = planned(cast, group, NOTICE_FROM)
    assert set(dict(found.benefit_stops)) == {str(who["Olena"])}
    assert {each.resident for each in found.letters} == {str(who["Olena"])}
    does(cast, send_eviction_notice, group, by=cast.udi, on=NOTICE_FROM)
    assert ("refusal_petition", cast.udi.organisation_id) in open_kinds(cast, group)


def test_who_turns_out_to_be_a_child_is_recalled_as_one_and_not_as_over(cast: Cast) -> None:
    group = petitioned(cast)
    who = people(cast, group)
    with scope(cast.udi, NOTICE_FROM):
        younger = replace(family().persons[1], birth_date=date(2010, 1, 20))
        at = cast.at + (NOTICE_FROM - cast.day)
        correct_details(who["Andrij"], younger, "typing_error", by=cast.udi, at=at)
    does(cast, tell_officer, group, by=cast.udi, on=NOTICE_FROM + DAY)
    with scope(cast.udi, NOTICE_FROM + DAY):
        letter = Letter.objects.get(kind="petition_changed", subject_id=group)
    assert letter.facts["says"] == "petition_recalled"
    assert [row["out"] for row in letter.facts["adults"]] == ["was_a_child"]


def test_nobody_is_evicted_while_the_case_is_suspended(cast: Cast) -> None:
    group = petitioned(cast)
    day = NOTICE_FROM + 7 * DAY
    does(cast, set_eviction_day, group, day=day, by=cast.udi, on=NOTICE_FROM)
    assert ("refusal_eviction", cast.centre.organisation_id) in open_kinds(cast, group)
    does(cast, suspend_refusal, group, text="Syk.", by=cast.udi, on=NOTICE_FROM + DAY)
    assert ("refusal_eviction", cast.centre.organisation_id) not in open_kinds(cast, group)
    again: dict[str, Any] = {"day": day + DAY, "by": cast.udi, "on": NOTICE_FROM + DAY}
    assert code_of(cast, set_eviction_day, group, **again) == "refusal_resumed"
    then = replace(cast, day=day, at=cast.at + (day - cast.day))
    with pytest.raises(Refused) as caught:
        depart(then, group, DepartureReason.EVICTED)
    assert caught.value.code == "refusal_resumed"


def test_children_whom_the_adults_have_left_are_not_evicted(cast: Cast) -> None:
    group = petitioned(cast)
    day, who = NOTICE_FROM + 7 * DAY, people(cast, group)
    does(cast, set_eviction_day, group, day=day, by=cast.udi, on=NOTICE_FROM)
    parents = [who["Olena"], who["Andrij"]]
    children = [person for person in who.values() if person not in parents]
    on_the_day = replace(cast, day=day, at=cast.at + (day - cast.day))
    with pytest.raises(Refused) as caught:
        depart(on_the_day, group, DepartureReason.EVICTED, persons=parents)
    assert caught.value.code == "refusal_eviction_leaves_children"
    depart(on_the_day, group, DepartureReason.REFUSED_AND_MOVED, persons=parents)
    with pytest.raises(Refused) as caught:
        depart(on_the_day, group, DepartureReason.EVICTED, persons=children)
    assert caught.value.code == "refusal_child_evicted_alone"
