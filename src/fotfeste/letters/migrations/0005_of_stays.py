"""A letter about a stay that has ended (compartment `stays`) is for the centre, UDI and IMDi: a municipality that is
asked for those who are left does not read who has gone on their own.
"""

from django.db import migrations

from fotfeste.platform.rls import knows, narrowed

_WHO = ["lives_here", "lived_here", "protection_case", "settlement_case"]


class Migration(migrations.Migration):
    dependencies = [("letters", "0004_population_register"), ("access", "0011_files_fence")]
    operations = [
        narrowed(table, f"compartment <> 'stays' OR {knows(table, 'stays', _WHO)}", name="of_stays")
        for table in ("letters_letter", "platform_file")
    ]
