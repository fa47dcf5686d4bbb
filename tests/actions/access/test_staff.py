"""Administrators add users, give roles and end them: dated, told, and never outside their own organisation."""

from datetime import date, timedelta

import pytest

from fotfeste.access.models import Employment, RoleAssignment
from fotfeste.access.public import NewUser, Role
from fotfeste.access.staff import history_of, staff_version
from fotfeste.directory.public import User
from fotfeste.kernel.errors import NotAllowed, NotFound, Refused, Stale
from fotfeste.kernel.periods import Period
from fotfeste.platform.viewer import Viewer
from tests.acting import add_user, end_employment, end_role, give_role
from tests.actions.access.stage import (
    BEGAN,
    colleague,
    employment_of,
    role_of,
    roles_on,
    second_administrator,
    user_administrator,
)
from tests.as_owner import every_event
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("ACS-02")]

LATER = date(2024, 5, 1)


def told() -> list[tuple[str, int | None, int | None, date | None]]:
    """The events about users: what, of whom, by whom, from when."""
    found = every_event().filter(type__startswith="access.").order_by("pk")
    assert not found.filter(subject_id__isnull=False).exists()
    return list(found.values_list("type", "object_id", "actor_id", "holds_on"))


def test_a_new_user_has_no_role_until_one_is_given_and_then_from_its_day_on(cast: Cast) -> None:
    by = cast.centre_administrator
    kari = colleague(cast)
    assert roles_on(kari.user_id, cast.day) == set()
    given = give_role(kari.reference, Role.CENTRE_STAFF, LATER, by=by, at=cast.at)
    assert given.given_by_id == by.user_id
    assert roles_on(kari.user_id, LATER - timedelta(days=1)) == set()
    assert roles_on(kari.user_id, LATER) == {"centre_staff"}
    assert told() == [
        ("access.user_added", kari.user_id, by.user_id, BEGAN),
        ("access.role_given", kari.user_id, by.user_id, LATER),
    ]


@pytest.mark.parametrize("of", ["registrar", "udi", "imdi"])
def test_police_udi_and_imdi_have_user_administrators_who_see_nobody(cast: Cast, of: str) -> None:
    who: Viewer = getattr(cast, of)
    by = user_administrator(who)
    assert by.opens == {}
    made = add_user(NewUser(name="Ola Lie", username="ola@example.no"), cast.day, by=by, at=cast.at)
    role = Role(next(iter(who.roles)))
    give_role(made.reference, role, cast.day, by=by, at=cast.at)
    assert roles_on(made.user_id, cast.day) == {role}


def test_a_role_ends_on_its_day_and_what_was_stays_on_record(cast: Cast) -> None:
    role = role_of(cast.centre, Role.CENTRE_STAFF)
    end_role(role.reference, LATER, by=cast.centre_administrator, at=cast.at)
    assert roles_on(cast.centre.user_id or 0, LATER - timedelta(days=1)) == {"centre_staff"}
    assert roles_on(cast.centre.user_id or 0, LATER) == set()
    end_role(role.reference, cast.day, by=cast.centre_administrator, at=cast.at)
    assert roles_on(cast.centre.user_id or 0, cast.day) == set()
    periods = RoleAssignment.objects.filter(reference=role.reference).order_by("pk").values_list("period", flat=True)
    assert list(periods) == [Period(BEGAN), Period(BEGAN, LATER), Period(BEGAN, cast.day)]
    happened = sorted(change.what for change in history_of(cast.centre.user_id or 0))
    assert happened == ["employment_begins", "role_begins", "role_ends", "role_ends"]


def test_a_role_that_was_given_by_mistake_is_taken_back_the_same_day(cast: Cast) -> None:
    kari = colleague(cast)
    given = give_role(kari.reference, Role.CENTRE_STAFF, cast.day, by=cast.centre_administrator, at=cast.at)
    end_role(given.reference, cast.day, by=cast.centre_administrator, at=cast.at)
    assert roles_on(kari.user_id, cast.day) == set()
    assert "role_taken_back" in {change.what for change in history_of(kari.user_id)}
    give_role(kari.reference, Role.CENTRE_STAFF, cast.day, by=cast.centre_administrator, at=cast.at)
    assert roles_on(kari.user_id, cast.day) == {"centre_staff"}


def test_whoever_works_here_no_more_has_no_role_from_that_day(cast: Cast) -> None:
    mine = employment_of(cast.centre)
    give_role(mine.reference, Role.REGISTRAR, LATER, by=cast.centre_administrator, at=cast.at)
    end_employment(mine.reference, LATER, by=cast.centre_administrator, at=cast.at)
    assert roles_on(cast.centre.user_id or 0, LATER - timedelta(days=1)) == {"centre_staff"}
    assert roles_on(cast.centre.user_id or 0, LATER) == set()
    assert [code for code, *_ in told()] == ["access.role_given", "access.employment_ended"]
    kept = RoleAssignment.objects.current().filter(user_id=cast.centre.user_id)
    assert [row.period for row in kept] == [Period(BEGAN, LATER)]
    with pytest.raises(Refused, match="not_employed_then"):
        give_role(mine.reference, Role.REGISTRAR, LATER, by=cast.centre_administrator, at=cast.at)


def test_a_role_that_is_given_to_somebody_who_leaves_ends_when_they_do(cast: Cast) -> None:
    kari = colleague(cast)
    end_employment(kari.reference, LATER, by=cast.centre_administrator, at=cast.at)
    given = give_role(kari.reference, Role.CENTRE_STAFF, cast.day, by=cast.centre_administrator, at=cast.at)
    assert given.period == Period(cast.day, LATER)


def test_one_who_comes_back_is_the_same_user(cast: Cast) -> None:
    kari = colleague(cast)
    end_employment(kari.reference, cast.day, by=cast.centre_administrator, at=cast.at)
    new = NewUser(name="Kari Moen", username="Kari@voss.example.no")
    again = add_user(new, LATER, by=cast.centre_administrator, at=cast.at)
    assert again.user_id == kari.user_id
    assert again.reference != kari.reference
    with pytest.raises(Refused, match="works_here_already"):
        add_user(new, cast.day, by=cast.centre_administrator, at=cast.at)


def test_a_user_name_of_another_organisation_cannot_be_taken(cast: Cast) -> None:
    with pytest.raises(Refused, match="username_taken"):
        add_user(NewUser(name="U", username="udi"), cast.day, by=cast.centre_administrator, at=cast.at)


@pytest.mark.parametrize("viewer", ["centre", "udi", "municipality", "registrar"])
def test_only_those_who_give_roles_do_any_of_it(cast: Cast, viewer: str) -> None:
    by: Viewer = getattr(cast, viewer)
    kari = colleague(cast)
    with pytest.raises(NotAllowed):
        add_user(NewUser(name="Ola", username="ola"), cast.day, by=by, at=cast.at)
    with pytest.raises(NotAllowed):
        give_role(kari.reference, Role.CENTRE_STAFF, cast.day, by=by, at=cast.at)
    with pytest.raises(NotAllowed):
        end_role(role_of(cast.centre, Role.CENTRE_STAFF).reference, cast.day, by=by, at=cast.at)
    with pytest.raises(NotAllowed):
        end_employment(kari.reference, cast.day, by=by, at=cast.at)


def test_another_organisations_users_are_not_there(cast: Cast) -> None:
    by = user_administrator(cast.udi)
    kari = colleague(cast)
    role = role_of(cast.centre, Role.CENTRE_STAFF)
    with pytest.raises(NotFound):
        give_role(kari.reference, Role.UDI_CASEWORKER, cast.day, by=by, at=cast.at)
    with pytest.raises(NotFound):
        end_role(role.reference, cast.day, by=by, at=cast.at)
    with pytest.raises(NotFound):
        end_employment(kari.reference, cast.day, by=by, at=cast.at)


def test_nobody_gives_themselves_a_case_role_and_a_colleague_can(cast: Cast) -> None:
    by, mine = cast.centre_administrator, employment_of(cast.centre_administrator)
    for role in (Role.CENTRE_STAFF, Role.REGISTRAR):
        with pytest.raises(Refused, match="case_role_for_oneself"):
            give_role(mine.reference, role, cast.day, by=by, at=cast.at)
    give_role(mine.reference, Role.CENTRE_STAFF, cast.day, by=second_administrator(cast), at=cast.at)
    assert roles_on(by.user_id or 0, cast.day) == {"centre_administrator", "centre_staff"}


def test_the_last_who_gives_roles_stays_until_another_does(cast: Cast) -> None:
    by, mine = cast.centre_administrator, employment_of(cast.centre_administrator)
    role = role_of(by, Role.CENTRE_ADMINISTRATOR)
    with pytest.raises(Refused, match="last_administrator"):
        end_role(role.reference, LATER, by=by, at=cast.at)
    with pytest.raises(Refused, match="last_administrator"):
        end_employment(mine.reference, LATER, by=by, at=cast.at)
    second_administrator(cast)
    end_employment(mine.reference, cast.day, by=by, at=cast.at)
    assert roles_on(by.user_id or 0, cast.day) == set()


def test_whoever_gave_roles_until_a_moment_ago_gives_none_any_more(cast: Cast) -> None:
    kari, other = colleague(cast), second_administrator(cast)
    end_role(role_of(cast.centre_administrator, Role.CENTRE_ADMINISTRATOR).reference, cast.day, by=other, at=cast.at)
    with pytest.raises(NotAllowed):
        give_role(kari.reference, Role.CENTRE_STAFF, cast.day, by=cast.centre_administrator, at=cast.at)


def test_a_form_that_was_opened_before_another_administrator_acted_is_stale(cast: Cast) -> None:
    kari, other = colleague(cast), second_administrator(cast)
    version = staff_version(kari.user_id)
    given = give_role(kari.reference, Role.CENTRE_STAFF, cast.day, by=other, at=cast.at, version=version)
    by = cast.centre_administrator
    with pytest.raises(Stale):
        give_role(kari.reference, Role.REGISTRAR, cast.day, by=by, at=cast.at, version=version)
    with pytest.raises(Stale):
        end_role(given.reference, cast.day, by=by, at=cast.at, version=version)
    with pytest.raises(Stale):
        end_employment(kari.reference, cast.day, by=by, at=cast.at, version=version)


def test_an_employment_that_never_began_is_taken_back(cast: Cast) -> None:
    new = NewUser(name="Ola Lie", username="ola@voss.example.no")
    ola = add_user(new, LATER, by=cast.centre_administrator, at=cast.at)
    give_role(ola.reference, Role.CENTRE_STAFF, LATER, by=cast.centre_administrator, at=cast.at)
    end_employment(ola.reference, LATER, by=cast.centre_administrator, at=cast.at)
    assert not Employment.objects.current().filter(user_id=ola.user_id).exists()
    assert not RoleAssignment.objects.current().filter(user_id=ola.user_id).exists()
    assert User.objects.filter(pk=ola.user_id).exists()
