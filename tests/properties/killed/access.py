"""Acts of access that are about a household, each with what there is before it."""

from datetime import datetime

from fotfeste.access.public import EmergencyCause, open_emergency
from fotfeste.platform.viewer import Viewer
from tests.actions.access.emergencies import NOBODYS, OLENAS, WHY
from tests.actions.registry.families import kovalenko
from tests.conftest import Cast
from tests.properties.killed.scene import Scene
from tests.settlement_steps import placed, registered


def in_danger(cast: Cast) -> str:
    """A family at Voss; the number of one of them."""
    placed(cast, registered(cast, kovalenko()))
    return OLENAS


def open_it(number: str, *, by: Viewer, at: datetime) -> object:
    """A municipality that has nothing to do with them."""
    return open_emergency(number, cause=EmergencyCause.LIFE, words=WHY, by=by, at=at)


ACCESS = {
    "open_emergency": Scene(in_danger, "municipality", open_it),
    "open_emergency: nobody": Scene(lambda cast: NOBODYS, "municipality", open_it),
}
