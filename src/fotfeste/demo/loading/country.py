"""Loads the synthetic country in one transaction: killed in the middle, it leaves nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from fotfeste.access import loading as access
from fotfeste.accommodation import loading as accommodation
from fotfeste.alternative import loading as alternative
from fotfeste.demo.domain import application_records as application
from fotfeste.demo.domain import case_records as case
from fotfeste.demo.domain import records
from fotfeste.demo.domain.country import plan_country
from fotfeste.demo.domain.diary import Batch
from fotfeste.demo.domain.refusing import RefusalEventRecord, RefusalRecord
from fotfeste.demo.domain.world import Keys, World
from fotfeste.demo.loading.books import load_books
from fotfeste.demo.loading.decisions import load_this_years_decisions, load_what_they_have
from fotfeste.demo.loading.offices import let_visitors_be_the_busiest, load_offices
from fotfeste.demo.loading.rules import rules
from fotfeste.demo.loading.terms import load_published_terms
from fotfeste.directory.loading import load_reference
from fotfeste.ledger import loading as ledger
from fotfeste.platform.bulk import Loader, bulk_load, constraints_rebuilt, first_feed_position, load_events
from fotfeste.refusal import loading as refusal
from fotfeste.registry import loading as registry
from fotfeste.settlement import loading as settlement
from fotfeste.worklist import loading as worklist

type Load = Callable[[Loader, Sequence[NamedTuple]], int]

# In this order: what is referred to comes first, and a stay before the bed that belongs to it.
TABLES: tuple[tuple[type[NamedTuple], Load], ...] = (
    (records.SubjectRecord, access.load_subjects),
    (records.NeedRecord, access.load_needs),
    (records.PersonRecord, registry.load_persons),
    (records.DetailsRecord, registry.load_details),
    (records.IdentifierRecord, registry.load_identifiers),
    (records.LanguageRecord, registry.load_languages),
    (records.GroupRecord, registry.load_groups),
    (records.MembershipRecord, registry.load_memberships),
    (records.RelationRecord, registry.load_relations),
    (records.ContactRecord, registry.load_contacts),
    (records.StatusRecord, registry.load_statuses),
    (records.DuplicateRecord, registry.load_duplicates),
    (records.OperationRecord, accommodation.load_operations),
    (records.RoomRecord, accommodation.load_rooms),
    (records.BedRecord, accommodation.load_beds),
    (records.BlockRecord, accommodation.load_blocks),
    (records.StayRecord, accommodation.load_stays),
    (records.BedAssignmentRecord, accommodation.load_bed_assignments),
    (records.AbsenceRecord, accommodation.load_absences),
    (application.ApplicationRecord, alternative.load_applications),
    (application.ApplicantRecord, alternative.load_applicants),
    (application.ConfirmationRecord, alternative.load_confirmations),
    (application.AgreementRecord, alternative.load_agreements),
    (case.CapabilityRecord, settlement.load_capabilities),
    (case.CaseRecord, settlement.load_cases),
    (case.InformationRecord, settlement.load_information),
    (case.InterviewRecord, settlement.load_interviews),
    (case.MappingNoteRecord, settlement.load_mapping_notes),
    (case.ParticipantRecord, settlement.load_participants),
    (case.AnswerRecord, settlement.load_answers),
    (case.NoteRecord, settlement.load_notes),
    (case.CaseNeedRecord, settlement.load_case_needs),
    (case.RequestRecord, settlement.load_requests),
    (case.OfferRecord, settlement.load_offers),
    (case.ApprovalRecord, settlement.load_approvals),
    (case.JourneyRecord, settlement.load_journeys),
    (case.LegRecord, settlement.load_legs),
    (RefusalRecord, refusal.load_refusals),
    (RefusalEventRecord, refusal.load_events),
    (records.TaskRecord, worklist.load_tasks),
    (records.EventRecord, load_events),
)


# Triggers look into tables that grow under them: the planner must hear of it, or it reads a whole centre for every bed.
ANALYZED_AFTER = (1, 4, 16, 64)


class AlreadyLoaded(Exception):
    """There are people already: the synthetic country comes first, or not at all."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was loaded: rows by kind of record, and how many people and households."""

    people: int
    households: int
    rows: dict[str, int]
    world: World

    @property
    def total(self) -> int:
        """All rows."""
        return sum(self.rows.values())


_PACKAGES = (access, registry, accommodation, alternative, ledger, settlement, refusal, worklist)


def load_country(people: int, today: date, seed: int, using: str = "owner") -> Loaded:
    """Load a country of so many people whose last day is the day before `today`. Runs as the owner role.

    Raises AlreadyLoaded where there are placement groups already.
    """
    with bulk_load(using) as loader:
        if loader.execute("SELECT 1 FROM registry_placementgroup LIMIT 1"):
            raise AlreadyLoaded
        load_reference(using=using)
        settlement.load_municipality_years(using=using)
        world = load_offices(loader, today, seed)
        first = {"subject": access.first_subject_key(loader), "feed_position": first_feed_position(loader)}
        first |= accommodation.first_keys(loader) | alternative.first_keys(loader) | settlement.first_keys(loader)
        first |= refusal.first_keys(loader)
        keys = Keys(first)
        number = registry.first_group_number(loader)
        country = plan_country(people, seed, world, rules(), keys, number)
        rows: dict[str, int] = {}
        with constraints_rebuilt(loader, chain.from_iterable(package.TABLES for package in _PACKAGES)):
            private: list[records.StayRecord] = []
            for number, batch in enumerate(country.batches()):
                load_batch(loader, batch, rows)
                private += _private_stays(batch)
                if number in ANALYZED_AFTER:
                    loader.analyze(accommodation.TABLES)
            rows |= load_books(loader, private, world)
        registry.sum_up_groups(loader)
        load_this_years_decisions(loader, world)
        load_what_they_have(loader, world)
        load_published_terms(loader, world)
        refusal.load_demo_ruling(loader, world.udi.organisation_id, world.opened_at)
        let_visitors_be_the_busiest(loader)
    return Loaded(people, len(country.households), rows, world)


def _private_stays(batch: Batch) -> list[records.StayRecord]:
    rows = batch.get(records.StayRecord, ())
    return [row for row in rows if isinstance(row, records.StayRecord) and row.municipality_id is not None]


def load_batch(loader: Loader, batch: Batch, rows: dict[str, int]) -> None:
    """Write a batch table by table, and the search tokens of its people; counts into `rows`."""
    for kind, load in TABLES:
        if found := batch.get(kind):
            rows[kind.__name__] = rows.get(kind.__name__, 0) + load(loader, found)
    persons = [_searchable(row) for row in batch.get(records.DetailsRecord, ())]
    numbers = [_number(row) for row in batch.get(records.IdentifierRecord, ())]
    if persons:
        tokens = registry.load_search_tokens(loader, persons, numbers)
        rows["SearchToken"] = rows.get("SearchToken", 0) + tokens


def _searchable(row: Any) -> registry.Searchable:
    return registry.Searchable(row.subject_id, row.given_name, row.family_name, row.original_name, row.birth_date)


def _number(row: Any) -> tuple[int, str]:
    return row.subject_id, row.value
