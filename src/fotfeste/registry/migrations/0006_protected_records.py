"""What a protection brings with it where two records are one person's: it holds from the session's day.

The trigger took the clock of the database, and whoever was named for one of the two was not for the other before that.
"""

from django.db import migrations

from fotfeste.platform.rls import rewritten

_DAY = "nullif(current_setting('fotfeste.day', true), '')::date"
_NOW = "at timestamptz := now();"
# The instant within the session's day: now, where that is today.
_ON_THE_DAY = f"""at timestamptz := CASE WHEN coalesce({_DAY}, (now() AT TIME ZONE 'Europe/Oslo')::date)
                              = (now() AT TIME ZONE 'Europe/Oslo')::date
                         THEN now() ELSE ({_DAY} + time '12:00') AT TIME ZONE 'Europe/Oslo' END;"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0005_pointed_to")]
    operations = [rewritten("protect_who_joins()", _NOW, _ON_THE_DAY)]
