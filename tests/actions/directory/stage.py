"""Those who keep contacts: a municipality's administrator, and the directory's keeper in UDI."""

from datetime import date

from fotfeste.access.public import Role
from fotfeste.directory.public import Organisation, User
from fotfeste.kernel.periods import Period
from fotfeste.platform.viewer import Viewer
from tests.conftest import Cast, staff

BEGAN = date(2024, 1, 1)


def administrator(cast: Cast, of: Viewer | None = None) -> Viewer:
    """The administrator of a municipality (Levanger)."""
    return _one(of or cast.municipality, Role.MUNICIPALITY_ADMINISTRATOR)


def keeper(cast: Cast) -> Viewer:
    """Whoever keeps the directory in UDI."""
    return _one(cast.udi, Role.DIRECTORY_KEEPER)


def _one(of: Viewer, role: Role) -> Viewer:
    place = Organisation.objects.get(pk=of.organisation_id)
    username = f"{role}-{place.pk}"
    User.objects.filter(username=username).update(username=f"{username}-{User.objects.count()}")
    return staff(place, role, username)


def told_by(cast: Cast, viewer: Viewer) -> dict[str, object]:
    """What every fact says: since when, who told and when."""
    return {"period": Period(BEGAN), "recorded_at": cast.at, "reported_by_id": viewer.organisation_id}
