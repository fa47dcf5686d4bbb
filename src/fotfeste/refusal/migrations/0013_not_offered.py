"""Who of a refusal was never given the offer that it is about (ADR 0065)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("refusal", "0012_protected_that_day")]
    operations = [migrations.AddField("refusal", "not_offered", models.JSONField(default=list))]
