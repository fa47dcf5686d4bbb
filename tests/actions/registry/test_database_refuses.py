"""The database refuses too: tried from SQL, as the app role, past every action."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from fotfeste.kernel.errors import Refused
from fotfeste.kernel.identifiers import synthetic_duf
from fotfeste.kernel.names import readable
from fotfeste.platform.acts import refusal_of
from fotfeste.platform.scope import scope
from fotfeste.platform.sentences import _all
from fotfeste.registry.public import Member, members_of, register_group, search
from tests.actions.registry.families import alone, kovalenko, minor_alone, person, with_duf
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
FACT = "recorded_at, reported_by_id, annul_reason"


@pytest.fixture
def family(cast: Cast) -> Iterator[list[Member]]:
    with scope(cast.registrar, cast.day):
        group = register_group(kovalenko(), by=cast.registrar, at=cast.at)
        register_group(minor_alone(), by=cast.registrar, at=cast.at)
        yield members_of(group.pk, cast.day)


def refused_by(sql: str, *parameters: Any) -> str:
    """The code of the refusal that a statement meets."""
    with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, list(parameters))
    refusal = refusal_of(error.value)
    return str(getattr(refusal, "code", "")) or str(refusal)


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def fact(cast: Cast) -> list[Any]:
    return [cast.at, cast.registrar.organisation_id, ""]


@pytest.mark.req("REG-02")
def test_nobody_is_in_two_groups_at_once(cast: Cast, family: list[Member]) -> None:
    assert refused_by(
        f"INSERT INTO registry_groupmembership (group_id, subject_id, period, {FACT})"
        " VALUES (%s, %s, '[2024-03-01,)', %s, %s, %s)",
        family[0].group_id, family[0].subject_id, *fact(cast),
    ) == "one_group_at_a_time"  # fmt: skip


@pytest.mark.req("REG-01")
@pytest.mark.parametrize(
    ("serial", "whose", "code"),
    [(100001, 0, "number_belongs_to_one_person"), (9, 0, "one_number_of_a_kind")],
)
def test_a_number_belongs_to_one_person_and_a_person_has_one_of_a_kind(
    cast: Cast, family: list[Member], serial: int, whose: int, code: str
) -> None:
    assert refused_by(
        f"INSERT INTO registry_identifier (subject_id, kind, value, {FACT}) VALUES (%s, 'duf', %s, %s, %s, %s)",
        family[whose].subject_id, synthetic_duf(serial), *fact(cast),
    ) == code  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE registry_persondetails SET birth_date = '1990-01-01'",
        "UPDATE registry_identifier SET value = '209900000000'",
        "UPDATE registry_statusevent SET holds_on = '2020-01-01'",
        "UPDATE registry_groupmembership SET period = '[2020-01-01,)'",
        "UPDATE registry_relation SET kind = 'sibling'",
        "UPDATE registry_outsidecontact SET name = 'X'",
        "DELETE FROM registry_persondetails",
        "DELETE FROM registry_identifier",
        "DELETE FROM registry_statusevent",
        "DELETE FROM registry_groupmembership",
        "DELETE FROM registry_personlanguage",
    ],
)
def test_a_fact_is_neither_changed_nor_deleted(family: list[Member], change: str) -> None:
    assert refused_by(change) == "fact_is_kept"


def test_an_annulled_fact_stays_annulled(family: list[Member]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE registry_identifier SET annulled_at = now(), annul_reason = 'typing_error'")
    assert refused_by("UPDATE registry_identifier SET annulled_at = NULL") == "fact_is_kept"


PERIOD = "'[2024-03-01,)'"


@pytest.mark.parametrize(
    ("table", "columns", "values", "code"),
    [
        ("statusevent", "subject_id, kind, holds_on", "{p}, 'king', now()", "status_known"),
        (
            "statusevent",
            "subject_id, kind, holds_on",
            "{p}, 'registered_by_police', '2024-02-12'",
            "a_status_once_a_day",
        ),
        ("personlanguage", "subject_id, language, rank", "{p}, 'uk', 2", "a_language_once"),
        (
            "relation",
            "subject_id, other_id, kind, period",
            "{p}, {p}, 'spouse', {period}",
            "nobody_is_related_to_oneself",
        ),
        ("relation", "subject_id, other_id, kind, period", "{p}, {o}, 'boss', {period}", "relation_known"),
        ("identifier", "subject_id, kind, value", "{p}, 'reg_nr', ''", "number_is_not_empty"),
        ("outsidecontact", "subject_id, kind, name, phone, email", "{p}, 'guardian', '', '', ''", "contact_has_a_name"),
    ],
)
def test_a_fact_that_makes_no_sense_is_refused_by_its_constraint(
    cast: Cast, family: list[Member], table: str, columns: str, values: str, code: str
) -> None:
    values = values.format(p=family[0].subject_id, o=family[1].subject_id, period=PERIOD)
    assert refused_by(
        f"INSERT INTO registry_{table} ({columns}, {FACT}) VALUES ({values}, now(), %s, '')",
        cast.registrar.organisation_id,
    ) == code  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "answer", "code"),
    [(0, 0, "", "lower_key_first"), (1, 0, "", "lower_key_first"), (0, 1, "maybe", "duplicate_answer_known")],
)
def test_a_proposal_is_of_two_persons_in_order_with_a_known_answer(
    cast: Cast, family: list[Member], first: int, second: int, answer: str, code: str
) -> None:
    keys = sorted(member.subject_id for member in family)
    with scope(cast.udi, cast.day):
        assert refused_by(
            "INSERT INTO registry_duplicateproposal (subject_id, other_id, cause, proposed_at, answer)"
            " VALUES (%s, %s, '', now(), %s)",
            keys[first], keys[second], answer,
        ) == code  # fmt: skip


def test_a_record_is_not_a_second_of_itself(family: list[Member]) -> None:
    sql = "UPDATE registry_person SET same_as_id = subject_id WHERE subject_id = %s"
    assert refused_by(sql, family[0].subject_id) == "not_the_same_as_oneself"


def test_a_household_is_at_a_stage_that_there_is(family: list[Member]) -> None:
    sql = "UPDATE registry_placementgroup SET stage = 'almost' WHERE subject_id = %s"
    assert refused_by(sql, family[0].group_id) == "stage_known"


UNSEEN = [
    "\n", "\x1b", "\x7f", "\x9b", "\u00ad", "\u061c", "\u115f", "\u1160", "\u180e", "\u200b", "\u200e", "\u200f",
    "\u2028", "\u202a", "\u202e", "\u2066", "\u2069", "\u2800", "\u3164", "\ufeff", "\uffa0", "\U000e0041",
]  # fmt: skip


@pytest.mark.req("REG-01")
@pytest.mark.parametrize("char", UNSEEN)
def test_a_name_has_no_characters_that_nobody_sees(cast: Cast, family: list[Member], char: str) -> None:
    text = f"Ole{char}na"
    for column in ("given_name", "family_name", "original_name"):
        names = {"given_name": "Olena", "family_name": "Koval", "original_name": ""} | {column: text}
        assert refused_by(
            "INSERT INTO registry_persondetails (subject_id, given_name, family_name, original_name, birth_date, sex,"
            f" citizenship, needs_interpreter, is_unaccompanied_minor, {FACT})"
            " VALUES (%s, %s, %s, %s, '1990-01-01', 'unknown', 'UKR', false, false, %s, %s, %s)",
            family[0].subject_id, *names.values(), *fact(cast),
        ) == "person_name_seen"  # fmt: skip
    for name, phone in ((text, ""), ("Verge Vergesen", text)):
        assert refused_by(
            f"INSERT INTO registry_outsidecontact (subject_id, kind, name, phone, email, {FACT})"
            " VALUES (%s, 'guardian', %s, %s, '', %s, %s, %s)",
            family[0].subject_id, name, phone, *fact(cast),
        ) == "contact_seen"  # fmt: skip
    assert readable(text) in ("Olena", "Ole na")  # an act writes it without


@pytest.mark.req("REG-01")
@pytest.mark.parametrize("name", ["-", "12", "\u0301", "\u200d", "\U0001f600", " "])
def test_a_name_has_a_letter_to_read(cast: Cast, family: list[Member], name: str) -> None:
    assert refused_by(
        "INSERT INTO registry_persondetails (subject_id, given_name, family_name, original_name, birth_date, sex,"
        f" citizenship, needs_interpreter, is_unaccompanied_minor, {FACT})"
        " VALUES (%s, %s, '', '', '1990-01-01', 'unknown', 'UKR', false, false, %s, %s, %s)",
        family[0].subject_id, name, *fact(cast),
    ) == "person_has_a_name"  # fmt: skip
    assert refused_by(
        f"INSERT INTO registry_outsidecontact (subject_id, kind, name, phone, email, {FACT})"
        " VALUES (%s, 'guardian', %s, '', '', %s, %s, %s)",
        family[0].subject_id, name, *fact(cast),
    ) == "contact_has_a_name"  # fmt: skip
    with scope(cast.registrar, cast.day), pytest.raises(Refused) as refused:
        register_group(alone(person(name, "\u3164")), by=cast.registrar, at=cast.at)
    assert refused.value.code == "person_has_a_name"


@pytest.mark.parametrize("name", ["محمد", "ሰላም", "Олена", "Nguye\u0302\u0303n", "O'Brien", "김", "ანა"])
def test_a_name_of_any_real_script_is_taken(cast: Cast, name: str) -> None:
    with scope(cast.registrar, cast.day):
        group = register_group(alone(with_duf(person(name, ""), 900)), by=cast.registrar, at=cast.at)
        [member] = members_of(group.pk, cast.day)
    assert (member.given_name, member.family_name) == (name, "")


def test_the_joiners_that_some_scripts_need_are_taken(cast: Cast) -> None:
    for serial, char in enumerate(("\u200c", "\u200d", "é", "Ø", "'", "-")):
        with scope(cast.registrar, cast.day):
            new = alone(with_duf(person(f"می{char}خواهم"), serial + 500))
            group = register_group(new, by=cast.registrar, at=cast.at)
            [member] = members_of(group.pk, cast.day)
        assert member.given_name == f"می{char}خواهم"


def test_every_constraint_of_the_registry_has_a_sentence() -> None:
    names = {
        constraint.name
        for model in apps.get_app_config("registry").get_models()
        for constraint in model._meta.constraints
    }
    assert names <= set(_all())


def fenced_tables() -> list[str]:
    return sorted(model._meta.db_table for model in apps.get_app_config("registry").get_models())


@pytest.mark.parametrize("table", fenced_tables())
def test_without_a_scope_and_in_a_strangers_scope_there_are_no_rows(
    cast: Cast, family: list[Member], table: str
) -> None:
    for stranger in (cast.centre, cast.imdi, cast.municipality):
        with scope(stranger, cast.day):
            assert count(table) == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('fotfeste.organisation', '', false)")
    assert count(table) == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('fotfeste.organisation', %s, false)", [str(cast.registrar.organisation_id)])


def test_nothing_can_be_written_about_somebody_whom_one_has_no_need_to_know_of(
    cast: Cast, family: list[Member]
) -> None:
    with scope(cast.centre, cast.day):
        answer = refused_by(
            f"INSERT INTO registry_statusevent (subject_id, kind, holds_on, {FACT})"
            " VALUES (%s, 'left', '2024-03-01', %s, %s, %s)",
            family[0].subject_id, *fact(cast),
        )  # fmt: skip
    assert answer == "outside_the_fence"


def test_a_stranger_can_neither_change_search_words_nor_probe_for_duplicates(cast: Cast, family: list[Member]) -> None:
    whom = family[0].subject_id
    with scope(cast.centre, cast.day), connection.cursor() as cursor:
        cursor.execute("SELECT set_search_tokens(%s, ARRAY['nobody'])", [whom])
        cursor.execute("SELECT propose_duplicates(%s, now())", [whom])
        assert cursor.fetchone()[0] == 0
    assert [found.subject_id for found in search(cast.registrar, "andrij", cast.day)] == [whom]


def test_the_app_role_cannot_empty_a_table(family: list[Member]) -> None:
    assert "permission denied" in refused_by("TRUNCATE registry_searchtoken")


def test_a_registration_that_breaks_off_leaves_nothing(cast: Cast) -> None:
    broken = person("Ivan", citizenship="LONG")
    from fotfeste.registry.domain.types import NewGroup

    with scope(cast.registrar, cast.day):
        with pytest.raises(DatabaseError):
            register_group(NewGroup(persons=(broken,), registered_on=cast.day), by=cast.registrar, at=cast.at)
        assert count("registry_person") == 0
        assert count("registry_placementgroup") == 0
