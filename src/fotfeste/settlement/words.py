"""The words of settlement's events and of why its tasks came."""

from collections.abc import Mapping

from django.utils.functional import Promise

from fotfeste.settlement.words_interview import INTERVIEW_CAUSES, INTERVIEW_EVENT_WORDS
from fotfeste.settlement.words_offers import OFFER_CAUSES, OFFER_EVENT_WORDS

EVENT_WORDS: Mapping[str, str | Promise] = {**INTERVIEW_EVENT_WORDS, **OFFER_EVENT_WORDS}
CAUSES: Mapping[str, str | Promise] = {**INTERVIEW_CAUSES, **OFFER_CAUSES}
