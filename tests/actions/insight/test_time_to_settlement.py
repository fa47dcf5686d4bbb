"""What the database counts of settlement is what the domain says of each case, one by one."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest
from django.db import connection

from fotfeste.access.public import NeedReason, SubjectKind, create_subject
from fotfeste.accommodation.public import annul_departure
from fotfeste.insight.domain.waiting import Family, Step
from fotfeste.insight.queries.settlement import SettlementFigures
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import Mistake, members_of
from fotfeste.settlement.domain.goals import settle_by, within_goal
from fotfeste.settlement.domain.parameters import book
from fotfeste.settlement.domain.states import CASE
from fotfeste.settlement.domain.steps import Reached, time_per_step
from fotfeste.settlement.models import SettlementCase
from tests.actions.settlement.stage import depart, offered, queued, requested, with_journey
from tests.actions.settlement.test_alert_early import interviewed_early
from tests.as_owner import need_given
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("INS-02"), pytest.mark.req("SET-09")]
FIRST_DAY, DAY = date(2023, 1, 2), date(2024, 3, 14)
LONGEST, MANY = 14, 60


@dataclass(frozen=True)
class Way:
    """A case that was made up: its permit, who they are, and the states it came to."""

    permit_on: date
    known_on: date
    size: int
    minors_until_on: date | None
    unaccompanied_until_on: date | None
    reached: Sequence[Reached]

    @property
    def settled_on(self) -> date:
        """The last step's day."""
        return self.reached[-1].on


def made_up(rng: Random) -> Way:
    """Any way that the workflow lets a case go until it is settled; some steps hold from before they were known."""
    on = permit_on = FIRST_DAY + timedelta(days=rng.randrange(300))
    reached = [Reached(CASE.initial, permit_on)]
    while reached[-1].state != "settled" or (len(reached) < LONGEST and rng.random() < 0.3):
        ways = [each for each in CASE.transitions if reached[-1].state in each.sources]
        if len(reached) > LONGEST:
            ways = [each for each in ways if each.target not in ("refused", "closed")] or ways
        on += timedelta(days=rng.randrange(25))
        reached.append(Reached(rng.choice(ways).target, on - timedelta(days=rng.choice((0, 0, 0, 6)))))
    return Way(
        permit_on=permit_on,
        known_on=permit_on + timedelta(days=rng.choice((0, 0, 3, 40))),
        size=rng.randint(1, 6),
        minors_until_on=rng.choice((None, reached[-1].on, reached[-1].on + timedelta(days=1), date(2039, 1, 1))),
        unaccompanied_until_on=rng.choice((None, None, reached[-1].on + timedelta(days=1))),
        reached=reached,
    )


def written(way: Way, by: Viewer, at: datetime) -> None:
    """The case and its events, as the acts would have left them."""
    group = create_subject(SubjectKind.GROUP).pk
    need_given([group], organisation_id=by.organisation_id, reason=NeedReason.SETTLEMENT_CASE, from_on=DAY, at=at)
    case = SettlementCase.objects.create(
        subject_id=group,
        due_since_on=way.permit_on,
        state_since_on=way.permit_on,
        size=way.size,
        minors_until_on=way.minors_until_on,
        unaccompanied_until_on=way.unaccompanied_until_on,
    )
    before, known_at = "", datetime.combine(way.known_on, time(9), tzinfo=UTC)
    for place, step in enumerate(way.reached):
        if place:
            SettlementCase.objects.filter(pk=case.pk).update(state=step.state, state_since_on=step.on)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO every_event (type, object_kind, object_id, workflow, transition, from_state, to_state,"
                " holds_on, recorded_at, organisation_id, request_number)"
                " VALUES ('tried', 'settlement_case', %s, 'settlement_case', '', %s, %s, %s, %s, %s, '')",
                [case.pk, before, step.state, step.on, known_at + timedelta(minutes=place), by.organisation_id],
            )
        before = step.state


def expected_steps(way: Way) -> Counter[tuple[str, int]]:
    """The people by step and days, from what the household's own page says of its case."""
    last = len(way.reached) - 1
    reached = [
        Reached(
            way.reached[place + 1].state if each.state in CASE.final and place < last else each.state,
            min(each.on, max(way.settled_on, way.permit_on)),
        )
        for place, each in enumerate(way.reached)
    ]
    left_on = max(next(each.on for each in reached if each.state != CASE.initial), way.permit_on)
    days = Counter({str(Step.PERMIT): min(way.known_on - way.permit_on, left_on - way.permit_on).days})
    for spent in time_per_step(reached, DAY, final=CASE.final):
        days[spent.state] += spent.days
    days[CASE.initial] -= days[str(Step.PERMIT)]
    return Counter(dict.fromkeys(days.items(), way.size))


def test_the_days_on_each_step_are_those_of_the_cases(cast: Cast) -> None:
    rng = Random(4)  # noqa: S311 - any ways at all
    ways = [made_up(rng) for _ in range(MANY)]
    with scope(cast.imdi, DAY):
        for way in ways:
            written(way, cast.imdi, cast.at)
        found = SettlementFigures(cast.imdi, DAY)
        recent = [way for way in ways if found.recent_since < way.settled_on <= DAY]
        counted: Counter[tuple[str, int]] = Counter()
        for row in found.steps:
            counted[str(row.step), row.days] += row.people.country

    expected: Counter[tuple[str, int]] = Counter()
    for way in recent:
        expected += expected_steps(way)
    assert len(recent) > MANY / 4
    # Whoever was on a step for no day may be counted there or not: the figures fill them in.
    assert {key: many for key, many in counted.items() if key[1]} == {
        key: many for key, many in expected.items() if key[1]
    }


def family_of(way: Way) -> Family:
    """Who they are on the day of their settlement."""
    case = SettlementCase(minors_until_on=way.minors_until_on, unaccompanied_until_on=way.unaccompanied_until_on)
    if case.is_unaccompanied_on(way.settled_on):
        return Family.UNACCOMPANIED
    return Family.WITH_CHILDREN if case.has_minors_on(way.settled_on) else Family.ADULTS


def test_the_days_from_the_permit_and_the_goal_are_those_of_the_rule(cast: Cast) -> None:
    rng = Random(5)  # noqa: S311 - any ways at all
    ways = [made_up(rng) for _ in range(MANY)]
    with scope(cast.imdi, DAY):
        for way in ways:
            written(way, cast.imdi, cast.at)
        rows = SettlementFigures(cast.imdi, DAY).settled
    expected: Counter[tuple[Family, int, bool]] = Counter()
    for way in ways:
        if way.settled_on <= DAY:
            has_minors = way.minors_until_on is not None and way.minors_until_on > way.settled_on
            is_within = within_goal(way.settled_on, way.permit_on, has_minors=has_minors, book=book()).is_yes
            days = max(0, (way.settled_on - way.permit_on).days)
            expected[family_of(way), days, is_within] += way.size
    counted: Counter[tuple[Family, int, bool | None]] = Counter()
    for row in rows:
        counted[row.family, row.days, row.is_within] += row.people.country
    assert {is_within for _family, _days, is_within in expected} == {True, False}
    assert counted == expected


def test_the_last_day_of_the_goal_is_within_it_also_where_the_month_is_shorter(cast: Cast) -> None:
    permit_on = date(2023, 11, 30)
    due_on = settle_by(permit_on, has_minors=True, book=book()).due_on
    assert due_on == date(2024, 2, 29)
    with scope(cast.imdi, DAY):
        for on in (due_on, due_on + timedelta(days=1)):
            reached = [Reached("interview_due", permit_on), Reached("queued", permit_on), Reached("settled", on)]
            written(Way(permit_on, permit_on, 5, date(2039, 1, 1), None, reached), cast.imdi, cast.at)
        found = {row.days: row.is_within for row in SettlementFigures(cast.imdi, DAY).settled}
    assert found == {91: True, 92: False}


def test_before_any_goal_was_in_force_nobody_is_held_against_one(cast: Cast) -> None:
    permit_on = date(2021, 12, 31)
    reached = [Reached("interview_due", permit_on), Reached("queued", permit_on), Reached("settled", date(2024, 1, 1))]
    with scope(cast.imdi, DAY):
        written(Way(permit_on, permit_on, 5, None, None, reached), cast.imdi, cast.at)
        (row,) = SettlementFigures(cast.imdi, DAY).settled
    assert (row.family, row.days, row.is_within) == (Family.ADULTS, 731, None)


def figures(cast: Cast, viewer: Viewer, day: date | None = None) -> SettlementFigures:
    """All of the figures as somebody is given them."""
    on = day or cast.day
    with scope(viewer, on):
        found = SettlementFigures(viewer, on)
        for part in ("settled", "steps", "waiting", "years"):
            getattr(found, part)  # read as the viewer
    return found


def test_a_household_that_came_the_whole_way_is_counted_for_the_country_and_its_municipality(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    depart(cast, group)
    for viewer, own in ((cast.imdi, 0), (cast.udi, 0), (cast.municipality, 4), (cast.other_municipality, 0)):
        found = figures(cast, viewer)
        (row,) = found.settled
        assert (row.family, row.days, row.is_within, row.people.country) == (Family.WITH_CHILDREN, 10, True, 4)
        assert row.people.own == own
        assert [(year, both.country, both.own) for year, both in found.years] == [(2024, 4, own)]
        days = {step.step: step.days for step in found.steps}
        # The permit of 4 March was registered on the 14th; the interview was held on the 13th.
        assert (days[Step.PERMIT], days[Step.INTERVIEW], days[Step.QUEUE]) == (9, 0, 1)
        assert sum(days.values()) == 10
        assert found.waiting == []


def test_a_departure_that_was_taken_back_settled_nobody(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    depart(cast, group)
    at = cast.at + timedelta(minutes=5)
    with scope(cast.centre, legal_day(at)):
        people = [member.subject_id for member in members_of(group, cast.day)]
        annul_departure(group, people, reason=Mistake.OTHER, text="Feil husstand.", by=cast.centre, at=at)
    found = figures(cast, cast.imdi)

    assert (found.settled, found.steps, found.years) == ([], [], [])
    assert [(row.step, row.people.country) for row in found.waiting] == [(Step.TRAVEL, 4)]


def test_who_waits_is_counted_on_the_step_where_they_are_and_by_the_municipality_that_is_asked(cast: Cast) -> None:
    queued(cast, is_unaccompanied=True)
    requested(cast, queued(cast))
    offered(cast, queued(cast))
    interviewed_early(cast)
    found = figures(cast, cast.municipality)

    told = {(row.step, row.family, row.has_permit): (row.people.country, row.people.own) for row in found.waiting}
    assert told == {
        (Step.QUEUE, Family.UNACCOMPANIED, True): (1, 0),
        (Step.REQUEST, Family.WITH_CHILDREN, True): (4, 4),
        (Step.ANSWER, Family.WITH_CHILDREN, True): (4, 4),
        (Step.QUEUE, Family.WITH_CHILDREN, False): (4, 0),
    }
    assert not any(row.is_over for row in found.waiting)
    late = figures(cast, cast.imdi, date(2024, 6, 5))
    assert {row.is_over for row in late.waiting if row.has_permit} == {True}
    assert {row.is_over for row in late.waiting if not row.has_permit} == {False}
    assert {row.is_over for row in figures(cast, cast.imdi, date(2024, 6, 4)).waiting} == {False}


def test_nobody_else_is_told_anything(cast: Cast) -> None:
    depart(cast, with_journey(cast, queued(cast)))
    queued(cast)
    statements: Sequence[tuple[str, list[date | str]]] = (
        ("SELECT count(*) FROM insight_settled(%s, %s, %s)", [cast.day, FIRST_DAY, json.dumps([])]),
        ("SELECT count(*) FROM insight_steps(%s, %s)", [cast.day, FIRST_DAY]),
        ("SELECT count(*) FROM insight_waiting(%s, %s)", [cast.day, json.dumps([])]),
        ("SELECT count(*) FROM insight_settled_years(%s)", [cast.day]),
    )
    for viewer, is_told in ((cast.udi, True), (cast.municipality, True), (cast.centre, False), (cast.registrar, False)):
        with scope(viewer, cast.day), connection.cursor() as cursor:
            for sql, values in statements:
                cursor.execute(sql, values)
                assert (cursor.fetchone()[0] > 0) == is_told, (viewer.organisation_kind, sql)
