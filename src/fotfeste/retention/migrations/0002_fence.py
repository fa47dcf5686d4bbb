"""Which households are announced and gone is nobody's but the owner's: no policy, no row for anybody else."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

_TABLES = ("retention_notice", "retention_gone")


class Migration(migrations.Migration):
    dependencies = [("retention", "0001_first")]
    operations = [
        RunSQL(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY", f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
        for table in _TABLES
    ]
