"""Who is to leave a centre for a municipality, and when, as counts without people: for the centres' forecast."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

_AHEAD = """
-- How many of those who stay at each centre on a day have a journey, or else an offer with its week, by what the case was
-- at an instant; counts, no persons. A week counts by its Sunday. A case that has moved on since is as its events say.
CREATE FUNCTION settlement_departures_ahead(day date, known_at timestamptz)
RETURNS TABLE (centre_id bigint, basis text, by_on date, people bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH promising AS (
        SELECT c.id, c.subject_id, c.state FROM settlement_settlementcase c
        WHERE c.state IN ('offered', 'accepted', 'journey_agreed') AND c.state_since_on <= day
        UNION ALL
        SELECT c.id, c.subject_id, (
            SELECT e.to_state FROM platform_event e
            WHERE e.workflow = 'settlement_case' AND e.object_id = c.id AND e.recorded_at <= known_at
            ORDER BY e.recorded_at DESC, e.id DESC LIMIT 1
        )
        FROM settlement_settlementcase c
        WHERE c.state_since_on > day
          AND c.id IN (SELECT o.case_id FROM settlement_offer o WHERE o.decided_on <= day)
    ), promised AS (
        SELECT p.subject_id,
               CASE p.state
                   WHEN 'offered' THEN 'offer_made'
                   WHEN 'accepted' THEN 'offer_accepted'
                   ELSE CASE WHEN j.travels_on IS NULL THEN 'offer_accepted' ELSE 'journey' END
               END AS basis,
               CASE
                   WHEN p.state = 'journey_agreed' AND j.travels_on IS NOT NULL THEN j.travels_on
                   ELSE to_date(o.week, 'IYYY-"W"IW') + 6
               END AS by_on
        FROM promising p
        JOIN settlement_offer o ON o.case_id = p.id AND o.decided_on <= day
        LEFT JOIN settlement_journey j ON j.case_id = p.id AND j.agreed_on <= day
        WHERE p.state IN ('offered', 'accepted', 'journey_agreed')
    )
    SELECT s.centre_id, p.basis, p.by_on, count(*)
    FROM promised p
    JOIN registry_groupmembership m ON m.group_id = p.subject_id AND m.annulled_at IS NULL AND m.period @> day
    JOIN accommodation_stay s
        ON s.subject_id = m.subject_id AND s.annulled_at IS NULL AND s.kind = 'centre' AND s.period @> day
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
    operations = [RunSQL(_AHEAD, "DROP FUNCTION settlement_departures_ahead(date, timestamptz)")]
