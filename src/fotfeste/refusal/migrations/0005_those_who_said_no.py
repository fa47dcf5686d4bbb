"""Households at a centre that have said no before there were refusals get theirs: told to IMDi on the day of the no.

IMDi has the task of following them up already; the others' tasks open with what IMDi does.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

_OPEN = """
WITH refused AS (
    SELECT c.id AS case_id, c.subject_id, o.id AS offer_id, o.organisation_id,
           coalesce(o.answered_on, c.state_since_on) AS opened_on, min(s.centre_id) AS centre_id,
           jsonb_agg(DISTINCT m.subject_id) AS persons
    FROM settlement_settlementcase c
    JOIN settlement_offer o ON o.case_id = c.id AND o.state = 'declined'
    JOIN registry_groupmembership m ON m.group_id = c.subject_id AND m.annulled_at IS NULL AND m.period @> CURRENT_DATE
    JOIN accommodation_stay s ON s.subject_id = m.subject_id AND s.annulled_at IS NULL AND s.period @> CURRENT_DATE
        AND s.centre_id IS NOT NULL AND s.departure_reason = ''
    WHERE c.state = 'refused' AND NOT EXISTS (SELECT 1 FROM refusal_refusal r WHERE r.case_id = c.id)
      AND c.id = (SELECT max(l.id) FROM settlement_settlementcase l WHERE l.subject_id = c.subject_id)
    GROUP BY c.id, o.id
), opened AS (
    INSERT INTO refusal_refusal (
        reference, subject_id, case_id, offer_id, organisation_id, cause, opened_on, imdi_deadline_on, persons
    )
    SELECT left(replace(gen_random_uuid()::text, '-', ''), 12), subject_id, case_id, offer_id, organisation_id,
           'declined', opened_on, NULL, persons
    FROM refused
    RETURNING id, case_id
)
INSERT INTO refusal_refusalevent (
    refusal_id, subject_id, kind, holds_on, text, language, interpreter, recorded_at, reported_by_id, annul_reason
)
SELECT n.id, f.subject_id, 'reported', f.opened_on, '', '', '', now(), f.centre_id, ''
FROM opened n JOIN refused f ON f.case_id = n.case_id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("refusal", "0004_outcomes"),
        ("settlement", "0030_said_yes"),
        ("registry", "0002_fence"),
        ("accommodation", "0009_for_counts"),
    ]
    operations = [RunSQL(_OPEN, RunSQL.noop)]
