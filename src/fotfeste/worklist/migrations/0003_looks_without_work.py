"""Which looks had no work around them: asked of tasks and events that an administrator does not see."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import own_organisation

_WITHOUT_WORK = f"""
-- The session's own organisation's looks at households since an instant with which it had no task, did nothing and was
-- told of nothing, so many days before and after. Keys of the log; nothing of what the work was.
CREATE FUNCTION looks_without_work(since timestamptz, days integer) RETURNS TABLE (look_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT l.id FROM access_look l
    WHERE l.organisation_id = {own_organisation()} AND l.looked_at >= since
      AND l.household_id IS NOT NULL AND cardinality(l.compartments) > 0
      AND NOT EXISTS (
          SELECT 1 FROM worklist_task t
          WHERE t.subject_id = ANY (l.household_id || l.person_ids) AND t.organisation_id = l.organisation_id
            AND t.opened_at <= l.looked_at + make_interval(days => days)
            AND (t.closed_at IS NULL OR t.closed_at >= l.looked_at - make_interval(days => days))
      )
      AND NOT EXISTS (
          SELECT 1 FROM platform_event e
          WHERE e.subject_id = ANY (l.household_id || l.person_ids)
            AND l.organisation_id IN (e.organisation_id, e.other_organisation_id)
            AND e.recorded_at BETWEEN l.looked_at - make_interval(days => days)
                                  AND l.looked_at + make_interval(days => days)
      )
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("worklist", "0002_fence"), ("access", "0003_looks_fence"), ("platform", "0001_first")]
    operations = [RunSQL(_WITHOUT_WORK, "DROP FUNCTION looks_without_work(timestamptz, integer)")]
