"""Row-level security of the books, and what is written and summed past it: a run is of everybody, seen or not.

Lines, refusals and parts of claims are about a person and lie behind the need to know, as money. A municipality reads
its own, of runs that count. Heads hang on a subject of their own that UDI (of a claim the municipality too) knows of as
of a grant case. Totals and payments have no person: UDI's all, a municipality's own.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.access.public import PERMISSIONS, asked_for_role
from fotfeste.platform.rls import fenced, narrowed, own_organisation


def _roles(permission: str) -> list[str]:
    return [role for role, permissions in PERMISSIONS.items() if permission in permissions]


_ASKED = f"""
-- Whether the session's user works in the session's organisation and sees all of the books, prepares runs, approves
-- them, or sees the own municipality's; on its day.
{asked_for_role("session_sees_ledger", _roles("ledger.see"))}
{asked_for_role("session_prepares_ledger", _roles("ledger.prepare"))}
{asked_for_role("session_approves_ledger", _roles("ledger.approve"))}
{asked_for_role("session_sees_own_ledger", _roles("ledger.see_own"))}
-- The runs whose lines count. Keys: a municipality does not read the runs.
CREATE FUNCTION ledger_counting_runs() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(r.id), '{{}}') FROM ledger_run r WHERE r.state IN ('approved', 'paid')
$$;
CREATE FUNCTION ledger_paid_runs() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(r.id), '{{}}') FROM ledger_run r WHERE r.state = 'paid'
$$;
"""
_UNASKED = """
DROP FUNCTION ledger_paid_runs();
DROP FUNCTION ledger_counting_runs();
DROP FUNCTION session_sees_own_ledger();
DROP FUNCTION session_approves_ledger();
DROP FUNCTION session_prepares_ledger();
DROP FUNCTION session_sees_ledger();
"""
_SEES = "(SELECT session_sees_ledger())"
_OWN = f"(SELECT session_sees_own_ledger()) AND {{table}}.municipality_id = {own_organisation()}"
_COUNTS = "{table}.run_id = ANY ((SELECT ledger_counting_runs())::bigint[])"


def _own(table: str, *, counts: bool = True) -> str:
    """UDI's all, and a municipality's own (of runs that count)."""
    own = _OWN.format(table=table) + (f" AND {_COUNTS.format(table=table)}" if counts else "")
    return f"{_SEES} OR {own}"


def _without_persons(table: str, written: str = "") -> RunSQL:
    """The fence of a table that is about nobody."""
    writing = f"CREATE POLICY written ON {table} FOR INSERT WITH CHECK ({written});" if written else ""
    undo = f"DROP POLICY written ON {table};" if written else ""
    return RunSQL(
        f"""ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY read ON {table} FOR SELECT USING ({_own(table)});
        {writing}""",
        f"{undo} DROP POLICY read ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    )


_SUMS = """
-- What stands between the state and each municipality for a scheme, in øre. UDI's all, a municipality's own.
CREATE FUNCTION ledger_balances(of_scheme text) RETURNS TABLE (
    municipality_id bigint, lines_ore bigint, paid_ore bigint, settled_ore bigint, claimed_ore bigint
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH moved AS (
        SELECT t.municipality_id, t.net_ore AS lines_ore, 0::bigint AS paid_ore, 0::bigint AS settled_ore,
               0::bigint AS claimed_ore
        FROM ledger_runtotal t WHERE t.scheme = of_scheme AND t.run_id = ANY (ledger_counting_runs())
        UNION ALL
        SELECT p.municipality_id, 0, p.amount_ore, 0, 0 FROM ledger_payment p WHERE p.scheme = of_scheme
        UNION ALL
        SELECT c.municipality_id, 0, 0, 0, c.amount_ore FROM ledger_claim c WHERE c.scheme = of_scheme
        UNION ALL
        SELECT c.municipality_id, 0, 0,
               CASE s.kind WHEN 'offset' THEN 0 WHEN 'recovered' THEN -s.amount_ore ELSE s.amount_ore END,
               CASE s.kind WHEN 'recovered' THEN 0 ELSE -s.amount_ore END
        FROM ledger_claimsettlement s JOIN ledger_claim c ON c.id = s.claim_id WHERE c.scheme = of_scheme
    )
    SELECT m.municipality_id, sum(m.lines_ore)::bigint, sum(m.paid_ore)::bigint, sum(m.settled_ore)::bigint,
           sum(m.claimed_ore)::bigint
    FROM moved m
    WHERE session_sees_ledger() OR session_sees_own_ledger() AND m.municipality_id = {own}
    GROUP BY m.municipality_id
    ORDER BY m.municipality_id
$$;

-- What was let go of claims and is no loss any more once a run counts, by claim: what it gives again of the claim's
-- months; and more where less is taken back of them than is let go. Nothing is let go of what is due.
CREATE FUNCTION ledger_recoverable(of_scheme text, with_run bigint)
RETURNS TABLE (claim_id bigint, municipality_id bigint, amount_ore bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH lost AS (
        SELECT c.id, c.municipality_id, c.amount_ore,
               sum(CASE s.kind WHEN 'recovered' THEN -s.amount_ore ELSE s.amount_ore END) AS loss_ore
        FROM ledger_claim c JOIN ledger_claimsettlement s ON s.claim_id = c.id
        WHERE c.scheme = of_scheme AND s.kind IN ('waived', 'written_off', 'recovered')
          AND (SELECT session_sees_ledger())
        GROUP BY c.id
        HAVING sum(CASE s.kind WHEN 'recovered' THEN -s.amount_ore ELSE s.amount_ore END) > 0
    ), parts AS (
        SELECT p.*, coalesce(sum(p.amount_ore) OVER (
            PARTITION BY p.line_id ORDER BY p.id DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ), 0) AS later_ore
        FROM ledger_claimpart p
        WHERE p.line_id IN (SELECT q.line_id FROM ledger_claimpart q JOIN lost ON lost.id = q.claim_id)
    ), levels AS (
        -- What a person's month had come to after each of its lines.
        SELECT l.id, l.run_id, l.subject_id, l.municipality_id, l.month, sum(l.amount_ore) OVER (
            PARTITION BY l.subject_id, l.municipality_id, l.month ORDER BY l.id
        ) AS level_ore
        FROM ledger_line l
        WHERE l.scheme = of_scheme AND (l.run_id = with_run OR l.run_id = ANY (ledger_counting_runs()))
          AND (l.subject_id, l.month) IN (SELECT p.subject_id, p.month FROM parts p)
    ), again AS (
        -- A line that took back has been given again as far up as the month has come since.
        SELECT p.claim_id, p.amount_ore, p.later_ore, max(l.level_ore) - taken.level_ore AS now_ore,
               max(l.level_ore) FILTER (WHERE l.run_id <> with_run) - taken.level_ore AS before_ore
        FROM parts p
        JOIN levels taken ON taken.id = p.line_id
        JOIN levels l ON (l.subject_id, l.municipality_id, l.month)
                         = (taken.subject_id, taken.municipality_id, taken.month) AND l.id >= taken.id
        GROUP BY p.id, p.claim_id, p.amount_ore, p.later_ore, taken.level_ore
    ), given AS (
        SELECT a.claim_id, sum(least(a.amount_ore, greatest(0, a.now_ore - a.later_ore))) AS now_ore,
               sum(least(a.amount_ore, greatest(0, a.before_ore - a.later_ore))) AS before_ore
        FROM again a GROUP BY a.claim_id
    ), found AS (
        SELECT lost.id, lost.municipality_id, least(lost.loss_ore, greatest(
            g.now_ore - g.before_ore, lost.loss_ore - (lost.amount_ore - g.now_ore)
        ))::bigint AS amount_ore
        FROM lost JOIN given g ON g.claim_id = lost.id
    )
    SELECT f.id, f.municipality_id, f.amount_ore FROM found f WHERE f.amount_ore > 0 ORDER BY f.id
$$;

-- What every account comes to for a scheme: debits less credits, over all that counts. Together they are nothing.
CREATE FUNCTION ledger_accounts(of_scheme text) RETURNS TABLE (account text, sum_ore bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH entries AS (
        SELECT l.debit, l.credit, sum(l.amount_ore) AS amount_ore FROM ledger_line l
        WHERE l.scheme = of_scheme AND l.run_id = ANY (ledger_counting_runs()) GROUP BY l.debit, l.credit
        UNION ALL
        SELECT p.debit, p.credit, p.amount_ore FROM ledger_payment p WHERE p.scheme = of_scheme
        UNION ALL
        SELECT c.debit, c.credit, c.amount_ore FROM ledger_claim c WHERE c.scheme = of_scheme
        UNION ALL
        SELECT s.debit, s.credit, s.amount_ore
        FROM ledger_claimsettlement s JOIN ledger_claim c ON c.id = s.claim_id WHERE c.scheme = of_scheme
    ), sides AS (
        SELECT e.debit AS account, e.amount_ore FROM entries e
        UNION ALL
        SELECT e.credit, -e.amount_ore FROM entries e
    )
    SELECT s.account, sum(s.amount_ore)::bigint FROM sides s WHERE session_sees_ledger()
    GROUP BY s.account ORDER BY s.account
$$;

-- The lines that count, for computing the difference: keys and amounts, of everybody.
CREATE FUNCTION ledger_lines_of(of_scheme text) RETURNS TABLE (
    id bigint, run_id bigint, subject_id bigint, municipality_id bigint, month date, amount_ore bigint
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT l.id, l.run_id, l.subject_id, l.municipality_id, l.month, l.amount_ore FROM ledger_line l
    WHERE l.scheme = of_scheme AND l.run_id = ANY (ledger_counting_runs()) AND (SELECT session_prepares_ledger())
    ORDER BY l.id
$$;

-- The municipalities that owe and where nothing more will be due: nobody stays there under the scheme after the last
-- run, or that run found no rate for its last month; and no claim is open.
CREATE FUNCTION ledger_claims_to_propose(of_scheme text) RETURNS TABLE (municipality_id bigint, owed_ore bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT b.municipality_id, b.paid_ore - b.lines_ore - b.settled_ore - b.claimed_ore
    FROM ledger_balances(of_scheme) b
    WHERE session_sees_ledger() AND b.lines_ore - b.paid_ore + b.settled_ore + b.claimed_ore < 0
      AND NOT EXISTS (
          SELECT 1 FROM ledger_claim c
          WHERE c.scheme = of_scheme AND c.municipality_id = b.municipality_id AND c.state <> 'closed'
      )
      AND NOT EXISTS (
          SELECT 1 FROM accommodation_stay s
          WHERE s.municipality_id = b.municipality_id AND s.kind = of_scheme AND s.annulled_at IS NULL
            AND (upper_inf(s.period) OR upper(s.period) > (
                SELECT max(r.through) FROM ledger_run r WHERE r.scheme = of_scheme AND r.state = 'paid'
            ))
            AND NOT EXISTS (
                SELECT 1 FROM ledger_refusal f
                WHERE f.reason = 'no_rate' AND (f.run_id, f.month) = (
                    SELECT r.id, (r.through - interval '1 month')::date FROM ledger_run r
                    WHERE r.scheme = of_scheme AND r.state = 'paid' ORDER BY r.through DESC, r.id DESC LIMIT 1
                )
            )
      )
    ORDER BY b.municipality_id
$$;
"""
_UNSUMMED = """
DROP FUNCTION ledger_claims_to_propose(text);
DROP FUNCTION ledger_lines_of(text);
DROP FUNCTION ledger_accounts(text);
DROP FUNCTION ledger_recoverable(text, bigint);
DROP FUNCTION ledger_balances(text);
"""
_WRITTEN = """
-- Write what a run has come to: once, all of it, as its head says. Parallel arrays, one place for each line; `facts` are
-- what many lines have in common, by place (from 1). Of everybody, also of those whose address is protected.
CREATE FUNCTION ledger_write_lines(
    of_run bigint, subjects bigint[], municipalities bigint[], months date[], amounts bigint[], is_due boolean[],
    day_counts smallint[], causes text[], stays bigint[], known timestamptz[], reporters bigint[], rates integer[],
    rate_amounts bigint[], rate_versions text[], rate_sources text[], rules text[],
    correcting integer[], corrected bigint[],
    refused_subjects bigint[], refused_municipalities bigint[], refused_months date[], refused_reasons text[]
) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    head ledger_run;
    first_id bigint;
    counting bigint[] := ledger_counting_runs();
BEGIN
    SELECT * INTO head FROM ledger_run r WHERE r.id = of_run FOR UPDATE;
    IF NOT session_prepares_ledger() OR head.id IS NULL OR head.state <> 'computed'
       OR head.organisation_id IS DISTINCT FROM {own} THEN
        RAISE EXCEPTION 'lines are written by whoever prepares a run' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF EXISTS (SELECT 1 FROM ledger_line l WHERE l.run_id = of_run)
       OR EXISTS (SELECT 1 FROM ledger_runtotal t WHERE t.run_id = of_run)
       OR cardinality(subjects) <> head.line_count OR cardinality(refused_subjects) <> head.refused_count
       OR (SELECT coalesce(sum(a), 0) FROM unnest(amounts) a) <> head.net_ore THEN
        RAISE EXCEPTION 'the lines are not what the run says' USING ERRCODE = '23514', CONSTRAINT = 'lines_as_the_run_says';
    END IF;
    IF EXISTS (
        SELECT 1 FROM (SELECT unnest(municipalities) UNION SELECT unnest(reporters)) AS u (id)
        WHERE u.id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM directory_organisation o WHERE o.id = u.id)
    ) THEN
        RAISE EXCEPTION 'no such organisation' USING ERRCODE = '23503', CONSTRAINT = 'line_of_an_organisation';
    END IF;
    -- One run at a time draws keys: the head is locked, and so is the scheme.
    LOCK TABLE ledger_line IN SHARE ROW EXCLUSIVE MODE;
    SELECT nextval(pg_get_serial_sequence('ledger_line', 'id')) INTO first_id;
    PERFORM setval(pg_get_serial_sequence('ledger_line', 'id'), first_id + cardinality(subjects));
    INSERT INTO ledger_line (
        id, run_id, subject_id, municipality_id, scheme, month, amount_ore, kind, days, cause, stay_id, known_at,
        reported_by_id, rate_amount_ore, rate_version, rate_source, month_rule
    )
    SELECT first_id + l.place - 1, of_run, l.subject_id, l.municipality_id, head.scheme, l.month, l.amount_ore,
           CASE WHEN l.is_due THEN 'due' ELSE 'correction' END, l.days, l.cause, l.stay_id, l.known_at, l.reported_by_id,
           rate_amounts[l.rate], rate_versions[l.rate], rate_sources[l.rate], rules[l.rate]
    FROM unnest(subjects, municipalities, months, amounts, is_due, day_counts, causes, stays, known, reporters, rates)
         WITH ORDINALITY AS l (subject_id, municipality_id, month, amount_ore, is_due, days, cause, stay_id, known_at,
                               reported_by_id, rate, place);
    INSERT INTO ledger_linecorrection (line_id, corrects_id)
    SELECT first_id + c.place - 1, c.corrects FROM unnest(correcting, corrected) AS c (place, corrects);
    INSERT INTO ledger_refusal (run_id, subject_id, municipality_id, month, reason)
    SELECT of_run, f.subject_id, f.municipality_id, f.month, f.reason
    FROM unnest(refused_subjects, refused_municipalities, refused_months, refused_reasons)
         AS f (subject_id, municipality_id, month, reason);
    INSERT INTO ledger_runtotal (run_id, municipality_id, scheme, through, line_count, net_ore, before_ore, payable_ore)
    SELECT of_run, t.municipality_id, head.scheme, head.through, t.line_count, t.net_ore, t.before_ore,
           greatest(0, t.net_ore + t.before_ore)
    FROM (
        SELECT coalesce(l.municipality_id, b.municipality_id) AS municipality_id, coalesce(l.line_count, 0) AS line_count,
               coalesce(l.net_ore, 0)::bigint AS net_ore,
               (coalesce(b.lines_ore - b.paid_ore + b.settled_ore, 0) - coalesce((
                   SELECT sum(x.amount_ore) FROM ledger_recoverable(head.scheme, of_run) x
                   WHERE x.municipality_id = coalesce(l.municipality_id, b.municipality_id)
               ), 0))::bigint AS before_ore
        FROM (
            SELECT n.municipality_id, count(*) AS line_count, sum(n.amount_ore) AS net_ore
            FROM unnest(municipalities, amounts) AS n (municipality_id, amount_ore) GROUP BY n.municipality_id
        ) l FULL JOIN ledger_balances(head.scheme) b ON b.municipality_id = l.municipality_id
    ) t
    WHERE t.line_count > 0 OR t.before_ore <> 0
    ORDER BY t.municipality_id;
    PERFORM ledger_refuse_wrong_lines(of_run, head.scheme, counting);
END
$$;
"""
_REFUSED = """
-- What no line may do: take back what was never given, give a month twice, correct another's line, or say for the first
-- time what was said before.
CREATE FUNCTION ledger_refuse_wrong_lines(of_run bigint, of_scheme text, counting bigint[]) RETURNS void
LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM ledger_linecorrection c
        JOIN ledger_line n ON n.id = c.line_id AND n.run_id = of_run JOIN ledger_line o ON o.id = c.corrects_id
        WHERE (o.subject_id, o.municipality_id, o.month, o.scheme) <> (n.subject_id, n.municipality_id, n.month, n.scheme)
           OR o.run_id <> ALL (counting)
    ) OR EXISTS (
        SELECT 1 FROM ledger_line n WHERE n.run_id = of_run AND n.kind = 'correction'
          AND NOT EXISTS (SELECT 1 FROM ledger_linecorrection c WHERE c.line_id = n.id)
    ) OR EXISTS (
        SELECT 1 FROM ledger_line n
        JOIN ledger_line o ON o.subject_id = n.subject_id AND o.scheme = n.scheme AND o.month = n.month
         AND o.municipality_id = n.municipality_id AND o.run_id = ANY (counting)
        WHERE n.run_id = of_run AND n.kind = 'due'
    ) THEN
        RAISE EXCEPTION 'a correction names the lines that it corrects, and only it'
            USING ERRCODE = '23514', CONSTRAINT = 'correction_names_its_lines';
    END IF;
    IF EXISTS (
        SELECT 1 FROM ledger_line l
        WHERE l.scheme = of_scheme AND (l.run_id = of_run OR l.run_id = ANY (counting))
          AND (l.subject_id, l.month) IN (SELECT n.subject_id, n.month FROM ledger_line n WHERE n.run_id = of_run)
        GROUP BY GROUPING SETS ((l.subject_id, l.month), (l.subject_id, l.month, l.municipality_id))
        HAVING sum(l.amount_ore) < 0 OR sum(l.amount_ore) > max(l.rate_amount_ore)
    ) THEN
        RAISE EXCEPTION 'a month is given once, and never taken back twice'
            USING ERRCODE = '23514', CONSTRAINT = 'one_grant_a_month';
    END IF;
END
$$;
"""
_UNWRITTEN = """
DROP FUNCTION ledger_write_lines(
    bigint, bigint[], bigint[], date[], bigint[], boolean[], smallint[], text[], bigint[], timestamptz[], bigint[],
    integer[], bigint[], text[], text[], text[], integer[], bigint[], bigint[], bigint[], date[], text[]
);
DROP FUNCTION ledger_refuse_wrong_lines(bigint, text, bigint[]);
"""
_PART, _SETTLED, _CORRECTION = "ledger_claimpart", "ledger_claimsettlement", "ledger_linecorrection"


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0001_first"),
        ("access", "0012_subjects_of_money"),
        ("accommodation", "0007_private_fence"),
    ]
    operations = [
        RunSQL(_ASKED, _UNASKED),
        RunSQL(_SUMS.replace("{own}", own_organisation()), _UNSUMMED),
        RunSQL(_REFUSED + _WRITTEN.replace("{own}", own_organisation()), _UNWRITTEN),
        fenced("ledger_run", "money"),
        narrowed("ledger_run", _SEES),
        fenced("ledger_line", "money"),
        narrowed("ledger_line", _own("ledger_line")),
        fenced("ledger_refusal", "money"),
        narrowed("ledger_refusal", _SEES),
        # A correction is seen with its line: the fence of lines is asked.
        RunSQL(
            f"""ALTER TABLE {_CORRECTION} ENABLE ROW LEVEL SECURITY;
            CREATE POLICY of_a_seen_line ON {_CORRECTION} FOR SELECT USING (
                EXISTS (SELECT 1 FROM ledger_line l WHERE l.id = {_CORRECTION}.line_id OFFSET 0)
            )""",
            f"DROP POLICY of_a_seen_line ON {_CORRECTION}; ALTER TABLE {_CORRECTION} DISABLE ROW LEVEL SECURITY",
        ),
        _without_persons("ledger_runtotal"),
        _without_persons("ledger_payment", written="(SELECT session_approves_ledger())"),
        fenced("ledger_claim", "money"),
        narrowed("ledger_claim", _own("ledger_claim", counts=False)),
        fenced(_PART, "money"),
        narrowed(_PART, _own(_PART, counts=False), check=_SEES),
        fenced(_SETTLED, "money"),
        narrowed(_SETTLED, f"{_SEES} OR (SELECT session_sees_own_ledger())", check=_SEES),
    ]
