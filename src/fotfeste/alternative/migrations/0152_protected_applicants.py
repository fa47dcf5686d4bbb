"""An application that is not matched yet, and what was sent with it, is hidden where one of its numbers is of somebody
whose protected address the session does not see. It tells where they live now.

Its link opens it still, and whoever typed it sees what they typed: their answer tells nobody who is protected.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import session_user

_LINK = "(SELECT nullif(current_setting('fotfeste.link', true), ''))"
_ASKED = """
-- Whether an application of nobody known names somebody protected whom the session does not see.
CREATE FUNCTION alternative_names_hidden(of_application bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM alternative_applicationperson a
        JOIN registry_identifier i ON i.kind = 'duf' AND i.value = a.duf AND i.annulled_at IS NULL
        JOIN registry_person p ON p.subject_id = i.subject_id
        WHERE a.application_id = of_application AND a.duf <> ''
          AND coalesce(p.same_as_id, p.subject_id) IN (SELECT session_hidden())
    )
$$;

-- ... and whether a file came with such a one.
CREATE FUNCTION alternative_came_with_hidden(of_file bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM alternative_applicationdocument d
        JOIN alternative_application a ON a.id = d.application_id AND a.subject_id IS NULL
        WHERE d.file_id = of_file AND alternative_names_hidden(a.id)
    )
$$;
"""
_UNASKED = """
DROP FUNCTION alternative_came_with_hidden(bigint);
DROP FUNCTION alternative_names_hidden(bigint);
"""
_HIDDEN = f"""
CREATE POLICY protected_applicants ON alternative_application AS RESTRICTIVE FOR SELECT USING (
    subject_id IS NOT NULL OR link_hash = {_LINK} OR alternative_link_opens(id) OR user_id = {session_user()}
    OR NOT alternative_names_hidden(id)
);
CREATE POLICY protected_applicants ON platform_file AS RESTRICTIVE FOR SELECT USING (
    subject_id IS NOT NULL OR NOT alternative_came_with_hidden(id)
);
"""
_SHOWN = """
DROP POLICY protected_applicants ON platform_file;
DROP POLICY protected_applicants ON alternative_application;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("alternative", "0151_written_with_a_part"),
        ("access", "0011_files_fence"),
        ("registry", "0002_fence"),
    ]
    operations = [RunSQL(_ASKED, _UNASKED), RunSQL(_HIDDEN, _SHOWN)]
