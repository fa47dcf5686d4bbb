"""Emergency access, opened by the act; the family that it is opened to is `families.kovalenko`."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from django.db import connection

from fotfeste.access.public import EmergencyAccess, EmergencyCause, open_emergency
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.identifiers import synthetic_duf
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer

OLENAS, ANDRIJS, NOBODYS = synthetic_duf(100001), synthetic_duf(100002), synthetic_duf(999_999)
WHY = "Hun ringte og ropte om hjelp."


def really_now() -> datetime:
    """The database's own clock, which no test moves, decides when the hour is over."""
    return datetime.now(UTC)


def opened(by: Viewer, number: str = OLENAS, at: datetime | None = None) -> EmergencyAccess:
    """Opened in the scope of its day; now where no instant is given."""
    at = at or really_now()
    with scope(by, legal_day(at)):
        return open_emergency(number, cause=EmergencyCause.LIFE, words=WHY, by=by, at=at)


def emergency_given(subject_ids: Iterable[int], viewer: Viewer, day: date) -> None:
    """Emergency access of a viewer's to anybody for the next hour, in sessions of a day, without an act."""
    with connection.cursor() as cursor:
        for subject_id in subject_ids:
            cursor.execute(
                "INSERT INTO every_need"
                " (subject_id, organisation_id, reason, period, opened_at, ended_at, user_id, until_at)"
                " SELECT %s, %s, 'emergency', daterange(%s, %s), at, until, %s, until"
                " FROM clock_timestamp() AS at, LATERAL (SELECT at + '1 hour'::interval AS until) AS u",
                [subject_id, viewer.organisation_id, day, day + timedelta(days=1), viewer.user_id],
            )
