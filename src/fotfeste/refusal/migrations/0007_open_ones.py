"""Which refusals are open, for the night's work, which is of no organisation (ADR 0059)."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

_OPEN = """
-- The households whose refusal is open on a day, with the organisation at UDI that knows of them and, where one of them
-- is protected, somebody there who is named for all of them: whose eyes see it. Keys, no names; for the system itself.
CREATE FUNCTION refusals_open_on(day date) RETURNS TABLE (subject_id bigint, organisation_id bigint, named_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT ON (r.subject_id) r.subject_id, n.organisation_id, named.user_id
    FROM refusal_refusal r
    JOIN access_need n ON n.subject_id = r.subject_id AND n.reason = 'protection_case' AND n.period @> day
    LEFT JOIN LATERAL (
        SELECT c.user_id::bigint FROM access_clearance c
        WHERE c.subject_id = r.subject_id AND c.organisation_id = n.organisation_id
          AND c.annulled_at IS NULL AND c.period @> day
        ORDER BY c.id LIMIT 1
    ) named ON EXISTS (
        SELECT 1 FROM access_protection p
        WHERE p.subject_id = r.subject_id AND p.annulled_at IS NULL AND upper_inf(p.period)
    )
    WHERE r.closed_on IS NULL AND r.annulled_at IS NULL
      AND nullif(current_setting('fotfeste.user', true), '') IS NULL
    ORDER BY r.subject_id, named.user_id IS NULL, n.organisation_id
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("refusal", "0006_petition_told"), ("access", "0008_protected_fence")]
    operations = [RunSQL(_OPEN, "DROP FUNCTION refusals_open_on(date)")]
