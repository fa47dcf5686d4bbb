"""Who comes in a week: those who have come in it too, and those who are asked for without one (SET-10, ADR 0039).

The limit of a week binds offers, and `settlement_offer_week` counts those who came by a journey: a week does not get
room again when its people arrive. An open request that names no week may become an offer for any.
"""

from django.db import migrations

from fotfeste.platform.rls import rewritten

_LOAD = "settlement_load(integer, text, date, bigint)"
_REWRITES = (  # the function holds together after each
    (
        "standing <> 'settled' AND of_week <> '' AND week = of_week",
        "standing <> 'settled' AND of_week <> '' AND coalesce(week, of_week) = of_week",
    ),
    (
        "), kept AS (",
        """), come AS (
        -- Who stays where they live has no journey: they do not come.
        SELECT o.organisation_id, sum(c.size)::bigint AS persons
        FROM settlement_offer o JOIN settlement_settlementcase c ON c.id = o.case_id
        WHERE of_week <> '' AND o.week = of_week AND o.state = 'accepted' AND c.state = 'settled'
          AND EXISTS (SELECT 1 FROM settlement_journey j WHERE j.offer_id = o.id)
        GROUP BY o.organisation_id
    ), kept AS (""",
    ),
    (
        "FROM load l FULL JOIN kept k USING (organisation_id)",
        "FROM load l FULL JOIN kept k USING (organisation_id) FULL JOIN come m USING (organisation_id)",
    ),
    ("coalesce(l.in_week, 0),", "coalesce(l.in_week, 0) + coalesce(m.persons, 0),"),
)


class Migration(migrations.Migration):
    dependencies = [("settlement", "0014_local_offers")]
    operations = [rewritten(_LOAD, before, after) for before, after in _REWRITES]
