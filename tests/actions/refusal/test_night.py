"""The night's work: tasks of open refusals follow birthdays and days, without anybody's act (ADR 0059)."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from time_machine import travel

from fotfeste.access.public import ProtectionLevel
from fotfeste.platform.scope import scope
from fotfeste.refusal.public import (
    Night,
    ask_to_hold,
    close_refusal,
    follow_the_day,
    resume_refusal,
    send_first_letter,
    suspend_refusal,
    tell_udi,
)
from fotfeste.registry.public import protect_household
from fotfeste.worklist.public import Task
from tests.actions.refusal.stage import DAY, DEADLINE, MOVED, aunt_and_boy, declined, does, lettered, messaged
from tests.actions.settlement.stage import depart, queued, refused
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
SOFIA_IS_18 = date(2028, 8, 9)
TARAS_IS_18 = date(2027, 6, 30)


def night(cast: Cast, on: date) -> Night:
    """The work of the night before a day."""
    return follow_the_day(cast.at + (on - cast.day))


def tasks(cast: Cast, group: int, kind: str, on: date) -> Sequence[Task]:
    """The tasks of a kind, as UDI sees them on a day, the first first."""
    with scope(cast.udi, on):
        return list(Task.objects.filter(subject_id=group, kind=kind).order_by("pk"))


def open_days(cast: Cast, group: int, kind: str, on: date) -> list[date | None]:
    """By when the open tasks of a kind are to be done."""
    return [each.due_on for each in tasks(cast, group, kind, on) if each.closed_at is None]


def warned_aunt(cast: Cast) -> int:
    """The aunt has her first letter; guardian and child welfare are to be told of the boy."""
    group = aunt_and_boy(cast)
    does(cast, ask_to_hold, group, by=cast.imdi, deadline_on=DEADLINE)
    does(cast, tell_udi, group, by=cast.imdi)
    does(cast, send_first_letter, group, by=cast.udi)
    return group


@pytest.mark.req("REF-02")
def test_the_letter_to_a_daughter_is_asked_for_90_days_before_she_comes_of_age(cast: Cast) -> None:
    group, ahead = lettered(cast), SOFIA_IS_18 - timedelta(days=90)
    assert night(cast, ahead - DAY).followed == 0
    assert open_days(cast, group, "refusal_first_letter", ahead - DAY) == []
    with travel(cast.at + (ahead - cast.day), tick=False):
        call_command("follow_refusals", verbosity=0)
    assert open_days(cast, group, "refusal_first_letter", ahead) == [SOFIA_IS_18]
    assert night(cast, ahead) == Night(looked_at=1)
    assert night(cast, ahead + DAY) == Night(looked_at=1)


@pytest.mark.req("REF-02")
def test_nobody_is_asked_to_tell_the_guardian_of_who_is_18(cast: Cast) -> None:
    group = warned_aunt(cast)
    night(cast, TARAS_IS_18 - DAY)
    assert len(open_days(cast, group, "refusal_minors", TARAS_IS_18)) == 1
    assert night(cast, TARAS_IS_18).followed == 1
    [task] = tasks(cast, group, "refusal_minors", TARAS_IS_18)
    assert (task.outcome, task.closed_by_id) == ("void", None)
    assert open_days(cast, group, "refusal_first_letter", TARAS_IS_18) == [TARAS_IS_18]


def test_a_letter_that_is_late_does_not_become_due_anew_each_night(cast: Cast) -> None:
    group = messaged(cast)
    assert night(cast, cast.day + 7 * DAY) == Night(looked_at=1)
    assert open_days(cast, group, "refusal_first_letter", cast.day + 7 * DAY) == [cast.day]
    does(cast, suspend_refusal, group, text="Syk.", by=cast.udi, on=cast.day + 7 * DAY)
    does(cast, resume_refusal, group, text="Frisk.", by=cast.udi, on=cast.day + 9 * DAY)
    assert open_days(cast, group, "refusal_first_letter", cast.day + 9 * DAY) == [cast.day + 9 * DAY]


def test_the_municipality_is_not_late_while_imdis_deadline_stands_still(cast: Cast) -> None:
    group = messaged(cast)
    assert open_days(cast, group, "refusal_hold", cast.day) == [DEADLINE]
    does(cast, suspend_refusal, group, text="Syk.", by=cast.udi, on=cast.day + DAY)
    night(cast, DEADLINE + DAY)
    assert open_days(cast, group, "refusal_hold", DEADLINE + DAY) == [None]


def test_a_refusal_that_is_over_is_not_looked_at(cast: Cast) -> None:
    group = declined(cast)
    depart(cast, group, MOVED)
    does(cast, close_refusal, group, text="Flyttet.", by=cast.udi)
    assert night(cast, cast.day + DAY) == Night()


@pytest.mark.req("REG-08")
def test_of_a_protected_household_it_sees_what_somebody_who_is_named_sees(cast: Cast) -> None:
    group = warned_aunt(cast)
    with scope(cast.udi, cast.day):
        protect_household(group, ProtectionLevel.CONFIDENTIAL, cast.day, by=cast.udi, at=cast.at)
    assert night(cast, TARAS_IS_18) == Night(looked_at=1, followed=1)
    assert open_days(cast, group, "refusal_minors", TARAS_IS_18) == []


@pytest.mark.parametrize(("begins_in", "ends_in", "is_protected"), [(-9, 1, True), (-9, 0, False), (1, None, True)])
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_household_is_protected_until_its_protection_is_over(
    cast: Cast, begins_in: int, ends_in: int | None, is_protected: bool
) -> None:
    group = declined(cast)
    with scope(cast.udi, cast.day):
        protect_household(group, ProtectionLevel.CONFIDENTIAL, cast.day, by=cast.udi, at=cast.at)
    with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE access_protection DISABLE TRIGGER USER")  # no act writes an end ahead
        cursor.execute(
            "UPDATE access_protection SET period = daterange(%s, %s) WHERE subject_id = %s",
            [cast.day + begins_in * DAY, None if ends_in is None else cast.day + ends_in * DAY, group],
        )
        cursor.execute("ALTER TABLE access_protection ENABLE TRIGGER USER")
    nobody = replace(cast.udi, user_id=None)
    with scope(nobody, cast.day), connection.cursor() as cursor:
        cursor.execute("SELECT subject_id, named_id FROM refusals_open_on(%s)", [cast.day])
        assert cursor.fetchall() == [(group, cast.udi.user_id if is_protected else None)]


@pytest.mark.req("REG-08")
def test_only_the_system_itself_is_told_which_refusals_are_open(cast: Cast) -> None:
    declined(cast)
    with scope(cast.centre, cast.day), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM refusals_open_on(%s)", [cast.day])
        assert cursor.fetchall() == []


def test_it_asks_no_more_for_two_refusals_than_for_one(cast: Cast) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert night(cast, cast.day + DAY).followed == 0
        return len(queries)

    declined(cast)
    one = asked()
    refused(cast, queued(cast))
    assert asked() == one <= 9


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_one_that_cannot_be_followed_is_left_whole_and_the_others_are_not(cast: Cast) -> None:
    one, other = warned_aunt(cast), lettered(cast)
    with stopping_at_tasks_of(one, "refusal_first_letter"):
        assert night(cast, TARAS_IS_18) == Night(looked_at=2, followed=0, failed=1)
    assert len(open_days(cast, one, "refusal_minors", TARAS_IS_18)) == 1  # it was closed before that failed
    with stopping_at_tasks_of(one, "refusal_first_letter"):
        assert night(cast, SOFIA_IS_18) == Night(looked_at=2, followed=1, failed=1)
    assert open_days(cast, other, "refusal_first_letter", SOFIA_IS_18) == [SOFIA_IS_18]
    assert night(cast, SOFIA_IS_18) == Night(looked_at=2, followed=1)
    assert open_days(cast, one, "refusal_minors", SOFIA_IS_18) == []


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.parametrize("stored", ["holds_on = '2020-01-01'", "kind = 'of_another_time'"])
def test_one_that_no_rule_or_no_case_fits_does_not_end_the_night(cast: Cast, stored: str) -> None:
    one, other = lettered(cast), warned_aunt(cast)
    stores(one, stored)
    with travel(cast.at + (TARAS_IS_18 - cast.day), tick=False), pytest.raises(CommandError):
        call_command("follow_refusals", verbosity=0)
    assert open_days(cast, other, "refusal_minors", TARAS_IS_18) == []
    assert night(cast, TARAS_IS_18) == Night(looked_at=2, failed=1)


def stores(group: int, what: str) -> None:
    """The first letters to a household are stored as no act stores them."""
    with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE refusal_refusalevent DISABLE TRIGGER USER")
        cursor.execute(
            f"UPDATE refusal_refusalevent SET {what} WHERE subject_id = %s AND kind = 'first_letter'", [group]
        )
        assert cursor.rowcount == 2
        cursor.execute("ALTER TABLE refusal_refusalevent ENABLE TRIGGER USER")


@contextmanager
def stopping_at_tasks_of(group: int, kind: str) -> Iterator[None]:
    """The database fails when a task of a kind is opened for a household."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"""
            CREATE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF NEW.subject_id = {group} AND NEW.kind = '{kind}' THEN RAISE EXCEPTION 'fails'; END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER fails BEFORE INSERT ON worklist_task FOR EACH ROW EXECUTE FUNCTION fails();
        """)
        try:
            yield
        finally:
            cursor.execute("DROP TRIGGER fails ON worklist_task; DROP FUNCTION fails();")
