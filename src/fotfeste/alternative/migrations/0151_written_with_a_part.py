"""An application of somebody known is written by those alone who have a part in them, or by its link: as every table
behind the need to know, not in emergency access.
"""

from django.db import migrations

from fotfeste.platform.rls import written_with_a_part

_LINK = "(SELECT nullif(current_setting('fotfeste.link', true), ''))"
_PART = f"""alternative_application.subject_id IS NULL OR session_has_need(alternative_application.subject_id)
    OR link_hash = {_LINK} OR alternative_link_opens(id)"""


class Migration(migrations.Migration):
    dependencies = [("alternative", "0150_doors")]
    operations = [written_with_a_part("alternative_application", _PART)]
