"""The records of applications to live privately and of agreements: see `records`."""

from datetime import date, datetime
from typing import NamedTuple

from fotfeste.kernel.periods import Period


class ApplicationRecord(NamedTuple):
    """An application, as it stands."""

    id: int
    reference: str
    subject_id: int | None
    scheme: str
    procedure: str
    municipality_id: int
    state: str
    version: int
    filled_in_by: str
    helper_name: str
    helper_relation: str
    user_id: int | None
    language: str
    contact: str
    living_there_since: date | None
    wanted_from: date | None
    street: str
    postal_code: str
    home_kind: str
    is_centre_housing: bool | None
    host_name: str
    host_relation: str
    host_is_tenant: bool | None
    host_contact: str
    received_on: date
    submitted_on: date | None
    matched_on: date | None
    asked_on: date | None
    answered_on: date | None
    answer: str
    answer_text: str
    decided_on: date | None
    decided_by_id: int | None
    starts_on: date | None
    ground: str
    withdrawn_on: date | None
    withdrawal_cause: str
    recorded_at: datetime
    recorded_by_organisation_id: int


class ApplicantRecord(NamedTuple):
    """Somebody in an application, as typed, and who it is."""

    application_id: int
    subject_id: int | None
    position: int
    name: str
    duf: str
    birth_date: date | None
    citizenship: str
    has_d_number: bool | None
    lived_in_ukraine: bool | None
    had_protection: bool | None
    family_tie: str
    has_near_family: bool | None
    has_carer: bool | None
    needs_adaptation: bool | None
    adaptation: str
    recorded_at: datetime


class ConfirmationRecord(NamedTuple):
    """What a party says to an application."""

    application_id: int
    subject_id: int | None
    party: str
    token_hash: str
    sent_on: date
    expires_on: date
    way: str
    signer_name: str
    answer: str
    reason: str
    answered_at: datetime | None
    recorded_at: datetime


class AgreementRecord(NamedTuple):
    """A municipality's agreement on a household."""

    id: int
    subject_id: int
    municipality_id: int
    scheme: str
    application_id: int
    end_cause: str
    period: Period
    recorded_at: datetime
    recorded_by_id: int | None
    reported_by_id: int
    supersedes_id: int | None = None
    annulled_at: datetime | None = None
    annulled_by_id: int | None = None
    annul_reason: str = ""
