"""The country in the database: every constraint holds, and what is read back breaks no rule either.

Everything here goes through the owner's connection: the load is not committed, and holds locks until the module ends.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connections, models, transaction
from pytest_django import DjangoDbBlocker

from fotfeste.access.public import demo_users
from fotfeste.demo.domain import application_records as application
from fotfeste.demo.domain import case_records as case
from fotfeste.demo.domain import records
from fotfeste.demo.domain.paying import stay_facts
from fotfeste.demo.loading.rules import rules
from fotfeste.demo.public import AlreadyLoaded, Loaded, load_country
from fotfeste.directory.public import Organisation
from fotfeste.grants.domain.types import EarlierLine, Facts, Scheme
from fotfeste.grants.loading import compute
from fotfeste.registry.public import tokens_of
from tests.properties.broken import LISTED_WRONGLY
from tests.properties.case_invariants import CASES
from tests.properties.country_invariants import REGISTRY_AND_STAYS, Written
from tests.properties.private_invariants import PRIVATE
from tests.properties.refusal_invariants import REFUSALS

TODAY = date(2026, 11, 21)
PEOPLE = 400
MODELS: dict[type[Any], str] = {
    records.SubjectRecord: "access.Subject",
    records.NeedRecord: "access.Need",
    records.PersonRecord: "registry.Person",
    records.DetailsRecord: "registry.PersonDetails",
    records.IdentifierRecord: "registry.Identifier",
    records.LanguageRecord: "registry.PersonLanguage",
    records.GroupRecord: "registry.PlacementGroup",
    records.MembershipRecord: "registry.GroupMembership",
    records.StatusRecord: "registry.StatusEvent",
    records.DuplicateRecord: "registry.DuplicateProposal",
    records.OperationRecord: "accommodation.CentreOperation",
    records.RoomRecord: "accommodation.Room",
    records.BedRecord: "accommodation.Bed",
    records.BlockRecord: "accommodation.BedBlock",
    records.StayRecord: "accommodation.Stay",
    records.BedAssignmentRecord: "accommodation.BedAssignment",
    records.AbsenceRecord: "accommodation.Absence",
    application.ApplicationRecord: "alternative.Application",
    application.ApplicantRecord: "alternative.ApplicationPerson",
    application.ConfirmationRecord: "alternative.Confirmation",
    application.AgreementRecord: "alternative.Agreement",
    case.CaseRecord: "settlement.SettlementCase",
    case.InformationRecord: "settlement.InformationGiven",
    case.InterviewRecord: "settlement.Interview",
    case.MappingNoteRecord: "settlement.MappingNote",
    case.NoteRecord: "settlement.SettlementNote",
    case.ParticipantRecord: "settlement.Participant",
    case.AnswerRecord: "settlement.Answer",
    case.CapabilityRecord: "settlement.MunicipalityCapability",
    case.CaseNeedRecord: "settlement.CaseNeed",
    case.RequestRecord: "settlement.SettlementRequest",
    case.OfferRecord: "settlement.Offer",
    case.ApprovalRecord: "settlement.TravelApproval",
    case.JourneyRecord: "settlement.Journey",
    case.LegRecord: "settlement.JourneyLeg",
    records.TaskRecord: "worklist.Task",
    records.EventRecord: "platform.Event",
}
CHECKS = """
    SELECT c.conrelid::regclass::text, c.conname, pg_get_expr(c.conbin, c.conrelid)
    FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
    WHERE n.nspname = 'public' AND c.contype = 'c'
"""
ALL = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(c.oid), convalidated
    FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace WHERE n.nspname = 'public' ORDER BY 1, 2
"""


def rows_of(sql: str) -> list[tuple[Any, ...]]:
    """Run a query as the owner."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[Loaded, list[Any]]]:
    """A country of 400, and the constraints as they were before; rolled back after the module."""
    with django_db_blocker.unblock(), transaction.atomic(using="owner"):
        before = rows_of(ALL)
        yield load_country(PEOPLE, TODAY, seed=3), before
        transaction.set_rollback(True, using="owner")


@pytest.fixture
def owners_connection(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let the test use the connection that the module's transaction is open on."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def country(loaded: tuple[Loaded, list[Any]], owners_connection: None) -> Loaded:
    """The country, for a test that reads."""
    return loaded[0]


@pytest.fixture(scope="module")
def read_back(loaded: tuple[Loaded, list[Any]], django_db_blocker: DjangoDbBlocker) -> Written:
    """The rows as the database has them."""
    found = Written(loaded[0].world, rules())
    with django_db_blocker.unblock():
        for kind, label in MODELS.items():
            model = apps.get_model(label)
            found.add(kind, [as_record(kind, row) for row in of_the_country(model)])
    return found


def of_the_country(model: type[models.Model]) -> models.QuerySet[models.Model]:
    """All rows in the order in which they were written; those about runs of grants, which are of nobody, apart."""
    about = {"access.Subject": "kind", "access.Need": "subject__kind", "worklist.Task": "subject__kind"}.get(
        model._meta.label
    )
    rows = model._default_manager.using("owner").order_by("pk")
    return rows.exclude(**{about: "money"}) if about else rows


def as_record(kind: type[Any], row: models.Model) -> Any:
    """A row as the record that it was made from."""
    return kind(*(getattr(row, name) for name in kind._fields))


def test_every_row_arrives(country: Loaded, read_back: Written) -> None:
    for kind in MODELS:
        assert len(read_back.all(kind)) == country.rows.get(kind.__name__, 0), kind.__name__
    assert len(read_back.all_persons) == PEOPLE


def test_the_constraints_are_those_of_before_and_all_are_validated(
    loaded: tuple[Loaded, list[Any]], owners_connection: None
) -> None:
    after = rows_of(ALL)

    assert after == loaded[1]
    assert all(is_validated for _, _, _, is_validated in after)


def test_every_check_constraint_holds_of_every_row(country: Loaded) -> None:
    broken = [
        name
        for table, name, expression in rows_of(CHECKS)
        if rows_of(f"SELECT 1 FROM {table} WHERE NOT ({expression}) LIMIT 1")
    ]

    assert broken == []


@pytest.mark.parametrize("rule", [*REGISTRY_AND_STAYS, *CASES, *REFUSALS, *PRIVATE], ids=lambda rule: rule.__name__)
def test_what_is_read_back_breaks_no_rule(rule: object, read_back: Written, owners_connection: None) -> None:
    assert callable(rule)
    assert list(rule(read_back)) == []


def test_people_are_found_by_the_same_tokens_as_when_they_are_registered_one_by_one(
    read_back: Written, owners_connection: None
) -> None:
    stored: dict[int, set[str]] = {}
    for token, subject in rows_of("SELECT token, subject_id FROM registry_searchtoken"):
        stored.setdefault(subject, set()).add(token)

    for row in read_back.all(records.DetailsRecord):
        numbers = [number.value for number in read_back.of(records.IdentifierRecord, row.subject_id)]
        wanted = tokens_of(row.given_name, row.family_name, row.original_name, row.birth_date, numbers)
        assert stored[row.subject_id] == wanted


def test_every_household_is_listed_as_what_its_members_are(country: Loaded) -> None:
    assert rows_of(LISTED_WRONGLY % {"day": f"'{TODAY}'"}) == []


def test_new_rows_go_on_after_the_loaded_ones(country: Loaded) -> None:
    highest = rows_of("SELECT max(number) FROM registry_placementgroup")[0][0]

    assert rows_of("SELECT nextval('registry_group_number')") == [(highest + 1,)]
    for model in (apps.get_model("access.Subject"), apps.get_model("accommodation.Stay")):
        table = model._meta.db_table
        highest = rows_of(f"SELECT max(id) FROM {table}")[0][0]
        assert rows_of(f"SELECT nextval(pg_get_serial_sequence('{table}', 'id'))") == [(highest + 1,)]


def test_the_feed_counter_stands_at_the_last_event(country: Loaded, read_back: Written) -> None:
    assert rows_of("SELECT position FROM platform_feedcounter") == [(len(read_back.all(records.EventRecord)),)]


def test_the_books_of_mamot_have_a_paid_run_for_each_quarter_with_something_and_lines_for_all(country: Loaded) -> None:
    runs = rows_of(
        "SELECT r.through, r.line_count, r.net_ore, count(l.id), sum(l.amount_ore) FROM ledger_run r"
        " LEFT JOIN ledger_line l ON l.run_id = r.id WHERE r.state = 'paid' GROUP BY r.id ORDER BY r.through"
    )

    assert [through for through, *_ in runs[:2]] == [date(2022, 4, 1), date(2022, 7, 1)]
    assert all((count, net) == (lines, amount) for _, count, net, lines, amount in runs)
    assert sum(count for _, count, *_ in runs) == country.rows["Line"] > 0


def test_what_municipalities_were_sent_is_what_their_lines_came_to_and_what_they_owe_is_carried(
    country: Loaded,
) -> None:
    [(lines, paid)] = rows_of("SELECT sum(net_ore), (SELECT sum(amount_ore) FROM ledger_payment) FROM ledger_runtotal")
    [(owed,)] = rows_of(
        "SELECT sum(before_ore + net_ore - payable_ore) FROM (SELECT DISTINCT ON (municipality_id) *"
        " FROM ledger_runtotal ORDER BY municipality_id, run_id DESC) last"
    )

    assert lines - paid == owed <= 0
    assert rows_of("SELECT 1 FROM ledger_line GROUP BY subject_id, month HAVING sum(amount_ore) < 0") == []


def test_what_is_owed_in_the_end_is_claimed_and_most_of_it_is_paid(country: Loaded) -> None:
    claims = rows_of(
        "SELECT c.state, c.amount_ore, (SELECT sum(p.amount_ore) FROM ledger_claimpart p WHERE p.claim_id = c.id),"
        " coalesce((SELECT sum(s.amount_ore) FROM ledger_claimsettlement s WHERE s.claim_id = c.id), 0)"
        " FROM ledger_claim c ORDER BY c.id"
    )
    [(owed,)] = rows_of("SELECT (SELECT sum(amount_ore) FROM ledger_payment) - sum(amount_ore) FROM ledger_line")
    open_tasks = rows_of(
        "SELECT kind, count(*) FROM worklist_task WHERE kind LIKE '%\\_claim' AND closed_at IS NULL GROUP BY kind"
    )

    assert country.rows["Claim"] == len(claims) > 0
    assert sum(amount for _, amount, _, _ in claims) == owed
    assert all(amount == parts for _, amount, parts, _ in claims)
    assert all(settled == (amount if state == "closed" else 0) for state, amount, _, settled in claims)
    assert [state for state, *_ in claims][-3:] == ["decided", "answered", "noticed"][-len(claims) :]
    assert ("answer_claim", 1) in open_tasks


def test_every_part_of_a_claim_says_why_as_its_line_does(country: Loaded) -> None:
    joined = "FROM ledger_claimpart p JOIN ledger_line l ON l.id = p.line_id"

    assert rows_of(f"SELECT 1 {joined}")
    assert rows_of(f"SELECT 1 {joined} WHERE p.cause = '' OR p.cause <> l.cause OR p.month <> l.month") == []


def test_a_run_of_everything_that_is_known_has_nothing_to_correct(country: Loaded, read_back: Written) -> None:
    number_of = {m.seat.organisation_id: m.place.municipality_number for m in country.world.municipalities}
    now = datetime.combine(country.world.last_day, time(23, tzinfo=UTC))
    lines = [
        EarlierLine(str(line), str(run), str(subject), number_of[municipality], month, amount)
        for line, run, subject, municipality, month, amount in rows_of(
            "SELECT id, run_id, subject_id, municipality_id, month, amount_ore FROM ledger_line ORDER BY id"
        )
    ]
    stays = stay_facts(read_back.all(records.StayRecord), number_of)
    again = compute(Facts(Scheme.MAMOT, now, date(2026, 10, 1), stays, tuple(lines)))

    assert lines
    assert (again.lines, again.refused) == ((), ())


def test_a_visitor_can_be_somebody_on_every_step_of_the_way_and_where_there_is_most_to_do(country: Loaded) -> None:
    chosen = demo_users("owner")
    assert not any(each.user.has_usable_password() for each in chosen)
    kinds = [each.user.organisation.kind for each in chosen]
    assert {"police", "udi", "imdi", "centre", "municipality"} == set(kinds)
    to_do = dict(
        rows_of("SELECT organisation_id, count(*) FROM worklist_task WHERE closed_at IS NULL GROUP BY organisation_id")
    )
    by_kind = Organisation.objects.using("owner")
    for kind in ("centre", "municipality"):
        ours = {each.user.organisation_id for each in chosen if each.user.organisation.kind == kind}
        others = by_kind.filter(kind=kind).exclude(pk__in=ours).values_list("pk", flat=True)
        assert max(to_do.get(each, 0) for each in ours) >= max(to_do.get(each, 0) for each in others), kind


def test_a_country_is_not_loaded_on_top_of_people(country: Loaded) -> None:
    with pytest.raises(AlreadyLoaded):
        load_country(10, TODAY, seed=4)
    with pytest.raises(CommandError, match="people in the database already"):
        call_command("load_demo", people=10)


def test_a_country_without_people_is_refused() -> None:
    with pytest.raises(CommandError, match="at least one person"):
        call_command("load_demo", people=0)


@pytest.mark.req("SET-10")
def test_who_can_be_visited_has_a_decision_of_this_year_that_covers_what_is_used(country: Loaded) -> None:
    found = rows_of(
        f"""SELECT y.municipality_id, y.decided - coalesce(l.settled + l.promised + l.held, 0) >= 40,
               (SELECT count(*) FROM settlement_yearfigure f
                WHERE f.municipality_id = y.municipality_id AND f.year = y.year
                    AND f.kind = 'decision' AND f.persons = y.decided)
        FROM settlement_municipalityyear y
        JOIN directory_organisation o ON o.municipality_id = y.municipality_id AND o.kind = 'municipality'
        LEFT JOIN settlement_load({TODAY.year}, '', '{TODAY}') l ON l.organisation_id = o.id
        WHERE y.year = {TODAY.year} ORDER BY 1"""
    )
    assert found == [("5001", True, 1), ("5037", True, 1), ("5038", True, 1)]


@pytest.mark.req("SET-10")
def test_who_can_be_visited_has_said_what_it_has_and_nothing_is_given_twice(country: Loaded) -> None:
    used = rows_of(
        f"SELECT kind, bool_and(used < number), count(*) FROM settlement_resources(NULL, NULL, '{TODAY}') r GROUP BY 1"
    )
    assert sorted(used) == [
        ("adapted_homes", True, 3),
        ("kindergarten_places", True, 3),
        ("minors", True, 3),
        ("school_places", True, 3),
    ]
    offers = rows_of(
        """SELECT o.municipality_id, count(*) FROM settlement_localoffer l
        JOIN directory_organisation o ON o.id = l.organisation_id GROUP BY 1"""
    )
    told = {"5001": 12, "5037": 12, "5038": 11}
    assert {number: said for number, said in offers if number in told} == told
    # The others are drawn: one in six has said nothing.
    assert 270 < len(offers) < 330
