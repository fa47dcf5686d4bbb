"""How many of a household are to be settled, as counts without people: also of those whom the session does not see."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

_COMPOSITION = """
-- How many belong to a household on a day, how many of them are minors (born after a day), and how many of those are
-- unaccompanied; counts, no persons. Who has left for good is left out, unless all have.
CREATE FUNCTION household_composition(household bigint, day date, minors_born_after date)
RETURNS TABLE (size bigint, minors bigint, unaccompanied bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH everyone AS MATERIALIZED (SELECT w.subject_id, w.is_gone FROM household_whereabouts(household, day) w)
    SELECT count(*),
           count(*) FILTER (WHERE d.birth_date > minors_born_after),
           count(*) FILTER (WHERE d.birth_date > minors_born_after AND d.is_unaccompanied_minor)
    FROM everyone e
    JOIN registry_persondetails d ON d.subject_id = e.subject_id AND d.annulled_at IS NULL
    WHERE NOT e.is_gone OR (SELECT bool_and(a.is_gone) FROM everyone a)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("settlement", "0003_departures_ahead"), ("accommodation", "0004_everyone")]
    operations = [RunSQL(_COMPOSITION, "DROP FUNCTION household_composition(bigint, date, date)")]
