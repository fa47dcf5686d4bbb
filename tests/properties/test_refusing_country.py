"""A generated country in which everybody says no: what each waits for is somebody's task, by its day, with no night."""

from dataclasses import replace
from functools import cache

import pytest

from fotfeste.demo.domain.assumptions import assumptions
from fotfeste.demo.domain.country import plan_country
from fotfeste.demo.domain.records import TaskRecord
from fotfeste.demo.domain.refusing import RefusalRecord
from fotfeste.demo.domain.world import Keys
from fotfeste.demo.loading.rules import rules
from fotfeste.refusal.domain.course import Course
from fotfeste.refusal.domain.moves import TaskOf, moves
from fotfeste.refusal.domain.types import Case
from tests.properties.case_invariants import CASES
from tests.properties.country_invariants import Written, written
from tests.properties.refusal_invariants import REFUSALS, case_of_refusal
from tests.properties.test_country import TODAY, world_on

WHO = ("anybody", "most are minors alone")


@cache
def refusing(who: str) -> Written:
    """A country whose every offer is declined: 3,000 people, or 600, most of them minors who came alone."""
    values = {**assumptions().values, "share_refused_offer": 1.0}
    if who == "most are minors alone":
        values["households"] = {**values["households"], "unaccompanied_minor": 300}
    world = world_on(TODAY)
    world = replace(world, assumed=replace(world.assumed, values=values))
    return written(plan_country(3000 if who == "anybody" else 600, 1, world, rules(), Keys()))


def open_ones(who: str) -> list[tuple[int, Case]]:
    """Each refusal that is open, by household."""
    w = refusing(who)
    return [(row.subject_id, case_of_refusal(w, row)) for row in w.all(RefusalRecord) if row.closed_on is None]


@pytest.mark.req("REF-01", "REF-02")
@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("rule", [*CASES, *REFUSALS], ids=lambda rule: rule.__name__)
def test_a_country_that_says_no_breaks_no_rule(rule: object, who: str) -> None:
    assert callable(rule)
    assert list(rule(refusing(who))) == []


@pytest.mark.req("REF-01", "REF-02")
def test_imdis_deadline_runs_wherever_udi_is_to_write_of_it() -> None:
    found = open_ones("anybody")
    assert len(found) > 20
    assert {(TODAY - case.offer.opened_on).days > 40 for _, case in found} == {True, False}
    assert [group for group, case in found if Course(case).new_deadline_first(TODAY)] == []


@pytest.mark.req("REF-01", "REF-02")
@pytest.mark.parametrize("who", WHO)
def test_the_tasks_of_a_refusal_have_the_days_that_the_night_would_give_them(who: str) -> None:
    w, wrong = refusing(who), []
    for group, case in open_ones(who):
        tasks = [row for row in w.of(TaskRecord, group) if row.closed_at is None and row.kind in {*TaskOf}]
        stand = {(row.kind, row.due_on, row.due_rule) for row in tasks}
        wanted = {(str(each.task), each.due_on, each.due_rule) for each in moves(case, TODAY)}
        wrong += [(group, stand ^ wanted)] if stand != wanted else []
    assert wrong == []
