"""Two administrators act at once: one wins, the other is told."""

import pytest

from fotfeste.access.public import NewUser, Role
from tests.acting import add_user, end_role, give_role
from tests.actions.access.stage import colleague, role_of, roles_on, second_administrator, user_administrator
from tests.actions.at_once import DONE, committed, one_after_the_other
from tests.conftest import Cast

__all__ = ["committed"]

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "owner"]), pytest.mark.req("ACS-02")]

ORGANISATION = "SELECT 1 FROM directory_organisation WHERE id = %s FOR UPDATE"


def test_of_two_administrators_who_end_each_other_at_once_one_stays(cast: Cast) -> None:
    first, second = cast.centre_administrator, second_administrator(cast)
    roles = {each.user_id: role_of(each, Role.CENTRE_ADMINISTRATOR).reference for each in (first, second)}
    acts = [
        lambda by=by, of=of: end_role(roles[of.user_id], cast.day, by=by, at=cast.at)
        for by, of in ((first, second), (second, first))
    ]
    assert one_after_the_other(ORGANISATION, first.organisation_id, acts) == [DONE, "not_allowed"]
    assert roles_on(first.user_id or 0, cast.day) == {"centre_administrator"}


def test_of_two_administrators_who_give_the_same_role_at_once_the_second_is_told(cast: Cast) -> None:
    kari, others = colleague(cast), (cast.centre_administrator, second_administrator(cast))
    acts = [lambda by=by: give_role(kari.reference, Role.CENTRE_STAFF, cast.day, by=by, at=cast.at) for by in others]
    assert one_after_the_other(ORGANISATION, others[0].organisation_id, acts) == [DONE, "role_is_held"]


def test_of_two_who_add_the_same_user_name_at_once_the_second_is_told(cast: Cast) -> None:
    new, places = NewUser(name="Kari Moen", username="kari@example.no"), (cast.udi, cast.imdi)
    acts = [
        lambda by=by: add_user(new, cast.day, by=by, at=cast.at) for by in [user_administrator(each) for each in places]
    ]
    users = "LOCK TABLE directory_user IN SHARE ROW EXCLUSIVE MODE"
    assert sorted(one_after_the_other(users, 0, acts)) == [DONE, "directory_user_username_key"]
