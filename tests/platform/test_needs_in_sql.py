"""Who knows of whom, and what happened to whom, tried from SQL as the app role: read, opened, ended, written."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from fotfeste.access.public import (
    NeedReason,
    Role,
    SubjectKind,
    create_subject,
    end_needs,
    open_first_needs,
    open_needs,
)
from fotfeste.directory.public import Organisation
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.models import Event
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from tests.actions.settlement.stage import family
from tests.as_owner import every_event, every_need, need_given
from tests.conftest import Cast, staff
from tests.platform.test_who_reads_what import REASONS
from tests.settlement_steps import registered

pytestmark = [pytest.mark.django_db, pytest.mark.req("ACS-01")]

_KEEPERS = {
    "municipality": Role.MUNICIPALITY_ADMINISTRATOR,
    "udi": Role.DIRECTORY_KEEPER,
    "imdi": Role.USER_ADMINISTRATOR,
}


def viewer_of(cast: Cast, column: str) -> tuple[Viewer, NeedReason]:
    """Somebody of the cast, and the reason for which they know of the household."""
    who, reason = REASONS[column]
    return getattr(cast, who), reason


def known_to_others(cast: Cast) -> int:
    """A subject that only a centre elsewhere knows of, and to which something has happened."""
    subject = create_subject(SubjectKind.GROUP).pk
    with scope(cast.other_centre, cast.day):
        own = cast.other_centre.organisation_id
        open_needs([subject], organisation_id=own, reason=NeedReason.LIVES_HERE, from_on=cast.day, at=cast.at)
        publish(Happening(type="tried", subject_id=subject), by=cast.other_centre, at=cast.at)
    return subject


def found(table: str, subject: int) -> int:
    """How many rows the session finds."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE subject_id = %s", [subject])
        return int(cursor.fetchone()[0])


def refused(act: Callable[[], object], match: str = "row-level security") -> None:
    """The database refuses, and nothing of it stays."""
    with pytest.raises(DatabaseError, match=match), transaction.atomic():
        act()


def keepers(cast: Cast) -> list[Viewer]:
    """Those whose roles open nobody."""
    return [
        staff(Organisation.objects.get(pk=getattr(cast, place).organisation_id), role, f"keeper-{place}")
        for place, role in _KEEPERS.items()
    ]


@pytest.mark.parametrize("column", [each for each in REASONS if REASONS[each][0] != "other_centre"])
def test_who_knows_of_somebody_reads_who_else_does_and_what_happened_and_nobody_else(cast: Cast, column: str) -> None:
    subject = known_to_others(cast)
    viewer, reason = viewer_of(cast, column)
    with scope(viewer, cast.day):
        assert (found("access_need", subject), found("platform_event", subject)) == (0, 0)
    own = viewer.organisation_id
    need_given([subject], organisation_id=own, reason=reason, from_on=cast.day, at=cast.at)
    with scope(viewer, cast.day):
        assert (found("access_need", subject), found("platform_event", subject)) == (2, 1)
        end_needs([subject], reason=reason, on=cast.day, at=cast.at, organisation_id=own)
        # That they were known is one's own to know.
        assert (found("access_need", subject), found("platform_event", subject)) == (1, 0)


def test_a_reason_that_is_not_open_to_the_role_opens_neither(cast: Cast) -> None:
    subject, own = known_to_others(cast), cast.centre.organisation_id
    need_given([subject], organisation_id=own, reason=NeedReason.REGISTERED_HERE, from_on=cast.day, at=cast.at)
    with scope(cast.centre, cast.day):
        assert (found("access_need", subject), found("platform_event", subject)) == (1, 0)


def test_without_a_scope_nothing_is_read_opened_ended_or_written(cast: Cast) -> None:
    subject, new = known_to_others(cast), create_subject(SubjectKind.GROUP).pk
    centre = cast.other_centre.organisation_id
    assert (found("access_need", subject), found("platform_event", subject)) == (0, 0)
    for whom in (subject, new):
        refused(lambda whom=whom: opened(cast, whom, centre))  # type: ignore[misc]
    refused(lambda: ended(cast, subject), "of those whom one knows of")
    refused(lambda: written(cast, new, centre))
    assert every_need().filter(subject_id__in=[subject, new], ended_at__isnull=True).count() == 1
    assert every_event().filter(subject_id=new).count() == 0


def test_those_whose_roles_open_nobody_read_open_and_end_nothing(cast: Cast) -> None:
    subject, new = known_to_others(cast), create_subject(SubjectKind.GROUP).pk
    for keeper in keepers(cast):
        own = keeper.organisation_id
        need_given([subject], organisation_id=own, reason=NeedReason.SETTLEMENT_CASE, from_on=cast.day, at=cast.at)
        with scope(keeper, cast.day):
            assert (found("access_need", subject), found("platform_event", subject)) == (0, 0)
            for whom in (subject, new):
                refused(lambda whom=whom, own=own: opened(cast, whom, own))  # type: ignore[misc]
                refused(lambda whom=whom, own=own: written(cast, whom, own))  # type: ignore[misc]
            refused(lambda: ended(cast, subject), "of those whom one knows of")


def opened(cast: Cast, subject: int, organisation_id: int) -> None:
    """A need, written in SQL."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO access_need (subject_id, organisation_id, reason, period, opened_at)"
            " VALUES (%s, %s, 'offered_here', daterange(%s, NULL), %s)",
            [subject, organisation_id, cast.day, cast.at],
        )


def ended(cast: Cast, subject: int) -> None:
    """The centre's need, ended in SQL."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT end_needs(%s, 'lives_here', %s, %s, NULL)", [[subject], cast.day, cast.at])


def written(cast: Cast, subject: int, organisation_id: int) -> None:
    """An event, written in SQL."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO platform_event (type, subject_id, organisation_id, recorded_at, object_kind, workflow,"
            " transition, from_state, to_state, request_number) VALUES ('tried', %s, %s, %s, '', '', '', '', '', '')",
            [subject, organisation_id, cast.at],
        )


@pytest.mark.parametrize("column", [each for each in REASONS if REASONS[each][0] != "other_centre"])
def test_nobody_opens_or_ends_a_need_of_a_stranger_or_writes_in_anothers_name(cast: Cast, column: str) -> None:
    stranger, (viewer, reason) = known_to_others(cast), viewer_of(cast, column)
    own, other = viewer.organisation_id, cast.other_centre.organisation_id
    with scope(viewer, cast.day):
        refused(lambda: opened(cast, stranger, own))
        refused(lambda: opened(cast, stranger, cast.udi.organisation_id))
        refused(lambda: ended(cast, stranger), "of those whom one knows of")
        refused(lambda: written(cast, stranger, other))
        refused(lambda: written(cast, stranger, own))
    # Nor of one whom they knew of until yesterday.
    need_given([stranger], organisation_id=own, reason=reason, from_on=cast.day, until_on=cast.day, at=cast.at)
    with scope(viewer, cast.day):
        refused(lambda: opened(cast, stranger, own))
        refused(lambda: ended(cast, stranger), "of those whom one knows of")
        refused(lambda: written(cast, stranger, own))
    need_given([stranger], organisation_id=own, reason=reason, from_on=cast.day, at=cast.at)
    with scope(viewer, cast.day):
        opened(cast, stranger, cast.udi.organisation_id)
        written(cast, stranger, own)
        refused(lambda: written(cast, stranger, other))
        ended(cast, stranger)
    assert not every_need().filter(subject_id=stranger, reason=NeedReason.LIVES_HERE, ended_at__isnull=True).exists()


def test_somebody_new_is_known_to_all_who_are_to_know_at_once_and_then_to_others_through_them_alone(
    cast: Cast,
) -> None:
    new = create_subject(SubjectKind.GROUP).pk
    udi, imdi = cast.udi.organisation_id, cast.imdi.organisation_id
    with scope(cast.other_centre, cast.day):
        written(cast, new, cast.other_centre.organisation_id)
        open_first_needs(
            [new], [(udi, NeedReason.PROTECTION_CASE), (imdi, NeedReason.SETTLEMENT_CASE)], from_on=cast.day, at=cast.at
        )
        refused(lambda: opened(cast, new, cast.other_centre.organisation_id))
        refused(lambda: written(cast, new, cast.other_centre.organisation_id))
    with scope(cast.udi, cast.day):
        opened(cast, new, cast.other_centre.organisation_id)
    assert every_need().filter(subject_id=new).count() == 3


def test_whoever_knows_of_a_household_may_act_on_all_of_it_and_reads_those_it_knows(cast: Cast) -> None:
    group = registered(cast, family())
    with scope(cast.udi, cast.day), connection.cursor() as cursor:
        cursor.execute("SELECT subject_id FROM registry_groupmembership WHERE group_id = %s LIMIT 1", [group])
        (person,) = cursor.fetchone()
    centre, levanger = cast.centre.organisation_id, cast.municipality.organisation_id
    need_given([group], organisation_id=centre, reason=NeedReason.LIVES_HERE, from_on=cast.day, at=cast.at)
    asked = NeedReason.ASKED_TO_SETTLE
    with scope(cast.centre, cast.day):
        open_needs([person], organisation_id=levanger, reason=asked, from_on=cast.day, at=cast.at)
        assert found("access_need", person) == 0
        end_needs([person], reason=asked, on=cast.day, at=cast.at)
    assert not every_need().filter(subject_id=person, reason=asked, ended_at__isnull=True).exists()


def test_events_without_a_subject_are_read_by_whoever_they_are_of(cast: Cast) -> None:
    with scope(cast.centre, cast.day):
        publish(Happening(type="tried", subject_id=None), by=cast.centre, at=cast.at)
        assert Event.objects.filter(type="tried").count() == 1
    with scope(cast.udi, cast.day):
        assert Event.objects.filter(type="tried").count() == 0


def test_functions_that_look_past_the_policies_are_the_app_roles_alone_and_name_where_they_look() -> None:
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT p.proname, coalesce(array_to_string(p.proconfig, ' '), '') LIKE '%%search_path=public, pg_temp%%',
                   has_function_privilege(current_user, p.oid, 'EXECUTE'),
                   EXISTS (
                       SELECT 1 FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a WHERE a.grantee = 0
                   )
            FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef
        """)
        functions = cursor.fetchall()
    assert len(functions) > 20
    assert [row for row in functions if row[1:] != (True, True, False)] == []
