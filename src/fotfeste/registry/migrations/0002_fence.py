"""Row-level security, and the few functions that look past it and say little."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import fenced, knows, narrowed, opened
from fotfeste.registry.domain.types import PERMITS

_SEARCH = """
ALTER TABLE registry_searchtoken ENABLE ROW LEVEL SECURITY;
CREATE INDEX search_token_prefix ON registry_searchtoken (token text_pattern_ops, subject_id);

CREATE FUNCTION session_has_need(whom bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM access_need n
        WHERE n.subject_id = whom
          AND n.organisation_id = nullif(current_setting('fotfeste.organisation', true), '')::bigint
          AND n.period @> nullif(current_setting('fotfeste.day', true), '')::date
          AND n.reason = ANY ({opened}::text[])
    )
$$;

-- Subjects that the session's organisation has a need to know of and that have, for every word, one of its tokens.
-- Three parallel arrays: the word that a token belongs to (from 0), the token, whether a stored one may go on after it.
-- First the subjects that have all words, whoever they are, then the need, and no further than is asked for: the other
-- way round costs a centre as much as the country is large. One word is looked up row by row, so that a common
-- beginning of a name stops early; four rows are read for each that is asked for, since one person may have several
-- tokens that begin alike. A plan for any arrays would read the whole table, so that each call is planned by itself.
-- A record that was put aside as a second of the same person leads to the one that is kept.
CREATE FUNCTION search_subjects(words integer[], wanted text[], goes_on boolean[], most integer)
RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
SET jit = off SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    who bigint := nullif(current_setting('fotfeste.organisation', true), '')::bigint;
    day date := nullif(current_setting('fotfeste.day', true), '')::date;
    reasons text[] := {opened};
    word_count integer := (SELECT count(DISTINCT w) FROM unnest(words) AS w);
    found bigint[];
BEGIN
    IF word_count = 1 THEN
        found := ARRAY(
            SELECT s.subject_id
            FROM unnest(wanted, goes_on) AS w (token, is_prefix)
            JOIN registry_searchtoken s ON s.token ~>=~ w.token
                AND s.token ~<=~ CASE WHEN w.is_prefix THEN w.token || chr(1114111) ELSE w.token END
            WHERE EXISTS (
                SELECT 1 FROM access_need n
                WHERE n.subject_id = s.subject_id AND n.organisation_id = who AND n.period @> day
                  AND n.reason = ANY (reasons)
                OFFSET 0
            )
            LIMIT 4 * most
        );
    ELSE
        found := ARRAY(
            SELECT h.subject_id
            FROM (
                SELECT t.subject_id
                FROM (
                    SELECT DISTINCT s.subject_id, w.word
                    FROM unnest(words, wanted, goes_on) AS w (word, token, is_prefix)
                    JOIN registry_searchtoken s ON s.token ~>=~ w.token
                        AND s.token ~<=~ CASE WHEN w.is_prefix THEN w.token || chr(1114111) ELSE w.token END
                ) AS t
                GROUP BY t.subject_id
                HAVING count(*) = word_count
            ) AS h
            WHERE EXISTS (
                SELECT 1 FROM access_need n
                WHERE n.subject_id = h.subject_id AND n.organisation_id = who AND n.period @> day
                  AND n.reason = ANY (reasons)
                OFFSET 0
            )
            LIMIT most
        );
    END IF;
    RETURN QUERY
    SELECT DISTINCT coalesce(p.same_as_id, f.subject_id)
    FROM unnest(found) AS f (subject_id) LEFT JOIN registry_person p ON p.subject_id = f.subject_id
    LIMIT most;
END
$$;

-- The tokens of a subject, all of them anew; only of one that the session's organisation has a need to know of.
CREATE FUNCTION set_search_tokens(whom bigint, tokens text[]) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DELETE FROM registry_searchtoken WHERE subject_id = whom AND session_has_need(whom);
    INSERT INTO registry_searchtoken (token, subject_id)
        SELECT DISTINCT w, whom FROM unnest(tokens) AS w WHERE session_has_need(whom);
$$;

-- Registration's check of a number sees everyone. Whom to ask is the same for all: else it would tell who is protected.
CREATE FUNCTION number_is_taken(number_kind text, number_value text, but_of bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM registry_identifier i
        WHERE i.kind = number_kind AND i.value = number_value AND i.annulled_at IS NULL
          AND i.subject_id IS DISTINCT FROM but_of
    )
$$;

-- Propose a person's likely duplicates: the same birth date and close names, which is a token in common ('+...',
-- see domain/names.py). A record that was put aside speaks for the one that is kept. It sees everyone; it tells how
-- many, and writes whom only to the table of proposals.
CREATE FUNCTION propose_duplicates(whom bigint, at timestamptz) RETURNS integer
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH alike AS (
        SELECT DISTINCT coalesce(p.same_as_id, p.subject_id) AS subject_id
        FROM registry_searchtoken m
        JOIN registry_searchtoken t ON t.token = m.token AND t.subject_id <> m.subject_id
        JOIN registry_person p ON p.subject_id = t.subject_id
        WHERE m.subject_id = whom AND m.token ~>=~ '+' AND m.token ~<~ ',' AND session_has_need(whom)
    ), made AS (
        INSERT INTO registry_duplicateproposal (subject_id, other_id, cause, proposed_at, answer)
        SELECT least(whom, subject_id), greatest(whom, subject_id), 'same_birth_date_and_close_names', at, ''
        FROM alike WHERE subject_id <> whom
        ON CONFLICT DO NOTHING
        RETURNING 1
    )
    SELECT count(*)::integer FROM made
$$;

-- What lists of households are filtered by, of groups and of the groups that persons are in (see actions/summary.py).
-- It sees every member, tells nothing, and writes only what follows from the facts.
CREATE FUNCTION sum_up_groups_of(whom bigint[]) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE registry_placementgroup g
    SET stage = f.stage, youngest_born_on = f.youngest_born_on, has_unaccompanied_minor = f.has_unaccompanied_minor
    FROM (
        SELECT w.subject_id,
               CASE WHEN bool_or(s.kind = 'settled') THEN 'settled'
                    WHEN bool_or(s.kind IN ({permits})) THEN 'with_permit'
                    ELSE 'without_permit' END AS stage,
               max(d.birth_date) AS youngest_born_on,
               coalesce(bool_or(d.is_unaccompanied_minor), false) AS has_unaccompanied_minor
        FROM registry_placementgroup w
        LEFT JOIN registry_groupmembership m
            ON m.group_id = w.subject_id AND m.annulled_at IS NULL AND upper_inf(m.period)
        LEFT JOIN registry_persondetails d ON d.subject_id = m.subject_id AND d.annulled_at IS NULL
        LEFT JOIN registry_statusevent s ON s.subject_id = m.subject_id AND s.annulled_at IS NULL
        WHERE w.subject_id IN (
            SELECT unnest(whom)
            UNION
            SELECT o.group_id FROM registry_groupmembership o
            WHERE o.subject_id = ANY (whom) AND o.annulled_at IS NULL AND upper_inf(o.period)
        )
        GROUP BY w.subject_id
    ) AS f
    WHERE g.subject_id = f.subject_id
      AND (g.stage, g.youngest_born_on, g.has_unaccompanied_minor)
          IS DISTINCT FROM (f.stage, f.youngest_born_on, f.has_unaccompanied_minor)
$$;

CREATE SEQUENCE registry_group_number START 8001;
""".replace("{permits}", ", ".join(f"'{kind}'" for kind in sorted(PERMITS))).replace("{opened}", opened("identity"))
_UNDO = """
DROP SEQUENCE registry_group_number;
DROP FUNCTION sum_up_groups_of(bigint[]);
DROP FUNCTION propose_duplicates(bigint, timestamptz);
DROP FUNCTION number_is_taken(text, text, bigint);
DROP FUNCTION set_search_tokens(bigint, text[]);
DROP FUNCTION search_subjects(integer[], text[], boolean[], integer);
DROP FUNCTION session_has_need(bigint);
DROP INDEX search_token_prefix;
ALTER TABLE registry_searchtoken DISABLE ROW LEVEL SECURITY;
"""

_IDENTITY = (
    "person",
    "persondetails",
    "identifier",
    "personlanguage",
    "placementgroup",
    "groupmembership",
    "relation",
    "statusevent",
)
_PROPOSALS = "registry_duplicateproposal"


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_first"), ("access", "0001_first")]
    operations = [
        RunSQL(_SEARCH, _UNDO),
        *(fenced(f"registry_{table}", "identity") for table in _IDENTITY),
        fenced("registry_outsidecontact", "guardian"),
        fenced("registry_correction", "registration"),
        fenced(_PROPOSALS, "registration"),
        # Whether somebody is registered twice is UDI's question.
        narrowed(_PROPOSALS, knows(_PROPOSALS, "registration", ("protection_case",))),
    ]
