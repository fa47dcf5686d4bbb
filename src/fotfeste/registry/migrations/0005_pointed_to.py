"""Whom a row about one's own person points to: a household, or the record that is kept, that the session knows of too.

The fence of a table asks of whom the row is. A membership opens the household to whoever knows of the person and the
person to whoever knows of the household, and a record that is put aside leads to another: both are asked.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

_POINTED_TO = """
CREATE POLICY of_a_known_group ON registry_groupmembership AS RESTRICTIVE FOR INSERT WITH CHECK (
    session_has_need(group_id)
);
CREATE POLICY new_is_nobody_else ON registry_person AS RESTRICTIVE FOR INSERT WITH CHECK (same_as_id IS NULL);
CREATE POLICY same_as_somebody_known ON registry_person AS RESTRICTIVE FOR UPDATE USING (true) WITH CHECK (
    same_as_id IS NULL OR session_has_need(same_as_id)
);
"""
_UNDO = """
DROP POLICY same_as_somebody_known ON registry_person;
DROP POLICY new_is_nobody_else ON registry_person;
DROP POLICY of_a_known_group ON registry_groupmembership;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0004_naming_tasks"), ("access", "0006_emergency_fence")]
    operations = [RunSQL(_POINTED_TO, _UNDO)]
