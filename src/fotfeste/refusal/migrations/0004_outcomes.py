"""How often refusals were turned before each step, as counts without people."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import opened

_OUTCOMES = f"""
-- Refusals that opened in a period: what came first of a yes, an eviction and a departure, and the farthest letter that
-- had been sent to anybody by then. Counted whoever knows of them; of nobody in particular, and for those alone whose
-- roles open settlement.
CREATE FUNCTION refusal_outcomes(since date, until date)
RETURNS TABLE (outcome text, step text, refusals bigint, persons bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH asked AS (
        SELECT r.id FROM refusal_refusal r
        WHERE r.annulled_at IS NULL AND r.opened_on >= since AND r.opened_on < until
          AND {opened("settlement")} IS NOT NULL
    ), ends AS (
        SELECT a.id, e.kind, e.holds_on, e.recorded_at
        FROM asked a
        LEFT JOIN LATERAL (
            SELECT e.kind, e.holds_on, e.recorded_at FROM refusal_refusalevent e
            WHERE e.refusal_id = a.id AND e.annulled_at IS NULL AND e.kind IN ('accepted', 'evicted', 'moved_out')
            ORDER BY array_position(ARRAY['accepted', 'evicted', 'moved_out'], e.kind::text), e.holds_on, e.id
            LIMIT 1
        ) e ON true
    )
    SELECT coalesce(n.kind::text, 'open'), coalesce(l.kind::text, 'opened'), count(*), coalesce(sum(y.persons), 0)::bigint
    FROM ends n
    LEFT JOIN LATERAL (
        SELECT e.kind FROM refusal_refusalevent e
        WHERE e.refusal_id = n.id AND e.annulled_at IS NULL
          AND e.kind IN ('first_letter', 'eviction_notice', 'petition')
          AND (n.kind IS NULL OR e.holds_on < n.holds_on OR e.holds_on = n.holds_on AND e.recorded_at <= n.recorded_at)
        ORDER BY array_position(ARRAY['petition', 'eviction_notice', 'first_letter'], e.kind::text)
        LIMIT 1
    ) l ON true
    CROSS JOIN LATERAL (
        SELECT count(*) AS persons FROM refusal_refusalevent e
        WHERE e.refusal_id = n.id AND e.annulled_at IS NULL AND e.kind = 'accepted'
    ) y
    GROUP BY 1, 2
    ORDER BY 1, 2
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("refusal", "0003_rulings")]
    operations = [RunSQL(_OUTCOMES, "DROP FUNCTION refusal_outcomes(date, date)")]
