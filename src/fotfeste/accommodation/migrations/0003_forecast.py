"""What the forecast rests on, as counts without people: who came and left lately, and stays that begin or end ahead."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

_COUNTS = """
-- How many came to each centre and left it from the day after `since` until `day`, and how many are to come and to leave
-- later, by what was on record at an instant; counts, no persons. `by_on` is the day of those to come and to leave.
-- Only one centre where it is given.
CREATE FUNCTION stay_flow(since date, day date, known_at timestamptz, at_centre bigint DEFAULT NULL)
RETURNS TABLE (centre_id bigint, what text, by_on date, people bigint)
LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp SET max_parallel_workers_per_gather = 0 AS $$
    SELECT s.centre_id, 'came', NULL::date, count(*) FROM accommodation_stay s
    WHERE s.kind = 'centre' AND (at_centre IS NULL OR s.centre_id = at_centre) AND s.annulled_at IS NULL
      AND lower(s.period) > since AND lower(s.period) <= day
    GROUP BY s.centre_id
    UNION ALL
    SELECT s.centre_id, 'left', NULL::date, count(*) FROM accommodation_stay s
    WHERE s.kind = 'centre' AND (at_centre IS NULL OR s.centre_id = at_centre) AND s.annulled_at IS NULL
      AND upper(s.period) > since AND upper(s.period) <= day
    GROUP BY s.centre_id
    UNION ALL
    SELECT s.centre_id, 'arrives', lower(s.period), count(*) FROM accommodation_stay s
    WHERE s.kind = 'centre' AND (at_centre IS NULL OR s.centre_id = at_centre) AND lower(s.period) > day
      AND s.recorded_at <= known_at AND (s.annulled_at IS NULL OR s.annulled_at > known_at)
    GROUP BY s.centre_id, lower(s.period)
    UNION ALL
    SELECT s.centre_id, 'leaves', upper(s.period), count(*) FROM accommodation_stay s
    WHERE s.kind = 'centre' AND (at_centre IS NULL OR s.centre_id = at_centre) AND upper(s.period) > day
      AND s.recorded_at <= known_at AND (s.annulled_at IS NULL OR s.annulled_at > known_at)
    GROUP BY s.centre_id, upper(s.period)
$$;
"""
_UNDO = "DROP FUNCTION stay_flow(date, date, timestamptz, bigint)"


class Migration(migrations.Migration):
    dependencies = [("accommodation", "0002_fence")]
    operations = [RunSQL(_COUNTS, _UNDO)]
