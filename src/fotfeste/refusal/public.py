"""What other packages may use of refusal."""

from fotfeste.refusal.actions.counselling import register_acceptance, register_talk
from fotfeste.refusal.actions.days import tell_days
from fotfeste.refusal.actions.holding import (
    ask_to_hold,
    extend_imdi_deadline,
    follow_withdrawal,
    tell_udi,
    withdraw_home,
)
from fotfeste.refusal.actions.leaving import (
    follow_annulled_departure,
    follow_departure,
    follow_details,
    follow_move,
    follow_taken_out,
)
from fotfeste.refusal.actions.mistakes import take_back_event
from fotfeste.refusal.actions.night import Night, follow_the_day
from fotfeste.refusal.actions.officer import tell_officer
from fotfeste.refusal.actions.opening import end_where_never_refused, open_where_declined, open_where_not_moved
from fotfeste.refusal.actions.pursuing import (
    close_refusal,
    extend_fortnight,
    resume_refusal,
    set_eviction_day,
    suspend_refusal,
    tell_of_minors,
)
from fotfeste.refusal.actions.ruling import give_ruling
from fotfeste.refusal.actions.sending import send_eviction_notice, send_first_letter, send_petition
from fotfeste.refusal.actions.withdrawn import see_withdrawn
from fotfeste.refusal.domain.types import OF_THE_OFFER, Cause, Happening, TalkInterpreter
from fotfeste.refusal.models import Refusal, RefusalEvent, Ruling
from fotfeste.refusal.panels import household_acts, household_panels, household_timeline
from fotfeste.refusal.queries.cases import case_of, cases_of, events_of, plan_of, refusal_of
from fotfeste.refusal.queries.living import said_yes, still_refusing
from fotfeste.refusal.queries.measures import Outcome, outcomes
from fotfeste.refusal.queries.rulings import ruling_on, training_ruled
from fotfeste.refusal.words import CAUSES, EVENT_WORDS

__all__ = [
    "CAUSES",
    "EVENT_WORDS",
    "OF_THE_OFFER",
    "Cause",
    "Happening",
    "Night",
    "Outcome",
    "Refusal",
    "RefusalEvent",
    "Ruling",
    "TalkInterpreter",
    "ask_to_hold",
    "case_of",
    "cases_of",
    "close_refusal",
    "end_where_never_refused",
    "events_of",
    "extend_fortnight",
    "extend_imdi_deadline",
    "follow_annulled_departure",
    "follow_departure",
    "follow_details",
    "follow_move",
    "follow_taken_out",
    "follow_the_day",
    "follow_withdrawal",
    "give_ruling",
    "household_acts",
    "household_panels",
    "household_timeline",
    "open_where_declined",
    "open_where_not_moved",
    "outcomes",
    "plan_of",
    "refusal_of",
    "register_acceptance",
    "register_talk",
    "resume_refusal",
    "ruling_on",
    "said_yes",
    "see_withdrawn",
    "send_eviction_notice",
    "send_first_letter",
    "send_petition",
    "set_eviction_day",
    "still_refusing",
    "suspend_refusal",
    "take_back_event",
    "tell_days",
    "tell_of_minors",
    "tell_officer",
    "tell_udi",
    "training_ruled",
    "withdraw_home",
]
