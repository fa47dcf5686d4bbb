"""Dated parameters: the version that applies, as known then; files refused with code and field."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.kernel.errors import NoRule
from fotfeste.kernel.parameters import Parameter, ParameterBook, ParameterError, ParameterStatus

BOOK = """
[[value]]
code = "mamot_month"
value = 1610500
unit = "øre per person per started month"
effective_from = 2022-03-15
known_from = 2022-03-15
source = "MAMOT evaluation 4.2.5"
status = "verified"

[[value]]
code = "mamot_month"
value = 1694200
unit = "øre per person per started month"
effective_from = 2023-01-01
known_from = 2022-12-20
effective_to = 2024-01-01
source = "MAMOT evaluation 4.2.5"
status = "verified"

[[value]]
code = "mamot_month"
value = 1700000
unit = "øre per person per started month"
effective_from = 2023-01-01
known_from = 2023-06-01
effective_to = 2024-01-01
source = "a correction"
status = "demo"
note = "retroactive"

[[value]]
code = "share"
value = "0.25"
type = "decimal"
unit = "part of one"
effective_from = 2022-01-01
known_from = 2022-01-01
source = "made up"
status = "secondary"

[[value]]
code = "started_months_count"
value = true
unit = "yes or no"
effective_from = 2022-01-01
known_from = 2022-01-01
source = "made up"
status = "demo"

[[value]]
code = "scheme_name"
value = "1.5"
unit = "text"
effective_from = 2022-01-01
known_from = 2022-01-01
source = "made up"
status = "demo"
"""
ONE = """
[[value]]
code = "days"
value = 5
unit = "working days"
effective_from = 2022-01-01
known_from = 2022-01-01
source = "GUIDE 2.2"
status = "verified"
"""


@pytest.mark.parametrize(
    ("on", "known_at", "value"),
    [
        (date(2022, 3, 15), None, 1610500),
        (date(2022, 12, 31), None, 1610500),
        (date(2023, 1, 1), None, 1700000),
        (date(2023, 12, 31), None, 1700000),
        (date(2023, 2, 1), date(2023, 5, 31), 1694200),
        (date(2023, 2, 1), date(2023, 6, 1), 1700000),
        (date(2023, 2, 1), date(2022, 12, 19), 1610500),
    ],
)
def test_the_version_that_applies_is_the_latest_then_known(on: date, known_at: date | None, value: int) -> None:
    assert ParameterBook.load(BOOK).get("mamot_month", on, known_at).integer == value


@pytest.mark.parametrize(
    ("code", "on", "known_at"),
    [
        ("mamot_month", date(2022, 3, 14), None),
        ("mamot_month", date(2022, 4, 1), date(2022, 3, 14)),
        ("mamot_month", date(2024, 1, 1), None),
        ("amot_month", date(2023, 1, 1), None),
    ],
)
def test_where_no_version_applies_the_book_refuses(code: str, on: date, known_at: date | None) -> None:
    with pytest.raises(NoRule) as refusal:
        ParameterBook.load(BOOK).get(code, on, known_at)
    assert (refusal.value.rule_code, refusal.value.day) == (code, on)


def test_a_value_is_read_as_what_it_is_and_not_as_something_else() -> None:
    book = ParameterBook.load(BOOK)
    on = date(2022, 6, 1)
    share, counts, name = (book.get(code, on) for code in ("share", "started_months_count", "scheme_name"))
    assert share.decimal == Decimal("0.25")
    assert counts.flag is True
    assert name.text == "1.5"
    assert book.get("mamot_month", on).decimal == Decimal(1610500)
    for wrong in (lambda: share.integer, lambda: counts.integer, lambda: name.flag, lambda: share.text):
        with pytest.raises(TypeError):
            wrong()


def test_the_rule_reference_names_version_source_and_status() -> None:
    reference = ParameterBook.load(BOOK).get("mamot_month", date(2023, 3, 1)).rule_ref()
    assert reference.code == "mamot_month"
    assert reference.version == "2023-01-01/2023-06-01"
    assert (reference.source, reference.status) == ("a correction", "demo")


def test_an_installation_adds_its_own_versions() -> None:
    own = Parameter(
        "days",
        7,
        "working days",
        date(2023, 1, 1),
        date(2023, 1, 1),
        "own decision",
        ParameterStatus.VERIFIED,
    )
    book = ParameterBook.load(ONE).with_versions([own])
    assert [each.integer for each in book.history("days")] == [5, 7]
    assert book.codes() == ("days",)
    with pytest.raises(ParameterError, match="days: two versions"):
        book.with_versions([own])


@pytest.mark.parametrize(
    ("old", "new", "mistake"),
    [
        ('unit = "working days"\n', "", "days: unit is missing"),
        ("value = 5\n", "value = 5.5\n", "days: value 5.5 is a float"),
        ("value = 5\n", "value = 2024-01-01\n", "days: value must be"),
        ("value = 5\n", "value = [5]\n", "days: value must be"),
        ("value = 5\n", 'value = "5,5"\ntype = "decimal"\n', "days: value '5,5' must be a decimal"),
        ("value = 5\n", 'value = "NaN"\ntype = "decimal"\n', "days: value 'NaN' must be a decimal"),
        ("value = 5\n", 'value = 5\ntype = "decimal"\n', "days: value 5 must be a decimal"),
        ("value = 5\n", 'value = "5"\ntype = "money"\n', "days: type 'money' is not known"),
        ('unit = "working days"', "unit = 1.5", "days: unit must be text"),
        ('source = "GUIDE 2.2"', 'source = " "', "days: source must be text"),
        ('"verified"', '"sure"', "days: status 'sure' must be one of verified, secondary, demo"),
        (
            "effective_from = 2022-01-01",
            'effective_from = "2022-01-01"',
            "days: effective_from must be a date",
        ),
        ("known_from = 2022-01-01", "known_from = 2022-01-01T10:00:00", "days: known_from must be a date"),
        ('status = "verified"', 'status = "verified"\nvalid_to = 1', "days: valid_to is not a field"),
        (
            'status = "verified"',
            'status = "verified"\neffective_to = 2022-01-01',
            "days: effective_to 2022-01-01",
        ),
        ('code = "days"\n', "", "value number 1: code is missing"),
        ("[[value]]", "[[rate]]", "unknown table 'rate'"),
        ("value = 5", "value = ", "not TOML"),
    ],
)
def test_a_file_with_a_mistake_is_refused_by_code_and_field(old: str, new: str, mistake: str) -> None:
    assert old in ONE
    with pytest.raises(ParameterError) as error:
        ParameterBook.load(ONE.replace(old, new))
    assert mistake in str(error.value)


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(ParameterError) as error:
        ParameterBook.load(ONE.replace('"verified"', '"sure"') + ONE.replace("value = 5", "value = 0.5"))
    assert len(error.value.mistakes) == 2


@pytest.mark.parametrize(
    ("old", "new", "mistake"),
    [
        ("working days", "days", "days: unit 'days' here, 'working days' in another version"),
        ("value = 5", 'value = "5"', "days: value is of another type"),
        (
            "value = 5",
            "value = 6",
            "days: two versions with effective_from 2022-01-01 and known_from 2022-01-01",
        ),
    ],
)
def test_versions_that_contradict_each_other_are_refused(old: str, new: str, mistake: str) -> None:
    with pytest.raises(ParameterError) as error:
        ParameterBook.load(ONE + ONE.replace(old, new))
    assert mistake in str(error.value)


clock_days = st.integers(0, 12).map(lambda number: date(2024, 1, 1) + timedelta(days=number))


@given(st.lists(st.tuples(clock_days, clock_days), unique=True, max_size=10), clock_days, st.none() | clock_days)
def test_what_is_learnt_later_never_changes_what_was_known(
    clocks: list[tuple[date, date]], on: date, known_at: date | None
) -> None:
    versions = [
        Parameter("p", place, "persons", effective_from, known_from, "made up", ParameterStatus.DEMO)
        for place, (effective_from, known_from) in enumerate(clocks)
    ]
    known = [each for each in versions if known_at is None or each.known_from <= known_at]
    applying = sorted(
        (each.effective_from, each.known_from, each.integer) for each in known if each.effective_from <= on
    )
    books = (ParameterBook(tuple(versions)), ParameterBook(tuple(known)))
    for book in books:
        if applying:
            assert book.get("p", on, known_at).integer == applying[-1][2]
        else:
            with pytest.raises(NoRule):
                book.get("p", on, known_at)
