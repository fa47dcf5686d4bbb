"""Row-level security, and a municipality's load as counts without people."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import fenced, knows, narrowed, opened, own_organisation, written_with_a_part

_LOAD = """
-- Persons (as many as they are, not as many as were asked for) settled in a year, promised (accepted request, offer or journey) and asked for, per municipality organisation;
-- of them unaccompanied minors; and those asked for or promised in one week (2024-W12, '' for none).
-- A promise counts in the year of its week (the ISO year: 30 December 2024 is in 2025-W01). One whose week is over
-- without anybody having come still takes room in the year of the day. Who is a minor is asked of the day; of those
-- settled, of the day that they came.
CREATE FUNCTION settlement_load(of_year integer, of_week text, day date)
RETURNS TABLE (
    organisation_id bigint, settled bigint, promised bigint, asked bigint,
    settled_minors bigint, promised_minors bigint, in_week bigint
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    -- Two halves, each from its own index: few requests are living, and few cases are of one year.
    WITH load AS (
        SELECT r.organisation_id, c.size, coalesce(day < c.unaccompanied_until_on, false) AS is_unaccompanied,
               false AS is_settled,
               r.state = 'accepted' AS is_promised,
               r.state = 'open' AS is_asked,
               of_week <> '' AND of_week = w.week AS is_in_week
        FROM settlement_settlementrequest r
        JOIN settlement_settlementcase c ON c.id = r.case_id
        LEFT JOIN settlement_offer o ON o.request_id = r.id
        CROSS JOIN LATERAL (
            SELECT coalesce(o.week, nullif(r.possible_week, ''), nullif(r.wanted_week, '')) AS week
        ) w
        WHERE r.state IN ('open', 'accepted')
          AND greatest(left(w.week, 4)::integer, extract(year FROM day)::integer) = of_year
          AND (r.state = 'open' OR c.state IN ('municipality_found', 'offered', 'accepted', 'journey_agreed'))
        UNION ALL
        SELECT r.organisation_id, c.size, coalesce(c.state_since_on < c.unaccompanied_until_on, false),
               true, false, false, false
        FROM settlement_settlementcase c
        JOIN settlement_settlementrequest r ON r.case_id = c.id AND r.state = 'fulfilled'
        WHERE c.state_since_on >= make_date(of_year, 1, 1) AND c.state_since_on < make_date(of_year + 1, 1, 1)
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
_OFFERED_BEFORE = """
-- Who in a household has had an offer that they could answer, in whatever household: a person gets one (SET-08).
-- Whoever knows of the household on the session's day may ask; what the offer was, and to where, is not told.
CREATE FUNCTION settlement_offered_before(of_group bigint)
RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    -- Joined rather than EXISTS: to find one row the planner would read every offer, not the index on persons.
    SELECT coalesce(array_agg(DISTINCT m.subject_id ORDER BY m.subject_id), '{}')
    FROM registry_groupmembership m
    -- ... or as the record that was put aside as a second of the same person.
    JOIN registry_person p ON m.subject_id IN (p.subject_id, p.same_as_id)
    JOIN settlement_offer o ON o.state <> 'withdrawn' AND o.persons @> to_jsonb(p.subject_id)
    WHERE m.group_id = of_group AND m.annulled_at IS NULL AND upper_inf(m.period)
      AND session_has_need(of_group)
$$;
"""
_FIRST_ANSWERED = """
-- When a person first answered in an interview, corrected since or not. No content; only of a person that the session's
-- organisation has a need to know of.
CREATE FUNCTION settlement_first_answered(of_interview bigint, of_person bigint)
RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT min(a.recorded_at) FROM settlement_answer a
    WHERE a.interview_id = of_interview AND a.subject_id = of_person AND session_has_need(of_person)
$$;
"""
# Who has which duty, by the reason for which they know of the household.
_CENTRE = "lives_here"
_UDI = "protection_case"
_IMDI = "settlement_case"
_SEE_WITHDRAWAL = "see_withdrawal"
_MUNICIPALITY = ("asked_to_settle", "offered_here", "settled_here")


def _of_the_case(table: str, compartment: str = "settlement") -> str:
    """Interview, offer and journey: also, for a while, the centre where the case ended."""
    return f"""EXISTS (
    SELECT 1 FROM settlement_settlementcase c
    WHERE c.id = {table}.case_id AND c.centre_id = {own_organisation()}
    OFFSET 0
) AND {knows(table, compartment, ["lived_here"])}"""


def _own_or(table: str, *reasons: str) -> str:
    """A municipality sees what was sent to itself, never what another was asked, answered or offered."""
    own = f"{table}.organisation_id = {own_organisation()}"
    return f"{own} OR {knows(table, 'settlement', reasons)}"


def _answer() -> str:
    """A municipality that IMDi has asked sees answers; of an unaccompanied minor only what IMDi passes on.

    It is asked of the person and the day: what somebody told as a minor alone does not come open on a birthday, nor
    because a parent has come since. Nor by a correction: details that were held to be true when they answered, or at
    any time since, count also after they are annulled; when they answered is when they first did.

    Only what stands is a municipality's: not what was corrected, nor what is typed while that is done.
    """
    stands = """settlement_answer.annulled_at IS NULL AND i.reopened_at IS NULL
        OR settlement_answer.recorded_at <= i.reopened_at
           AND (settlement_answer.annulled_at IS NULL OR settlement_answer.annulled_at > i.reopened_at)"""
    return f"""{knows("settlement_answer", "needs", [_CENTRE, _IMDI])}
OR {knows("settlement_answer", "needs", _MUNICIPALITY)} AND EXISTS (
    SELECT 1 FROM settlement_interview i
    JOIN registry_persondetails d ON d.subject_id = settlement_answer.subject_id
    CROSS JOIN LATERAL (
        SELECT settlement_first_answered(settlement_answer.interview_id, settlement_answer.subject_id) AS answered_at
    ) f
    WHERE i.id = settlement_answer.interview_id AND ({stands})
      AND (d.annulled_at IS NULL OR d.annulled_at >= f.answered_at)
    HAVING count(*) > 0 AND NOT bool_or(
        d.is_unaccompanied_minor
        AND d.birth_date > least(i.held_on, (f.answered_at AT TIME ZONE 'Europe/Oslo')::date)
                           - interval '18 years'
    )
    OFFSET 0
)"""


def _of_a_seen_offer(table: str) -> str:
    """A journey is its offer's: who sees that, sees it (the fence of offers is asked)."""
    return f"EXISTS (SELECT 1 FROM settlement_offer o WHERE o.id = {table}.offer_id OFFSET 0)"


def _withdrawals() -> list[RunSQL]:
    """What a municipality was told and has to see: its own, although it has no need to know of the household any more.

    That it has seen it is then the one thing that it tells of the household.
    """
    table = "settlement_withdrawal"
    own = f"organisation_id = {own_organisation()} AND {opened('settlement')} IS NOT NULL"
    return [
        RunSQL(
            f"""ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
            CREATE POLICY own ON {table} FOR ALL USING ({own} OR {knows(table, "settlement", [_CENTRE, _UDI, _IMDI])});
            CREATE POLICY by_need ON {table} AS RESTRICTIVE FOR INSERT WITH CHECK ({knows(table, "settlement")})""",
            f"DROP POLICY by_need ON {table}; DROP POLICY own ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        ),
        written_with_a_part(table, f"organisation_id = {own_organisation()} OR session_has_need(subject_id)"),
        RunSQL(
            f"CREATE POLICY told_of_withdrawal ON worklist_task FOR ALL USING (kind = '{_SEE_WITHDRAWAL}' AND {own})",
            "DROP POLICY told_of_withdrawal ON worklist_task",
        ),
        RunSQL(
            f"""CREATE POLICY withdrawal_is_seen ON platform_event FOR INSERT WITH CHECK (
                type = 'settlement.withdrawal_seen' AND organisation_id = {own_organisation()} AND EXISTS (
                    SELECT 1 FROM {table} w
                    WHERE w.subject_id = platform_event.subject_id AND w.organisation_id = {own_organisation()}
                )
            )""",
            "DROP POLICY withdrawal_is_seen ON platform_event",
        ),
    ]


def _narrowings() -> list[RunSQL]:
    """What of settlement is for some of those who know of the household; tests/platform/test_who_reads_what.py has the table."""
    note, offer, journey = "settlement_settlementnote", "settlement_offer", "settlement_journey"
    passed_on = f"{note}.is_passed_on AND {note}.annulled_at IS NULL AND {knows(note, 'needs', _MUNICIPALITY)}"
    own_notes = f"NOT {note}.is_passed_on AND {knows(note, 'journal', [_CENTRE])}"
    interview, need = "settlement_interview", "settlement_caseneed"
    talking = (_CENTRE, "registered_here", _UDI, _IMDI, *_MUNICIPALITY)
    to_come = f"{knows(journey, 'settlement', ['offered_here', 'settled_here'])} AND {_of_a_seen_offer(journey)}"
    approval, duty = "settlement_travelapproval", (_CENTRE, _UDI, _IMDI)
    return [
        narrowed(approval, knows(approval, "settlement", duty)),
        narrowed(interview, f"{knows(interview, 'interview', talking)} OR {_of_the_case(interview, 'interview')}"),
        narrowed("settlement_answer", _answer()),
        # What was wrong is not the municipality's to know.
        narrowed(
            need,
            f"{knows(need, 'needs', [_CENTRE, _IMDI])}"
            f" OR {need}.annulled_at IS NULL AND {knows(need, 'needs', _MUNICIPALITY)}",
        ),
        # Nobody but IMDi passes anything on.
        narrowed(
            note,
            f"{knows(note, 'journal')} OR {passed_on}",
            check=f"{knows(note, 'journal', [_IMDI])} OR {own_notes}",
        ),
        narrowed("settlement_needquestion", _own_or("settlement_needquestion", *duty)),
        narrowed("settlement_settlementrequest", _own_or("settlement_settlementrequest", *duty)),
        narrowed(offer, f"{_own_or(offer, *duty)} OR {_of_the_case(offer)}"),
        narrowed(journey, f"{knows(journey, 'settlement', duty)} OR {to_come} OR {_of_the_case(journey)}"),
        # A leg is seen with its journey: the fence of that table is asked.
        narrowed(
            "settlement_journeyleg",
            "EXISTS (SELECT 1 FROM settlement_journey j WHERE j.id = settlement_journeyleg.journey_id OFFSET 0)",
        ),
        # Tasks that tell which municipality is asked, and what passes between centre, IMDi and UDI.
        narrowed(
            "worklist_task",
            "kind NOT IN ('answer_request', 'confirm_need', 'prepare_arrival', 'receive_household',"
            f" 'read_settlement_note', 'see_private_move', '{_SEE_WITHDRAWAL}')"
            f" OR {_own_or('worklist_task', *duty)}",
            name="settlement_by_duty",
        ),
        # That a municipality is told of a change: whoever registers people may be the one who changes the household.
        narrowed(
            "worklist_task",
            f"kind <> 'see_change' OR {_own_or('worklist_task', *duty)}"
            f" OR {knows('worklist_task', 'identity', ['registered_here'])}",
            name="changes_by_duty",
        ),
    ]


_COMPARTMENTS = {
    "settlementcase": "identity",
    "informationgiven": "journal",
    "interview": "interview",
    "participant": "journal",
    "mappingnote": "mapping",
    "answer": "needs",
    "settlementnote": "needs",
    "caseneed": "needs",
    "settlementrequest": "settlement",
    "needquestion": "settlement",
    "offer": "settlement",
    "travelapproval": "settlement",
    "journey": "settlement",
    "journeyleg": "settlement",
}


class Migration(migrations.Migration):
    dependencies = [("settlement", "0001_first"), ("access", "0001_first"), ("worklist", "0002_fence"), ("registry", "0002_fence"), ("platform", "0001_first")]
    operations = [
        RunSQL(_FIRST_ANSWERED, "DROP FUNCTION settlement_first_answered(bigint, bigint)"),
        *(fenced(f"settlement_{table}", compartment) for table, compartment in _COMPARTMENTS.items()),
        *_narrowings(),
        *_withdrawals(),
        RunSQL(_OFFERED_BEFORE, "DROP FUNCTION settlement_offered_before(bigint)"),
        RunSQL(_LOAD, "DROP FUNCTION settlement_load(integer, text, date)"),
    ]
