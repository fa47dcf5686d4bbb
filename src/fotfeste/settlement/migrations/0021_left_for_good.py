"""Who has left for good, or is dead, uses no place in school or kindergarten (SET-10)."""

from django.db import migrations

from fotfeste.platform.rls import rewritten

_BEFORE = "WHERE m.group_id = c.subject_id AND m.annulled_at IS NULL AND m.period @> day"
# A case counts fewer than its members where somebody is gone; a household that all have left is counted as it was.
_AFTER = f"""{_BEFORE}
              AND NOT (c.size < (
                  SELECT count(*) FROM registry_groupmembership a
                  WHERE a.group_id = c.subject_id AND a.annulled_at IS NULL AND a.period @> day
              ) AND EXISTS (
                  SELECT 1 FROM everyone_of_household(c.subject_id, day) e
                  WHERE e.subject_id = m.subject_id AND (e.is_dead OR e.is_gone AND EXISTS (
                      SELECT 1 FROM everyone_of_household(c.subject_id, day) o WHERE NOT o.is_gone
                  ))
              ))"""


class Migration(migrations.Migration):
    dependencies = [("settlement", "0020_own_declines"), ("accommodation", "0009_for_counts")]
    operations = [rewritten("settlement_uses(bigint, text, date)", _BEFORE, _AFTER)]
