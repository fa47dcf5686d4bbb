"""What a municipality was told of a household that it knows of no more: not of a protected one, but to those named."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

_WITHDRAWALS = """
CREATE POLICY protected_address ON settlement_withdrawal AS RESTRICTIVE FOR ALL USING (
    subject_id NOT IN (SELECT session_hidden())
);
"""


class Migration(migrations.Migration):
    dependencies = [("settlement", "0007_received"), ("access", "0008_protected_fence")]
    operations = [RunSQL(_WITHDRAWALS, "DROP POLICY protected_address ON settlement_withdrawal")]
