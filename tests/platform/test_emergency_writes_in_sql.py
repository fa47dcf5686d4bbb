"""In emergency access one reads and writes nothing, tried in SQL as the app role: of every table that it opens."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from fotfeste.access.public import NeedReason
from fotfeste.platform.scope import scope
from tests.actions.access.emergencies import emergency_given
from tests.as_owner import needs_ended
from tests.conftest import Cast
from tests.platform.in_every_table import everything
from tests.platform.test_who_reads_what import NOBODY_ELSE

pytestmark = [pytest.mark.django_db, pytest.mark.req("ACS-01")]

_ABOUT_SOMEBODY = """
    SELECT c.relname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE a.attname = 'subject_id' AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
      AND has_table_privilege(current_user, c.oid, 'SELECT') ORDER BY c.relname
"""
# Each right of the app role in a table that asks a need; whether a policy asks for a part in what is written by it.
_ASKED_FOR_A_PART = """
    SELECT t.tablename, r.command, EXISTS (
        SELECT 1 FROM pg_policies p
        WHERE p.tablename = t.tablename AND p.cmd IN (r.command, 'ALL')
          AND (p.permissive = 'RESTRICTIVE' OR p.cmd = 'INSERT')
          AND concat(p.qual, p.with_check) ~ 'session_has_need|session_may_act_on|need_may_be_opened'
    )
    FROM (SELECT DISTINCT tablename FROM pg_policies WHERE schemaname = 'public' AND qual LIKE '%%access_need%%') AS t,
         unnest(ARRAY['INSERT', 'UPDATE', 'DELETE']) AS r (command)
    WHERE has_table_privilege(current_user, t.tablename, r.command)
"""
# Written in one's own organisation's name whomever it is about: a look; and whom a municipality has heard of, who may
# be nowhere else here (what those read who know the number is that, and no more).
ABOUT_ANYBODY = {
    ("access_look", "INSERT"),
    *(("alternative_privateresident", command) for command in ("INSERT", "UPDATE", "DELETE")),
}
# What a row must be changed to, to come as far as the policies.
BEGUN = {"settlement_settlementcase": '{"state": "interview_due"}'}


def outcome(sql: str, subjects: list[int]) -> str | int:
    """How many rows a statement wrote, or how it was refused; nothing of it stays."""
    with connection.cursor() as cursor, transaction.atomic():
        try:
            with transaction.atomic():
                cursor.execute(sql, [subjects])
                return int(cursor.rowcount)
        except DatabaseError as refused:
            known = [words for words in ("row-level security", "permission denied") if words in str(refused)]
            return known[0] if known else str(refused)


def test_no_row_that_it_opens_is_written_changed_or_deleted(cast: Cast) -> None:
    subjects, day = everything(cast), NOBODY_ELSE + timedelta(days=1)
    needs_ended(subjects, NeedReason, on=NOBODY_ELSE, at=cast.at)
    emergency_given(subjects, cast.other_centre, day)
    opened, wrong = [], []
    with connection.cursor() as cursor:
        cursor.execute(_ABOUT_SOMEBODY)
        tables = [name for (name,) in cursor.fetchall()]
    with scope(cast.other_centre, day):
        for table in tables:
            if not outcome(f"SELECT 1 FROM {table} WHERE subject_id = ANY (%s)", subjects):
                continue
            opened.append(table)
            of_them = "WHERE subject_id = ANY (%s)"
            for sql in (
                f"INSERT INTO {table} SELECT (jsonb_populate_record({table}, '{BEGUN.get(table, '{}')}')).*"
                f" FROM {table} {of_them} LIMIT 1",
                f"UPDATE {table} SET subject_id = subject_id {of_them}",
                f"DELETE FROM {table} {of_them}",
            ):
                found = outcome(sql, subjects)
                if found not in (0, "row-level security", "permission denied"):
                    wrong.append(f"{sql}: {found}")
    assert wrong == []
    assert len(opened) > 14
    assert {"registry_persondetails", "accommodation_stay", "registry_statusevent", "worklist_task"} < set(opened)


def test_every_table_that_asks_a_need_asks_for_a_part_in_what_is_written() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_ASKED_FOR_A_PART)
        rights = cursor.fetchall()
    assert len(rights) > 70
    assert {(table, command) for table, command, is_asked in rights if not is_asked} == ABOUT_ANYBODY
