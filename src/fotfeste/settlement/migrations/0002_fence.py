"""Row-level security, and a municipality's load as counts without people."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import fenced

_LOAD = """
-- Persons settled in a year, promised (accepted request, offer or journey) and asked for, per municipality organisation;
-- of them unaccompanied minors; and those asked for or promised in one week (2024-W12, '' for none).
CREATE FUNCTION settlement_load(of_year integer, of_week text DEFAULT '')
RETURNS TABLE (
    organisation_id bigint, settled bigint, promised bigint, asked bigint,
    settled_minors bigint, promised_minors bigint, in_week bigint
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH load AS (
        SELECT r.organisation_id, r.size, c.is_unaccompanied,
               r.state = 'fulfilled' AS is_settled,
               r.state = 'accepted' AS is_promised,
               r.state = 'open' AS is_asked,
               of_week <> '' AND of_week = coalesce(o.week, nullif(r.possible_week, ''), r.wanted_week) AS is_in_week
        FROM settlement_settlementrequest r
        JOIN settlement_settlementcase c ON c.id = r.case_id
        LEFT JOIN settlement_offer o ON o.request_id = r.id
        WHERE r.state = 'open'
           OR r.state = 'accepted' AND c.state IN ('municipality_found', 'offered', 'accepted', 'journey_agreed')
           OR r.state = 'fulfilled' AND c.state_since_on >= make_date(of_year, 1, 1)
              AND c.state_since_on < make_date(of_year + 1, 1, 1)
    )
    SELECT l.organisation_id,
           coalesce(sum(size) FILTER (WHERE is_settled), 0),
           coalesce(sum(size) FILTER (WHERE is_promised), 0),
           coalesce(sum(size) FILTER (WHERE is_asked), 0),
           coalesce(sum(size) FILTER (WHERE is_settled AND is_unaccompanied), 0),
           coalesce(sum(size) FILTER (WHERE is_promised AND is_unaccompanied), 0),
           coalesce(sum(size) FILTER (WHERE is_in_week AND NOT is_settled), 0)
    FROM load l
    GROUP BY l.organisation_id
$$;
"""
_READERS = """
-- Answers are for the centre where they live, IMDi, and the municipality that IMDi has asked: not for all who know of the
-- household. The leading policy still asks for a need to know at all.
CREATE POLICY for_settlement_only ON settlement_answer AS RESTRICTIVE FOR ALL USING (EXISTS (
    SELECT 1 FROM access_need n
    WHERE n.subject_id = settlement_answer.subject_id
      AND n.organisation_id = nullif(current_setting('fotfeste.organisation', true), '')::bigint
      AND n.period @> nullif(current_setting('fotfeste.day', true), '')::date
      AND n.reason IN ('lives_here', 'settlement_case', 'asked_to_settle', 'offered_here', 'settled_here')
));
-- Nothing goes from a centre to a municipality but through IMDi: a municipality sees only notes that IMDi passed on.
CREATE POLICY only_through_imdi ON settlement_settlementnote AS RESTRICTIVE FOR ALL USING (EXISTS (
    SELECT 1 FROM access_need n
    WHERE n.subject_id = settlement_settlementnote.subject_id
      AND n.organisation_id = nullif(current_setting('fotfeste.organisation', true), '')::bigint
      AND n.period @> nullif(current_setting('fotfeste.day', true), '')::date
      AND (
          n.reason IN ('lives_here', 'settlement_case')
          OR settlement_settlementnote.is_passed_on AND n.reason IN ('asked_to_settle', 'offered_here', 'settled_here')
      )
));
-- A municipality sees IMDi's request to itself, never what another was asked or answered.
CREATE POLICY own_request_only ON settlement_settlementrequest AS RESTRICTIVE FOR ALL USING (
    organisation_id = nullif(current_setting('fotfeste.organisation', true), '')::bigint
    OR EXISTS (
        SELECT 1 FROM access_need n
        WHERE n.subject_id = settlement_settlementrequest.subject_id
          AND n.organisation_id = nullif(current_setting('fotfeste.organisation', true), '')::bigint
          AND n.period @> nullif(current_setting('fotfeste.day', true), '')::date
          AND n.reason NOT IN ('asked_to_settle', 'offered_here', 'settled_here')
    )
);
"""
_NO_READERS = """
DROP POLICY own_request_only ON settlement_settlementrequest;
DROP POLICY for_settlement_only ON settlement_answer;
DROP POLICY only_through_imdi ON settlement_settlementnote;
"""
_TABLES = (
    "settlementcase",
    "informationgiven",
    "interview",
    "participant",
    "answer",
    "settlementnote",
    "caseneed",
    "settlementrequest",
    "offer",
    "travelapproval",
    "journey",
    "journeyleg",
)


class Migration(migrations.Migration):
    dependencies = [("settlement", "0001_first"), ("access", "0001_first")]
    operations = [
        *(fenced(f"settlement_{table}") for table in _TABLES),
        RunSQL(_READERS, _NO_READERS),
        RunSQL(_LOAD, "DROP FUNCTION settlement_load(integer, text)"),
    ]
