"""On which day somebody was last talked to about settlement: also asked by who does not see the conversations."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import session_day

_TALKED_TO = f"""
-- The last day, of those within a period, on which one of a household was informed before the interview or took part in
-- it, who came later on a day of their own; null where there is none. A day, nothing of what was said; only of a
-- household that the session has a need of, and of who belongs to it on the session's day.
CREATE FUNCTION talked_to_within(household bigint, person bigint, days daterange) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT max(t.day) FROM (
        SELECT g.given_on AS day FROM settlement_informationgiven g
        WHERE g.subject_id = person AND g.annulled_at IS NULL
        UNION ALL
        SELECT coalesce(p.asked_on, i.held_on) FROM settlement_participant p
        JOIN settlement_interview i ON i.id = p.interview_id
        WHERE p.subject_id = person AND p.annulled_at IS NULL
    ) t
    WHERE t.day <@ days AND session_has_need(household)
      AND EXISTS (
          SELECT 1 FROM registry_groupmembership m
          WHERE m.group_id = household AND m.subject_id = person AND m.annulled_at IS NULL AND m.period @> {session_day()}
      )
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("settlement", "0005_permits"), ("registry", "0002_fence")]
    operations = [RunSQL(_TALKED_TO, "DROP FUNCTION talked_to_within(bigint, bigint, daterange)")]
