"""What other packages may use of settlement."""

from fotfeste.settlement.actions.alerting import alert_early
from fotfeste.settlement.actions.arrival import confirm_arrival, follow_no_show, report_no_show
from fotfeste.settlement.actions.asked_needs import answer_needs
from fotfeste.settlement.actions.booking import answer_booking, drop_booking, send_booking, write_booking
from fotfeste.settlement.actions.booking_tasks import follow_booking
from fotfeste.settlement.actions.cancelling import register_cancelled
from fotfeste.settlement.actions.capabilities import declare_capabilities
from fotfeste.settlement.actions.car_claim import (
    accept_car_denial,
    decide_car_claim,
    pay_own_car,
    refund_car_claim,
    resend_car_claim,
    send_car_claim,
)
from fotfeste.settlement.actions.case import lock_case, lock_case_where_they_live
from fotfeste.settlement.actions.claim_night import follow_all_claims
from fotfeste.settlement.actions.closing import close_case
from fotfeste.settlement.actions.finishing import finish_interview, finish_supplement
from fotfeste.settlement.actions.followers import follow_yes_taken_back
from fotfeste.settlement.actions.following import (
    close_emptied,
    follow_details,
    follow_membership,
    follow_placement,
    follow_private_home,
)
from fotfeste.settlement.actions.found_home import (
    FoundHome,
    promise_found_home,
    settle_in_found_home,
    take_back_end,
    take_back_promise,
)
from fotfeste.settlement.actions.grown import see_household_again
from fotfeste.settlement.actions.interruption import postpone_journey
from fotfeste.settlement.actions.interview import register_participants, save_answers, save_mapping_notes
from fotfeste.settlement.actions.journey import agree_journey, answer_travel_approval, ask_travel_approval
from fotfeste.settlement.actions.lived_there import Agreed, follow_corrected_stay, settle_where_they_live
from fotfeste.settlement.actions.moved import tell_imdi_of_address, void_private_move
from fotfeste.settlement.actions.needs import add_need, end_need
from fotfeste.settlement.actions.not_moved import register_not_moved
from fotfeste.settlement.actions.notes import add_note, pass_on, read_notes, take_back_passed_on
from fotfeste.settlement.actions.offer import make_offer, register_offer_answer
from fotfeste.settlement.actions.opening import open_case_when_permitted
from fotfeste.settlement.actions.parties import imdi_of, members_on, settling_on
from fotfeste.settlement.actions.permits import has_permit_on, watch_permits
from fotfeste.settlement.actions.preparing import Information, InterviewPlan, give_information, invite, plan_interview
from fotfeste.settlement.actions.private_ends import end_where_declined, on_private_ended
from fotfeste.settlement.actions.reopened import finish_correction, reopen_interview
from fotfeste.settlement.actions.request import (
    accept_request,
    decline_request,
    release_municipality,
    send_request,
    withdraw_request,
)
from fotfeste.settlement.actions.settled import let_go_of_who_refused, on_departed, settle_latecomers
from fotfeste.settlement.actions.taken_back.arrival import follow_arrival
from fotfeste.settlement.actions.taken_back.closing import annul_closing
from fotfeste.settlement.actions.taken_back.departure import follow_refusal_again, on_departure_annulled
from fotfeste.settlement.actions.taken_back.refusal import annul_refusal
from fotfeste.settlement.actions.taken_back.status import follow_annulled_status
from fotfeste.settlement.actions.taken_up import refuse_again, release_held_home, take_up_offer
from fotfeste.settlement.actions.told import see_change, see_withdrawals, tell_of_mistake, tell_welcoming, void_change
from fotfeste.settlement.actions.withdrawal import register_withdrawal_told, withdraw_offer
from fotfeste.settlement.acts import household_acts
from fotfeste.settlement.domain.candidates import Candidate
from fotfeste.settlement.domain.consequences import follows_from_no
from fotfeste.settlement.domain.contents import AnswerOutcome, Question
from fotfeste.settlement.domain.goals import Goal
from fotfeste.settlement.domain.interview import GivenAnswer, Participation
from fotfeste.settlement.domain.journey import JourneyPlan, LegPlan, OwnCar
from fotfeste.settlement.domain.places import counting_year
from fotfeste.settlement.domain.types import (
    AfterDecline,
    Capability,
    ClosingReason,
    DeclineReason,
    InformationMode,
    LocalService,
    OwnTalk,
    Payer,
    PlaceKind,
    Training,
    TravelMode,
    WithdrawalReason,
)
from fotfeste.settlement.models import CaseNeed, Journey, SettlementCase
from fotfeste.settlement.now import now_and_next
from fotfeste.settlement.panels import household_panels, household_timeline
from fotfeste.settlement.queries.ahead import departures_ahead
from fotfeste.settlement.queries.candidates import candidates
from fotfeste.settlement.queries.departing import departure_advice
from fotfeste.settlement.queries.goals import settlement_goals
from fotfeste.settlement.queries.hardness import HardRow, hardest_of, needing
from fotfeste.settlement.queries.living import own_journey, own_travel_days
from fotfeste.settlement.queries.municipality import MunicipalityLine, municipality_lines
from fotfeste.settlement.queries.offered import offered_before
from fotfeste.settlement.queries.places import Offered, offered_by_all
from fotfeste.settlement.queries.planning import (
    InQueue,
    in_queue,
    kept_of_all,
    recently_in_queue,
    resources_left_of_all,
    week_rooms_of_all,
)
from fotfeste.settlement.queries.settles import settles_on
from fotfeste.settlement.queries.story import story_for
from fotfeste.settlement.queries.withdrawals import withdrawals_for
from fotfeste.settlement.rows_declines import no_sentence
from fotfeste.settlement.sentences_declines import DECLINED, declined_sentence
from fotfeste.settlement.sentences_offers import LOCAL_SERVICES, capability_name
from fotfeste.settlement.sentences_places import work_name
from fotfeste.settlement.words import CAUSES, EVENT_WORDS
from fotfeste.settlement.words_hardness import NEEDS, why_hard
from fotfeste.settlement.words_offers import TRAVEL_EVENTS

__all__ = [
    "CAUSES",
    "DECLINED",
    "EVENT_WORDS",
    "LOCAL_SERVICES",
    "NEEDS",
    "TRAVEL_EVENTS",
    "AfterDecline",
    "Agreed",
    "AnswerOutcome",
    "Candidate",
    "Capability",
    "CaseNeed",
    "ClosingReason",
    "DeclineReason",
    "FoundHome",
    "GivenAnswer",
    "Goal",
    "HardRow",
    "InQueue",
    "Information",
    "InformationMode",
    "InterviewPlan",
    "Journey",
    "JourneyPlan",
    "LegPlan",
    "LocalService",
    "MunicipalityLine",
    "Offered",
    "OwnCar",
    "OwnTalk",
    "Participation",
    "Payer",
    "PlaceKind",
    "Question",
    "SettlementCase",
    "Training",
    "TravelMode",
    "WithdrawalReason",
    "accept_car_denial",
    "accept_request",
    "add_need",
    "add_note",
    "agree_journey",
    "alert_early",
    "annul_closing",
    "annul_refusal",
    "answer_booking",
    "answer_needs",
    "answer_travel_approval",
    "ask_travel_approval",
    "candidates",
    "capability_name",
    "close_case",
    "close_emptied",
    "confirm_arrival",
    "counting_year",
    "decide_car_claim",
    "declare_capabilities",
    "decline_request",
    "declined_sentence",
    "departure_advice",
    "departures_ahead",
    "drop_booking",
    "end_need",
    "end_where_declined",
    "finish_correction",
    "finish_interview",
    "finish_supplement",
    "follow_all_claims",
    "follow_annulled_status",
    "follow_arrival",
    "follow_booking",
    "follow_corrected_stay",
    "follow_details",
    "follow_membership",
    "follow_no_show",
    "follow_placement",
    "follow_private_home",
    "follow_refusal_again",
    "follow_yes_taken_back",
    "follows_from_no",
    "give_information",
    "hardest_of",
    "has_permit_on",
    "household_acts",
    "household_panels",
    "household_timeline",
    "imdi_of",
    "in_queue",
    "invite",
    "kept_of_all",
    "let_go_of_who_refused",
    "lock_case",
    "lock_case_where_they_live",
    "make_offer",
    "members_on",
    "municipality_lines",
    "needing",
    "no_sentence",
    "now_and_next",
    "offered_before",
    "offered_by_all",
    "on_departed",
    "on_departure_annulled",
    "on_private_ended",
    "open_case_when_permitted",
    "own_journey",
    "own_travel_days",
    "pass_on",
    "pay_own_car",
    "plan_interview",
    "postpone_journey",
    "promise_found_home",
    "read_notes",
    "recently_in_queue",
    "refund_car_claim",
    "refuse_again",
    "register_cancelled",
    "register_not_moved",
    "register_offer_answer",
    "register_participants",
    "register_withdrawal_told",
    "release_held_home",
    "release_municipality",
    "reopen_interview",
    "report_no_show",
    "resend_car_claim",
    "resources_left_of_all",
    "save_answers",
    "save_mapping_notes",
    "see_change",
    "see_household_again",
    "see_withdrawals",
    "send_booking",
    "send_car_claim",
    "send_request",
    "settle_in_found_home",
    "settle_latecomers",
    "settle_where_they_live",
    "settlement_goals",
    "settles_on",
    "settling_on",
    "story_for",
    "take_back_end",
    "take_back_passed_on",
    "take_back_promise",
    "take_up_offer",
    "tell_imdi_of_address",
    "tell_of_mistake",
    "tell_welcoming",
    "void_change",
    "void_private_move",
    "watch_permits",
    "week_rooms_of_all",
    "why_hard",
    "withdraw_offer",
    "withdraw_request",
    "withdrawals_for",
    "work_name",
    "write_booking",
]
