"""A night's run: nobody is found in what is left, and it says what it did."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import connections
from django.test import Client

from fotfeste.directory.public import User
from fotfeste.kernel.forgetting import Part
from fotfeste.retention.domain.types import Outcome
from tests.conftest import Cast
from tests.properties.whole import fingerprint, rows
from tests.properties.whole import run as sql
from tests.retention.left import WORDS, changed, found_anywhere
from tests.retention.stage import FOUND_ON, GONE_ON, done_with, night

pytestmark = pytest.mark.req("ACS-04")


def numbers_of(subjects: list[int]) -> tuple[str, ...]:
    """Numbers and references by which somebody outside may know them."""
    found = rows(
        """
        SELECT value FROM registry_identifier WHERE subject_id = ANY (%(all)s)
        UNION SELECT reference FROM access_subject WHERE id = ANY (%(all)s)
        UNION SELECT reference FROM settlement_settlementcase WHERE subject_id = ANY (%(all)s)
        UNION SELECT reference FROM settlement_settlementrequest WHERE subject_id = ANY (%(all)s)
        """,
        {"all": subjects},
    )
    return tuple(value for (value,) in found)


def test_nothing_personal_of_an_anonymised_household_is_left_in_any_column_of_any_table(
    committed_cast: Cast, own: Path
) -> None:
    subjects = done_with(committed_cast)
    protected(committed_cast, subjects)
    words = WORDS + numbers_of(subjects)
    there = {word for _, word in found_anywhere(words)}
    assert there == set(words) - {"2028-08-09"}  # every word is in the database before, or its absence proves nothing
    assert night(FOUND_ON, own).of(Outcome.ANNOUNCED) == 3
    assert {word for _, word in found_anywhere(words)} == there
    night(GONE_ON, own)
    assert found_anywhere(words) == []
    gone = rows("SELECT part, rule FROM retention_gone WHERE subject_id = %s ORDER BY part", [subjects[0]])
    assert gone == [
        (Part.CONTACTS, "retention.contacts_months"),
        (Part.IDENTITY, "retention.settled_months"),
        (Part.TEXTS, "retention.texts_months"),
    ]
    assert rows("SELECT 1 FROM access_protection UNION SELECT 1 FROM access_clearance") == []
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM access_need WHERE subject_id = ANY (%s) AND ended_at IS NULL", [subjects])
        assert cursor.fetchone() == (0,)


def protected(cast: Cast, subjects: list[int]) -> None:
    """Their address is protected, and somebody is named who follows them up."""
    known = (cast.at, cast.udi.organisation_id)
    sql(
        "INSERT INTO access_protection (subject_id, level, period, recorded_at, reported_by_id, annul_reason)"
        " SELECT s, 'confidential', daterange('2024-03-14', NULL), %s, %s, '' FROM unnest(%s::bigint[]) s",
        [*known, subjects],
    )
    sql(
        "INSERT INTO access_clearance"
        " (subject_id, user_id, organisation_id, period, recorded_at, reported_by_id, annul_reason)"
        " VALUES (%s, %s, %s, daterange('2024-03-14', NULL), %s, %s, '')",
        [subjects[0], cast.udi.user_id, cast.udi.organisation_id, *known],
    )


def test_a_search_for_others_stays_in_the_log_and_that_they_were_searched_for_too(
    committed_cast: Cast, own: Path
) -> None:
    done_with(committed_cast)
    night(FOUND_ON, own)
    night(GONE_ON, own)
    asked = [row[0] for row in rows("SELECT asked::text FROM access_look WHERE household_id IS NULL ORDER BY id")]
    assert asked == ["{}", "{}", "{}", '{"q": "Berglund"}']


def test_emergency_access_goes_by_its_own_age_with_the_needs_that_it_opened_and_no_other(
    committed_cast: Cast, own: Path
) -> None:
    subjects = done_with(committed_cast)
    over_on = date(2029, 3, 14)  # five years after it was opened
    needs = "SELECT id, subject_id, reason = 'emergency' FROM access_need ORDER BY id"
    before = rows(needs)
    assert {subject for _, subject, is_emergency in before if is_emergency} <= set(subjects)
    assert [row for row in before if row[2]]
    night(over_on - timedelta(days=1), own)
    assert rows(needs) == before
    report = night(over_on, own)
    assert rows(needs) == [row for row in before if not row[2]]
    assert report.counts["retention.emergency_months", Outcome.DONE, ""] == 1 + len([row for row in before if row[2]])
    # The two that were opened later are not over yet.
    assert rows("SELECT count(*), min(opened_at) > '2030-01-01' FROM access_emergencyaccess") == [(2, True)]


def test_a_day_too_early_nothing_is_announced_and_before_the_waiting_days_nothing_goes(
    committed_cast: Cast, own: Path
) -> None:
    [group, *_] = done_with(committed_cast)
    before = date(2024, 9, 13)  # six months after, but a day
    assert night(before, own).of(Outcome.ANNOUNCED) == 0
    assert night(before + timedelta(days=1), own).of(Outcome.ANNOUNCED) == 1
    assert night(before + timedelta(days=30), own).of(Outcome.WAITS) == 1
    assert found_anywhere(("Vergesen",))
    assert night(before + timedelta(days=31), own).of(Outcome.DONE) == 1
    assert [table for table, _ in found_anywhere(("Verge Vergesen",))] == []
    assert found_anywhere(("Olena", "Trenger ro"))
    assert rows("SELECT part FROM retention_gone WHERE subject_id = %s", [group]) == [(Part.CONTACTS,)]


def test_after_the_texts_are_gone_the_pages_of_the_household_are_there_and_after_all_is_gone_they_are_not(
    committed_cast: Cast, own: Path
) -> None:
    cast = committed_cast
    subjects = done_with(cast)
    night(date(2025, 3, 14), own)
    night(date(2025, 4, 13), own)
    assert found_anywhere(("Trenger ro", "Gjaldt andre", "Vertsen")) == []
    before = household_pages(cast, subjects[0], date(2025, 4, 14))
    assert set(before.values()) == {200}
    assert len(before) == 2
    night(FOUND_ON, own)
    night(GONE_ON, own)
    after = household_pages(cast, subjects[0], GONE_ON)
    assert set(after.values()) == {404}
    assert before.keys().isdisjoint(after)


def household_pages(cast: Cast, group: int, day: date) -> dict[str, int]:
    """The household's address and the answer to UDI and to the municipality, with what the address is then."""
    [(reference,)] = rows("SELECT reference FROM access_subject WHERE id = %s", [group])
    found = {}
    with time_machine.travel(datetime.combine(day, time(12), UTC), tick=False):
        for viewer in (cast.udi, cast.municipality):
            client = Client()
            client.force_login(User.objects.get(pk=viewer.user_id or 0))
            found[f"{viewer.organisation_kind} {reference}"] = client.get(f"/husstand/{reference}/").status_code
    return found


def test_what_still_goes_on_keeps_them_and_is_said(committed_cast: Cast, own: Path) -> None:
    subjects = done_with(committed_cast)
    sql(
        "INSERT INTO worklist_task (reference, kind, subject_id, organisation_id, basis_on, cause, opened_at, due_rule,"
        " outcome) VALUES ('tried', 'tried', %s, %s, '2024-03-14', 'tried', now(), '', '')",
        [subjects[0], committed_cast.udi.organisation_id],
    )
    report = night(FOUND_ON, own)
    assert report.of(Outcome.ANNOUNCED) == 0
    assert report.counts["retention.settled_months", Outcome.HELD, "task_is_open"] == 1
    lines = rows("SELECT outcome, reason, sum(number) FROM retention_runline WHERE outcome = 'held' GROUP BY 1, 2")
    assert lines == [("held", "task_is_open", 3)]


def test_a_rule_that_nobody_has_confirmed_is_reported_and_deletes_nothing(committed_cast: Cast) -> None:
    done_with(committed_cast)
    before = fingerprint()
    for day in (FOUND_ON, GONE_ON, GONE_ON + timedelta(days=365)):
        report = night(day, None)
        assert report.of(Outcome.NOT_CONFIRMED) >= 3
        assert report.of(Outcome.DONE) == report.of(Outcome.ANNOUNCED) == 0
    assert changed(before) == set()


def test_a_dry_run_says_what_would_be_and_writes_nothing(committed_cast: Cast, own: Path) -> None:
    done_with(committed_cast)
    night(FOUND_ON, own)
    before = fingerprint()
    assert night(GONE_ON, own, is_dry=True).counts["retention.settled_months", Outcome.DONE, ""] == 1
    assert fingerprint() == before


def test_no_more_than_a_night_takes(committed_cast: Cast, own: Path) -> None:
    own.write_text(own.read_text() + LITTLE)
    done_with(committed_cast)
    night(FOUND_ON, own)
    report = night(GONE_ON, own)
    assert report.counts["retention.settled_months", Outcome.LEFT_OVER, ""] == 1
    assert found_anywhere(("Olena",))


LITTLE = """
[[value]]
code = "retention.most_households"
value = 0
unit = "households"
effective_from = 2020-01-01
known_from = 2025-01-01
source = "Tatt ned"
status = "verified"
"""
