"""Nobody is to look again at the home of those who took their application back by its link, either (ALT-11)."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

_LINK = "(SELECT nullif(current_setting('fotfeste.link', true), ''))"
_BEFORE = """
CREATE OR REPLACE FUNCTION alternative_close_withdrawn(of_application bigint, on_day date, at timestamptz) RETURNS void
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
      AND kind IN ('decide_application', 'answer_acceptance', 'send_preliminary_answer');{home}
    UPDATE access_need SET period = daterange(lower(period), greatest(lower(period), on_day)), ended_at = at
    WHERE reason = 'applied_here' AND organisation_id = a.municipality_id AND ended_at IS NULL
      AND (subject_id = a.subject_id OR subject_id IN (
          SELECT p.subject_id FROM alternative_applicationperson p WHERE p.application_id = a.id
      ));
END
$$;
""".replace("{link}", _LINK)
_HOME = """
    UPDATE worklist_task t SET closed_at = at, outcome = 'void'
    WHERE t.subject_id = a.subject_id AND t.organisation_id = a.municipality_id AND t.closed_at IS NULL
      AND t.kind = 'check_housing' AND NOT EXISTS (
          SELECT 1 FROM access_need n
          WHERE n.subject_id = a.subject_id AND n.organisation_id = a.municipality_id AND n.ended_at IS NULL
            AND n.reason = 'housed_here' AND (upper(n.period) IS NULL OR upper(n.period) > on_day)
      );"""


class Migration(migrations.Migration):
    dependencies = [("alternative", "0153_withdrawn_on")]
    operations = [RunSQL(_BEFORE.replace("{home}", _HOME), _BEFORE.replace("{home}", ""))]
