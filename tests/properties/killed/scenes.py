"""Every scene of an act that is killed, by the name of the act; a second one of the same act as `act: what`."""

from collections.abc import Mapping

from tests.properties.killed.access import ACCESS
from tests.properties.killed.accommodation import ACCOMMODATION
from tests.properties.killed.interview import INTERVIEW
from tests.properties.killed.registry import REGISTRY
from tests.properties.killed.scene import Scene
from tests.properties.killed.settlement import SETTLEMENT
from tests.properties.killed.staff import STAFF

SCENES: Mapping[str, Scene] = ACCESS | REGISTRY | ACCOMMODATION | INTERVIEW | SETTLEMENT | STAFF
