"""The books in SQL: nothing is changed or deleted, nobody writes past the acts, and nobody approves their own work."""

import pytest
from django.db import DatabaseError, connection, transaction

from fotfeste.ledger.models import Line, Run
from fotfeste.ledger.public import Scheme, open_claim
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from tests.actions.ledger.stage import (
    FEBRUARY,
    JANUARY,
    Books,
    approved,
    due,
    keys_of,
    opened_books,
    paid,
    recorded,
    taken_back,
)
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("MON-04")]
SIGNED = "signed_by_who_acts"
TABLES = (
    "ledger_line",
    "ledger_linecorrection",
    "ledger_refusal",
    "ledger_runtotal",
    "ledger_payment",
    "ledger_claimpart",
    "ledger_claimsettlement",
)


@pytest.fixture
def books(cast: Cast) -> Books:
    """People for whom money is due."""
    return opened_books(cast)


def refused(sql: str, *values: int | None) -> str:
    """What the database says to a statement: the name of what refused it, or its code. Empty where it was done."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
    except DatabaseError as error:
        found = error.__cause__.diag  # type: ignore[union-attr]
        return str(found.constraint_name or found.sqlstate)
    return ""


def by(books: Books, viewer: Viewer, sql: str, *values: int | None) -> str:
    """The same for somebody."""
    with scope(viewer, books.cast.day):
        return refused(sql, *values)


@pytest.mark.parametrize("table", TABLES)
def test_the_program_has_no_right_to_change_or_delete_what_is_in_the_books(books: Books, table: str) -> None:
    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}", f"TRUNCATE {table}"):
        assert by(books, books.cast.udi, statement) == "42501"


@pytest.mark.parametrize("table", ["ledger_line", "ledger_linecorrection", "ledger_refusal", "ledger_runtotal"])
def test_lines_and_totals_are_written_by_the_one_function_alone(books: Books, table: str) -> None:
    assert by(books, books.cast.udi, f"INSERT INTO {table} (id) VALUES (1)") == "42501"


def test_a_run_takes_lines_once_and_only_those_that_it_says(books: Books) -> None:
    run = recorded(books, [due(books.people[0], books.levanger, JANUARY)])
    nothing = ", ".join(["'{}'"] * 21)
    again = f"SELECT ledger_write_lines(%s, {nothing})"
    assert by(books, books.cast.udi, again, run.pk) == "lines_as_the_run_says"
    assert by(books, books.cast.municipality, again, run.pk) == "42501"
    assert by(books, books.approver, again, run.pk) == "42501"


def test_a_run_changes_by_its_steps_alone(books: Books) -> None:
    run = recorded(books, [due(books.people[0], books.levanger, JANUARY)])
    udi = books.cast.udi
    assert by(books, udi, "UPDATE ledger_run SET net_ore = 1 WHERE id = %s", run.pk) == "ledger_is_kept"
    assert by(books, udi, "UPDATE ledger_run SET state = 'paid' WHERE id = %s", run.pk) == "illegal_step"
    assert by(books, udi, "DELETE FROM ledger_run WHERE id = %s", run.pk) == "42501"


def test_the_database_refuses_whoever_computed_or_checked_as_approver(books: Books) -> None:
    run = recorded(books, [due(books.people[0], books.levanger, JANUARY)])
    udi, colleague = books.cast.udi, books.colleague
    check = "UPDATE ledger_run SET state = 'checked', checked_by_id = %s, checked_at = now() WHERE id = %s"
    assert by(books, colleague, check, colleague.user_id, run.pk) == ""
    approve = "UPDATE ledger_run SET state = 'approved', approved_by_id = %s, approved_at = now() WHERE id = %s"
    for viewer in (udi, colleague):
        assert by(books, viewer, approve, viewer.user_id, run.pk) == "approved_by_another"


def test_the_database_pays_what_a_paid_run_has_come_to_once(books: Books) -> None:
    run = approved(books, [due(books.people[0], books.levanger, JANUARY)])
    pay = (
        "INSERT INTO ledger_payment (run_id, municipality_id, scheme, amount_ore, paid_at)"
        " SELECT %s, %s, 'mamot', %s, now()"
    )
    amount = run.net_ore
    assert by(books, books.approver, pay, run.pk, books.levanger, amount) == "payment_as_computed"
    step = "UPDATE ledger_run SET state = 'paid', paid_by_id = %s, paid_at = now() WHERE id = %s"
    assert by(books, books.approver, step, books.approver.user_id, run.pk) == ""
    assert by(books, books.approver, pay, run.pk, books.levanger, amount + 1) == "payment_as_computed"
    assert by(books, books.approver, pay, run.pk, books.levanger, amount) == ""
    assert by(books, books.approver, pay, run.pk, books.levanger, amount) == "paid_once"
    # A run that they do not see is none that is paid.
    assert by(books, books.cast.municipality, pay, run.pk, books.levanger, amount) == "payment_as_computed"


def test_the_database_refuses_a_second_open_run_of_a_scheme(books: Books) -> None:
    run = recorded(books, [due(books.people[0], books.levanger, JANUARY)])
    second = """INSERT INTO ledger_run (
        subject_id, organisation_id, scheme, through, as_known_at, input_sha256, state, line_count, net_ore,
        refused_count, computed_at, computed_by_id, stop_reason
    ) SELECT subject_id, organisation_id, scheme, through, as_known_at, input_sha256, 'computed', 0, 0, 0, now(),
        computed_by_id, '' FROM ledger_run WHERE id = %s"""
    assert by(books, books.cast.udi, second, run.pk) in {"one_open_run", "ledger_run_subject_id_key"}


@pytest.mark.req("MON-02")
def test_the_database_refuses_a_claim_decided_by_whoever_prepared_it_or_settled_beyond_it(books: Books) -> None:
    one = books.people[0]
    paid(books, [due(one, books.levanger, JANUARY), due(one, books.levanger, FEBRUARY)])
    paid(books, [taken_back(one, books.levanger, FEBRUARY, keys_of(books)[1:])])
    udi = books.cast.udi
    with scope(udi, books.cast.day):
        claim = open_claim(Scheme.MAMOT, books.levanger, by=udi, at=books.cast.at)
    decide = (
        "UPDATE ledger_claim SET state = 'decided', decision = 'upheld', upheld_ore = amount_ore, decided_by_id = %s,"
        " decided_at = now() WHERE id = %s"
    )
    assert by(books, udi, decide, udi.user_id, claim.pk) == "decided_by_another"
    settle = (
        "INSERT INTO ledger_claimsettlement (claim_id, subject_id, kind, amount_ore, reason, settled_on, recorded_at,"
        " recorded_by_id, debit, credit) SELECT id, subject_id, 'paid', amount_ore + %s, '', noticed_on, now(),"
        " prepared_by_id, 'bank', 'claims' FROM ledger_claim WHERE id = %s"
    )
    assert by(books, udi, settle, 1, claim.pk) == "settled_beyond_the_claim"
    assert by(books, udi, settle, 0, claim.pk) == SIGNED
    assert by(books, books.cast.municipality, settle, 0, claim.pk) == "42501"
    assert by(books, udi, "UPDATE ledger_claim SET amount_ore = 1 WHERE id = %s", claim.pk) == "ledger_is_kept"


def test_each_sees_what_is_theirs_of_the_books(books: Books) -> None:
    one, other, *_ = books.people
    paid(books, [due(one, books.levanger, JANUARY), due(other, books.verdal, JANUARY)])
    cast = books.cast
    seen = {}
    for name in ("registrar", "udi", "approver", "imdi", "centre", "centre_administrator", "municipality"):
        viewer: Viewer = getattr(cast, name)
        with scope(viewer, cast.day):
            seen[name] = (
                Run.objects.count(),
                Line.objects.count(),
                sum_of("ledger_runtotal"),
                sum_of("ledger_payment"),
            )
    none, own = (0, 0, 0, 0), (0, 1, 1, 1)
    assert seen == {
        "registrar": none,
        "udi": (1, 2, 2, 2),
        "approver": (1, 2, 2, 2),
        "imdi": none,
        "centre": none,
        "centre_administrator": none,
        "municipality": own,
    }


def sum_of(table: str) -> int:
    """How many rows of a table the session sees."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def test_nobody_signs_a_run_for_another_or_without_the_role(books: Books) -> None:
    run = recorded(books, [due(books.people[0], books.levanger, JANUARY)])
    udi, colleague, approver = books.cast.udi, books.colleague, books.approver
    check = "UPDATE ledger_run SET state = 'checked', checked_by_id = %s, checked_at = now() WHERE id = %s"
    approve = "UPDATE ledger_run SET state = 'approved', approved_by_id = %s, approved_at = now() WHERE id = %s"
    assert by(books, udi, check, colleague.user_id, run.pk) == SIGNED
    assert by(books, approver, check, approver.user_id, run.pk) == SIGNED
    assert by(books, udi, check, udi.user_id, run.pk) == ""
    assert by(books, udi, approve, approver.user_id, run.pk) == SIGNED
    assert by(books, colleague, approve, colleague.user_id, run.pk) == SIGNED
    assert by(books, approver, approve, approver.user_id, run.pk) == ""
    for column in ("checked_by_id", "approved_by_id"):
        again = f"UPDATE ledger_run SET {column} = %s WHERE id = %s"
        assert by(books, approver, again, approver.user_id, run.pk) in {SIGNED, "approved_by_another"}
    assert by(books, approver, "UPDATE ledger_run SET approved_at = computed_at WHERE id = %s", run.pk) == SIGNED


def test_nobody_begins_a_run_for_another(books: Books) -> None:
    run = paid(books, [due(books.people[0], books.levanger, JANUARY)])
    begin = """INSERT INTO ledger_run (
        subject_id, organisation_id, scheme, through, as_known_at, input_sha256, state, line_count, net_ore,
        refused_count, computed_at, computed_by_id, stop_reason
    ) SELECT %s, organisation_id, scheme, through, as_known_at, input_sha256, 'computed', 0, 0, 0, now(), %s, ''
      FROM ledger_run WHERE id = %s"""
    one, udi, approver = books.people[0], books.cast.udi, books.approver
    assert by(books, udi, begin, one, approver.user_id, run.pk) == SIGNED
    assert by(books, approver, begin, one, approver.user_id, run.pk) == SIGNED


@pytest.mark.req("MON-02")
def test_each_party_takes_its_own_steps_of_a_claim(books: Books) -> None:
    one, udi, there = books.people[0], books.cast.udi, books.cast.municipality
    paid(books, [due(one, books.levanger, JANUARY), due(one, books.levanger, FEBRUARY)])
    paid(books, [taken_back(one, books.levanger, FEBRUARY, keys_of(books)[1:])])
    with scope(udi, books.cast.day):
        claim = open_claim(Scheme.MAMOT, books.levanger, by=udi, at=books.cast.at)
    answer = (
        "UPDATE ledger_claim SET state = 'answered', answer = 'agrees', answered_at = now(), answered_by_id = %s"
        " WHERE id = %s"
    )
    decide = (
        "UPDATE ledger_claim SET state = 'decided', decision = 'upheld', upheld_ore = amount_ore, decided_by_id = %s,"
        " decided_at = now() WHERE id = %s"
    )
    close = "UPDATE ledger_claim SET state = 'closed', closed_at = now() WHERE id = %s"
    settle = (
        "INSERT INTO ledger_claimsettlement (claim_id, subject_id, kind, amount_ore, reason, settled_on, recorded_at,"
        " recorded_by_id, debit, credit) SELECT id, subject_id, 'waived', 1, 'x', noticed_on, now(), %s, 'losses',"
        " 'claims' FROM ledger_claim WHERE id = %s"
    )
    part = (
        "INSERT INTO ledger_claimpart (claim_id, subject_id, municipality_id, line_id, month, amount_ore, cause)"
        " SELECT %s, subject_id, municipality_id, id, month, 1, cause FROM ledger_line WHERE amount_ore > 0 LIMIT 1"
    )
    assert by(books, udi, answer, udi.user_id, claim.pk) == SIGNED
    assert by(books, there, answer, udi.user_id, claim.pk) == SIGNED
    assert by(books, there, decide, there.user_id, claim.pk) == SIGNED
    assert by(books, udi, decide, books.colleague.user_id, claim.pk) == SIGNED
    assert by(books, there, close, claim.pk) == SIGNED
    assert by(books, udi, close, claim.pk) == SIGNED
    assert by(books, udi, settle, books.colleague.user_id, claim.pk) == SIGNED
    assert by(books, udi, part, claim.pk) == SIGNED
    assert by(books, there, answer, there.user_id, claim.pk) == ""
    assert by(books, there, "UPDATE ledger_claim SET answer_text = 'x' WHERE id = %s", claim.pk) == SIGNED
    copy = (
        "INSERT INTO ledger_claim (subject_id, organisation_id, municipality_id, scheme, amount_ore, state, noticed_on,"
        " answer_due_on, due_rule, prepared_at, prepared_by_id, answer, answer_text, decision, decision_text)"
        " SELECT %s, organisation_id, municipality_id, 'amot', 1, 'noticed', noticed_on, answer_due_on, due_rule,"
        " now(), prepared_by_id, '', '', '', '' FROM ledger_claim WHERE id = %s"
    )
    assert by(books, there, copy, one, claim.pk) == SIGNED
