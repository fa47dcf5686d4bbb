"""The forms of agreed self-settlement, each on a page where it is open."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from tests.actions.self_settlement.test_terms import published
from tests.conftest import Cast
from tests.web.place import Place


def _published(cast: Cast) -> list[Place]:
    published(cast.municipality, cast.at - timedelta(days=30))
    return [Place("publish_terms", cast.municipality), Place("review_terms", cast.municipality)]


SELF_SETTLEMENT_STAGES: Mapping[str, Callable[[Cast], list[Place]]] = {"terms published": _published}
SELF_SETTLEMENT_NAMES: Mapping[str, Sequence[str]] = {"terms published": ["publish_terms", "review_terms"]}
