"""Protected on a day is whoever has a protection that is not over by it: also one whose end is known."""

from django.db import migrations

from fotfeste.platform.rls import rewritten

_OPEN = "refusals_open_on(date)"
_ENDLESS = "p.annulled_at IS NULL AND upper_inf(p.period)"
# Also one that is written down and begins later: the fence hides its household from the moment on.
_NOT_OVER = "p.annulled_at IS NULL AND p.period && daterange(day, NULL)"


class Migration(migrations.Migration):
    dependencies = [("refusal", "0011_taken_out")]
    operations = [rewritten(_OPEN, _ENDLESS, _NOT_OVER)]
