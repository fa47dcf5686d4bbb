"""Row-level security: a row about a subject is there only for an organisation with a need to know on the day.

Policies are correlated EXISTS on (subject, organisation), never IN (SELECT ...), so that the planner probes one index
per row. Lists start from the need.
"""

from django.db.migrations.operations import RunSQL

_POLICY = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY need_to_know ON {table} FOR ALL USING (EXISTS (
    SELECT 1 FROM access_need n
    WHERE n.subject_id = {table}.{column}
      AND n.organisation_id = nullif(current_setting('fotfeste.organisation', true), '')::bigint
      AND n.period @> nullif(current_setting('fotfeste.day', true), '')::date
));
"""
_UNDO = "DROP POLICY need_to_know ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"


def fenced(table: str, column: str = "subject_id") -> RunSQL:
    """The migration operation that puts a table with personal data behind the need to know."""
    return RunSQL(
        _POLICY.format(table=table, column=column),
        _UNDO.format(table=table),
    )
