"""What other packages may use of alternative."""

from fotfeste.alternative.actions.applying import Applied, apply_for
from fotfeste.alternative.actions.asking import answer_acceptance, send_acceptance_request, send_preliminary_answer
from fotfeste.alternative.actions.completing import complete_application
from fotfeste.alternative.actions.conditions import declare_conditions
from fotfeste.alternative.actions.confirming import confirm, confirm_for, renew_link, withdraw_by_link
from fotfeste.alternative.actions.contact import log_contact, name_contact_person
from fotfeste.alternative.actions.deciding import (
    annul_grant,
    answers_of,
    fitting_grounds,
    grant,
    granted_persons,
    refuse,
    register_move_in,
    withdraw_application,
)
from fotfeste.alternative.actions.following import follow_private_stay
from fotfeste.alternative.actions.housing import Home, check_housing
from fotfeste.alternative.actions.interest import close_places, offer_places
from fotfeste.alternative.actions.living import end_agreement, follow_agreement, send_end_letter
from fotfeste.alternative.actions.matching import match_people, matches_of
from fotfeste.alternative.actions.reporting import send_yearly_report
from fotfeste.alternative.actions.residents import Resident, end_resident, register_resident
from fotfeste.alternative.actions.waiting import Waiting, add_to_waiting_list, answer_waiting, note_application
from fotfeste.alternative.domain.eligibility import Facts, PersonFacts, condition_of, eligibility
from fotfeste.alternative.domain.handling import Handler, Step, days_by_handler, steps_of
from fotfeste.alternative.domain.schemes import (
    first_day,
    is_open,
    open_schemes,
    opened_on,
    procedures_of,
)
from fotfeste.alternative.domain.states import APPLICATION
from fotfeste.alternative.domain.types import (
    Condition,
    ConfirmationWay,
    EndCause,
    FamilyTie,
    FilledInBy,
    HomeKind,
    HostRelation,
    NewApplicant,
    NewApplication,
    NewHost,
    Party,
    PartyAnswer,
    Procedure,
    RefusalGround,
    Scheme,
    WithdrawalCause,
)
from fotfeste.alternative.links import by_link, door, opened_by
from fotfeste.alternative.models import Agreement, Application, ApplicationPerson, Confirmation, GroupInterest
from fotfeste.alternative.panels import household_acts, household_panels, household_timeline
from fotfeste.alternative.queries.conditions import local_conditions
from fotfeste.alternative.queries.facts import decisions_of, facts_of
from fotfeste.alternative.queries.there import private_living_as_row
from fotfeste.alternative.rules import book as rules
from fotfeste.alternative.words import CAUSES, EVENT_WORDS
from fotfeste.alternative.words_applications import SCHEME_NAMES, SCHEMES, STATES

__all__ = [
    "APPLICATION",
    "CAUSES",
    "EVENT_WORDS",
    "SCHEMES",
    "SCHEME_NAMES",
    "STATES",
    "Agreement",
    "Application",
    "ApplicationPerson",
    "Applied",
    "Condition",
    "Confirmation",
    "ConfirmationWay",
    "EndCause",
    "Facts",
    "FamilyTie",
    "FilledInBy",
    "GroupInterest",
    "Handler",
    "Home",
    "HomeKind",
    "HostRelation",
    "NewApplicant",
    "NewApplication",
    "NewHost",
    "Party",
    "PartyAnswer",
    "PersonFacts",
    "Procedure",
    "RefusalGround",
    "Resident",
    "Scheme",
    "Step",
    "Waiting",
    "WithdrawalCause",
    "add_to_waiting_list",
    "annul_grant",
    "answer_acceptance",
    "answer_waiting",
    "answers_of",
    "apply_for",
    "by_link",
    "check_housing",
    "close_places",
    "complete_application",
    "condition_of",
    "confirm",
    "confirm_for",
    "days_by_handler",
    "decisions_of",
    "declare_conditions",
    "door",
    "eligibility",
    "end_agreement",
    "end_resident",
    "facts_of",
    "first_day",
    "fitting_grounds",
    "follow_agreement",
    "follow_private_stay",
    "grant",
    "granted_persons",
    "household_acts",
    "household_panels",
    "household_timeline",
    "is_open",
    "local_conditions",
    "log_contact",
    "match_people",
    "matches_of",
    "name_contact_person",
    "note_application",
    "offer_places",
    "open_schemes",
    "opened_by",
    "opened_on",
    "private_living_as_row",
    "procedures_of",
    "refuse",
    "register_move_in",
    "register_resident",
    "renew_link",
    "rules",
    "send_acceptance_request",
    "send_end_letter",
    "send_preliminary_answer",
    "send_yearly_report",
    "steps_of",
    "withdraw_application",
    "withdraw_by_link",
]
