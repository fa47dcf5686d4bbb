"""What of a municipality's year is used, kept and left, and what refuses to go beyond it (SET-10, SET-11, ADR 0034)."""

from importlib import import_module

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import session_day

_EARLIER_LOAD = import_module("fotfeste.settlement.migrations.0002_fence")._LOAD

_PLACES = """
-- The year in which a place counts: that of its week (the ISO year: 30 December 2024 is in 2025-W01); where there is no
-- week, or it is over without anybody having come, the year of the day.
CREATE FUNCTION settlement_year_of(week text, day date) RETURNS integer
LANGUAGE sql IMMUTABLE AS $$
    SELECT greatest(left(nullif(week, ''), 4)::integer, extract(year FROM day)::integer)
$$;

-- Every request that takes, keeps or asks for places in a year, with its persons as many as they are now:
-- `settled` on the case's last step; `promised` (accepted: offer and journey follow; and an offer that was declined, as
-- long as the municipality holds the home for them, GUIDE Vedlegg 6); `held` while the municipality thinks; `asked`
-- beyond the decision. Who is a minor alone is asked of the day; of those settled, of the day that they came.
-- With the rights of whoever asks, so that it is planned with the question: only functions of the owner's see all.
CREATE FUNCTION settlement_places_of(of_year integer, day date)
RETURNS TABLE (
    request_id bigint, organisation_id bigint, centre_id bigint, week text, size integer, is_minor boolean, standing text
)
LANGUAGE sql STABLE AS $$
    -- Two halves, each from its own index: few requests are living, and few cases are of one year.
    SELECT r.id, r.organisation_id, r.centre_id, w.week, c.size::integer,
           coalesce(day < c.unaccompanied_until_on, false),
           CASE WHEN r.state = 'accepted' THEN 'promised' WHEN r.holds_place THEN 'held' ELSE 'asked' END
    FROM settlement_settlementrequest r
    JOIN settlement_settlementcase c ON c.id = r.case_id
    LEFT JOIN settlement_offer o ON o.request_id = r.id
    CROSS JOIN LATERAL (
        SELECT coalesce(o.week, nullif(r.possible_week, ''), nullif(r.wanted_week, ''))::text AS week
    ) w
    WHERE r.state IN ('open', 'accepted')
      AND settlement_year_of(w.week, day) = of_year
      AND (r.state = 'open' OR c.state NOT IN ('refused', 'settled', 'closed') OR c.state = 'refused' AND EXISTS (
          SELECT 1 FROM access_need n
          WHERE n.subject_id = r.subject_id AND n.organisation_id = r.organisation_id
            AND n.reason = 'offered_here' AND n.period @> day
      ))
    UNION ALL
    SELECT r.id, r.organisation_id, r.centre_id, NULL, c.size::integer,
           coalesce(c.state_since_on < c.unaccompanied_until_on, false), 'settled'
    FROM settlement_settlementcase c
    JOIN settlement_settlementrequest r ON r.case_id = c.id AND r.state = 'fulfilled'
    WHERE c.state_since_on >= make_date(of_year, 1, 1) AND c.state_since_on < make_date(of_year + 1, 1, 1)
$$;

-- Of the places reserved for people of integration centres, those that nobody of the centre has taken yet.
CREATE FUNCTION settlement_kept_for(of_year integer, day date)
RETURNS TABLE (organisation_id bigint, centre_id bigint, persons bigint)
LANGUAGE sql STABLE AS $$
    SELECT p.organisation_id, p.centre_id, greatest(0, p.persons - coalesce((
        SELECT sum(l.size) FROM settlement_places_of(of_year, day) l
        WHERE l.organisation_id = p.organisation_id AND l.centre_id = p.centre_id AND l.standing <> 'asked'
    ), 0))::bigint
    FROM settlement_placereservation p
    WHERE p.year = of_year AND p.annulled_at IS NULL AND p.persons > 0
$$;
"""
_LOAD = """
-- Counts without people, per municipality organisation: persons settled in a year, promised and asked for (open requests;
-- of them `held`: those that keep places), of them unaccompanied minors; those asked for or promised in one week
-- (2024-W12, '' for none); and places kept for people of integration centres other than `for_centre`.
CREATE FUNCTION settlement_load(of_year integer, of_week text, day date, for_centre bigint DEFAULT NULL)
RETURNS TABLE (
    organisation_id bigint, settled bigint, promised bigint, asked bigint,
    settled_minors bigint, promised_minors bigint, in_week bigint, held bigint, held_minors bigint, kept bigint
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH load AS (
        SELECT l.organisation_id,
               coalesce(sum(size) FILTER (WHERE standing = 'settled'), 0) AS settled,
               coalesce(sum(size) FILTER (WHERE standing = 'promised'), 0) AS promised,
               coalesce(sum(size) FILTER (WHERE standing IN ('held', 'asked')), 0) AS asked,
               coalesce(sum(size) FILTER (WHERE standing = 'settled' AND is_minor), 0) AS settled_minors,
               coalesce(sum(size) FILTER (WHERE standing = 'promised' AND is_minor), 0) AS promised_minors,
               coalesce(sum(size) FILTER (WHERE standing <> 'settled' AND of_week <> '' AND week = of_week), 0)
                   AS in_week,
               coalesce(sum(size) FILTER (WHERE standing = 'held'), 0) AS held,
               coalesce(sum(size) FILTER (WHERE standing = 'held' AND is_minor), 0) AS held_minors
        FROM settlement_places_of(of_year, day) l
        GROUP BY l.organisation_id
    ), kept AS (
        SELECT k.organisation_id, sum(k.persons)::bigint AS persons FROM settlement_kept_for(of_year, day) k
        WHERE k.centre_id IS DISTINCT FROM for_centre
        GROUP BY k.organisation_id
    )
    SELECT organisation_id, coalesce(l.settled, 0), coalesce(l.promised, 0), coalesce(l.asked, 0),
           coalesce(l.settled_minors, 0), coalesce(l.promised_minors, 0), coalesce(l.in_week, 0),
           coalesce(l.held, 0), coalesce(l.held_minors, 0), coalesce(k.persons, 0)
    FROM load l FULL JOIN kept k USING (organisation_id)
$$;
"""
_WEEKS = """
-- The most persons that a municipality receives in a week (2024-W12), by what it says of the week's last day; null for
-- no limit.
CREATE FUNCTION settlement_most_in(of_organisation bigint, week text) RETURNS smallint
LANGUAGE sql STABLE AS $$
    SELECT w.persons FROM settlement_weeklimit w
    WHERE w.organisation_id = of_organisation AND w.annulled_at IS NULL
      AND w.period @> to_date(week, 'IYYY-"W"IW') + 6
$$;

-- How many a municipality has promised and is asked for in each week, this year and next, beside the most that it
-- receives in it; the week of the day is always there. Counts without people.
CREATE FUNCTION settlement_weeks(of_organisation bigint, day date)
RETURNS TABLE (week text, promised bigint, asked bigint, most smallint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT w.week, sum(w.promised)::bigint, sum(w.asked)::bigint, settlement_most_in(of_organisation, w.week)
    FROM (
        SELECT to_char(day, 'IYYY-"W"IW') AS week, 0 AS promised, 0 AS asked
        UNION ALL
        SELECT l.week, CASE WHEN l.standing = 'promised' THEN l.size ELSE 0 END,
               CASE WHEN l.standing = 'promised' THEN 0 ELSE l.size END
        FROM generate_series(extract(year FROM day)::integer, extract(year FROM day)::integer + 1) y (of_year)
        CROSS JOIN LATERAL settlement_places_of(y.of_year, day) l
        WHERE l.organisation_id = of_organisation AND l.standing <> 'settled' AND l.week IS NOT NULL
    ) w
    GROUP BY w.week ORDER BY w.week
$$;
"""
_LIMITS = f"""
-- Refuse, with the constraint's name for the sentence, where the council's decision for the year does not cover what is
-- settled, promised, held and kept; `code` and `minors_code` are what to say of the whole and of the minors alone, NULL
-- for not asked. No decision: nothing to refuse. One at a time for each municipality: its organisation is locked first, and
-- what others have committed until then is read after that. A household that has grown since its place was promised may
-- have taken it beyond: that is no reason to take from those whose places are held, and nothing more is given.
CREATE FUNCTION settlement_refuse_beyond(
    of_organisation bigint, of_year integer, day date, code text, minors_code text
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    has record;
    used record;
BEGIN
    PERFORM 1 FROM directory_organisation o WHERE o.id = of_organisation FOR NO KEY UPDATE;
    SELECT y.decided, y.decided_minors INTO has
    FROM settlement_municipalityyear y JOIN directory_organisation o ON o.municipality_id = y.municipality_id
    WHERE o.id = of_organisation AND y.year = of_year;
    IF has.decided IS NULL AND has.decided_minors IS NULL THEN
        RETURN;
    END IF;
    SELECT coalesce(sum(l.size), 0) + coalesce((
               SELECT sum(k.persons) FROM settlement_kept_for(of_year, day) k WHERE k.organisation_id = of_organisation
           ), 0) AS persons,
           coalesce(sum(l.size) FILTER (WHERE l.is_minor), 0) AS minors
    INTO used
    FROM settlement_places_of(of_year, day) l
    WHERE l.organisation_id = of_organisation AND l.standing <> 'asked';
    IF code IS NOT NULL AND used.persons > has.decided THEN
        RAISE EXCEPTION 'decided %, used and kept %', has.decided, used.persons
            USING ERRCODE = '23514', CONSTRAINT = code;
    END IF;
    IF minors_code IS NOT NULL AND used.minors > has.decided_minors THEN
        RAISE EXCEPTION 'decided for minors %, used and kept %', has.decided_minors, used.minors
            USING ERRCODE = '23514', CONSTRAINT = minors_code;
    END IF;
END
$$;

-- A request is about to hold places, or is promised them. `held_week` is the week that it held places in until now
-- ('' for none named, NULL where it held none): what was held for them is theirs, whatever has happened since.
CREATE FUNCTION settlement_hold_places(of_request bigint, held_week text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    it record;
    day date;
    of_year integer;
BEGIN
    SELECT r.organisation_id, r.size AS held, c.size, c.unaccompanied_until_on, r.sent_on, r.answered_on,
           coalesce(nullif(r.possible_week, ''), r.wanted_week) AS week
    INTO it
    FROM settlement_settlementrequest r JOIN settlement_settlementcase c ON c.id = r.case_id
    WHERE r.id = of_request;
    day := coalesce({session_day()}, it.answered_on, it.sent_on);
    of_year := settlement_year_of(it.week, day);
    IF held_week IS NOT NULL AND settlement_year_of(held_week, day) = of_year AND it.size <= it.held THEN
        RETURN;
    END IF;
    PERFORM settlement_refuse_beyond(
        it.organisation_id, of_year, day, 'places_are_taken',
        CASE WHEN day < it.unaccompanied_until_on THEN 'minors_places_are_taken' END
    );
END
$$;

-- An offer names a week. In another year than the municipality's yes was for, it takes a place of that year. And a
-- municipality that has said how many it receives in a week is offered no more than that, but one household alone, which
-- is never split. Those who stay where they live do not come.
CREATE FUNCTION settlement_offer_week(of_offer bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    it record;
    day date;
    most integer;
    others integer;
BEGIN
    SELECT o.organisation_id, o.week, o.decided_on, r.possible_week, c.size, c.state, c.unaccompanied_until_on
    INTO it
    FROM settlement_offer o
    JOIN settlement_settlementrequest r ON r.id = o.request_id
    JOIN settlement_settlementcase c ON c.id = o.case_id
    WHERE o.id = of_offer;
    IF it.state <> 'municipality_found' THEN
        RETURN;
    END IF;
    day := coalesce({session_day()}, it.decided_on);
    IF settlement_year_of(it.week, day) <> settlement_year_of(it.possible_week, day) THEN
        PERFORM settlement_refuse_beyond(
            it.organisation_id, settlement_year_of(it.week, day), day, 'places_are_taken',
            CASE WHEN day < it.unaccompanied_until_on THEN 'minors_places_are_taken' END
        );
    END IF;
    PERFORM 1 FROM directory_organisation o WHERE o.id = it.organisation_id FOR NO KEY UPDATE;
    most := settlement_most_in(it.organisation_id, it.week);
    SELECT coalesce(sum(c.size), 0) INTO others
    FROM settlement_offer o JOIN settlement_settlementcase c ON c.id = o.case_id
    WHERE o.organisation_id = it.organisation_id AND o.week = it.week AND o.id <> of_offer
      AND o.state IN ('open', 'accepted')
      AND (c.state IN ('offered', 'accepted', 'journey_agreed') OR c.state = 'settled' AND EXISTS (
          SELECT 1 FROM settlement_journey j WHERE j.offer_id = o.id
      ));
    IF others > 0 AND others + it.size > most THEN
        RAISE EXCEPTION 'at most % in the week, % others', most, others
            USING ERRCODE = '23514', CONSTRAINT = 'week_is_full';
    END IF;
END
$$;
"""
# What is known of earlier figures: that they were published, and here at the latest now.
_FIGURES_SO_FAR = """
INSERT INTO settlement_yearfigure (municipality_id, year, kind, persons, minors, source, recorded_at, annul_reason)
SELECT y.municipality_id, y.year, k.kind, k.persons, k.minors, y.source, now(), ''
FROM settlement_municipalityyear y
CROSS JOIN LATERAL (
    VALUES ('request', y.requested, y.requested_minors), ('decision', y.decided, y.decided_minors)
) k (kind, persons, minors)
WHERE (k.persons IS NOT NULL OR k.minors IS NOT NULL) AND (k.minors IS NULL OR k.persons IS NULL OR k.minors <= k.persons)
"""


class Migration(migrations.Migration):
    dependencies = [("settlement", "0010_capacity"), ("access", "0001_first"), ("directory", "0001_first")]
    operations = [
        RunSQL(
            _PLACES,
            """DROP FUNCTION settlement_kept_for(integer, date);
            DROP FUNCTION settlement_places_of(integer, date);
            DROP FUNCTION settlement_year_of(text, date)""",
        ),
        RunSQL("DROP FUNCTION settlement_load(integer, text, date)", _EARLIER_LOAD),
        RunSQL(_LOAD, "DROP FUNCTION settlement_load(integer, text, date, bigint)"),
        RunSQL(_WEEKS, "DROP FUNCTION settlement_weeks(bigint, date); DROP FUNCTION settlement_most_in(bigint, text)"),
        RunSQL(
            _LIMITS,
            """DROP FUNCTION settlement_offer_week(bigint);
            DROP FUNCTION settlement_hold_places(bigint, text);
            DROP FUNCTION settlement_refuse_beyond(bigint, integer, date, text, text)""",
        ),
        RunSQL(_FIGURES_SO_FAR, RunSQL.noop),
    ]
