"""The municipality where somebody is settled may show them who has looked, but not what other municipalities have seen.

Which of them were asked before is nobody's in this one to know; UDI shows all of it.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import opened, own_organisation, session_day

_SHOWN = f"""
ALTER POLICY own_or_shown ON access_look USING (
    organisation_id = {own_organisation()} OR EXISTS (
        SELECT 1 FROM access_need n
        WHERE n.subject_id = ANY (access_look.household_id || access_look.person_ids)
          AND n.organisation_id = {own_organisation()} AND n.period @> {session_day()}
          AND n.reason = ANY ({opened("looks")}::text[]) {{but_not}}
        OFFSET 0
    )
)
"""
_NOT_OF_OTHERS = """AND (n.reason <> 'settled_here' OR NOT EXISTS (
            SELECT 1 FROM directory_organisation o WHERE o.id = access_look.organisation_id AND o.kind = 'municipality'
        ))"""


class Migration(migrations.Migration):
    dependencies = [("web", "0002_one_subject"), ("access", "0003_looks_fence"), ("directory", "0001_first")]
    operations = [RunSQL(_SHOWN.format(but_not=_NOT_OF_OTHERS), _SHOWN.format(but_not=""))]
