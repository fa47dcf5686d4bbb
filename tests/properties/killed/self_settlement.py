"""Acts of agreed self-settlement, each with what there is before it."""

from dataclasses import replace
from datetime import timedelta

from fotfeste.self_settlement.public import Deposit, publish_terms, review_terms
from tests.actions.self_settlement.test_terms import YES, published
from tests.conftest import Cast
from tests.properties.killed.scene import Scene


def allowed(cast: Cast) -> tuple[int, ...]:
    """A municipality that published its terms some weeks ago."""
    published(cast.municipality, cast.at - timedelta(days=30))
    return ()


SELF_SETTLEMENT = {
    "publish_terms": Scene(allowed, "municipality", lambda **by: publish_terms(replace(YES, deposit=Deposit.NO), **by)),
    "review_terms": Scene(allowed, "municipality", lambda **by: review_terms(**by)),
}
