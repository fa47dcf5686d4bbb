"""Of which households claims for own cars wait for who asks UDI, for the night's work, which is of no organisation."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

_TO_FOLLOW = """
-- The households with a claim that is to be sent, with a no that nobody has seen, or with a task of either, with the
-- organisation at UDI that knows of them and, where one of them is protected, somebody there who is named for all of
-- them: whose eyes see it. Keys, no names; for the system itself.
CREATE FUNCTION car_claims_to_follow(day date)
RETURNS TABLE (subject_id bigint, organisation_id bigint, named_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT ON (waiting.subject_id) waiting.subject_id, n.organisation_id, named.user_id
    FROM (
        SELECT c.subject_id FROM settlement_carclaim c
        WHERE c.state = 'paid_out' OR c.state = 'denied' AND c.amount_ore > 0 AND c.denial_seen_on IS NULL
        UNION
        SELECT t.subject_id FROM worklist_task t
        WHERE t.kind IN ('send_car_claim', 'see_denied_claim') AND t.closed_at IS NULL
    ) waiting
    JOIN access_need n ON n.subject_id = waiting.subject_id AND n.reason = 'protection_case' AND n.period @> day
    LEFT JOIN LATERAL (
        SELECT c.user_id::bigint FROM access_clearance c
        WHERE c.subject_id = waiting.subject_id AND c.organisation_id = n.organisation_id
          AND c.annulled_at IS NULL AND c.period @> day
        ORDER BY c.id LIMIT 1
    ) named ON EXISTS (
        SELECT 1 FROM access_protection p
        WHERE p.subject_id = waiting.subject_id AND p.annulled_at IS NULL AND upper_inf(p.period)
    )
    WHERE nullif(current_setting('fotfeste.user', true), '') IS NULL
    ORDER BY waiting.subject_id, named.user_id IS NULL, n.organisation_id
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("settlement", "0036_denial_seen"), ("access", "0008_protected_fence")]
    operations = [RunSQL(_TO_FOLLOW, "DROP FUNCTION car_claims_to_follow(date)")]
