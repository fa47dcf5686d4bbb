"""The municipality where somebody is settled may tell them of emergency access, but not of other municipalities'.

The same as of looks (ADR 0016, web/migrations/0003): which of them have seen somebody is nobody's in this one to know;
UDI tells of all of it.
"""

from django.db import migrations

from fotfeste.platform.rls import opened, own_organisation, rewritten

_SHOWN = f'AND n.reason = ANY ({opened("looks")}::text[])'
_NOT_OF_OTHERS = f"""
            AND (n.reason <> 'settled_here' OR e.organisation_id = {own_organisation()} OR NOT EXISTS (
                SELECT 1 FROM directory_organisation o WHERE o.id = e.organisation_id AND o.kind = 'municipality'
            ))"""


class Migration(migrations.Migration):
    dependencies = [("access", "0008_protected_fence"), ("directory", "0001_first")]
    operations = [rewritten("emergencies_told_to(bigint[])", _SHOWN, _SHOWN + _NOT_OF_OTHERS)]
