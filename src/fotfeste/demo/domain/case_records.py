"""The records of a household's way to a municipality: see `records`."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from fotfeste.kernel.periods import Period


class CapabilityRecord(NamedTuple):
    """What a municipality says that it can or cannot offer."""

    organisation_id: int
    capability: str
    is_offered: bool
    source: str
    period: Period
    recorded_at: datetime
    recorded_by_id: int | None
    reported_by_id: int


class CaseRecord(NamedTuple):
    """A settlement case."""

    id: int
    reference: str
    subject_id: int
    state: str
    due_since_on: date
    state_since_on: date
    centre_id: int | None
    minors_until_on: date | None
    unaccompanied_until_on: date | None
    size: int


class InformationRecord(NamedTuple):
    """Information given before the interview."""

    subject_id: int
    case_id: int
    mode: str
    language: str
    given_on: date
    given_by_name: str
    with_interpreter: bool
    recorded_at: datetime
    recorded_by_id: int | None
    reported_by_id: int


class InterviewRecord(NamedTuple):
    """A settlement interview."""

    id: int
    subject_id: int
    case_id: int
    planned_at: datetime | None
    place: str
    language: str
    interpreter: str
    invited_on: date | None
    leaflet_language: str
    held_on: date | None
    held_by_id: int | None
    supplementing: tuple[int, ...] = ()


class MappingNoteRecord(NamedTuple):
    """What of an unaccompanied minor's mapping bears on settlement."""

    subject_id: int
    interview_id: int
    text: str
    recorded_at: datetime
    recorded_by_id: int | None
    reported_by_id: int


class ParticipantRecord(NamedTuple):
    """A person in an interview."""

    subject_id: int
    interview_id: int
    took_part: bool
    was_heard: bool
    own_talk: str
    recorded_at: datetime
    recorded_by_id: int | None
    reported_by_id: int
    accompanied_by: str = ""


class AnswerRecord(NamedTuple):
    """A person's answer to a question."""

    subject_id: int
    interview_id: int
    question: str
    outcome: str
    content: Mapping[str, object]
    consequence_explained: bool
    recorded_at: datetime
    recorded_by_id: int | None
    reported_by_id: int


class NoteRecord(NamedTuple):
    """A settlement note."""

    subject_id: int
    case_id: int
    text: str
    is_passed_on: bool
    recorded_at: datetime
    recorded_by_id: int | None
    reported_by_id: int


class CaseNeedRecord(NamedTuple):
    """A capability that a group needs."""

    subject_id: int
    case_id: int
    capability: str
    period: Period
    recorded_at: datetime
    recorded_by_id: int | None
    reported_by_id: int


class RequestRecord(NamedTuple):
    """IMDi's request to a municipality."""

    id: int
    reference: str
    subject_id: int
    case_id: int
    organisation_id: int
    state: str
    size: int
    sent_on: date
    wanted_week: str
    answered_on: date | None
    answered_by_id: int | None
    possible_week: str
    confirmed: tuple[str, ...]
    decline_reason: str
    answer_text: str
    follows: str = ""
    again_from_week: str = ""
    unmet: tuple[str, ...] = ()


class OfferRecord(NamedTuple):
    """The offer to a group."""

    id: int
    subject_id: int
    case_id: int
    request_id: int
    organisation_id: int
    week: str
    size: int
    persons: tuple[int, ...]
    state: str
    decided_on: date
    decided_by_id: int | None
    answered_on: date | None
    answered_by_names: str
    consequences_shown: bool
    answer_language: str
    withdrawn_on: date | None = None
    withdrawn_by_id: int | None = None
    withdrawal_reason: str = ""
    guardian_name: str = ""


class ApprovalRecord(NamedTuple):
    """UDI's written approval of a journey otherwise than by public transport."""

    id: int
    subject_id: int
    case_id: int
    offer_id: int
    explanation: str
    asked_on: date
    asked_by_id: int | None
    outcome: str
    answered_on: date | None
    answered_by_id: int | None
    udi_reference: str
    modes: tuple[str, ...]


class JourneyRecord(NamedTuple):
    """The journey to the municipality."""

    id: int
    subject_id: int
    case_id: int
    offer_id: int
    travels_on: date
    agreed_with: str
    agreed_on: date
    hub: str
    receiver: str
    minutes: int
    has_food: bool
    luggage_pieces: int
    is_own_car: bool
    persons_in_car: int | None
    ticket_price_ore: int | None
    self_declaration_signed_on: date | None
    green_card_valid_until: date | None
    approval_id: int | None
    arrived_on: date | None
    booking_reference: str = ""


class LegRecord(NamedTuple):
    """One leg of a journey."""

    subject_id: int
    journey_id: int
    number: int
    mode: str
    start: str
    end: str
    payer: str
    price_ore: int | None
