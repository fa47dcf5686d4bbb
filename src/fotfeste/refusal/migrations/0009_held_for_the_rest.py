"""The places of those who refuse still when the others are settled are held for them (ADR 0059)."""

from django.db import migrations

from fotfeste.platform.rls import rewritten

_PLACES = "settlement_places_of(integer, date)"
_SETTLED = """    UNION ALL
    SELECT r.id, r.organisation_id, r.centre_id, NULL, c.size::integer,
           coalesce(c.state_since_on"""
# Asked of the refusals of settled cases: they are few.
_HELD = """    UNION ALL
    -- Whoever of a settled household refuses still, or has said yes and not followed yet: the municipality holds the
    -- offer for them, as long as it knows of them for that and has not withdrawn, and they have not left by themselves.
    SELECT r.id, r.organisation_id, r.centre_id, NULL, count(DISTINCT n.subject_id)::integer,
           coalesce(day < c.unaccompanied_until_on, false), 'promised'
    FROM refusal_refusal f
    JOIN settlement_settlementcase c ON c.id = f.case_id AND c.state = 'settled'
    JOIN settlement_settlementrequest r
        ON r.case_id = c.id AND r.state = 'fulfilled' AND r.organisation_id = f.organisation_id
    CROSS JOIN LATERAL jsonb_array_elements_text(f.persons) AS person (id)
    JOIN access_need n ON n.subject_id = person.id::bigint AND n.organisation_id = f.organisation_id
        AND n.reason = 'offered_here' AND n.period @> day
    WHERE f.annulled_at IS NULL AND of_year = extract(year FROM day)::integer
      AND NOT EXISTS (
          SELECT 1 FROM refusal_refusalevent e
          WHERE e.refusal_id = f.id AND e.annulled_at IS NULL
            AND (e.kind = 'withdrawn' OR e.kind IN ('moved_out', 'evicted') AND e.resident_id = n.subject_id)
      )
    GROUP BY r.id, c.id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("refusal", "0008_days_told"),
        ("settlement", "0025_used_at_once"),
    ]
    operations = [rewritten(_PLACES, _SETTLED, _HELD + _SETTLED)]
