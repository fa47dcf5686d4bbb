"""What a municipality has said no to it reads without a need: not of a protected household, but to those named."""

from django.db import migrations

from fotfeste.platform.rls import rewritten

_BEFORE = "WHERE r.state = 'declined'"
_AFTER = f"{_BEFORE} AND r.subject_id NOT IN (SELECT session_hidden())"


class Migration(migrations.Migration):
    dependencies = [("settlement", "0021_left_for_good"), ("access", "0008_protected_fence")]
    operations = [rewritten("settlement_own_declines(date, text)", _BEFORE, _AFTER)]
