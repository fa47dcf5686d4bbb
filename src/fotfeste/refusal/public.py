"""What other packages may use of refusal."""

from fotfeste.refusal.domain.types import OF_THE_OFFER, Cause, Happening, TalkInterpreter
from fotfeste.refusal.models import Refusal, RefusalEvent, Ruling
from fotfeste.refusal.queries.cases import case_of, cases_of, events_of, plan_of, refusal_of
from fotfeste.refusal.queries.living import still_refusing
from fotfeste.refusal.words import CAUSES, EVENT_WORDS

__all__ = [
    "CAUSES",
    "EVENT_WORDS",
    "OF_THE_OFFER",
    "Cause",
    "Happening",
    "Refusal",
    "RefusalEvent",
    "Ruling",
    "TalkInterpreter",
    "case_of",
    "cases_of",
    "events_of",
    "plan_of",
    "refusal_of",
    "still_refusing",
]
