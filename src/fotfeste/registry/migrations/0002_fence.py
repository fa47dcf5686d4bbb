"""Row-level security, and the few functions that look past it and say little."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import fenced

_SEARCH = """
ALTER TABLE registry_searchtoken ENABLE ROW LEVEL SECURITY;
CREATE INDEX search_token_prefix ON registry_searchtoken (token text_pattern_ops, subject_id);

-- Subjects that the session's organisation has a need to know of and whose tokens begin with every word.
CREATE FUNCTION search_subjects(words text[], most integer) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT t.subject_id
    FROM registry_searchtoken t
    WHERE t.token ~>=~ words[1] AND t.token ~<~ (words[1] || chr(1114111))
      AND NOT EXISTS (
          SELECT 1 FROM unnest(words[2:]) AS w
          WHERE NOT EXISTS (
              SELECT 1 FROM registry_searchtoken o
              WHERE o.subject_id = t.subject_id AND o.token ~>=~ w AND o.token ~<~ (w || chr(1114111))
          )
      )
      AND EXISTS (
          SELECT 1 FROM access_need n
          WHERE n.subject_id = t.subject_id
            AND n.organisation_id = nullif(current_setting('fotfeste.organisation', true), '')::bigint
            AND n.period @> nullif(current_setting('fotfeste.day', true), '')::date
      )
    LIMIT most
$$;

-- The tokens of a subject, all of them anew.
CREATE FUNCTION set_search_tokens(whom bigint, tokens text[]) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DELETE FROM registry_searchtoken WHERE subject_id = whom;
    INSERT INTO registry_searchtoken (token, subject_id) SELECT DISTINCT unnest(tokens), whom;
$$;

-- Registration's check for duplicates sees everyone, and answers only which organisation to ask.
CREATE FUNCTION registered_elsewhere(number_kind text, number_value text) RETURNS TABLE (organisation_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p.registered_by_id FROM registry_identifier i JOIN registry_person p ON p.subject_id = i.subject_id
    WHERE i.kind = number_kind AND i.value = number_value AND i.annulled_at IS NULL
$$;

CREATE SEQUENCE registry_group_number START 8001;
"""
_UNDO = """
DROP SEQUENCE registry_group_number;
DROP FUNCTION registered_elsewhere(text, text);
DROP FUNCTION set_search_tokens(bigint, text[]);
DROP FUNCTION search_subjects(text[], integer);
DROP INDEX search_token_prefix;
ALTER TABLE registry_searchtoken DISABLE ROW LEVEL SECURITY;
"""

_TABLES = (
    "person",
    "persondetails",
    "identifier",
    "personlanguage",
    "placementgroup",
    "groupmembership",
    "relation",
    "outsidecontact",
    "statusevent",
    "duplicateproposal",
)


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_first"), ("access", "0001_first")]
    operations = [*(fenced(f"registry_{table}") for table in _TABLES), RunSQL(_SEARCH, _UNDO)]
