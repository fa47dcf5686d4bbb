"""Row-level security, and occupancy as a count without people."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import fenced

_OCCUPANCY = """
-- How many stay at each centre on a day; a count, no persons.
CREATE FUNCTION occupancy_on(day date) RETURNS TABLE (centre_id bigint, people bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.centre_id, count(*) FROM accommodation_stay s
    WHERE s.kind = 'centre' AND s.annulled_at IS NULL AND s.period @> day
    GROUP BY s.centre_id
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("accommodation", "0001_first"), ("access", "0001_first")]
    operations = [
        fenced("accommodation_stay"),
        fenced("accommodation_bedassignment"),
        fenced("accommodation_absence"),
        RunSQL(_OCCUPANCY, "DROP FUNCTION occupancy_on(date)"),
    ]
