"""Who is to leave a centre for a municipality, and when, as counts without people: for the centres' forecast."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

_AHEAD = """
-- How many of those who stay at each centre on a day have a journey, or else an offer with its week, by what the case was
-- at an instant; counts, no persons. A week counts by its Sunday. A case that has moved on since is as its events say.
-- Only one centre where it is given. OFFSET 0 keeps each step where it is: few cases are in this part of the way, and
-- everything else is looked up for those.
CREATE FUNCTION settlement_departures_ahead(day date, known_at timestamptz, at_centre bigint DEFAULT NULL)
RETURNS TABLE (centre_id bigint, basis text, by_on date, people bigint)
LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp SET max_parallel_workers_per_gather = 0 AS $$
    WITH there AS MATERIALIZED (
        SELECT DISTINCT m.group_id FROM accommodation_stay s
        CROSS JOIN LATERAL (
            SELECT m.group_id FROM registry_groupmembership m
            WHERE m.subject_id = s.subject_id AND m.annulled_at IS NULL AND m.period @> day OFFSET 0
        ) m
        WHERE s.centre_id = at_centre AND s.annulled_at IS NULL AND s.period @> day
    ), looked_at AS MATERIALIZED (
        SELECT c.id, c.subject_id, c.state, c.state_since_on FROM settlement_settlementcase c
        WHERE at_centre IS NULL AND c.state IN ('offered', 'accepted', 'journey_agreed') AND c.state_since_on <= day
        UNION ALL
        SELECT c.id, c.subject_id, c.state, c.state_since_on FROM settlement_settlementcase c
        WHERE at_centre IS NULL AND c.state_since_on > day
        UNION ALL
        SELECT c.* FROM there CROSS JOIN LATERAL (
            SELECT c.id, c.subject_id, c.state, c.state_since_on FROM settlement_settlementcase c
            WHERE c.subject_id = there.group_id OFFSET 0
        ) c
        WHERE c.state_since_on > day OR c.state IN ('offered', 'accepted', 'journey_agreed')
    ), promising AS MATERIALIZED (
        SELECT c.id, c.subject_id, c.state, o.week, o.id AS offer_id FROM looked_at c
        CROSS JOIN LATERAL (
            SELECT o.id, o.week FROM settlement_offer o
            WHERE o.case_id = c.id AND o.decided_on <= day AND o.state <> 'withdrawn' OFFSET 0
        ) o
        WHERE c.state_since_on <= day
        UNION ALL
        SELECT c.id, c.subject_id, e.to_state, o.week, o.id FROM looked_at c
        CROSS JOIN LATERAL (
            SELECT o.id, o.week FROM settlement_offer o
            WHERE o.case_id = c.id AND o.decided_on <= day AND (o.withdrawn_on IS NULL OR o.withdrawn_on > day) OFFSET 0
        ) o
        CROSS JOIN LATERAL (
            SELECT e.to_state FROM platform_event e
            WHERE e.workflow = 'settlement_case' AND e.object_id = c.id AND e.recorded_at <= known_at
            ORDER BY e.recorded_at DESC, e.id DESC LIMIT 1
        ) e
        WHERE c.state_since_on > day AND e.to_state IN ('offered', 'accepted', 'journey_agreed')
    ), promised AS MATERIALIZED (
        SELECT p.subject_id,
               CASE
                   WHEN p.state = 'offered' THEN 'offer_made'
                   WHEN p.state = 'journey_agreed' AND j.travels_on IS NOT NULL THEN 'journey'
                   ELSE 'offer_accepted'
               END AS basis,
               CASE
                   WHEN p.state = 'journey_agreed' AND j.travels_on IS NOT NULL THEN j.travels_on
                   ELSE to_date(p.week, 'IYYY-"W"IW') + 6
               END AS by_on
        FROM promising p
        LEFT JOIN LATERAL (
            SELECT j.travels_on FROM settlement_journey j WHERE j.offer_id = p.offer_id AND j.agreed_on <= day OFFSET 0
        ) j ON true
    )
    SELECT s.centre_id, p.basis, p.by_on, count(*)
    FROM promised p
    CROSS JOIN LATERAL (
        SELECT m.subject_id FROM registry_groupmembership m
        WHERE m.group_id = p.subject_id AND m.annulled_at IS NULL AND m.period @> day OFFSET 0
    ) m
    CROSS JOIN LATERAL (
        SELECT s.centre_id FROM accommodation_stay s
        WHERE s.subject_id = m.subject_id AND s.annulled_at IS NULL AND s.kind = 'centre' AND s.period @> day
          AND (at_centre IS NULL OR s.centre_id = at_centre) OFFSET 0
    ) s
    GROUP BY s.centre_id, p.basis, p.by_on
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("settlement", "0002_fence"),
        ("accommodation", "0003_forecast"),
        ("registry", "0002_fence"),
        ("platform", "0001_first"),
    ]
    operations = [RunSQL(_AHEAD, "DROP FUNCTION settlement_departures_ahead(date, timestamptz, bigint)")]
