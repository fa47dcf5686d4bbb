"""No place is held for the dead, and a refusal that ended by a death alone came to nothing that is counted."""

from django.db import migrations

from fotfeste.platform.rls import rewritten

_PLACES = "settlement_places_of(integer, date)"
_OUTCOMES = "refusal_outcomes(date, date)"
_GONE = "e.kind IN ('moved_out', 'evicted') AND e.resident_id"
_OR_DEAD = "e.kind IN ('moved_out', 'evicted', 'deceased') AND e.resident_id"


class Migration(migrations.Migration):
    dependencies = [("refusal", "0015_deceased_and_moved")]
    operations = [
        rewritten(_PLACES, _GONE, _OR_DEAD),
        rewritten(
            _OUTCOMES,
            "r.annulled_at IS NULL AND r.opened_on >= since",
            """NOT (r.closed_on IS NOT NULL AND EXISTS (
              SELECT 1 FROM refusal_refusalevent d
              WHERE d.refusal_id = r.id AND d.annulled_at IS NULL AND d.kind = 'deceased'
          ) AND NOT EXISTS (
              SELECT 1 FROM refusal_refusalevent d
              WHERE d.refusal_id = r.id AND d.annulled_at IS NULL AND d.kind IN ('accepted', 'evicted', 'moved_out')
          ))
          AND r.annulled_at IS NULL AND r.opened_on >= since""",
        ),
    ]
