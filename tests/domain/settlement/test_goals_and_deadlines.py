"""The goals and deadlines of settlement."""

from datetime import date, timedelta

import pytest

from fotfeste.kernel.calendar import add_months
from fotfeste.kernel.errors import NoRule
from fotfeste.kernel.parameters import Parameter, ParameterBook, ParameterStatus
from fotfeste.settlement.domain.goals import after_days, answer_deadline, goals, settle_by, waiting, within_goal
from fotfeste.settlement.domain.parameters import book


@pytest.mark.req("SET-09")
@pytest.mark.parametrize(
    ("permit_on", "has_minors", "due_on"),
    [
        (date(2024, 3, 2), True, date(2024, 6, 2)),
        (date(2024, 3, 2), False, date(2024, 9, 2)),
        (date(2023, 11, 30), True, date(2024, 2, 29)),
        (date(2024, 8, 31), False, date(2025, 2, 28)),
    ],
)
def test_families_with_children_have_three_months_and_adults_six(
    permit_on: date, has_minors: bool, due_on: date
) -> None:
    assert settle_by(permit_on, has_minors=has_minors, book=book()).due_on == due_on


@pytest.mark.req("SET-09")
def test_the_goals_own_day_is_within_the_goal_and_the_next_is_over() -> None:
    permit_on = date(2024, 3, 2)
    on_the_day = within_goal(date(2024, 6, 2), permit_on, has_minors=True, book=book())
    day_after = within_goal(date(2024, 6, 3), permit_on, has_minors=True, book=book())
    assert on_the_day.is_yes
    assert day_after.is_no
    assert day_after.reasons[0].fields["days"] == 1


@pytest.mark.req("SET-09")
def test_waiting_is_counted_in_days_against_the_goal() -> None:
    found = waiting(date(2024, 3, 2), date(2024, 6, 12), has_minors=True, book=book())
    assert (found.days, found.goal_days, found.over_by) == (102, 92, 10)
    assert found.percent == 110


@pytest.mark.req("SET-07")
@pytest.mark.parametrize(
    ("sent_on", "due_on"),
    [
        (date(2024, 3, 14), date(2024, 3, 21)),  # Thursday to Thursday
        (date(2024, 3, 22), date(2024, 4, 3)),  # Easter in between
        (date(2024, 5, 10), date(2024, 5, 21)),  # 17 May and Whit Monday
    ],
)
def test_a_municipality_has_five_working_days_to_answer(sent_on: date, due_on: date) -> None:
    assert answer_deadline(sent_on, book()).due_on == due_on


@pytest.mark.req("SET-07")
@pytest.mark.parametrize(
    ("offered_on", "due_on"),
    [(date(2024, 3, 18), date(2024, 3, 25)), (date(2024, 3, 21), date(2024, 4, 2))],
    ids=["on a working day", "moved past Easter"],
)
def test_a_deadline_in_days_that_ends_on_a_day_off_is_met_on_the_next_working_day(
    offered_on: date, due_on: date
) -> None:
    assert after_days("settlement.offer_answer_days", offered_on, book()).due_on == due_on


@pytest.mark.req("SET-07")
def test_the_deadlines_own_day_is_in_time() -> None:
    deadline = answer_deadline(date(2024, 3, 14), book())
    assert not deadline.is_late_on(deadline.due_on)
    assert deadline.is_late_on(date(2024, 3, 22))
    assert deadline.rule.status == "demo"


@pytest.mark.req("SET-09")
def test_a_day_without_a_rule_is_refused_not_guessed() -> None:
    with pytest.raises(NoRule):
        settle_by(date(2010, 1, 1), has_minors=True, book=book())
    with pytest.raises(NoRule):
        answer_deadline(date(2010, 1, 1), book())


def version(months: int, from_on: date, known_on: date, to_on: date | None = None) -> Parameter:
    """A version of the goal for adults."""
    return Parameter(
        code="settlement.goal_adults_months",
        value=months,
        unit="months",
        effective_from=from_on,
        known_from=known_on,
        source="test",
        status=ParameterStatus.DEMO,
        effective_to=to_on,
    )


VERSIONS = ParameterBook(
    (
        version(6, date(2022, 1, 1), date(2022, 1, 1)),
        version(9, date(2024, 1, 1), date(2023, 10, 1)),
        version(8, date(2024, 1, 1), date(2024, 2, 1)),  # corrected
        version(5, date(2025, 1, 1), date(2024, 12, 1), date(2025, 7, 1)),
    )
)


@pytest.mark.req("SET-09")
def test_all_goals_at_once_say_of_each_permit_what_the_rule_says_of_it() -> None:
    found = goals(VERSIONS)
    assert [(goal.months, goal.permits.start, goal.permits.end) for goal in found] == [
        (6, date(2022, 1, 1), date(2024, 1, 1)),
        (8, date(2024, 1, 1), date(2025, 1, 1)),
        (5, date(2025, 1, 1), date(2025, 7, 1)),
    ]
    for days in range(0, 365 * 4, 30):
        day = date(2022, 1, 1) + timedelta(days=days)
        months = [goal.months for goal in found if goal.permits.contains(day)]
        if not months:
            with pytest.raises(NoRule):
                settle_by(day, has_minors=False, book=VERSIONS)
        else:
            assert settle_by(day, has_minors=False, book=VERSIONS).due_on == add_months(day, *months)


@pytest.mark.req("SET-09")
def test_there_is_a_goal_for_minors_and_one_for_adults() -> None:
    assert [(goal.has_minors, goal.months) for goal in goals(book())] == [(True, 3), (False, 6)]
