"""What households use of homes, school and kindergarten places is counted for all of them at once (SET-10).

It was asked of each household and each kind of place by itself: three quarters of a second where a few municipalities
have settled a thousand.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import rewritten

_USED_BY = """
-- What the households of cases use of each kind of place on a day: a place for each minor alone; one adapted home where
-- it needs one; a place in school for each from the year of the sixth birthday through ten years, and in kindergarten
-- from one. Who is dead, or has left the others for good, uses none: asked only where the case counts fewer than belong
-- to the household. Without what is not used.
CREATE FUNCTION settlement_used_by(cases bigint[], day date)
RETURNS TABLE (case_id bigint, kind text, number integer)
LANGUAGE sql STABLE AS $$
    SELECT c.id, 'minors', c.size::integer FROM settlement_settlementcase c
    WHERE c.id = ANY (cases) AND day < c.unaccompanied_until_on
    UNION ALL
    SELECT n.case_id, 'adapted_homes', count(*)::integer FROM settlement_caseneed n
    WHERE n.case_id = ANY (cases) AND n.annulled_at IS NULL AND n.capability = 'adapted_housing'
    GROUP BY n.case_id
    UNION ALL
    SELECT child.case_id, places.kind, count(*)::integer
    FROM (
        SELECT c.id AS case_id, c.subject_id AS group_id, c.size, m.subject_id,
               count(*) OVER (PARTITION BY c.id) AS members
        FROM settlement_settlementcase c
        JOIN registry_groupmembership m ON m.group_id = c.subject_id AND m.annulled_at IS NULL AND m.period @> day
        WHERE c.id = ANY (cases)
    ) child
    JOIN registry_persondetails d ON d.subject_id = child.subject_id AND d.annulled_at IS NULL
    JOIN (VALUES ('school_places', 6, 15), ('kindergarten_places', 1, 5)) places (kind, youngest, oldest)
        ON extract(year FROM day) - extract(year FROM d.birth_date) BETWEEN places.youngest AND places.oldest
    WHERE NOT (child.size < child.members AND EXISTS (
        SELECT 1 FROM everyone_of_household(child.group_id, day) e
        WHERE e.subject_id = child.subject_id AND (e.is_dead OR e.is_gone AND EXISTS (
            SELECT 1 FROM everyone_of_household(child.group_id, day) o WHERE NOT o.is_gone
        ))
    ))
    GROUP BY child.case_id, places.kind
$$;
"""
_RESOURCES = "settlement_resources(bigint, bigint, date)"
_EACH = """           coalesce((
               SELECT sum(settlement_uses(t.case_id, s.kind, day)) FROM taking t
               WHERE t.organisation_id = s.organisation_id AND (NOT t.has_come OR t.state_since_on >= s.since)
           ), 0)::bigint,
           CASE WHEN for_case IS NULL THEN 0 ELSE settlement_uses(for_case, s.kind, day) END,"""
_AT_ONCE = """           coalesce((
               SELECT sum(u.number) FROM taking t JOIN used u USING (case_id)
               WHERE t.organisation_id = s.organisation_id AND u.kind = s.kind
                 AND (NOT t.has_come OR t.state_since_on >= s.since)
           ), 0)::bigint,
           coalesce((SELECT u.number FROM used u WHERE u.case_id = for_case AND u.kind = s.kind), 0),"""
_BEFORE_SELECT = """    )
    SELECT s.organisation_id, s.kind, s.number,"""
_WITH_USED = """    ), used AS MATERIALIZED (
        SELECT * FROM settlement_used_by((SELECT array_agg(t.case_id) FROM taking t) || for_case, day)
    )
    SELECT s.organisation_id, s.kind, s.number,"""
# As it was, for the way back.
_USES = """
CREATE FUNCTION settlement_uses(of_case bigint, kind text, day date) RETURNS integer
LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN kind = 'minors' THEN CASE WHEN day < c.unaccompanied_until_on THEN c.size::integer ELSE 0 END
        WHEN kind = 'adapted_homes' THEN (
            SELECT count(*)::integer FROM settlement_caseneed n
            WHERE n.case_id = of_case AND n.annulled_at IS NULL AND n.capability = 'adapted_housing'
        )
        ELSE (
            SELECT count(*)::integer FROM registry_groupmembership m
            JOIN registry_persondetails d ON d.subject_id = m.subject_id AND d.annulled_at IS NULL
            WHERE m.group_id = c.subject_id AND m.annulled_at IS NULL AND m.period @> day
              AND NOT (c.size < (
                  SELECT count(*) FROM registry_groupmembership a
                  WHERE a.group_id = c.subject_id AND a.annulled_at IS NULL AND a.period @> day
              ) AND EXISTS (
                  SELECT 1 FROM everyone_of_household(c.subject_id, day) e
                  WHERE e.subject_id = m.subject_id AND (e.is_dead OR e.is_gone AND EXISTS (
                      SELECT 1 FROM everyone_of_household(c.subject_id, day) o WHERE NOT o.is_gone
                  ))
              ))
              AND extract(year FROM day) - extract(year FROM d.birth_date)
                  BETWEEN CASE kind WHEN 'school_places' THEN 6 ELSE 1 END
                      AND CASE kind WHEN 'school_places' THEN 15 ELSE 5 END
        )
    END
    FROM settlement_settlementcase c WHERE c.id = of_case
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("settlement", "0024_over_new_year")]
    operations = [
        RunSQL(_USED_BY, "DROP FUNCTION settlement_used_by(bigint[], date)"),
        rewritten(_RESOURCES, _BEFORE_SELECT, _WITH_USED),
        rewritten(_RESOURCES, _EACH, _AT_ONCE),
        RunSQL("DROP FUNCTION settlement_uses(bigint, text, date)", _USES),
    ]
