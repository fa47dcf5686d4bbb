"""Whether anybody of a household who is to be settled has a permit: also of those whom the session does not see."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

_HAS_PERMIT = """
-- True where the last decision about anybody of the household is a permit. Who has left for good is left out, unless all
-- have. Of a permit and a refusal on one day the refusal counts, as in the registry's rule.
CREATE FUNCTION household_has_permit(household bigint, day date)
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH everyone AS MATERIALIZED (SELECT w.subject_id, w.is_gone FROM household_whereabouts(household, day) w)
    SELECT EXISTS (
        SELECT 1 FROM everyone e
        CROSS JOIN LATERAL (
            SELECT s.kind FROM registry_statusevent s
            WHERE s.subject_id = e.subject_id AND s.annulled_at IS NULL
              AND s.kind IN ('temporary_collective_protection', 'residence_permit', 'limited_permit', 'refusal')
            ORDER BY s.holds_on DESC, (s.kind = 'refusal') DESC LIMIT 1
        ) decided
        WHERE decided.kind <> 'refusal'
          AND (NOT e.is_gone OR (SELECT bool_and(a.is_gone) FROM everyone a))
    )
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("settlement", "0004_composition"), ("accommodation", "0004_everyone"), ("registry", "0001_first")]
    operations = [RunSQL(_HAS_PERMIT, "DROP FUNCTION household_has_permit(bigint, date)")]
