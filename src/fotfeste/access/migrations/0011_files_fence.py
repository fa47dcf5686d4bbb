"""Row-level security of files: the compartment that each row names, for whom it is about.

A file without a subject (of several people, or of somebody not known yet) is theirs whom `seen_by` names, in roles that
open its compartment to them for anybody. With a subject, `seen_by` narrows: a letter to one municipality is no other's.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import knows_by_row, narrowed, opened_by_row, own_organisation, written_with_a_part

_OWN = f"{own_organisation()} = ANY (seen_by)"
_FENCE = f"""
ALTER TABLE platform_file ENABLE ROW LEVEL SECURITY;
CREATE POLICY need_to_know ON platform_file FOR ALL USING (
    CASE WHEN subject_id IS NULL THEN {_OWN} AND {opened_by_row("platform_file")} IS NOT NULL
         ELSE {knows_by_row("platform_file")} END
);
-- Told once whose it is, by somebody who saw it before and sees it then.
CREATE POLICY protected_address ON platform_file AS RESTRICTIVE FOR SELECT USING (
    also_about = '{{}}' OR NOT also_about && (SELECT coalesce(array_agg(h), '{{}}') FROM session_hidden() AS h)
);
"""
_UNDO = """
DROP POLICY protected_address ON platform_file;
DROP POLICY need_to_know ON platform_file;
ALTER TABLE platform_file DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0010_private_living"), ("platform", "0002_files")]
    operations = [
        RunSQL(_FENCE, _UNDO),
        narrowed("platform_file", f"seen_by = '{{}}' OR {_OWN}", name="only_theirs"),
        written_with_a_part("platform_file", "subject_id IS NULL OR session_has_need(subject_id)"),
    ]
