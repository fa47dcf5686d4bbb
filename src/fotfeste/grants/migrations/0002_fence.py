"""What grants are computed from, for UDI: the stays of a whole scheme, keys and days without a name (ADR 0025).

Runs that are asked for are UDI's too: read by whoever sees the books, written by whoever prepares them.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import knows, own_organisation

# A total that leaves somebody out is wrong, whoever asks: also of those with a protected address, whom only those see
# who are named for them, and of those whose case is over. Who they are stays behind the fence.
_STAYS = """
CREATE FUNCTION grant_stays(scheme text, known_at timestamptz) RETURNS TABLE (
    id bigint, supersedes_id bigint, subject_id bigint, municipality varchar, starts_on date, ends_on date,
    cause varchar, known_from timestamptz, known_to timestamptz, reported_by_id bigint,
    reported_by varchar, annulled_by_id bigint
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.id, s.supersedes_id, s.subject_id, m.municipality_id, lower(s.period), upper(s.period),
           s.departure_reason, s.recorded_at, s.annulled_at, r.id, r.name, u.organisation_id
    FROM accommodation_stay s
    JOIN directory_organisation m ON m.id = s.municipality_id
    JOIN directory_organisation r ON r.id = s.reported_by_id
    LEFT JOIN directory_user u ON u.id = s.annulled_by_id
    WHERE s.kind = scheme AND s.recorded_at <= known_at
      AND (SELECT session_sees_ledger())
    ORDER BY s.id
$$;
"""

# A month goes to where its first day on the scheme was: whoever they came to in the middle of one must know that it is
# given, though not where. No more is told than the days of that month, of those whom the session knows.
_ELSEWHERE = f"""
CREATE FUNCTION grant_days_elsewhere(persons bigint[], scheme text)
RETURNS TABLE (subject_id bigint, starts_on date, ends_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT e.subject_id, greatest(lower(e.period), date_trunc('month', lower(s.period))::date), upper(e.period)
    FROM accommodation_stay s
    JOIN accommodation_stay e ON e.subject_id = s.subject_id AND e.kind = s.kind AND e.annulled_at IS NULL
     AND e.municipality_id <> s.municipality_id
     AND lower(e.period) < lower(s.period) AND upper(e.period) > date_trunc('month', lower(s.period))::date
    WHERE s.subject_id = ANY (persons) AND s.kind = scheme AND s.annulled_at IS NULL
      AND s.municipality_id = {own_organisation()} AND (SELECT session_sees_own_ledger())
      AND {knows("s", "money")} AND s.subject_id NOT IN (SELECT session_hidden())
    ORDER BY e.subject_id, e.period
$$;
"""

_FENCE = """
ALTER TABLE grants_runorder ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON grants_runorder FOR SELECT USING ((SELECT session_sees_ledger()));
CREATE POLICY written ON grants_runorder FOR INSERT WITH CHECK ((SELECT session_prepares_ledger()));
CREATE POLICY answered ON grants_runorder FOR UPDATE USING ((SELECT session_prepares_ledger()));
"""
_OPEN = """
DROP POLICY answered ON grants_runorder;
DROP POLICY written ON grants_runorder;
DROP POLICY read ON grants_runorder;
ALTER TABLE grants_runorder DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("grants", "0001_first"), ("accommodation", "0007_private_fence"), ("ledger", "0002_fence")]
    operations = [
        RunSQL(_STAYS, "DROP FUNCTION grant_stays(text, timestamptz)"),
        RunSQL(_ELSEWHERE, "DROP FUNCTION grant_days_elsewhere(bigint[], text)"),
        RunSQL(_FENCE, _OPEN),
    ]
