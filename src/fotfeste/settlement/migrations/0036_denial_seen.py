"""When somebody who is asked about UDI's no has seen it, so that the task of it follows from the claim (ADR 0063).

Of what stands, it is seen where such a task was done after UDI's no and none is open. Where there never was one,
nobody has been asked, and the night asks.
"""

from django.db import migrations, models
from django.db.migrations.operations import RunSQL

_SEEN = """
UPDATE settlement_carclaim c SET denial_seen_on = done.last_on
FROM (
    SELECT t.subject_id, t.organisation_id, max((t.closed_at AT TIME ZONE 'Europe/Oslo')::date) AS last_on
    FROM worklist_task t WHERE t.kind = 'see_denied_claim' AND t.outcome = 'done'
    GROUP BY t.subject_id, t.organisation_id
) done
WHERE c.state = 'denied' AND c.amount_ore > 0 AND done.last_on >= c.decided_on
  AND done.subject_id = c.subject_id AND done.organisation_id = c.organisation_id
  AND NOT EXISTS (
      SELECT 1 FROM worklist_task t
      WHERE t.kind = 'see_denied_claim' AND t.closed_at IS NULL
        AND t.subject_id = c.subject_id AND t.organisation_id = c.organisation_id
  )
"""


class Migration(migrations.Migration):
    dependencies = [("settlement", "0035_left_private_home"), ("worklist", "0004_protected")]
    operations = [
        migrations.AddField(
            model_name="carclaim",
            name="denial_seen_on",
            field=models.DateField(null=True),
        ),
        migrations.AddConstraint(
            model_name="carclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(denial_seen_on__isnull=True)
                | models.Q(state="denied", denial_seen_on__gte=models.F("decided_on")),
                name="a_denial_is_seen_when_it_is_there",
            ),
        ),
        RunSQL(_SEEN, RunSQL.noop),
    ]
