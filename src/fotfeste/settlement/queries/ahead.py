"""Who is to leave a centre for a municipality: what settlement tells the centres' forecast. Counts, no persons."""

from datetime import date, datetime

from django.db import connection

from fotfeste.accommodation.public import Basis, Movement

_ASKED = "SELECT centre_id, basis, by_on, people FROM settlement_departures_ahead(%s, %s, %s)"


def departures_ahead(day: date, known_at: datetime, centre_id: int | None = None) -> list[Movement]:
    """Those who live at centres on a day and have a journey or an offer with its week, as known at an instant.

    One query; of one centre where it is given. The day of a journey that was moved since is the last one agreed: only
    the newest is on record.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, [day, known_at, centre_id])
        rows = cursor.fetchall()
    return [Movement(centre_id, Basis(basis), int(people), by_on) for centre_id, basis, by_on, people in rows]
