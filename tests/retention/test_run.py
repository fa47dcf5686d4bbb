"""A night's run: nobody is found in what is left, statistics are as they were, and it says what it did."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connections

from fotfeste.kernel.forgetting import Part
from fotfeste.retention.domain.types import Outcome
from tests.conftest import Cast
from tests.properties.whole import rows
from tests.retention.stage import FOUND_ON, GONE_ON, done_with, night

pytestmark = pytest.mark.req("ACS-04")

# What is in the words of the stage: names in both scripts, numbers, birthdays, contacts, addresses, what was said.
WORDS = (
    "Olena",
    "Kovalen",
    "Andrij",
    "Danylo",
    "Sofia",
    "1986-05-03",
    "1983-01-20",
    "2010-08-09",
    "2017-11-30",
    "2028-08-09",
    "2035-11-30",
    "Vergesen",
    "99 99 99 99",
    "vert@example.no",
    "Kirkegata",
    "Anne Moe",
    "74 00 00 00",
    "Levanger stasjon",
    "Trenger ro",
    "hund",
    "Rullestol",
    "Gjaldt andre",
    "Feil husstand",
    "økonomi",
    "regnskapsfører",
    "Møterom",
    "Kari Nordmann",
)


def found_anywhere(words: tuple[str, ...]) -> list[tuple[str, str]]:
    """Tables and words that stand in any column of any row, reference data apart."""
    names = rows(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
    )
    found = []
    for (table,) in names:
        if table.startswith(("directory_", "django_")):
            continue
        text = " ".join(row for (row,) in rows(f"SELECT t::text FROM {table} t")).casefold()
        found += [(table, word) for word in words if word.casefold() in text]
    return found


def numbers_of(subjects: list[int]) -> tuple[str, ...]:
    """Numbers and references by which somebody outside may know them."""
    found = rows(
        """
        SELECT value FROM registry_identifier WHERE subject_id = ANY (%(all)s)
        UNION SELECT reference FROM access_subject WHERE id = ANY (%(all)s)
        UNION SELECT reference FROM settlement_settlementcase WHERE subject_id = ANY (%(all)s)
        UNION SELECT reference FROM settlement_settlementrequest WHERE subject_id = ANY (%(all)s)
        """,
        {"all": subjects},
    )
    return tuple(value for (value,) in found)


def test_nothing_personal_of_an_anonymised_household_is_left_in_any_column_of_any_table(
    committed_cast: Cast, own: Path
) -> None:
    subjects = done_with(committed_cast)
    words = WORDS + numbers_of(subjects)
    there = {word for _, word in found_anywhere(words)}
    assert there == set(words) - {"2028-08-09"}  # every word is in the database before, or its absence proves nothing
    assert night(FOUND_ON, own).of(Outcome.DONE) == 0
    assert {word for _, word in found_anywhere(words)} == there
    assert night(GONE_ON, own).of(Outcome.DONE) == 3
    assert found_anywhere(words) == []
    gone = rows("SELECT part, rule FROM retention_gone WHERE subject_id = %s ORDER BY part", [subjects[0]])
    assert gone == [
        (Part.CONTACTS, "retention.contacts_months"),
        (Part.IDENTITY, "retention.settled_months"),
        (Part.TEXTS, "retention.texts_months"),
    ]
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM access_need WHERE subject_id = ANY (%s) AND ended_at IS NULL", [subjects])
        assert cursor.fetchone() == (0,)


def test_a_search_for_others_stays_in_the_log_and_that_they_were_searched_for_too(
    committed_cast: Cast, own: Path
) -> None:
    done_with(committed_cast)
    night(FOUND_ON, own)
    night(GONE_ON, own)
    asked = [row[0] for row in rows("SELECT asked::text FROM access_look WHERE household_id IS NULL ORDER BY id")]
    assert asked == ["{}", "{}", "{}", '{"q": "Berglund"}']


def test_a_day_too_early_nothing_is_announced_and_before_the_waiting_days_nothing_goes(
    committed_cast: Cast, own: Path
) -> None:
    [group, *_] = done_with(committed_cast)
    before = date(2024, 9, 13)  # six months after, but a day
    assert night(before, own).of(Outcome.ANNOUNCED) == 0
    assert night(before + timedelta(days=1), own).of(Outcome.ANNOUNCED) == 1
    assert night(before + timedelta(days=30), own).of(Outcome.WAITS) == 1
    assert found_anywhere(("Vergesen",))
    assert night(before + timedelta(days=31), own).of(Outcome.DONE) == 1
    assert [table for table, _ in found_anywhere(("Verge Vergesen",))] == []
    assert found_anywhere(("Olena", "Trenger ro"))
    assert rows("SELECT part FROM retention_gone WHERE subject_id = %s", [group]) == [(Part.CONTACTS,)]
