"""Those who give roles, and a colleague who has none yet."""

from datetime import date

from fotfeste.access.loading import load_staff
from fotfeste.access.models import Employment, RoleAssignment
from fotfeste.access.public import NewUser, Role, viewer_for
from fotfeste.directory.public import Organisation, User
from fotfeste.platform.viewer import Viewer
from tests.acting import add_user
from tests.conftest import Cast, staff

BEGAN = date(2024, 1, 1)


def colleague(cast: Cast, by: Viewer | None = None, name: str = "Kari Moen") -> Employment:
    """Somebody new at Voss, without a role."""
    new = NewUser(name=name, username=f"{name.split()[0].lower()}@voss.example.no")
    return add_user(new, BEGAN, by=by or cast.centre_administrator, at=cast.at)


def second_administrator(cast: Cast) -> Viewer:
    """One more who gives roles at Voss."""
    return staff(Organisation.objects.get(pk=cast.centre.organisation_id), Role.CENTRE_ADMINISTRATOR, "voss-admin-2")


def user_administrator(of: Viewer) -> Viewer:
    """The user administrator of the police, UDI or IMDi."""
    place = Organisation.objects.get(pk=of.organisation_id)
    return staff(place, Role.USER_ADMINISTRATOR, f"brukere-{place.pk}")


def employment_of(viewer: Viewer) -> Employment:
    """The employment of a member of the cast."""
    found: Employment = Employment.objects.current().get(user_id=viewer.user_id)
    return found


def role_of(viewer: Viewer, role: Role) -> RoleAssignment:
    """A role of a member of the cast."""
    found: RoleAssignment = RoleAssignment.objects.current().get(user_id=viewer.user_id, role=role)
    return found


def roles_on(user_id: int, day: date) -> set[str]:
    """The roles that a user acts in on a day."""
    return set(viewer_for(User.objects.select_related("organisation").get(pk=user_id), day).roles)


def employed(user: User, role: Role, cast: Cast) -> None:
    """A user who is there before any administrator."""
    load_staff([(user, role)], from_on=BEGAN, at=cast.at)
