"""Who may come in any week counts in those past New Year too (SET-10, ADR 0039).

A request that names no week, or whose week is over without an offer, counts in the year of the day: a week of the next
year is asked for that one as well.
"""

from django.db import migrations

from fotfeste.platform.rls import rewritten

_LOAD = "settlement_load(integer, text, date, bigint)"
_REWRITES = (  # the function holds together after each
    (
        "), kept AS (",
        """), undecided AS (
        -- Those of the year of the day; where that is the year that is asked for, they are in the load already.
        SELECT l.organisation_id, sum(l.size)::bigint AS persons
        FROM settlement_places_of(extract(year FROM day)::integer, day) l
        WHERE of_year <> extract(year FROM day)::integer AND of_week >= to_char(day, 'IYYY-"W"IW')
          AND l.standing <> 'settled'
          AND (l.week IS NULL OR l.week < to_char(day, 'IYYY-"W"IW') AND NOT EXISTS (
              SELECT 1 FROM settlement_offer o WHERE o.request_id = l.request_id
          ))
        GROUP BY l.organisation_id
    ), kept AS (""",
    ),
    (
        "FULL JOIN come m USING (organisation_id)",
        "FULL JOIN come m USING (organisation_id) FULL JOIN undecided u USING (organisation_id)",
    ),
    (
        "coalesce(l.in_week, 0) + coalesce(m.persons, 0),",
        "coalesce(l.in_week, 0) + coalesce(m.persons, 0) + coalesce(u.persons, 0),",
    ),
)


class Migration(migrations.Migration):
    dependencies = [("settlement", "0023_declines_of_a_year")]
    operations = [rewritten(_LOAD, before, after) for before, after in _REWRITES]
