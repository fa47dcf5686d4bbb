"""Row-level security, and occupancy as counts without people."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import fenced, knows, narrowed, own_organisation

_OCCUPANCY = """
-- How many stay at each centre on a day; a count, no persons.
CREATE FUNCTION occupancy_on(day date) RETURNS TABLE (centre_id bigint, people bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.centre_id, count(*) FROM accommodation_stay s
    WHERE s.kind = 'centre' AND s.annulled_at IS NULL AND s.period @> day
    GROUP BY s.centre_id
$$;

-- How many stay at one centre on a day; a count, no persons.
CREATE FUNCTION people_at(centre bigint, day date) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT count(*) FROM accommodation_stay s
    WHERE s.centre_id = centre AND s.annulled_at IS NULL AND s.period @> day
$$;

-- The most people at a centre on any day from `day` on; a count, no persons.
CREATE FUNCTION occupancy_peak(centre bigint, day date) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH later AS (
        SELECT s.period FROM accommodation_stay s
        WHERE s.centre_id = centre AND s.annulled_at IS NULL AND (upper_inf(s.period) OR upper(s.period) > day)
    ), days AS (
        SELECT day AS at UNION SELECT lower(period) FROM later WHERE lower(period) > day
    )
    SELECT coalesce(max(n), 0) FROM (
        SELECT (SELECT count(*) FROM later l WHERE l.period @> d.at) AS n FROM days d
    ) AS counted
$$;

-- Whether every day of every stay at a centre is a day of its operation; no persons.
CREATE FUNCTION operation_covers_stays(centre bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT NOT EXISTS (
        SELECT 1 FROM accommodation_stay s
        WHERE s.centre_id = centre AND s.annulled_at IS NULL AND NOT coalesce(o.days @> s.period, false)
    )
    FROM (
        SELECT range_agg(period) AS days FROM accommodation_centreoperation
        WHERE centre_id = centre AND annulled_at IS NULL
    ) AS o
$$;

-- Which beds of a centre are taken on a day; beds, no persons.
CREATE FUNCTION beds_taken_on(centre bigint, day date) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.bed_id FROM accommodation_bedassignment a
    JOIN accommodation_bed b ON b.id = a.bed_id
    JOIN accommodation_room r ON r.id = b.room_id
    WHERE r.centre_id = centre AND a.annulled_at IS NULL AND a.period @> day
$$;
"""
# Former residents stay out of sight, and so would the days on which they had a bed.
_BEDS_TAKEN_FROM = f"""
-- When the beds of the session's own centre are taken, as far as that is from `day` on; beds and days, no persons.
CREATE FUNCTION beds_taken_from(centre bigint, day date) RETURNS TABLE (bed_id bigint, since_on date, until_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.bed_id, lower(a.period), upper(a.period) FROM accommodation_bedassignment a
    JOIN accommodation_bed b ON b.id = a.bed_id
    JOIN accommodation_room r ON r.id = b.room_id
    WHERE r.centre_id = centre AND r.centre_id = {own_organisation()}
      AND a.annulled_at IS NULL AND a.period && daterange(day, NULL)
$$;
"""
_UNDO = """
DROP FUNCTION beds_taken_on(bigint, date);
DROP FUNCTION operation_covers_stays(bigint);
DROP FUNCTION people_at(bigint, date);
DROP FUNCTION occupancy_peak(bigint, date);
DROP FUNCTION occupancy_on(date);
"""


def _beds_and_absence(table: str) -> RunSQL:
    """Whoever keeps or places them; a former centre what was while they stayed there. No municipality, no IMDi."""
    keeps = knows(table, "rooms", ("lives_here", "registered_here", "protection_case"))
    kept = f"""EXISTS (
    SELECT 1 FROM accommodation_stay s
    WHERE s.subject_id = {table}.subject_id AND s.centre_id = {own_organisation()}
      AND s.annulled_at IS NULL AND s.period && {table}.period
    OFFSET 0
)"""
    return narrowed(table, f"{keeps} OR {kept}")


def _stays() -> RunSQL:
    """Why somebody left, and for where, is told to a municipality only of those who left to be settled; and what was
    believed by mistake is not its to know.
    """
    table = "accommodation_stay"
    told = f"{table}.annulled_at IS NULL AND {table}.departure_reason IN ('', 'moved_centre', 'agreed_settlement')"
    others = ("lives_here", "lived_here", "registered_here", "protection_case", "settlement_case")
    return narrowed(table, f"({told}) OR {knows(table, "stays", others)}")


class Migration(migrations.Migration):
    dependencies = [("accommodation", "0001_first"), ("access", "0001_first"), ("registry", "0002_fence")]
    operations = [
        fenced("accommodation_stay", "stays"),
        fenced("accommodation_bedassignment", "rooms"),
        fenced("accommodation_absence", "rooms"),
        _stays(),
        _beds_and_absence("accommodation_bedassignment"),
        _beds_and_absence("accommodation_absence"),
        RunSQL(_OCCUPANCY, _UNDO),
        RunSQL(_BEDS_TAKEN_FROM, "DROP FUNCTION beds_taken_from(bigint, date)"),
    ]
