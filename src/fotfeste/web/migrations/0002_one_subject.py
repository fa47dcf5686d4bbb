from django.db import migrations


class Migration(migrations.Migration):
    """A user is one subject of a provider: whoever comes second under the same name is somebody else."""

    dependencies = [
        ("web", "0001_first"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
    ]
    operations = [
        migrations.RunSQL(
            "CREATE UNIQUE INDEX one_subject_of_a_provider ON socialaccount_socialaccount (user_id, provider)",
            "DROP INDEX one_subject_of_a_provider",
        )
    ]
