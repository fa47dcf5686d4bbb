"""Row-level security: a row about a subject is there only for an organisation with a need to know on the day, and only
for those of it whose roles open the row's compartment for that reason.

Policies are correlated EXISTS on (subject, organisation), never IN (SELECT ...), and probe one index for each row that
is read: OFFSET 0 keeps the planner from reading all needs of an organisation into a hash first (105,000 rows and
150 ms for IMDi in a country of 75,000, whatever the page), and the sub-selects read the scope once a query instead of
once a row. Lists start from the need.

A restrictive policy beside the leading one narrows a table to those whose reason to know bears on it.

Needs to know are behind policies themselves (access/migrations/0004 and 0008): what narrows those narrows every table,
since the sub-select of each policy reads needs with the rights of the session.
"""

from collections.abc import Iterable

from django.db.migrations.operations import RunSQL

_OWN = "(SELECT nullif(current_setting('fotfeste.organisation', true), '')::bigint)"
_USER = "(SELECT nullif(current_setting('fotfeste.user', true), '')::bigint)"
_DAY = "(SELECT nullif(current_setting('fotfeste.day', true), '')::date)"
_OPENS = "(SELECT (nullif(current_setting('fotfeste.opens', true), '')::jsonb ->> '{compartment}')::text[])"
_KNOWS = """EXISTS (
    SELECT 1 FROM access_need n
    WHERE n.subject_id = {table}.subject_id AND n.organisation_id = {own} AND n.period @> {day}
      AND n.reason = ANY ({opens}::text[]){because}
    OFFSET 0
)"""
_POLICY = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY need_to_know ON {table} FOR ALL USING ({condition});
{written}
"""
# Emergency access opens rows like another need, and is no part in anybody: `session_has_need` leaves it out. Asked of
# what is written alone, so that reading costs nothing more.
_WRITTEN = """
CREATE POLICY nothing_added_in_emergency ON {table} AS RESTRICTIVE FOR INSERT WITH CHECK ({part});
CREATE POLICY nothing_changed_in_emergency ON {table} AS RESTRICTIVE FOR UPDATE USING ({part});
CREATE POLICY nothing_deleted_in_emergency ON {table} AS RESTRICTIVE FOR DELETE USING ({part});
"""
_WRITTEN_BY_ALL = """
DROP POLICY nothing_deleted_in_emergency ON {table};
DROP POLICY nothing_changed_in_emergency ON {table};
DROP POLICY nothing_added_in_emergency ON {table};
"""
_NARROWED = "CREATE POLICY {name} ON {table} AS RESTRICTIVE FOR ALL USING ({condition})"
_CHECK = " WITH CHECK ({check})"
_WIDENED = "DROP POLICY {name} ON {table}"
_OPENS_SOMETHING = "nullif(nullif(current_setting('fotfeste.opens', true), ''), '{}') IS NOT NULL"
_UNDO = "{written_by_all} DROP POLICY need_to_know ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"


def fenced(table: str, compartment: str) -> RunSQL:
    """The migration operation that puts a table with personal data behind the need to know, in its compartment.

    It is written by those alone who have a part in the subject: not in emergency access.
    """
    there, back = _written(table, f"session_has_need({table}.subject_id)")
    return RunSQL(
        _POLICY.format(table=table, condition=knows(table, compartment), written=there),
        _UNDO.format(table=table, written_by_all=back),
    )


def written_with_a_part(table: str, part: str) -> RunSQL:
    """The migration operation that lets only those rows of a table be written that meet the condition.

    For tables with a fence of their own; `fenced` says it of the others.
    """
    return RunSQL(*_written(table, part))


def _written(table: str, part: str) -> tuple[str, str]:
    return _WRITTEN.format(table=table, part=part), _WRITTEN_BY_ALL.format(table=table)


def own_organisation() -> str:
    """The SQL of the organisation that the session sees rows for; NULL without a scope."""
    return _OWN


def session_user() -> str:
    """The SQL of the user whose scope it is; NULL without a scope and for the system itself."""
    return _USER


def session_day() -> str:
    """The SQL of the session's legal day; NULL without a scope."""
    return _DAY


def opened(compartment: str) -> str:
    """The SQL of the reasons that open a compartment to the session; NULL where none does."""
    return _OPENS.format(compartment=compartment)


def opens_something() -> str:
    """The SQL condition that the session's roles open somebody at all."""
    return _OPENS_SOMETHING


def knows(table: str, compartment: str, because: Iterable[str] = ()) -> str:
    """The SQL condition that a compartment of the row's subject is open to the session (for one of these reasons)."""
    listed = ", ".join(f"'{reason}'" for reason in because)
    return _KNOWS.format(
        table=table,
        own=_OWN,
        day=_DAY,
        opens=opened(compartment),
        because=f" AND n.reason IN ({listed})" if listed else "",
    )


def knows_by_row(table: str) -> str:
    """The SQL condition that the compartment which the row itself names is open to the session for its subject.

    For tables whose rows lie in several compartments: it costs a look into the scope for each row that is asked.
    """
    return _KNOWS.format(table=table, own=_OWN, day=_DAY, opens=opened_by_row(table), because="")


def opened_by_row(table: str) -> str:
    """The SQL of the reasons that open the row's own compartment to the session; NULL where none does."""
    return f"((SELECT nullif(current_setting('fotfeste.opens', true), '')::jsonb) ->> {table}.compartment)::text[]"


def narrowed(table: str, condition: str, check: str = "", name: str = "by_duty") -> RunSQL:
    """The migration operation that lets only those rows of a fenced table through that also meet the condition.

    `check` is asked of what is written; the condition itself where it is empty.
    """
    with_check = _CHECK.format(check=check) if check else ""
    return RunSQL(
        _NARROWED.format(name=name, table=table, condition=condition) + with_check,
        _WIDENED.format(name=name, table=table),
    )


_REWRITTEN = """
DO $do$
DECLARE
    definition text := pg_get_functiondef('{function}'::regprocedure);
BEGIN
    IF position('{before}' IN definition) = 0 THEN
        RAISE EXCEPTION 'the function is another one: {function}';
    END IF;
    EXECUTE replace(definition, '{before}', '{after}');
END
$do$
"""


def rewritten(function: str, before: str, after: str) -> RunSQL:
    """The migration operation that changes a condition of a function, whatever else was changed in it since."""
    there, back = (
        _REWRITTEN.format(function=function, before=old.replace("'", "''"), after=new.replace("'", "''"))
        for old, new in ((before, after), (after, before))
    )
    return RunSQL(there, back)
