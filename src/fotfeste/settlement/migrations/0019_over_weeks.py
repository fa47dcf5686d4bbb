"""A request whose week is over, and that nobody has made an offer for, may come in any week: it counts in each to come,
as one does that names no week (SET-10, ADR 0039).
"""

from django.db import migrations

from fotfeste.platform.rls import rewritten

_LOAD = "settlement_load(integer, text, date, bigint)"
_BEFORE = "coalesce(week, of_week) = of_week"
_AFTER = """(coalesce(week, of_week) = of_week
                   OR week < to_char(day, 'IYYY-"W"IW') AND of_week >= to_char(day, 'IYYY-"W"IW')
                   AND NOT EXISTS (SELECT 1 FROM settlement_offer o WHERE o.request_id = l.request_id))"""


class Migration(migrations.Migration):
    dependencies = [("settlement", "0018_decline_follows")]
    operations = [rewritten(_LOAD, _BEFORE, _AFTER)]
