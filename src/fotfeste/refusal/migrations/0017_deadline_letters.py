"""To whom IMDi has written of its deadline (ADR 0053): as it was written, not as the rule says that it should be."""

from django.db import migrations, models

# A letter is written in the act that sets the deadline, at the same instant.
AS_WRITTEN = """
UPDATE refusal_refusal r SET deadline_letters = written.persons
FROM (
    SELECT e.refusal_id, jsonb_agg(DISTINCT l.also_about[1]) AS persons
    FROM refusal_refusalevent e
    JOIN letters_letter l ON l.subject_id = e.subject_id AND l.written_at = e.recorded_at
    WHERE e.kind IN ('hold_asked', 'imdi_message') AND e.annulled_at IS NULL AND l.kind = 'deadline_to_move'
    GROUP BY e.refusal_id
) written
WHERE written.refusal_id = r.id
"""


class Migration(migrations.Migration):
    dependencies = [("letters", "0010_deadline_to_move"), ("refusal", "0016_deceased_counts")]
    operations = [
        migrations.AddField("refusal", "deadline_letters", models.JSONField(default=list)),
        migrations.RunSQL(AS_WRITTEN, migrations.RunSQL.noop),
    ]
