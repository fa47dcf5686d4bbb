"""How many of a household are to be settled, and how old, without people: also of those whom the session does not see."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

_COMPOSITION = """
-- How many belong to a household on a day, when the youngest of them was born, the youngest who came alone, and the
-- oldest of the others; no persons. Who has left for good is left out, unless all have; the dead always.
CREATE FUNCTION household_composition(household bigint, day date)
RETURNS TABLE (size bigint, youngest_on date, youngest_alone_on date, oldest_other_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH everyone AS MATERIALIZED (
        SELECT w.subject_id, w.is_gone, w.is_dead FROM household_whereabouts(household, day) w
    )
    SELECT count(*),
           max(d.birth_date),
           max(d.birth_date) FILTER (WHERE d.is_unaccompanied_minor),
           min(d.birth_date) FILTER (WHERE NOT d.is_unaccompanied_minor)
    FROM everyone e
    JOIN registry_persondetails d ON d.subject_id = e.subject_id AND d.annulled_at IS NULL
    WHERE NOT e.is_gone
       OR (SELECT bool_and(a.is_gone) FROM everyone a) AND (NOT e.is_dead OR (SELECT bool_and(a.is_dead) FROM everyone a))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("settlement", "0003_departures_ahead"), ("accommodation", "0004_everyone")]
    operations = [RunSQL(_COMPOSITION, "DROP FUNCTION household_composition(bigint, date)")]
