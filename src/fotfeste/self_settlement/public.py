"""What other packages may use of self_settlement."""

from fotfeste.self_settlement.actions.agreeing import agree_self_settlement, leave_unagreed, move_in
from fotfeste.self_settlement.actions.answering import (
    approve_home,
    ask_for_change,
    decline_household,
    welcome_household,
)
from fotfeste.self_settlement.actions.asking import (
    Asking,
    ask_for_self_settlement,
    register_no_told,
    withdraw_self_settlement,
)
from fotfeste.self_settlement.actions.following import (
    follow_annulled_move,
    follow_journey,
    lapse_when_offered,
    lapse_when_released,
    lapse_with_the_case,
    lapse_without_permit,
    move_tasks_along,
    nothing_to_tell,
)
from fotfeste.self_settlement.actions.grown import confirm_home, follow_size, look_at_home_again
from fotfeste.self_settlement.actions.homes import Found, lose_home, send_home
from fotfeste.self_settlement.actions.reopening import reopen_lapsed
from fotfeste.self_settlement.actions.terms import publish_terms, review_terms
from fotfeste.self_settlement.domain.empty_rent import EmptyDays, PaidBy
from fotfeste.self_settlement.domain.home import Contract, checks_of
from fotfeste.self_settlement.domain.terms import Deposit, EmptyRent, Stand, TargetGroup, Terms
from fotfeste.self_settlement.domain.types import Check, DepositBy, EndCause, NoReason, WhyThere
from fotfeste.self_settlement.models import SelfSettlement, SentHome
from fotfeste.self_settlement.panels import household_acts, household_panels, household_timeline
from fotfeste.self_settlement.queries.asked import left_out_on, waits_in_queue
from fotfeste.self_settlement.queries.terms import TermsOnDay, terms_of
from fotfeste.self_settlement.reminders import reminders_for
from fotfeste.self_settlement.words import CAUSES, EVENT_WORDS

__all__ = [
    "CAUSES",
    "EVENT_WORDS",
    "Asking",
    "Check",
    "Contract",
    "Deposit",
    "DepositBy",
    "EmptyDays",
    "EmptyRent",
    "EndCause",
    "Found",
    "NoReason",
    "PaidBy",
    "SelfSettlement",
    "SentHome",
    "Stand",
    "TargetGroup",
    "Terms",
    "TermsOnDay",
    "WhyThere",
    "agree_self_settlement",
    "approve_home",
    "ask_for_change",
    "ask_for_self_settlement",
    "checks_of",
    "confirm_home",
    "decline_household",
    "follow_annulled_move",
    "follow_journey",
    "follow_size",
    "household_acts",
    "household_panels",
    "household_timeline",
    "lapse_when_offered",
    "lapse_when_released",
    "lapse_with_the_case",
    "lapse_without_permit",
    "leave_unagreed",
    "left_out_on",
    "look_at_home_again",
    "lose_home",
    "move_in",
    "move_tasks_along",
    "nothing_to_tell",
    "publish_terms",
    "register_no_told",
    "reminders_for",
    "reopen_lapsed",
    "review_terms",
    "send_home",
    "terms_of",
    "waits_in_queue",
    "welcome_household",
    "withdraw_self_settlement",
]
