"""Row-level security of the log of looks, and of what administrators found.

An organisation reads its own looks, and those at whom it may show them to. It writes its own alone; nobody, the app role
least, changes or takes one away.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import opened, own_organisation, session_day

_SHOWN_TO_THEM = f"""EXISTS (
    SELECT 1 FROM access_need n
    WHERE n.subject_id = ANY (access_look.household_id || access_look.person_ids)
      AND n.organisation_id = {own_organisation()} AND n.period @> {session_day()}
      AND n.reason = ANY ({opened("looks")}::text[])
    OFFSET 0
)"""
_FENCE = f"""
ALTER TABLE access_look ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_or_shown ON access_look FOR SELECT USING (
    organisation_id = {own_organisation()} OR {_SHOWN_TO_THEM}
);
CREATE POLICY own ON access_look FOR INSERT WITH CHECK (organisation_id = {own_organisation()});
ALTER TABLE access_lookreview ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON access_lookreview FOR ALL USING (organisation_id = {own_organisation()});
"""
_UNDO = """
DROP POLICY own ON access_lookreview;
ALTER TABLE access_lookreview DISABLE ROW LEVEL SECURITY;
DROP POLICY own ON access_look;
DROP POLICY own_or_shown ON access_look;
ALTER TABLE access_look DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0002_looks")]
    operations = [RunSQL(_FENCE, _UNDO)]
