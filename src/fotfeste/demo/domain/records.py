"""The records that the generator makes: one named tuple for each table, its fields are the table's columns.

They are immutable, and loaded as they are. Keys of what others refer to come from counters given to the generator.
"""

from datetime import date, datetime
from typing import NamedTuple

from fotfeste.kernel.periods import Period


class SubjectRecord(NamedTuple):
    """The key of a person or group, and its public reference."""

    id: int
    kind: str
    reference: str


class NeedRecord(NamedTuple):
    """An organisation's need to know of a subject."""

    subject_id: int
    organisation_id: int
    reason: str
    period: Period
    opened_at: datetime
    ended_at: datetime | None


class PersonRecord(NamedTuple):
    """A person's anchor."""

    subject_id: int
    registered_on: date
    registered_by_id: int


class DetailsRecord(NamedTuple):
    """Who a person is."""

    subject_id: int
    given_name: str
    family_name: str
    original_name: str
    birth_date: date
    sex: str
    citizenship: str
    needs_interpreter: bool
    is_unaccompanied_minor: bool
    recorded_at: datetime
    recorded_by_id: int | None
    reported_by_id: int


class IdentifierRecord(NamedTuple):
    """A number of a person."""

    subject_id: int
    kind: str
    value: str
    recorded_at: datetime
    recorded_by_id: int | None
    reported_by_id: int


class LanguageRecord(NamedTuple):
    """A language of a person."""

    subject_id: int
    language: str
    rank: int
    recorded_at: datetime
    recorded_by_id: int | None
    reported_by_id: int


class GroupRecord(NamedTuple):
    """A placement group."""

    subject_id: int
    number: int
    created_on: date
    version: int


class MembershipRecord(NamedTuple):
    """A person's membership in a group."""

    subject_id: int
    group_id: int
    period: Period
    recorded_at: datetime
    recorded_by_id: int | None
    reported_by_id: int


class RelationRecord(NamedTuple):
    """`subject` is the `kind` of `other`."""

    subject_id: int
    other_id: int
    kind: str
    period: Period
    recorded_at: datetime
    recorded_by_id: int | None
    reported_by_id: int


class ContactRecord(NamedTuple):
    """A guardian of a minor."""

    subject_id: int
    kind: str
    name: str
    phone: str
    email: str
    recorded_at: datetime
    recorded_by_id: int | None
    reported_by_id: int


class DuplicateRecord(NamedTuple):
    """Two records that are likely of one person; the lower key first."""

    subject_id: int
    other_id: int
    cause: str
    proposed_at: datetime
    answer: str


class StatusRecord(NamedTuple):
    """A dated status of a person."""

    subject_id: int
    kind: str
    holds_on: date
    recorded_at: datetime
    recorded_by_id: int | None
    reported_by_id: int


class OperationRecord(NamedTuple):
    """A centre in operation."""

    id: int
    centre_id: int
    type: str
    operator: str
    is_decentralised: bool
    places: int
    places_maximum: int
    source: str
    operated_by_id: int | None
    period: Period
    recorded_at: datetime
    recorded_by_id: int | None
    reported_by_id: int
    supersedes_id: int | None = None
    annulled_at: datetime | None = None
    annulled_by_id: int | None = None
    annul_reason: str = ""


class RoomRecord(NamedTuple):
    """A room of a centre."""

    id: int
    reference: str
    centre_id: int
    name: str
    building: str
    is_adapted: bool


class BedRecord(NamedTuple):
    """A bed in a room."""

    id: int
    room_id: int
    name: str


class BlockRecord(NamedTuple):
    """A bed out of use."""

    bed_id: int
    cause: str
    period: Period
    recorded_at: datetime
    recorded_by_id: int | None
    reported_by_id: int


class StayRecord(NamedTuple):
    """A person's stay, at a centre or in a municipality, as held true from `recorded_at` until `annulled_at`."""

    id: int
    subject_id: int
    centre_id: int | None
    period: Period
    departure_reason: str
    street: str
    postal_code: str
    place: str
    county: str
    recorded_at: datetime
    recorded_by_id: int | None
    reported_by_id: int
    supersedes_id: int | None = None
    annulled_at: datetime | None = None
    annulled_by_id: int | None = None
    annul_reason: str = ""
    kind: str = "centre"
    municipality_id: int | None = None


class BedAssignmentRecord(NamedTuple):
    """A person's bed."""

    id: int
    subject_id: int
    bed_id: int
    period: Period
    recorded_at: datetime
    recorded_by_id: int | None
    reported_by_id: int
    supersedes_id: int | None = None
    annulled_at: datetime | None = None
    annulled_by_id: int | None = None
    annul_reason: str = ""


class AbsenceRecord(NamedTuple):
    """A person's leave or absence."""

    id: int
    subject_id: int
    kind: str
    period: Period
    is_abroad: bool
    expected_return_on: date | None
    note: str
    recorded_at: datetime
    recorded_by_id: int | None
    reported_by_id: int
    supersedes_id: int | None = None
    annulled_at: datetime | None = None
    annulled_by_id: int | None = None
    annul_reason: str = ""


class TaskRecord(NamedTuple):
    """Something an organisation had or has to do."""

    reference: str
    kind: str
    subject_id: int
    organisation_id: int
    object_id: int | None
    basis_on: date
    due_on: date | None
    due_rule: str
    cause: str
    opened_at: datetime
    taken_by_id: int | None
    taken_at: datetime | None
    closed_at: datetime | None
    closed_by_id: int | None
    outcome: str


class EventRecord(NamedTuple):
    """Something that happened."""

    type: str
    subject_id: int | None
    object_kind: str
    object_id: int | None
    workflow: str
    transition: str
    from_state: str
    to_state: str
    holds_on: date | None
    recorded_at: datetime
    actor_id: int | None
    organisation_id: int
    other_organisation_id: int | None
    feed_position: int
