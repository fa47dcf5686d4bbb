"""Row-level security of applications and agreements, links without login, and the one function that finds people.

An application of nobody known has no subject: UDI's case workers read it, and who has its link; nobody is told whether
its people are registered. With a subject it is behind the need to know like the rest, and a municipality sees those that
name it. People and confirmations are seen with their application: its fence is asked.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import fenced, knows, narrowed, opened, own_organisation, session_day

_APPLICATION, _AGREEMENT = "alternative_application", "alternative_agreement"
_DUTY = ("protection_case", "lives_here", "settlement_case")
_LINK = "(SELECT nullif(current_setting('fotfeste.link', true), ''))"
_OWN_MUNICIPALITY = f"municipality_id = {own_organisation()}"
_BY_UDI = f"EXISTS (SELECT 1 FROM directory_organisation o WHERE o.id = {own_organisation()} AND o.kind = 'udi')"


def _with_a_duty(table: str) -> str:
    paid_by_udi = f"({_BY_UDI} AND {knows(table, 'housing', ('grant_case',))})"
    own = f"({table}.{_OWN_MUNICIPALITY} AND {knows(table, 'housing')})"
    return f"{knows(table, 'housing', _DUTY)} OR {own} OR {paid_by_udi}"


_LINKS = f"""
-- Whether the session's link is one of an application's parties. It looks past the fence, and tells nothing else.
CREATE FUNCTION alternative_link_opens(of_application bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM alternative_confirmation c
        WHERE c.application_id = of_application AND c.token_hash = {_LINK}
    )
$$;
"""
_WITHDRAWN = """
-- An application that was withdrawn by its link is nobody's task any more, and no reason to know. It asks the session's
-- link, and tells nothing.
CREATE FUNCTION alternative_close_withdrawn(of_application bigint, on_day date, at timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    a alternative_application;
BEGIN
    SELECT * INTO a FROM alternative_application
    WHERE id = of_application AND state = 'withdrawn' AND subject_id IS NOT NULL
      AND (link_hash = {link} OR alternative_link_opens(id));
    IF NOT FOUND THEN
        RETURN;
    END IF;
    UPDATE worklist_task SET closed_at = at, outcome = 'void'
    WHERE subject_id = a.subject_id AND object_id = a.id AND closed_at IS NULL
      AND kind IN ('decide_application', 'answer_acceptance', 'send_preliminary_answer');
    UPDATE access_need SET period = daterange(lower(period), greatest(lower(period), on_day)), ended_at = at
    WHERE reason = 'applied_here' AND organisation_id = a.municipality_id AND ended_at IS NULL
      AND (subject_id = a.subject_id OR subject_id IN (
          SELECT p.subject_id FROM alternative_applicationperson p WHERE p.application_id = a.id
      ));
END
$$;
""".replace("{link}", _LINK)
_BY_LINK = f"""object_kind = 'alternative_application' AND type LIKE 'alternative.%' AND organisation_id = {own_organisation()}
    AND EXISTS (
        SELECT 1 FROM {_APPLICATION} a
        WHERE a.id = platform_event.object_id AND a.subject_id IS NOT DISTINCT FROM platform_event.subject_id
          AND (a.link_hash = {_LINK} OR alternative_link_opens(a.id))
    )"""
# What a party does by its link is told of the household, which it does not see.
_TOLD_BY_LINK = f"""
CREATE POLICY told_by_link ON platform_event FOR INSERT WITH CHECK ({_BY_LINK});
CREATE POLICY told_to_link ON platform_event FOR SELECT USING ({_BY_LINK});
"""
_FENCE = f"""
ALTER TABLE {_APPLICATION} ENABLE ROW LEVEL SECURITY;
CREATE POLICY need_to_know ON {_APPLICATION} FOR ALL USING (subject_id IS NOT NULL AND ({_with_a_duty(_APPLICATION)}));
CREATE POLICY of_nobody_known ON {_APPLICATION} FOR ALL USING (
    subject_id IS NULL AND 'protection_case' = ANY ({opened("housing")}::text[])
);
CREATE POLICY read_by_link ON {_APPLICATION} FOR SELECT USING (link_hash = {_LINK} OR alternative_link_opens(id));
CREATE POLICY answered_by_link ON {_APPLICATION} FOR UPDATE USING (link_hash = {_LINK} OR alternative_link_opens(id));
CREATE POLICY made_by_link ON {_APPLICATION} FOR INSERT WITH CHECK (subject_id IS NULL AND link_hash = {_LINK});
"""
_OPEN = f"""
DROP POLICY made_by_link ON {_APPLICATION}; DROP POLICY answered_by_link ON {_APPLICATION};
DROP POLICY read_by_link ON {_APPLICATION}; DROP POLICY of_nobody_known ON {_APPLICATION};
DROP POLICY need_to_know ON {_APPLICATION}; ALTER TABLE {_APPLICATION} DISABLE ROW LEVEL SECURITY;
"""
_MATCHES = f"""
-- Who the people of an application are: the DUF number and the birth date both fit. Asked by UDI's case workers alone,
-- and of those whom they know of: a protected household is not there for others than its named.
CREATE FUNCTION alternative_matches(of_application bigint)
RETURNS TABLE (applicant_id bigint, subject_id bigint, group_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT a.id, p.subject_id, m.group_id
    FROM alternative_applicationperson a
    JOIN registry_identifier i ON i.kind = 'duf' AND i.value = a.duf AND i.annulled_at IS NULL
    JOIN registry_person f ON f.subject_id = i.subject_id
    JOIN registry_person p ON p.subject_id = coalesce(f.same_as_id, f.subject_id)
    JOIN registry_persondetails d
        ON d.subject_id = p.subject_id AND d.annulled_at IS NULL AND d.birth_date = a.birth_date
    JOIN registry_groupmembership m
        ON m.subject_id = p.subject_id AND m.annulled_at IS NULL AND m.period @> {session_day()}
    WHERE a.application_id = of_application AND a.duf <> ''
      AND 'protection_case' = ANY ({opened("housing")}::text[])
      AND session_has_need(p.subject_id)
    ORDER BY a.id
$$;
"""


def _with_the_application(table: str) -> RunSQL:
    seen = f"EXISTS (SELECT 1 FROM {_APPLICATION} a WHERE a.id = {table}.application_id OFFSET 0)"
    return RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f" CREATE POLICY with_the_application ON {table} FOR ALL USING ({seen})",
        f"DROP POLICY with_the_application ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("alternative", "0001_first"),
        ("access", "0010_private_living"),
        ("registry", "0002_fence"),
        ("worklist", "0002_fence"),
    ]
    operations = [
        RunSQL(_LINKS, "DROP FUNCTION alternative_link_opens(bigint)"),
        RunSQL(_FENCE, _OPEN),
        RunSQL(_WITHDRAWN, "DROP FUNCTION alternative_close_withdrawn(bigint, date, timestamptz)"),
        RunSQL(
            _TOLD_BY_LINK,
            "DROP POLICY told_to_link ON platform_event; DROP POLICY told_by_link ON platform_event",
        ),
        _with_the_application("alternative_applicationperson"),
        _with_the_application("alternative_confirmation"),
        fenced(_AGREEMENT, "housing"),
        narrowed(_AGREEMENT, _with_a_duty(_AGREEMENT)),
        RunSQL(_MATCHES, "DROP FUNCTION alternative_matches(bigint)"),
        # Which municipality is asked is told to those with a duty, not to every municipality that knows of them.
        narrowed(
            "worklist_task",
            "kind NOT IN ('answer_acceptance')"
            f" OR organisation_id = {own_organisation()} OR {knows('worklist_task', 'identity', _DUTY)}",
            name="alternative_by_duty",
        ),
    ]
