"""What of a municipality's homes, school and kindergarten places is used, and what refuses to go beyond it (SET-10)."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import rewritten

_RESOURCES = """
-- What a household uses of each kind of place on a day: a place for each minor alone; one adapted home where it needs
-- one; a place in school for each from the year of the sixth birthday through ten years, and in kindergarten from one.
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
              AND extract(year FROM day) - extract(year FROM d.birth_date)
                  BETWEEN CASE kind WHEN 'school_places' THEN 6 ELSE 1 END
                      AND CASE kind WHEN 'school_places' THEN 15 ELSE 5 END
        )
    END
    FROM settlement_settlementcase c WHERE c.id = of_case
$$;

-- How many of each kind of place municipalities have said that they have, and how many of them are used: by those whom
-- they have promised, by requests that hold places, and by those who have come since they said so. `wanted`: what the
-- household of a case uses of it. Counts without people; of one organisation, or of all (NULL).
CREATE FUNCTION settlement_resources(of_organisation bigint, for_case bigint, day date)
RETURNS TABLE (organisation_id bigint, kind text, number integer, used bigint, wanted integer, since date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH said AS MATERIALIZED (
        SELECT s.organisation_id, s.kind::text AS kind, s.number::integer AS number, lower(s.period) AS since
        FROM settlement_municipalityresource s
        WHERE s.annulled_at IS NULL AND s.period @> day
          AND (of_organisation IS NULL OR s.organisation_id = of_organisation)
    ), taking AS MATERIALIZED (
        SELECT r.organisation_id, r.case_id, c.state_since_on, r.state = 'fulfilled' AS has_come
        FROM settlement_settlementrequest r JOIN settlement_settlementcase c ON c.id = r.case_id
        WHERE r.organisation_id IN (SELECT s.organisation_id FROM said s)
          AND (r.state = 'open' AND r.holds_place
               OR r.state = 'accepted' AND (c.state <> 'refused' OR EXISTS (
                   SELECT 1 FROM access_need n
                   WHERE n.subject_id = r.subject_id AND n.organisation_id = r.organisation_id
                     AND n.reason = 'offered_here' AND n.period @> day
               ))
               OR r.state = 'fulfilled' AND c.state_since_on >= (
                   SELECT min(s.since) FROM said s WHERE s.organisation_id = r.organisation_id
               ))
    )
    SELECT s.organisation_id, s.kind, s.number,
           coalesce((
               SELECT sum(settlement_uses(t.case_id, s.kind, day)) FROM taking t
               WHERE t.organisation_id = s.organisation_id AND (NOT t.has_come OR t.state_since_on >= s.since)
           ), 0)::bigint,
           CASE WHEN for_case IS NULL THEN 0 ELSE settlement_uses(for_case, s.kind, day) END,
           s.since
    FROM said s
$$;

-- Refuse, with the constraint's name for the sentence, where there are not as many of a kind of place as are used (any
-- kind where it is NULL), counting those alone that the household of a case uses. What nobody has said a number of is
-- not counted. The municipality's row is locked first.
CREATE FUNCTION settlement_refuse_resource(
    of_organisation bigint, of_kind text, for_case bigint, day date, code text
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    short record;
BEGIN
    PERFORM 1 FROM directory_organisation o WHERE o.id = of_organisation FOR NO KEY UPDATE;
    SELECT r.* INTO short FROM settlement_resources(of_organisation, for_case, day) r
    WHERE r.used > r.number AND (of_kind IS NULL OR r.kind = of_kind) AND (for_case IS NULL OR r.wanted > 0)
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION '% %: % used', short.number, short.kind, short.used
            USING ERRCODE = '23514', CONSTRAINT = code;
    END IF;
END
$$;
"""
_HOLD = "settlement_hold_places(bigint, text)"
_BEFORE = """        CASE WHEN day < it.unaccompanied_until_on THEN 'minors_places_are_taken' END
    );
END"""
_AFTER = """        CASE WHEN day < it.unaccompanied_until_on THEN 'minors_places_are_taken' END
    );
    PERFORM settlement_refuse_resource(
        it.organisation_id, NULL, (SELECT r.case_id FROM settlement_settlementrequest r WHERE r.id = of_request), day,
        'resource_is_taken'
    );
END"""


class Migration(migrations.Migration):
    dependencies = [
        ("settlement", "0012_resources"),
        ("registry", "0002_fence"),
        ("access", "0001_first"),
        ("directory", "0001_first"),
    ]
    operations = [
        RunSQL(
            _RESOURCES,
            """DROP FUNCTION settlement_refuse_resource(bigint, text, bigint, date, text);
            DROP FUNCTION settlement_resources(bigint, bigint, date);
            DROP FUNCTION settlement_uses(bigint, text, date)""",
        ),
        rewritten(_HOLD, _BEFORE, _AFTER),
    ]
