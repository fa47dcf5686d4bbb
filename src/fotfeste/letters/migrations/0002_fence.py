"""Row-level security of letters: the compartment that each names, for whom it is about; and only its two ends' where it
goes to an organisation. As its file (access/migrations/0011).
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import knows_by_row, narrowed, opened_by_row, own_organisation, written_with_a_part

_OWN = f"{own_organisation()} IN (from_organisation_id, to_organisation_id)"
_FENCE = f"""
ALTER TABLE letters_letter ENABLE ROW LEVEL SECURITY;
CREATE POLICY need_to_know ON letters_letter FOR ALL USING (
    CASE WHEN subject_id IS NULL THEN {_OWN} AND {opened_by_row("letters_letter")} IS NOT NULL
         ELSE {knows_by_row("letters_letter")} END
);
CREATE POLICY protected_address ON letters_letter AS RESTRICTIVE FOR SELECT USING (
    also_about = '{{}}' OR NOT also_about && (SELECT coalesce(array_agg(h), '{{}}') FROM session_hidden() AS h)
);
"""
_UNDO = """
DROP POLICY protected_address ON letters_letter;
DROP POLICY need_to_know ON letters_letter;
ALTER TABLE letters_letter DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("letters", "0001_first"), ("access", "0011_files_fence"), ("registry", "0002_fence")]
    operations = [
        RunSQL(_FENCE, _UNDO),
        narrowed("letters_letter", f"to_organisation_id IS NULL OR {_OWN}", name="only_theirs"),
        written_with_a_part("letters_letter", "subject_id IS NULL OR session_has_need(subject_id)"),
    ]
