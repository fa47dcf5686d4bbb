"""The forms of refusal, each on a page where it is open."""

from collections.abc import Callable, Mapping, Sequence

from tests.conftest import Cast
from tests.web.place import Place

REFUSAL_STAGES: Mapping[str, Callable[[Cast], list[Place]]] = {
    "nothing is ruled": lambda cast: [Place("give_ruling", cast.udi)],
}
REFUSAL_NAMES: Mapping[str, Sequence[str]] = {"nothing is ruled": ["give_ruling"]}
