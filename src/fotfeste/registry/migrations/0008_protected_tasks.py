"""Tasks from before the day that a household was protected: whoever is not named neither has them nor learns of it.

A question whether two are one person may stand at the other one's household, where all of UDI sees it; and a task of the
protected household may be somebody's who sees it no more, whom the ones who are named would be told to talk to.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import rewritten

_WHO = "nullif(current_setting('fotfeste.user', true), '')::bigint"
_NOW = "p.annulled_at IS NULL AND upper_inf(p.period)"
_IS_PROTECTED = f"EXISTS (SELECT 1 FROM access_protection p WHERE p.subject_id = {{whom}} AND {_NOW})"
_ASKED_OF = "t.kind = 'answer_duplicates' AND t.closed_at IS NULL"


def _members(household: str) -> str:
    """The keys of those who belong to a household now."""
    return f"""SELECT m.subject_id FROM registry_groupmembership m
               WHERE m.group_id = {household} AND m.annulled_at IS NULL AND upper_inf(m.period)"""


_KEEPS = f"""
-- Only for the functions beside it, as protect_together.
CREATE FUNCTION keep_tasks_of_protected(households bigint[], today date, at timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    -- Whether one of them is registered twice is asked of the protected household ...
    INSERT INTO worklist_task (reference, kind, subject_id, organisation_id, basis_on, due_rule, cause, opened_at, outcome)
    SELECT random_reference(), 'answer_duplicates', g.subject_id, o.id, today, '', 'registry.likely_duplicate', at, ''
    FROM registry_placementgroup g, (SELECT min(i.id) AS id FROM directory_organisation i WHERE i.kind = 'udi') o
    WHERE g.subject_id = ANY (households) AND g.emptied_on IS NULL AND {_IS_PROTECTED.format(whom="g.subject_id")}
      AND NOT EXISTS (SELECT 1 FROM worklist_task t WHERE t.subject_id = g.subject_id AND {_ASKED_OF})
      AND EXISTS (
          SELECT 1 FROM registry_duplicateproposal d
          WHERE d.answer = '' AND (d.subject_id IN ({_members("g.subject_id")})
                                   OR d.other_id IN ({_members("g.subject_id")}))
      );
    -- ... and of the other one's no more, where it is not asked of anybody else too.
    UPDATE worklist_task t SET closed_at = at, closed_by_id = {_WHO}, outcome = 'void'
    WHERE {_ASKED_OF} AND NOT {_IS_PROTECTED.format(whom="t.subject_id")}
      AND t.subject_id IN (
          SELECT m.group_id FROM registry_duplicateproposal d
          JOIN registry_groupmembership k ON k.subject_id IN (d.subject_id, d.other_id) AND k.group_id = ANY (households)
          JOIN registry_groupmembership m ON m.subject_id IN (d.subject_id, d.other_id) AND m.group_id <> k.group_id
          WHERE d.answer = '' AND m.annulled_at IS NULL AND upper_inf(m.period)
            AND {_IS_PROTECTED.format(whom="k.subject_id")}
      )
      AND NOT EXISTS (
          SELECT 1 FROM registry_duplicateproposal d
          WHERE d.answer = '' AND (d.subject_id IN ({_members("t.subject_id")}) OR d.other_id IN ({_members("t.subject_id")}))
            AND NOT {_IS_PROTECTED.format(whom="d.subject_id")} AND NOT {_IS_PROTECTED.format(whom="d.other_id")}
      );
    -- A task is nobody's who does not see whom it is about. To name somebody is for those who do not.
    UPDATE worklist_task t SET taken_by_id = NULL, taken_at = NULL
    WHERE t.subject_id = ANY (households) AND t.closed_at IS NULL AND t.taken_by_id IS NOT NULL
      AND t.kind <> 'name_follower' AND {_IS_PROTECTED.format(whom="t.subject_id")}
      AND NOT EXISTS (
          SELECT 1 FROM access_clearance c
          WHERE c.subject_id = t.subject_id AND c.user_id = t.taken_by_id AND c.annulled_at IS NULL AND c.period @> today
      );
END
$$;
"""
_NAMED = "    UPDATE worklist_task t SET closed_at = at"


class Migration(migrations.Migration):
    dependencies = [("registry", "0007_named_who_work_there"), ("worklist", "0004_protected")]
    operations = [
        RunSQL(_KEEPS, "DROP FUNCTION keep_tasks_of_protected(bigint[], date, timestamptz)"),
        rewritten(
            "keep_naming_tasks(bigint[], bigint, timestamptz)",
            _NAMED,
            f"    PERFORM keep_tasks_of_protected(households, today, at);\n{_NAMED}",
        ),
    ]
