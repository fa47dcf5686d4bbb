"""Tasks about a protected household are its named ones'; an administrator sees only that somebody must be named."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import own_organisation

_NAMING = f"kind = 'name_follower' AND organisation_id = {own_organisation()} AND (SELECT session_gives_roles())"
_FENCE = f"""
CREATE POLICY told_to_name ON worklist_task FOR ALL USING ({_NAMING});
CREATE POLICY protected_address ON worklist_task AS RESTRICTIVE FOR ALL USING (
    subject_id NOT IN (SELECT session_hidden()) OR {_NAMING}
);
"""
_UNDO = """
DROP POLICY protected_address ON worklist_task;
DROP POLICY told_to_name ON worklist_task;
"""


class Migration(migrations.Migration):
    dependencies = [("worklist", "0003_looks_without_work"), ("access", "0008_protected_fence")]
    operations = [RunSQL(_FENCE, _UNDO)]
