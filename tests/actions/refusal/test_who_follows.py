"""Two of a household follow those who have been settled, each by themselves: whose task it is, and how long."""

from dataclasses import replace

import pytest

from fotfeste.accommodation.public import DepartureReason, annul_departure
from fotfeste.platform.scope import scope
from fotfeste.refusal.models import RefusalEvent
from fotfeste.refusal.public import Happening, ask_to_hold, register_acceptance, take_back_event
from fotfeste.registry.public import Mistake, remove_member
from fotfeste.settlement.actions.journey import agree_journey
from fotfeste.settlement.public import see_change
from fotfeste.worklist.public import Task
from tests.actions.refusal.stage import DAY, DEADLINE, declined_apart, does, people
from tests.actions.refusal.test_ways_out import LATER, on_day
from tests.actions.settlement.stage import depart, open_kinds, plan
from tests.conftest import Cast
from tests.settlement_steps import placed

pytestmark = pytest.mark.django_db
THEN = LATER + DAY


def two_follow(cast: Cast, *, apart: tuple[str, ...] = ()) -> tuple[int, dict[str, int]]:
    """Olena and Danylo are settled in Levanger; Andrij and Sofia have said yes on the day after."""
    group = declined_apart(cast, *apart)
    who = people(cast, group)
    does(cast, ask_to_hold, group, by=cast.imdi, deadline_on=DEADLINE)
    first = [who["Olena"], who["Danylo"]]
    does(cast, register_acceptance, group, first, by=cast.centre, on=LATER, accepted_on=LATER)
    does(cast, agree_journey, group, plan(travels_on=LATER), by=cast.centre, on=LATER)
    depart(on_day(cast, LATER), group, persons=first)
    rest = [who["Andrij"], who["Sofia"]]
    does(cast, register_acceptance, group, rest, by=cast.centre, on=THEN, accepted_on=THEN)
    return group, who


def asked(cast: Cast, group: int) -> dict[str, str]:
    """Who was last asked to follow them up, and what came of it: empty where they are asked still. As UDI sees it."""
    names = {
        cast.centre.organisation_id: "Voss",
        cast.other_centre.organisation_id: "Råde",
        cast.imdi.organisation_id: "IMDi",
    }
    with scope(cast.udi, THEN):
        tasks = Task.objects.filter(kind="follow_settled", subject_id=group).order_by("pk")
        return {names[each.organisation_id]: each.outcome for each in tasks}


def follows(cast: Cast, group: int, person: int) -> None:
    """One of them moves to Levanger from Voss."""
    depart(on_day(cast, THEN), group, persons=[person])


def test_that_one_has_followed_answers_nothing_about_the_other(cast: Cast) -> None:
    group, who = two_follow(cast)
    assert asked(cast, group) == {"Voss": "", "IMDi": ""}
    follows(cast, group, who["Andrij"])
    assert asked(cast, group) == {"Voss": "", "IMDi": ""}
    follows(cast, group, who["Sofia"])
    assert asked(cast, group) == {"Voss": "done", "IMDi": "done"}


def test_each_centre_is_asked_of_those_who_live_there(cast: Cast) -> None:
    group, who = two_follow(cast, apart=("Sofia",))
    assert asked(cast, group) == {"Voss": "", "Råde": "", "IMDi": ""}
    follows(cast, group, who["Andrij"])
    assert asked(cast, group) == {"Voss": "done", "Råde": "", "IMDi": ""}
    follows(replace(cast, centre=cast.other_centre), group, who["Sofia"])
    assert asked(cast, group) == {"Voss": "done", "Råde": "done", "IMDi": "done"}


def test_the_centre_to_which_they_move_is_asked_instead(cast: Cast) -> None:
    group, _who = two_follow(cast)
    placed(on_day(cast, THEN), group, cast.other_centre, THEN)
    assert asked(cast, group) == {"Voss": "void", "IMDi": "", "Råde": ""}


def test_who_is_taken_out_of_the_household_is_no_longer_to_be_followed_up(cast: Cast) -> None:
    group, who = two_follow(cast)
    does(cast, remove_member, group, who["Sofia"], THEN, by=cast.udi, on=THEN)
    assert asked(cast, group) == {"Voss": "", "IMDi": ""}
    does(cast, remove_member, group, who["Andrij"], THEN, by=cast.udi, on=THEN)
    assert asked(cast, group) == {"Voss": "void", "IMDi": "void"}


def test_who_leaves_by_themselves_is_no_longer_to_be_followed_up(cast: Cast) -> None:
    group, who = two_follow(cast, apart=("Sofia",))
    depart(on_day(cast, THEN), group, DepartureReason.PRIVATE_ADDRESS, persons=[who["Andrij"]])
    assert asked(cast, group) == {"Voss": "void", "Råde": "", "IMDi": ""}


def test_a_yes_that_is_taken_back_is_told_where_they_were_to_come(cast: Cast) -> None:
    group, _who = two_follow(cast)
    does(cast, see_change, group, by=cast.municipality, on=THEN)
    with scope(cast.centre, THEN):
        event = RefusalEvent.objects.current().filter(kind=Happening.ACCEPTED, subject_id=group).latest("pk")
    does(cast, take_back_event, group, event.pk, reason="wrong_choice", by=cast.centre, on=THEN)
    assert asked(cast, group) == {"Voss": "void", "IMDi": "void"}
    assert ("see_change", cast.municipality.organisation_id) in open_kinds(cast, group)


def test_a_departure_that_is_taken_back_is_told_where_they_were_to_have_come(cast: Cast) -> None:
    group, who = two_follow(cast)
    does(cast, see_change, group, by=cast.municipality, on=THEN)
    follows(cast, group, who["Andrij"])
    assert ("see_change", cast.municipality.organisation_id) not in open_kinds(cast, group)
    does(cast, annul_departure, group, [who["Andrij"]], reason=Mistake.WRONG_CHOICE, by=cast.centre, on=THEN + DAY)
    assert ("see_change", cast.municipality.organisation_id) in open_kinds(cast, group)
    assert asked(cast, group) == {"Voss": "", "IMDi": ""}
