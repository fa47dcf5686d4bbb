"""Rows about one's own person that point to somebody else, tried in SQL as the app role: a household, a kept record."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from fotfeste.access.public import NeedReason
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import members_of
from tests.actions.registry.families import alone, kovalenko, person
from tests.as_owner import need_given
from tests.conftest import Cast
from tests.settlement_steps import registered

pytestmark = [pytest.mark.django_db, pytest.mark.req("ACS-01")]
REFUSED = "row-level security"


@pytest.fixture
def ours(cast: Cast) -> int:
    """Somebody alone whom the centre at Voss knows of, and their household; UDI and the police do too."""
    return known_at_voss(cast, registered(cast, alone(person("Oksana", "Shevchenko"))))


@pytest.fixture
def theirs(cast: Cast) -> int:
    """The Kovalenkos, of whom the centre knows nothing."""
    return registered(cast, kovalenko())


def known_at_voss(cast: Cast, group: int) -> int:
    """The household and who belongs to it, known at Voss without an act."""
    own = cast.centre.organisation_id
    need_given(
        [group, *people_of(cast, group)],
        organisation_id=own,
        reason=NeedReason.LIVES_HERE,
        from_on=cast.day,
        at=cast.at,
    )
    return group


def people_of(cast: Cast, group: int) -> list[int]:
    """Who belongs to it, as UDI sees it."""
    with scope(cast.udi, cast.day):
        return [member.subject_id for member in members_of(group, cast.day)]


def run(viewer: Viewer, cast: Cast, sql: str, *values: int | date | datetime | None) -> int:
    """A statement in a session of the viewer's; gives how many rows it was about."""
    with scope(viewer, cast.day), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return int(cursor.rowcount)


def refused(act: Callable[[], object]) -> None:
    """The database refuses."""
    with pytest.raises(DatabaseError, match=REFUSED):
        act()


def joined(viewer: Viewer, cast: Cast, who: int, group: int) -> int:
    """The person's membership ended yesterday and another begun, as an act writes it."""
    run(
        viewer,
        cast,
        "UPDATE registry_groupmembership SET annulled_at = %s, annul_reason = 'tried'"
        " WHERE subject_id = %s AND annulled_at IS NULL",
        cast.at,
        who,
    )
    return run(
        viewer,
        cast,
        "INSERT INTO registry_groupmembership (subject_id, group_id, period, recorded_at, recorded_by_id,"
        " reported_by_id, annul_reason) VALUES (%s, %s, daterange(%s, NULL), %s, %s, %s, '')",
        who,
        group,
        cast.day,
        cast.at,
        viewer.user_id,
        viewer.organisation_id,
    )


def same(viewer: Viewer, cast: Cast, who: int, kept: int | None) -> int:
    """One record put aside for another."""
    return run(viewer, cast, "UPDATE registry_person SET same_as_id = %s WHERE subject_id = %s", kept, who)


def test_nobody_puts_their_own_person_into_a_strangers_household(cast: Cast, ours: int, theirs: int) -> None:
    (oksana,) = people_of(cast, ours)
    refused(lambda: joined(cast.centre, cast, oksana, theirs))
    assert joined(cast.udi, cast, oksana, theirs) == 1
    assert oksana in people_of(cast, theirs)


def test_nor_a_stranger_into_their_own(cast: Cast, ours: int, theirs: int) -> None:
    olena = people_of(cast, theirs)[0]
    refused(lambda: joined(cast.centre, cast, olena, ours))
    assert olena in people_of(cast, theirs)


def test_nobody_makes_a_stranger_the_same_as_their_own_person_either_way(cast: Cast, ours: int, theirs: int) -> None:
    (oksana,), olena = people_of(cast, ours), people_of(cast, theirs)[0]
    refused(lambda: same(cast.centre, cast, oksana, olena))
    assert same(cast.centre, cast, olena, oksana) == 0
    assert same(cast.udi, cast, oksana, olena) == 1
    # What leads to a stranger can be undone by who sees it, and not be led elsewhere.
    assert same(cast.centre, cast, oksana, None) == 1


def test_nobody_new_is_written_as_a_second_of_a_stranger(cast: Cast, ours: int, theirs: int) -> None:
    (oksana,), olena = people_of(cast, ours), people_of(cast, theirs)[0]
    sql = (
        "INSERT INTO registry_person (subject_id, registered_on, registered_by_id, same_as_id) VALUES (%s, %s, %s, %s)"
    )
    own = cast.centre.organisation_id
    # Known already: it is not the key that is refused, but whom it leads to.
    refused(lambda: run(cast.centre, cast, sql, oksana, cast.day, own, olena))
    with pytest.raises(DatabaseError, match="registry_person_pkey"):
        run(cast.centre, cast, sql, oksana, cast.day, own, None)
