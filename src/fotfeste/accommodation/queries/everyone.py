"""Where everyone of a household stays, also those whom the session does not see: for what follows from an act.

A centre sees no stay at another one. What the household's case, tasks and needs to know become must not depend on which
of its centres has acted. Pages use `where`, within the fence.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import connection

_ASKED = "SELECT * FROM household_whereabouts(%s, %s)"


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a member is on a day.

    `has_stayed` is also true of a stay that was annulled. `is_gone`: their last stay has ended because they left on
    their own, whatever the reason: not to settle with the others, and not for another centre. The dead are gone too.
    `has_moved_privately`: they are gone to an address of their own. `municipality_id`: where they live privately with
    public support. `is_without_place`: such a stay has ended although they are here still.
    """

    subject_id: int
    is_staying: bool
    centre_id: int | None
    since_on: date | None
    has_stayed: bool
    has_bed: bool
    is_gone: bool
    is_dead: bool
    has_moved_privately: bool
    municipality_id: int | None
    is_without_place: bool


@dataclass(frozen=True, slots=True)
class Home:
    """Where most of a household stay on a day, and since when: the latest arrival there. A centre, or a municipality
    where they live privately.
    """

    centre_id: int | None
    since_on: date
    municipality_id: int | None = None


def everyone_of(group_id: int, day: date) -> list[Whereabouts]:
    """All who belong to a household on a day and where they are (one query).

    Empty where the session's organisation has no need to know of the household.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, [group_id, day])
        return [Whereabouts(*row) for row in cursor.fetchall()]


def gone_of(group_id: int, day: date) -> frozenset[int]:
    """Those of a household who have left for good, while others have not; nobody where all have (one query)."""
    return gone_among(everyone_of(group_id, day))


def gone_among(everyone: Collection[Whereabouts]) -> frozenset[int]:
    """Those who have left for good, while others have not: a household that all have left is counted as it was, but
    for its dead.
    """
    gone = frozenset(each.subject_id for each in everyone if each.is_gone)
    if len(gone) < len(everyone):
        return gone
    dead = dead_among(everyone)
    return dead if len(dead) < len(everyone) else frozenset()


def dead_among(everyone: Collection[Whereabouts]) -> frozenset[int]:
    """Those whose last stay ended with their death."""
    return frozenset(each.subject_id for each in everyone if each.is_dead)


def home_among(everyone: Collection[Whereabouts]) -> Home | None:
    """The place that most of a household share; of several equal ones the first member's. None: they stay nowhere."""
    together: dict[tuple[int | None, int | None], list[date]] = {}
    for each in everyone:
        if each.is_staying and each.since_on is not None:
            together.setdefault((each.centre_id, each.municipality_id), []).append(each.since_on)
    if not together:
        return None
    centre_id, municipality_id = place = max(together, key=lambda where: len(together[where]))
    return Home(centre_id, max(together[place]), municipality_id)
