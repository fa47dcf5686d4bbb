"""Every scene of an act that is killed, by the name of the act; a second one of the same act as `act: what`."""

from collections.abc import Mapping

from tests.properties.killed.access import ACCESS
from tests.properties.killed.accommodation import ACCOMMODATION
from tests.properties.killed.allocation import ALLOCATION
from tests.properties.killed.alternative import ALTERNATIVE
from tests.properties.killed.grants import GRANTS
from tests.properties.killed.interview import INTERVIEW
from tests.properties.killed.ledger import LEDGER
from tests.properties.killed.letters import LETTERS
from tests.properties.killed.local import LOCAL
from tests.properties.killed.places import PLACES
from tests.properties.killed.refusal import REFUSAL
from tests.properties.killed.registry import REGISTRY
from tests.properties.killed.rulings import RULINGS
from tests.properties.killed.scene import Scene
from tests.properties.killed.self_asked import SELF_ASKED
from tests.properties.killed.self_settlement import SELF_SETTLEMENT
from tests.properties.killed.settlement import SETTLEMENT
from tests.properties.killed.staff import STAFF

SCENES: Mapping[str, Scene] = (
    ACCESS
    | ACCOMMODATION
    | ALLOCATION
    | ALTERNATIVE
    | GRANTS
    | INTERVIEW
    | LEDGER
    | LETTERS
    | LOCAL
    | PLACES
    | REFUSAL
    | RULINGS
    | REGISTRY
    | SELF_ASKED
    | SELF_SETTLEMENT
    | SETTLEMENT
    | STAFF
)
