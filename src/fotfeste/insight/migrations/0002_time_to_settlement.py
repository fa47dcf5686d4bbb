"""Counts of settlement for UDI, IMDi and municipalities: days to settlement, days on each step, who waits. No persons.

People are counted, a household by its size when it was settled or as it is now, and what they are on that day:
unaccompanied minors, families with children, adults without. Days count from the permit. Each number of the whole
country stands beside the part of it that is the asker's own organisation's. Those with a protected address are counted
too (ADR 0030). A household that is not settled any more, since its departure was taken back, is not counted as settled.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import own_organisation

_OWN = own_organisation()
_ASKS = f"""EXISTS (
    SELECT 1 FROM directory_organisation o WHERE o.id = {_OWN} AND o.kind IN ('udi', 'imdi', 'municipality')
)"""
_ALONE = """
LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp SET max_parallel_workers_per_gather = 0"""
_HEAD = f"{_ALONE} AS $$"
_HEAD_IN_MEMORY = f"{_ALONE} SET work_mem = '32MB' AS $$"  # a year's events are sorted without a file


def _family(day: str) -> str:
    return f"""CASE WHEN c.unaccompanied_until_on > {day} THEN 'unaccompanied'
                WHEN c.minors_until_on > {day} THEN 'with_children' ELSE 'adults' END"""


# The goals are the program's dated rules, given by whoever asks: from_on, until_on (not among them), minors, months.
_GOALS = "jsonb_to_recordset(in_goals) AS g (from_on date, until_on date, minors boolean, months integer)"


def _has_goal(day: str) -> str:
    return f"""g.minors = coalesce(c.minors_until_on > {day}, false)
       AND c.due_since_on >= g.from_on AND (g.until_on IS NULL OR c.due_since_on < g.until_on)"""


_DUE_ON = "(c.due_since_on + make_interval(months => g.months))::date"

_SETTLED = f"""
CREATE FUNCTION insight_settled(in_day date, in_since date, in_goals jsonb) RETURNS TABLE (
    quarter date, is_recent boolean, family text, days integer, is_within boolean, people bigint, own bigint
)
{_HEAD}
    SELECT date_trunc('quarter', c.state_since_on)::date, c.state_since_on > in_since, {_family("c.state_since_on")},
           greatest(c.state_since_on - c.due_since_on, 0), c.state_since_on <= {_DUE_ON},
           sum(c.size), coalesce(sum(c.size) FILTER (WHERE r.organisation_id = {_OWN}), 0)
    FROM settlement_settlementcase c
    LEFT JOIN settlement_settlementrequest r ON r.case_id = c.id AND r.state = 'fulfilled'
    LEFT JOIN {_GOALS} ON {_has_goal("c.state_since_on")}
    WHERE c.state = 'settled' AND c.state_since_on <= in_day AND {_ASKS}
    GROUP BY 1, 2, 3, 4, 5
$$;
"""

# OFFSET 0: the events of those cases are looked up one case at a time; all events of all cases are many more.
# A case stands in a state from the day that the step to it holds for until that of the next; never before the permit. A
# step that holds from before one that was taken already, since it became known late, ends that one with no day. What
# ended it and was taken back is as if it had stood all the time in the state that it came back to. Of the first state,
# the days until the permit was known are a step of their own.
_STEPS = f"""
CREATE FUNCTION insight_steps(in_day date, in_since date) RETURNS TABLE (
    family text, step text, days integer, people bigint, own bigint
)
{_HEAD_IN_MEMORY}
    WITH settled AS MATERIALIZED (
        SELECT c.id, {_family("c.state_since_on")} AS family, c.due_since_on AS permit_on,
               greatest(c.state_since_on, c.due_since_on) AS settled_on, c.size,
               coalesce(r.organisation_id = {_OWN}, false) AS is_own
        FROM settlement_settlementcase c
        LEFT JOIN settlement_settlementrequest r ON r.case_id = c.id AND r.state = 'fulfilled'
        WHERE c.state = 'settled' AND c.state_since_on > in_since AND c.state_since_on <= in_day AND {_ASKS}
    ), told AS (
        SELECT s.id, s.permit_on, s.settled_on, e.holds_on, e.recorded_at, e.id AS event_id,
               row_number() OVER way AS place,
               CASE WHEN e.to_state IN ('settled', 'refused', 'closed')
                    THEN coalesce(lead(e.to_state) OVER way, e.to_state) ELSE e.to_state END AS step
        FROM settled s CROSS JOIN LATERAL (
            SELECT e.id, e.to_state, e.holds_on, e.recorded_at FROM platform_event e
            WHERE e.workflow = 'settlement_case' AND e.object_id = s.id AND e.holds_on IS NOT NULL OFFSET 0
        ) e
        WINDOW way AS (PARTITION BY s.id ORDER BY e.recorded_at, e.id)
    ), came AS (
        SELECT t.*, lag(t.step) OVER way AS from_step
        FROM told t WINDOW way AS (PARTITION BY t.id ORDER BY t.recorded_at, t.event_id)
    ), reached AS (
        SELECT t.*,
               least(greatest(t.permit_on, max(CASE WHEN t.place > 1 THEN t.holds_on END) OVER way), t.settled_on)
                   AS since_on
        FROM came t WHERE t.from_step IS DISTINCT FROM t.step
        WINDOW way AS (PARTITION BY t.id ORDER BY t.recorded_at, t.event_id)
    ), stays AS (
        SELECT t.id, t.place, t.recorded_at, t.step, t.since_on, lead(t.since_on) OVER way AS until_on
        FROM reached t WINDOW way AS (PARTITION BY t.id ORDER BY t.recorded_at, t.event_id)
    ), spent AS (
        SELECT t.id, t.step, t.until_on - t.since_on AS days,
               CASE WHEN t.place = 1
                    THEN least(greatest((t.recorded_at AT TIME ZONE 'Europe/Oslo')::date, t.since_on), t.until_on)
                         - t.since_on
                    ELSE 0 END AS untold
        FROM stays t WHERE t.until_on IS NOT NULL
    ), of_case AS (
        SELECT p.id, p.step, sum(p.days - p.untold)::integer AS days FROM spent p GROUP BY 1, 2
        UNION ALL
        SELECT p.id, 'permit', sum(p.untold)::integer FROM spent p GROUP BY 1
    )
    SELECT s.family, o.step, o.days, sum(s.size), coalesce(sum(s.size) FILTER (WHERE s.is_own), 0)
    FROM of_case o JOIN settled s ON s.id = o.id
    GROUP BY 1, 2, 3
$$;
"""

_WAITING = f"""
CREATE FUNCTION insight_waiting(in_day date, in_goals jsonb) RETURNS TABLE (
    state text, family text, has_permit boolean, is_over boolean, people bigint, own bigint
)
{_HEAD}
    SELECT c.state, {_family("in_day")}, NOT c.waits_for_decision,
           coalesce(NOT c.waits_for_decision AND in_day > {_DUE_ON}, false),
           sum(c.size), coalesce(sum(c.size) FILTER (WHERE r.organisation_id = {_OWN}), 0)
    FROM settlement_settlementcase c
    LEFT JOIN settlement_settlementrequest r ON r.case_id = c.id AND r.state IN ('open', 'accepted')
    LEFT JOIN {_GOALS} ON {_has_goal("in_day")}
    WHERE c.state NOT IN ('settled', 'refused', 'closed') AND {_ASKS}
    GROUP BY 1, 2, 3, 4
$$;
"""

# Everybody who is settled, also those whose way there was never in this system.
_YEARS = f"""
CREATE FUNCTION insight_settled_years(in_day date) RETURNS TABLE (year integer, people bigint, own bigint)
{_HEAD}
    SELECT extract(year FROM x.settled_on)::integer, count(*), count(n.subject_id)
    FROM (
        SELECT s.subject_id, min(s.holds_on) AS settled_on FROM registry_statusevent s
        WHERE s.kind = 'settled' AND s.annulled_at IS NULL AND s.holds_on <= in_day AND {_ASKS}
        GROUP BY 1
    ) x
    LEFT JOIN (
        SELECT DISTINCT n.subject_id FROM access_need n
        WHERE n.organisation_id = {_OWN} AND n.reason = 'settled_here' AND NOT isempty(n.period)
    ) n ON n.subject_id = x.subject_id
    GROUP BY 1 ORDER BY 1
$$;
"""
_FUNCTIONS = {
    "insight_settled(date, date, jsonb)": _SETTLED,
    "insight_steps(date, date)": _STEPS,
    "insight_waiting(date, jsonb)": _WAITING,
    "insight_settled_years(date)": _YEARS,
}


class Migration(migrations.Migration):
    dependencies = [
        ("insight", "0001_counts"),
        ("settlement", "0009_where_they_live"),
        ("registry", "0001_first"),
        ("platform", "0001_first"),
        ("access", "0001_first"),
    ]
    operations = [RunSQL(sql, f"DROP FUNCTION {name}") for name, sql in _FUNCTIONS.items()]
