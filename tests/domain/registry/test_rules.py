"""Age, the order of statuses, likely duplicates, registration numbers: pure rules."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.kernel.identifiers import IdentifierKind
from fotfeste.registry.domain.names import duplicate_keys, is_likely_duplicate, tokens_of, wanted_tokens
from fotfeste.registry.domain.parameters import book
from fotfeste.registry.domain.reg_nr import ASK, RegisteredNumber, desk_for, has_one_reg_nr
from fotfeste.registry.domain.registration import mistakes_in_descent, mistakes_in_number, number_warnings
from fotfeste.registry.domain.rules import has_permit, latest_status, status_fits
from fotfeste.registry.domain.types import Sex, Status, StatusKind

BORN = date(2008, 2, 29)
REGISTERED = Status(StatusKind.REGISTERED_BY_POLICE, date(2024, 2, 12))
APPLIED = Status(StatusKind.APPLIED_FOR_PROTECTION, date(2024, 2, 13))
PERMIT = Status(StatusKind.TEMPORARY_COLLECTIVE_PROTECTION, date(2024, 3, 2))
REFUSED = Status(StatusKind.REFUSAL, date(2024, 3, 4))
TODAY = date(2024, 3, 14)


@pytest.mark.req("REG-05")
@pytest.mark.parametrize(
    ("kind", "day", "earlier", "codes"),
    [
        (StatusKind.TEMPORARY_COLLECTIVE_PROTECTION, date(2024, 2, 13), (REGISTERED, APPLIED), ()),
        (StatusKind.REFUSAL, date(2024, 2, 12), (REGISTERED, APPLIED), ("status_before_application",)),
        (StatusKind.LEFT, date(2024, 2, 11), (REGISTERED,), ("status_before_registration",)),
        (StatusKind.LEFT, date(2024, 3, 15), (REGISTERED,), ("day_in_future",)),
        (StatusKind.SETTLED, TODAY, (REGISTERED, APPLIED, PERMIT), ()),
        (StatusKind.SETTLED, date(2024, 3, 1), (REGISTERED, APPLIED, PERMIT), ("settled_without_permit",)),
        (StatusKind.SETTLED, TODAY, (PERMIT, REFUSED), ("settled_without_permit",)),
        (StatusKind.TEMPORARY_COLLECTIVE_PROTECTION, date(2024, 3, 2), (PERMIT,), ("a_status_once_a_day",)),
        (StatusKind.RESIDENCE_PERMIT, TODAY, (), ()),
    ],
)
def test_statuses_come_in_an_order_that_can_have_happened(
    kind: StatusKind, day: date, earlier: tuple[Status, ...], codes: tuple[str, ...]
) -> None:
    decision = status_fits(kind, day, earlier, TODAY)
    assert tuple(reason.code for reason in decision.reasons) == codes
    assert decision.is_no is bool(codes)


@pytest.mark.req("REG-05")
def test_of_two_statuses_on_one_day_the_one_further_along_holds() -> None:
    same_day = Status(StatusKind.APPLIED_FOR_PROTECTION, REGISTERED.holds_on)
    assert latest_status([same_day, REGISTERED]) == same_day
    assert latest_status([]) is None
    assert has_permit([PERMIT, REGISTERED])
    assert not has_permit([PERMIT, REFUSED])
    assert not has_permit([REGISTERED])


@pytest.mark.req("REG-03")
@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        (("Kyryl", "Shevchenko"), ("Kiril", "Sjevtsjenko"), "yes"),
        (("Kyryl", "Shevchenko"), ("Shevchenko", "Kyryl"), "yes"),
        (("Anna Maria", "Bondar"), ("Maria", "Bondar"), "yes"),
        (("Mohammed", "Haddad"), ("Muhamad", "Hadad"), "yes"),
        (("Olha", "Bondar"), ("Nadija", "Bondar"), "no"),
        (("Olha", "Bondar"), ("Olha", "Melnyk"), "no"),
    ],
)
def test_close_names_and_one_birth_date_make_a_likely_duplicate(
    first: tuple[str, str], second: tuple[str, str], outcome: str
) -> None:
    one, two = (*first, BORN), (*second, BORN)
    assert is_likely_duplicate(one, two).outcome == outcome
    assert is_likely_duplicate(two, one).outcome == outcome
    assert is_likely_duplicate(one, (*second, date(2008, 3, 1))).is_no


@given(st.text(max_size=20), st.text(max_size=20), st.dates())
def test_keys_for_duplicates_are_never_met_by_a_search(given_name: str, family_name: str, born: date) -> None:
    keys = duplicate_keys(given_name, family_name, born)
    assert keys <= tokens_of(given_name, family_name, "", born, ())
    asked = {token for text in (given_name, family_name) for word in wanted_tokens(text) for token, _ in word}
    assert not any(key.startswith(token) for key in keys for token in asked)


def test_the_word_that_narrows_most_drives_the_search_and_digits_are_one_number() -> None:
    words = wanted_tokens("Li Kovalenko")
    assert words[0][0] == ("kovalenko", True)
    assert wanted_tokens("2099 1000-0201") == ((("209910000201", True),),)
    assert wanted_tokens("8123") == ((("8123", False),),)
    assert wanted_tokens("o")[0][0] == ("o", False)
    assert wanted_tokens("- .") == ()


def family(*numbers: str, on: date = date(2024, 2, 12)) -> list[RegisteredNumber]:
    return [RegisteredNumber(f"P{place}", number, on) for place, number in enumerate(numbers)]


@pytest.mark.req("REG-10")
@pytest.mark.parametrize(
    ("numbers", "codes"),
    [
        (("A1", "A1"), []),
        (("",), []),
        (("A1", ""), ["reg_nr_missing"]),
        (("", ""), ["reg_nr_missing", "reg_nr_missing"]),
        (("A1", "B2"), ["reg_nr_differs"]),
        (("A1", "B2", ""), ["reg_nr_missing", "reg_nr_differs"]),
    ],
)
def test_a_family_has_one_reg_nr_or_is_told_what_is_wrong(numbers: tuple[str, ...], codes: list[str]) -> None:
    decision = has_one_reg_nr(family(*numbers), book())
    assert [reason.code for reason in decision.reasons] == codes


@pytest.mark.req("REG-10")
@pytest.mark.parametrize(
    ("registered_on", "desk"),
    [
        (date(2022, 6, 19), "RMA_IKT_team@udi.no"),
        (date(2022, 6, 20), ASK),
        (date(2022, 6, 21), "pu.politivakta@politiet.no"),
        (date(2024, 2, 12), "pu.politivakta@politiet.no"),
        (date(2021, 12, 31), ASK),
    ],
)
def test_the_desk_follows_the_day_of_registration(registered_on: date, desk: str) -> None:
    assert desk_for(registered_on, book()) == desk


@pytest.mark.req("REG-01")
@pytest.mark.parametrize(
    ("number", "on", "codes"),
    [
        ("30108299939", date(2031, 12, 31), ["national_id_check_digits"]),
        ("30108299939", date(2032, 1, 1), []),
        ("30108299920", date(2024, 3, 14), []),
        ("301082 99920", date(2024, 3, 14), []),
    ],
)
def test_a_national_identity_number_is_judged_by_the_rule_of_the_day(number: str, on: date, codes: list[str]) -> None:
    found = mistakes_in_number(IdentifierKind.NATIONAL_ID, number, on, only_synthetic=False, field="national_id")
    assert [mistake.code for mistake in found] == codes


@pytest.mark.req("REG-01")
def test_a_number_that_is_no_person_s_is_refused_whatever_its_digits() -> None:
    [mistake] = mistakes_in_number(
        IdentifierKind.ORGANISATION, "974760673", date(2024, 3, 14), only_synthetic=False, field="organisation"
    )
    assert mistake.code == "number_not_of_a_person"


@pytest.mark.req("REG-01")
@pytest.mark.parametrize(
    ("kind", "value", "born", "sex", "on", "warnings"),
    [
        ("d_number", "55848610150", date(1986, 4, 15), Sex.MALE, 2024, []),
        ("d_number", "55848610150", date(1985, 4, 3), Sex.FEMALE, 2024, ["birth_date_differs", "sex_differs"]),
        ("national_id", "15848610086", date(1986, 4, 15), Sex.FEMALE, 2024, []),
        ("national_id", "15848610086", date(1986, 4, 15), Sex.UNKNOWN, 2024, []),
        ("national_id", "15848610086", date(1986, 4, 15), Sex.MALE, 2024, ["sex_differs"]),
        ("national_id", "15848610086", date(1986, 5, 15), Sex.FEMALE, 2024, ["birth_date_differs"]),
        ("national_id", "15848610086", date(1987, 4, 15), Sex.FEMALE, 2024, ["birth_date_differs"]),
        ("national_id", "15848610086", date(1886, 4, 15), Sex.FEMALE, 2024, ["birth_date_differs"]),
        # From 2032 the digits tell neither sex nor century.
        ("national_id", "15848610086", date(1886, 4, 15), Sex.MALE, 2032, []),
        ("national_id", "15848610086", date(1987, 4, 15), Sex.MALE, 2032, ["birth_date_differs"]),
        ("duf", "209912345603", date(1986, 4, 15), Sex.MALE, 2024, ["check_digits"]),
        ("national_id", "15848610087", date(1990, 1, 1), Sex.MALE, 2024, []),
    ],
)
def test_a_number_that_says_another_birth_date_or_sex_is_warned_about(
    kind: str, value: str, born: date, sex: Sex, on: int, warnings: list[str]
) -> None:
    found = number_warnings(IdentifierKind(kind), value, date(on, 3, 14), birth_date=born, sex=sex)
    assert found == tuple(f"{kind}_{warning}" for warning in warnings)


@pytest.mark.req("REG-04")
@pytest.mark.parametrize(
    ("parents", "children", "is_wrong"),
    [
        ([], [], False),
        ([date(1985, 1, 1)], [date(2030, 1, 1)], False),
        ([date(2010, 1, 1)], [], True),
        ([date(1985, 1, 1), date(2011, 1, 1)], [], True),
        ([], [date(2010, 1, 1)], True),
    ],
)
def test_nobody_is_born_before_a_parent_or_after_a_child(
    parents: list[date], children: list[date], is_wrong: bool
) -> None:
    assert bool(list(mistakes_in_descent(date(2010, 1, 1), parents=parents, children=children))) is is_wrong
