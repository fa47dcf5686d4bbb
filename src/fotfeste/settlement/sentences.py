"""The sentences of this domain's refusals, by code (a rule's or a database constraint's)."""

from collections.abc import Mapping

from django.utils.functional import Promise

from fotfeste.settlement.sentences_declines import DECLINE_SENTENCES
from fotfeste.settlement.sentences_interview import INTERVIEW_SENTENCES
from fotfeste.settlement.sentences_journey import JOURNEY_SENTENCES
from fotfeste.settlement.sentences_offers import OFFER_SENTENCES
from fotfeste.settlement.sentences_places import PLACE_SENTENCES
from fotfeste.settlement.sentences_travel import TRAVEL_SENTENCES

SENTENCES: Mapping[str, str | Promise] = {
    **INTERVIEW_SENTENCES,
    **OFFER_SENTENCES,
    **DECLINE_SENTENCES,
    **JOURNEY_SENTENCES,
    **PLACE_SENTENCES,
    **TRAVEL_SENTENCES,
}
