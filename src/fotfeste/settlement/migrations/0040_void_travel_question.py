"""A question to UDI of how they travel may be void: the journey was agreed without it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("settlement", "0039_refunded_before")]
    operations = [
        migrations.AlterField(
            "travelapproval",
            "outcome",
            models.CharField(
                blank=True,
                choices=[("approved", "approved"), ("refused", "refused"), ("void", "void")],
                max_length=10,
            ),
        )
    ]
