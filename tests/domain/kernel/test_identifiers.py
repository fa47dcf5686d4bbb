"""Identity numbers: errors, warnings, made-up ones; proved on published vectors and against stdnum."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.no import fodselsnummer

from fotfeste.kernel.identifiers import (
    IdentifierKind,
    check_identifier,
    is_synthetic,
    normalise_digits,
    synthetic_d_number,
    synthetic_duf,
    synthetic_national_id,
)

pytestmark = pytest.mark.req("REG-01")

BEFORE, FROM_2032 = date(2031, 12, 31), date(2032, 1, 1)
DUF, D_NUMBER, NATIONAL_ID = IdentifierKind.DUF, IdentifierKind.D_NUMBER, IdentifierKind.NATIONAL_ID
VECTOR_FILE = Path(__file__).parent / "vectors" / "identifier_test_vectors.csv"
VECTORS = list(csv.DictReader(VECTOR_FILE.read_text(encoding="utf-8").splitlines()))
KINDS = {
    "duf": DUF,
    "fnr2032": NATIONAL_ID,
    "fnr_synth_80": NATIONAL_ID,
    "fnr_synth_65": NATIONAL_ID,
    "fnr_synth_40": NATIONAL_ID,
    "dnr_synth_80": D_NUMBER,
    "orgnr": IdentifierKind.ORGANISATION,
}


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["value"])
def test_every_published_vector_is_judged_as_published(vector: dict[str, str]) -> None:
    kind, value, expected = KINDS[vector["kind"]], vector["value"], vector["expected"]
    before, after = (check_identifier(kind, value, on) for on in (BEFORE, FROM_2032))
    assert before.value == after.value == value
    if expected == "invalid":  # of a DUF number, whose algorithm is not official: a warning
        assert (before.errors, before.warnings) == ((), ("check_digits",))
    elif expected == "valid only under 2032 rule":
        assert before.errors == ("check_digits",)
        assert after.errors == ()
    else:
        assert "valid" in expected.split(",")[0] or "valid check digits" in expected
        assert before.errors == after.errors == ()
        assert "check_digits" not in before.warnings
    is_made_up = "synth" in vector["kind"]
    assert before.is_synthetic is after.is_synthetic is is_synthetic(value) is is_made_up
    # Month +40 is NAV's mark of a made-up number, and the mark of a real H-number: only a person can tell.
    assert ("ambiguous_synthetic" in before.warnings) is (vector["kind"] == "fnr_synth_40")


def test_all_kinds_of_vectors_are_there() -> None:
    assert len(VECTORS) == 12
    assert {vector["kind"] for vector in VECTORS} == set(KINDS)


@pytest.mark.parametrize(
    ("kind", "text", "errors"),
    [
        (DUF, "", ("empty",)),
        (DUF, " - ", ("empty",)),
        (DUF, "20121234560", ("length",)),
        (DUF, "2012123456033", ("length",)),
        (DUF, "20121234560x", ("characters",)),
        (DUF, "٢٠١٢١٢٣٤٥٦٠٣", ("characters",)),
        (NATIONAL_ID, "158486100866", ("length",)),
        (NATIONAL_ID, "15848610087", ("check_digits",)),
        (NATIONAL_ID, "55848610150", ("is_d_number",)),
        (D_NUMBER, "15848610086", ("not_d_number",)),
        (NATIONAL_ID, "85848610086", ("fh_number",)),
        (NATIONAL_ID, "32848610086", ("date", "check_digits")),
        (NATIONAL_ID, "15138610086", ("date", "check_digits")),
        (NATIONAL_ID, "30828610086", ("date", "check_digits")),
        (NATIONAL_ID, "15844575086", ("individual_digits", "check_digits")),
        (IdentifierKind.ORGANISATION, "974760674", ("check_digits",)),
        (IdentifierKind.ORGANISATION, "97476067", ("length",)),
        (IdentifierKind.REG_NR, "AB/12", ("characters",)),
        (IdentifierKind.REG_NR, "A" * 21, ("length",)),
        (IdentifierKind.REG_NR, "å1", ("characters",)),
    ],
)
def test_what_cannot_be_a_number_of_its_kind_is_an_error(
    kind: IdentifierKind, text: str, errors: tuple[str, ...]
) -> None:
    found = check_identifier(kind, text, BEFORE)
    assert found.errors == errors
    assert not found.is_acceptable


@pytest.mark.parametrize(
    ("text", "warnings"),
    [
        ("201212345603", ()),
        ("201212345604", ("check_digits",)),
        ("204012345601", ("check_digits", "year_in_future")),
        ("201212355555", ("check_digits", "placeholder")),
    ],
)
def test_what_is_odd_about_a_duf_number_is_a_warning(text: str, warnings: tuple[str, ...]) -> None:
    found = check_identifier(DUF, text, BEFORE)
    assert (found.errors, found.warnings, found.is_acceptable) == ((), warnings, True)


@pytest.mark.parametrize(
    "text",
    [
        "201212345603",
        " 2012 123456 03 ",
        "2012\u00a0123456\u202f03",
        "2012-123456-03",
        "2012–123456‑03\u200b",
    ],
)
def test_spaces_and_hyphens_of_any_kind_are_left_out(text: str) -> None:
    assert normalise_digits(text) == "201212345603"
    assert check_identifier(DUF, text, BEFORE).value == "201212345603"


def test_a_registration_number_is_letters_and_digits_in_upper_case() -> None:
    found = check_identifier(IdentifierKind.REG_NR, "ab 12-3", BEFORE)
    assert (found.value, found.errors, found.is_synthetic) == ("AB123", (), False)


def test_the_day_and_month_are_told_but_nothing_else_about_the_person() -> None:
    assert check_identifier(NATIONAL_ID, "15848610086", BEFORE).birth_day_and_month == (15, 4)
    assert check_identifier(D_NUMBER, "55848610150", BEFORE).birth_day_and_month == (15, 4)
    assert check_identifier(NATIONAL_ID, "32848610086", BEFORE).birth_day_and_month is None


@given(st.integers(0, 999_999))
def test_a_made_up_duf_number_is_acceptable_and_known_as_made_up(serial: int) -> None:
    value = synthetic_duf(serial)
    found = check_identifier(DUF, value, BEFORE)
    assert found.errors == ()
    assert set(found.warnings) <= {"placeholder"}
    assert found.is_synthetic
    assert value.startswith(f"2099{serial:06}")


@given(st.dates(date(1900, 1, 1), date(2039, 12, 31)), st.integers(0, 79))
def test_made_up_national_numbers_are_valid_under_both_rules(birth_date: date, serial: int) -> None:
    numbers = {
        NATIONAL_ID: synthetic_national_id(birth_date, serial),
        D_NUMBER: synthetic_d_number(birth_date, serial),
    }
    for kind, value in numbers.items():
        for on in (BEFORE, FROM_2032):
            found = check_identifier(kind, value, on)
            assert (found.errors, found.warnings, found.is_synthetic) == ((), (), True)
            assert found.birth_day_and_month == (birth_date.day, birth_date.month)


@pytest.mark.parametrize("birth_date", [date(1854, 2, 1), date(1986, 4, 15), date(2020, 2, 29)])
def test_each_serial_gives_another_number_until_the_date_has_no_more(birth_date: date) -> None:
    numbers = [synthetic_national_id(birth_date, serial) for serial in range(190)]
    assert len(set(numbers)) == 190
    with pytest.raises(ValueError, match="no synthetic number"):
        synthetic_national_id(birth_date, 500)


def test_a_serial_or_year_that_does_not_fit_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="six digits"):
        synthetic_duf(1_000_000)
    with pytest.raises(ValueError, match="no synthetic number"):
        synthetic_national_id(date(2040, 1, 1), 0)


@given(st.integers(1, 71), st.integers(1, 12), st.integers(0, 99), st.integers(0, 999), st.integers(0, 99))
def test_ordinary_numbers_before_2032_are_judged_as_stdnum_does(
    day: int, month: int, year: int, individual: int, check: int
) -> None:
    value = f"{day:02}{month:02}{year:02}{individual:03}{check:02}"
    # stdnum also refuses birth dates after its own today, which is not a rule about the number.
    assume(individual < 500 or year >= 40)
    kind = D_NUMBER if day > 40 else NATIONAL_ID
    assert check_identifier(kind, value, BEFORE).is_acceptable is fodselsnummer.is_valid(value)


@pytest.mark.parametrize("year", [54, 70, 99])
@pytest.mark.parametrize("individual", [0, 499, 500, 749, 750, 899, 900, 999])
def test_numbers_with_right_check_digits_are_judged_as_stdnum_does(year: int, individual: int) -> None:
    stem = f"2902{year:02}{individual:03}"
    for check in range(100):
        value = f"{stem}{check:02}"
        assert check_identifier(NATIONAL_ID, value, BEFORE).is_acceptable is fodselsnummer.is_valid(value)
        ordinary = f"15{value[2:]}"
        assert check_identifier(NATIONAL_ID, ordinary, BEFORE).is_acceptable is fodselsnummer.is_valid(ordinary)


def test_from_2032_there_are_four_times_the_check_digits_and_all_old_ones() -> None:
    values = [f"150486{individual:03}{check:02}" for individual in range(100) for check in range(100)]
    old, new = (
        {value for value in values if check_identifier(NATIONAL_ID, value, on).is_acceptable}
        for on in (BEFORE, FROM_2032)
    )
    assert old < new
    assert 3 * len(old) < len(new) < 5 * len(old)


def test_from_2032_the_individual_digits_tell_no_century() -> None:
    values = [f"15044575{digit}{check:02}" for digit in range(10) for check in range(100)]
    assert not any(check_identifier(NATIONAL_ID, value, BEFORE).is_acceptable for value in values)
    assert any(check_identifier(NATIONAL_ID, value, FROM_2032).is_acceptable for value in values)


@given(st.dates(date(1900, 1, 1), date(2039, 12, 31)), st.integers(0, 150), st.booleans())
def test_a_made_up_number_can_be_had_for_either_sex_and_says_the_birth_date(
    birth_date: date, serial: int, is_even: bool
) -> None:
    found = check_identifier(D_NUMBER, synthetic_d_number(birth_date, serial, is_even=is_even), BEFORE)
    assert (found.errors, found.is_even) == ((), is_even)
    assert not found.is_of_another_birth_date(birth_date)
    assert found.is_of_another_birth_date(birth_date + timedelta(days=1))
