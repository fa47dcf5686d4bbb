"""Since when a household has a permit, and whether a municipality was asked: also what the session does not see."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

_PERMIT = """
-- Since when anybody of the household has a permit without a later refusal (null: nobody has), and the first permit that
-- any of them ever had; and whether anybody waits for a decision: was never refused. Who has left for good is left out:
-- where all have, nobody waits for a municipality. Of a permit and a refusal on one day the refusal counts, as in the
-- registry's rule.
CREATE FUNCTION household_permit(household bigint, day date)
RETURNS TABLE (since_on date, first_on date, is_somebody_unrefused boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT min(s.holds_on) FILTER (WHERE s.holds_on > coalesce(r.refused_on, '-infinity'::date)), min(s.holds_on),
           coalesce(bool_or(r.refused_on IS NULL), false)
    FROM household_whereabouts(household, day) e
    CROSS JOIN LATERAL (
        SELECT max(d.holds_on) AS refused_on FROM registry_statusevent d
        WHERE d.subject_id = e.subject_id AND d.annulled_at IS NULL AND d.kind = 'refusal'
    ) r
    LEFT JOIN registry_statusevent s ON s.subject_id = e.subject_id AND s.annulled_at IS NULL
     AND s.kind IN ('temporary_collective_protection', 'residence_permit', 'limited_permit')
    WHERE NOT e.is_gone
$$;
"""

_ASKED = """
-- Whether any municipality was ever asked in a case, whatever it answered: a yes or a no, which one is not told. Only of a
-- household that the session has a need of: what becomes of the case must not depend on who registers something.
CREATE FUNCTION case_was_asked_for(of_case bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM settlement_settlementrequest r WHERE r.case_id = of_case AND session_has_need(r.subject_id)
    )
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("settlement", "0004_composition"), ("accommodation", "0004_everyone"), ("registry", "0001_first")]
    operations = [
        RunSQL(_PERMIT, "DROP FUNCTION household_permit(bigint, date)"),
        RunSQL(_ASKED, "DROP FUNCTION case_was_asked_for(bigint)"),
    ]
