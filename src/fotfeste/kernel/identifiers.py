"""Identity numbers: what is wrong with one, what is odd about it, and whether it is made up.

A number proves nothing about a person: sex, age and birth date are never derived from it. Rules and
sources: DUF from SSB's KOSTRA control programme; fødselsnummer from Skatteetaten, with the rule that
applies from 1.1.2032 (folkeregisteret-api-dokumentasjon, nyttfnr2032).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from stdnum.no import orgnr

NEW_NATIONAL_ID_RULE_FROM = date(2032, 1, 1)
SYNTHETIC_DUF_YEAR = "2099"

_SEPARATORS = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff\u2010-\u2015\u2212-]+")
_DUF_WEIGHTS = (4, 6, 3, 2, 4, 6, 3, 2, 7, 5)
_K1_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_K2_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
# SSB's forms use these last digits for people whose number is unknown.
_DUF_PLACEHOLDERS = ("00100", "00200", "55555", "99999")
_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class IdentifierKind(StrEnum):
    """The kinds of number. REG_NR is UDI's number in the reception system; its form is not public."""

    DUF = "duf"
    D_NUMBER = "d_number"
    NATIONAL_ID = "national_id"
    REG_NR = "reg_nr"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class IdentifierCheck:
    """What was found. `value` is the normalised number, whatever is wrong with it.

    Errors mean that the number cannot be one of its kind; warnings that a person should look again. Codes:
    errors `empty`, `characters`, `length`, `date`, `individual_digits`, `check_digits`, `is_d_number`,
    `not_d_number`, `fh_number`; warnings `check_digits`, `year_in_future`, `placeholder` (DUF),
    `ambiguous_synthetic` (month +40). `birth_day_and_month`, `year_in_century`, `century` and `is_even` are what
    the digits say, for comparing with what is registered on its own; `century` and `is_even` (the third individual
    digit, even for women) are None where the rule of the day gives them no meaning, as it does from 2032.
    """

    kind: IdentifierKind
    value: str
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    is_synthetic: bool = False
    birth_day_and_month: tuple[int, int] | None = None
    year_in_century: int | None = None
    century: int | None = None
    is_even: bool | None = None

    def is_of_another_birth_date(self, birth_date: date) -> bool:
        """The digits say another birth date than the one that is registered."""
        if self.birth_day_and_month is None or self.year_in_century is None:
            return False
        said = (*self.birth_day_and_month, self.year_in_century, self.century)
        century = None if self.century is None else birth_date.year // 100 * 100
        return said != (birth_date.day, birth_date.month, birth_date.year % 100, century)

    @property
    def is_acceptable(self) -> bool:
        """No errors; there may be warnings."""
        return not self.errors


def normalise_digits(text: str) -> str:
    """The text without spaces of any kind, hyphens, dashes and invisible marks; nothing else is changed."""
    return _SEPARATORS.sub("", text)


def check_identifier(kind: IdentifierKind, text: str, on: date) -> IdentifierCheck:
    """What is wrong with the number as written, by the rules that apply on the day.

    A failing check digit of a DUF number is a warning: the official algorithm is not public. REG_NR takes 1
    to 20 letters A-Z and digits, made upper case, since its form is not public.
    """
    value = normalise_digits(text)
    if kind is IdentifierKind.REG_NR:
        value = value.upper()
    if not value:
        return IdentifierCheck(kind, value, ("empty",))
    if not re.fullmatch(r"[0-9A-Z]+" if kind is IdentifierKind.REG_NR else r"[0-9]+", value):
        return IdentifierCheck(kind, value, ("characters",))
    match kind:
        case IdentifierKind.DUF:
            return _check_duf(value, on)
        case IdentifierKind.D_NUMBER | IdentifierKind.NATIONAL_ID:
            return _check_national(kind, value, on)
        case IdentifierKind.REG_NR:
            return IdentifierCheck(kind, value, ("length",) if len(value) > 20 else ())
        case IdentifierKind.ORGANISATION:
            return _check_organisation(value)


def is_synthetic(value: str) -> bool:
    """The normalised number is made up: DUF of the year 2099, or fødselsnummer/D-number with month +80, +65
    or +40.

    Month +40 is NAV's, but real H-numbers of the health service look the same: check_identifier warns.
    """
    if re.fullmatch(r"[0-9]{12}", value):
        return value.startswith(SYNTHETIC_DUF_YEAR)
    return re.fullmatch(r"[0-9]{11}", value) is not None and _month_offset(int(value[2:4])) > 0


def synthetic_duf(serial: int) -> str:
    """A made-up DUF number: year 2099, six digits of serial (0-999999), valid check digits."""
    if not 0 <= serial <= 999_999:
        raise ValueError(f"the serial {serial} has more than six digits")
    stem = f"{SYNTHETIC_DUF_YEAR}{serial:06}"
    return stem + _duf_check_digits(stem)


def synthetic_national_id(birth_date: date, serial: int, *, is_even: bool | None = None) -> str:
    """A made-up fødselsnummer (month +80) with valid check digits; serial counts the numbers of one birth
    date.

    A birth date has some 410 (some 200 before 1900); ValueError beyond them, and for years outside 1854-2039.
    The digits are valid under the rule before 2032 and after. `is_even`: only those whose third individual digit is
    (women's before 2032) or is not; then there are half as many.
    """
    return _synthetic(birth_date, serial, day_offset=0, is_even=is_even)


def synthetic_d_number(birth_date: date, serial: int, *, is_even: bool | None = None) -> str:
    """A made-up D-number (day +40, month +80), valid check digits; the rest as in synthetic_national_id."""
    return _synthetic(birth_date, serial, day_offset=40, is_even=is_even)


def _check_duf(value: str, on: date) -> IdentifierCheck:
    kind = IdentifierKind.DUF
    if len(value) != 12:
        return IdentifierCheck(kind, value, ("length",))
    made_up = is_synthetic(value)
    warnings: list[str] = []
    if value[10:] != _duf_check_digits(value[:10]):
        warnings.append("check_digits")
    if int(value[:4]) > on.year and not made_up:
        warnings.append("year_in_future")
    if value.endswith(_DUF_PLACEHOLDERS):
        warnings.append("placeholder")
    return IdentifierCheck(kind, value, (), tuple(warnings), made_up)


def _duf_check_digits(stem: str) -> str:
    return f"{_weighted(stem, _DUF_WEIGHTS) % 11:02}"


def _check_organisation(value: str) -> IdentifierCheck:
    kind = IdentifierKind.ORGANISATION
    if len(value) != 9:
        return IdentifierCheck(kind, value, ("length",))
    return IdentifierCheck(kind, value, () if orgnr.is_valid(value) else ("check_digits",))


def _check_national(kind: IdentifierKind, value: str, on: date) -> IdentifierCheck:
    if len(value) != 11:
        return IdentifierCheck(kind, value, ("length",))
    first_digit = int(value[0])
    if first_digit >= 8:  # FH-numbers are given by hospitals and carry no date
        return IdentifierCheck(kind, value, ("fh_number",))
    errors: list[str] = []
    if kind is IdentifierKind.D_NUMBER and first_digit < 4:
        errors.append("not_d_number")
    if kind is IdentifierKind.NATIONAL_ID and first_digit >= 4:
        errors.append("is_d_number")
    offset = _month_offset(int(value[2:4]))
    day, month = int(value[:2]) % 40, int(value[2:4]) - offset
    has_date = 1 <= month <= 12 and 1 <= day <= _DAYS_IN_MONTH[month - 1]
    if not has_date:
        errors.append("date")
    is_new_rule = on >= NEW_NATIONAL_ID_RULE_FROM
    if has_date and not is_new_rule:
        errors += _errors_in_century(day, month, int(value[4:6]), int(value[6:9]))
    if not (_has_check_digits(value, is_new_rule=is_new_rule)):
        errors.append("check_digits")
    warnings = ("ambiguous_synthetic",) if offset == 40 else ()
    year, individual = int(value[4:6]), int(value[6:9])
    return IdentifierCheck(
        kind,
        value,
        tuple(errors),
        warnings,
        offset > 0,
        (day, month) if has_date else None,
        year_in_century=year,
        century=None if is_new_rule else _century(year, individual),
        is_even=None if is_new_rule else individual % 2 == 0,
    )


def _month_offset(month: int) -> int:
    """What was added to the month: 80 Tenor (Skatteetaten), 65 SyntPop (NHN), 40 Dolly (NAV) and real
    H-numbers."""
    return next((offset for offset in (80, 65, 40) if offset < month <= offset + 12), 0)


def _errors_in_century(day: int, month: int, year: int, individual: int) -> list[str]:
    """Before 2032 the individual digits tell the century, so they can be impossible, and so can 29
    February."""
    century = _century(year, individual)
    if century is None:
        return ["individual_digits"]
    if (month, day) == (2, 29) and not _is_leap(century + year):
        return ["date"]
    return []


def _century(year: int, individual: int) -> int | None:
    if individual < 500:
        return 1900
    if year < 40:
        return 2000
    if individual < 750 and year >= 54:
        return 1800
    return 1900 if individual >= 900 else None


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _has_check_digits(value: str, *, is_new_rule: bool) -> bool:
    """The two last digits fit. k2 is what it always was; from 2032 k1 may leave any of the remainders 0 to
    3."""
    k1_remainder = (_weighted(value, _K1_WEIGHTS) + int(value[9])) % 11
    k2_remainder = (_weighted(value, _K2_WEIGHTS) + int(value[10])) % 11
    return k2_remainder == 0 and k1_remainder in ((0, 1, 2, 3) if is_new_rule else (0,))


def _weighted(digits: str, weights: Sequence[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def _synthetic(birth_date: date, serial: int, *, day_offset: int, is_even: bool | None) -> str:
    stem = f"{birth_date.day + day_offset:02}{birth_date.month + 80:02}{birth_date.year % 100:02}"
    valid = 0
    for individual in _individual_digits(birth_date.year):
        if is_even is not None and (individual % 2 == 0) is not is_even:
            continue
        digits = f"{stem}{individual:03}"
        k1 = -_weighted(digits, _K1_WEIGHTS) % 11
        k2 = -_weighted(f"{digits}{k1}", _K2_WEIGHTS) % 11
        if 10 in (k1, k2):
            continue
        if valid == serial:
            return f"{digits}{k1}{k2}"
        valid += 1
    raise ValueError(f"no synthetic number {serial} for {birth_date}: {valid} exist")


def _individual_digits(year: int) -> range:
    ranges = ((1854, 1899, range(500, 750)), (1900, 1999, range(500)), (2000, 2039, range(500, 1000)))
    return next((digits for first, last, digits in ranges if first <= year <= last), range(0))
