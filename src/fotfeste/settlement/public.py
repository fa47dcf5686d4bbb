"""What other packages may use of settlement."""

from fotfeste.settlement.actions.interview import (
    finish_interview,
    register_participants,
    save_answers,
    save_mapping_note,
)
from fotfeste.settlement.actions.notes import add_note, read_notes
from fotfeste.settlement.actions.opening import follow_membership, follow_placement, open_case_when_permitted
from fotfeste.settlement.actions.preparing import Information, InterviewPlan, give_information, invite, plan_interview
from fotfeste.settlement.domain.interview import GivenAnswer, Participation
from fotfeste.settlement.domain.types import AnswerOutcome, Capability, InformationMode, OwnTalk, Question
from fotfeste.settlement.models import CaseNeed, SettlementCase

__all__ = [
    "AnswerOutcome",
    "Capability",
    "CaseNeed",
    "GivenAnswer",
    "Information",
    "InformationMode",
    "InterviewPlan",
    "OwnTalk",
    "Participation",
    "Question",
    "SettlementCase",
    "add_note",
    "finish_interview",
    "follow_membership",
    "follow_placement",
    "give_information",
    "invite",
    "open_case_when_permitted",
    "plan_interview",
    "read_notes",
    "register_participants",
    "save_answers",
    "save_mapping_note",
]
