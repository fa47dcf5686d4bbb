"""What a municipality has said no to, as rows of its own page."""

from collections.abc import Mapping, Sequence

from fotfeste.settlement.domain.types import DeclineReason
from fotfeste.settlement.models import SettlementRequest
from fotfeste.settlement.queries.declines import OwnNo, declined_in
from fotfeste.settlement.sentences_declines import declined_sentence, following_in_words
from fotfeste.settlement.sentences_offers import DECLINE_REASONS


def own_no_rows(noes: Sequence[OwnNo]) -> list[Mapping[str, object]]:
    """Each no with its reason and what was said follows; whether that holds still, the municipality is not told."""
    return [
        {
            "number": each.request_number,
            "on": each.declined.on,
            "reason": str(DECLINE_REASONS[DeclineReason(each.declined.reason)]),
            "follows": following_in_words(each.declined.following),
        }
        for each in noes
    ]


def no_sentence(request: SettlementRequest | None, who: str = "") -> str:
    """What the municipality that was asked said follows from its no; "" where it has not said no. `who`: its name."""
    if request is None or request.state != "declined":
        return ""
    return declined_sentence(declined_in(request).why_not(), who)
