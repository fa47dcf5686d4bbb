"""Who may ask, what follows from a no, how long a plan waits, what stands out in a home (SET-13, SET-17)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from fotfeste.kernel.errors import Refused
from fotfeste.self_settlement.domain.asking import Household, SaidNo, TermsOfToday, check_no, may_ask, may_ask_again
from fotfeste.self_settlement.domain.home import (
    Contract,
    check_approval,
    check_contract,
    checks_of,
    findings,
    is_crowded,
)
from fotfeste.self_settlement.domain.states import ASKED, UNDER_WAY
from fotfeste.self_settlement.domain.types import Check, DepositBy, NoReason
from fotfeste.self_settlement.domain.waiting import agree_due, allocation_waits, answer_due, check_due, home_due

DAY = date(2024, 3, 14)
AT = datetime(2024, 3, 14, 9, tzinfo=UTC)
MAY = Household(
    case_state="queued", has_permit=True, has_had_offer=False, is_unaccompanied_minor=False, is_under_way=False
)
HOME = Contract(
    rent_ore=1_000_000,
    deposit_ore=6_000_000,
    deposit_by=DepositBy.HOUSEHOLD,
    notice_months=3,
    length_months=36,
    starts_on=date(2024, 4, 1),
    rooms=3,
    square_metres=75,
    persons=3,
    others=0,
)


@pytest.mark.req("SET-13")
@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"case_state": "interview_due"}, []),
        ({"case_state": ""}, ["no_case"]),
        ({"case_state": "requested"}, ["has_municipality"]),
        ({"case_state": "municipality_found"}, ["has_municipality"]),
        ({"case_state": "offered"}, ["has_municipality"]),
        ({"case_state": "journey_agreed"}, ["has_municipality"]),
        ({"case_state": "settled"}, ["has_municipality"]),
        ({"case_state": "closed"}, ["has_municipality"]),
        ({"has_permit": False}, ["no_permit_yet"]),
        ({"has_had_offer": True}, ["had_its_offer"]),
        ({"is_unaccompanied_minor": True}, ["minor_alone"]),
        ({"is_under_way": True}, ["asks_already"]),
        ({"has_permit": False, "is_under_way": True}, ["no_permit_yet", "asks_already"]),
    ],
)
def test_who_may_ask(changes: dict[str, object], codes: list[str]) -> None:
    decision = may_ask(replace(MAY, **changes))  # type: ignore[arg-type]
    assert [reason.code for reason in decision.reasons] == codes
    assert decision.is_yes == (not codes)


@pytest.mark.req("SET-13")
@pytest.mark.parametrize(
    ("reason", "days", "code"),
    [
        ("no_capacity", 0, "said_no_until"),
        ("no_capacity", 55, "said_no_until"),
        ("no_capacity", 56, ""),
        ("other", 56, ""),
        ("not_allowed", 400, "said_no_for_good"),
        ("not_in_target_group", 400, "said_no_for_good"),
    ],
)
def test_the_same_municipality_is_asked_again_when_its_reason_is_over(reason: str, days: int, code: str) -> None:
    decision = may_ask_again([SaidNo(DAY, reason)], DAY + timedelta(days=days))
    assert [each.code for each in decision.reasons] == ([code] if code else [])


def test_who_was_never_declined_may_be_asked() -> None:
    assert may_ask_again([], DAY).is_yes


@pytest.mark.parametrize(
    ("reason", "text", "code"),
    [
        ("no_capacity", "", ""),
        ("other", "Sykdom", ""),
        ("other", " ", "self_settlement_no_needs_words"),
        ("", "Nei", "self_settlement_no_reason_missing"),
        ("quota_filled", "", "self_settlement_no_reason_missing"),
    ],
)
def test_a_no_has_a_reason_of_the_list(reason: str, text: str, code: str) -> None:
    if not code:
        check_no(reason, text)
        return
    with pytest.raises(Refused) as refused:
        check_no(reason, text)
    assert refused.value.code == code


@pytest.mark.req("SET-13")
@pytest.mark.parametrize("is_instant_known", [True, False])
@pytest.mark.parametrize(("later", "may"), [(-1, False), (0, False), (1, True)])
def test_a_no_that_lasts_falls_with_the_terms_that_it_rested_on(later: int, may: bool, is_instant_known: bool) -> None:
    no = SaidNo(DAY, NoReason.NOT_ALLOWED, AT if is_instant_known else None)
    terms = TermsOfToday(DAY + timedelta(days=later), AT + timedelta(days=later))
    decision = may_ask_again([no], DAY + timedelta(days=400), terms=terms)
    assert decision.is_yes is may


@pytest.mark.req("SET-13")
@pytest.mark.parametrize(("minutes", "may"), [(-1, False), (0, False), (1, True)])
def test_terms_of_the_same_day_lift_a_no_that_was_given_before_them(minutes: int, may: bool) -> None:
    terms = TermsOfToday(DAY, AT + timedelta(minutes=minutes))
    decision = may_ask_again([SaidNo(DAY, NoReason.NOT_ALLOWED, AT)], DAY, terms=terms)
    assert decision.is_yes is may


@pytest.mark.req("SET-13")
@pytest.mark.parametrize(
    ("state", "days", "is_out", "code"),
    [
        ("asked", 0, True, "waits_for_answer"),
        ("asked", 27, True, "waits_for_answer"),
        ("asked", 28, False, "waited_long_enough"),
        ("finding_home", 28, True, "waits_for_home"),
        ("finding_home", 10 + 55, True, "waits_for_home"),
        ("finding_home", 10 + 56, False, "waited_long_enough"),
        ("home_sent", 10 + 56, False, "waited_long_enough"),
        ("approved", 20 + 27, True, "waits_for_agreement"),
        ("approved", 20 + 28, False, "waited_long_enough"),
        ("agreed", 400, True, "waits_for_imdi"),
    ],
)
def test_a_plan_leaves_them_out_for_a_time_and_then_takes_them_again(
    state: str, days: int, is_out: bool, code: str
) -> None:
    welcomed = None if state == "asked" else DAY + timedelta(days=10)
    decision = allocation_waits(
        state,
        asked_on=DAY,
        welcomed_on=welcomed,
        approved_on=DAY + timedelta(days=20) if state in ("approved", "agreed") else None,
        municipality="Levanger",
        day=DAY + timedelta(days=days),
    )
    assert (decision.is_yes, decision.reasons[0].code) == (is_out, code)
    assert decision.reasons[0].fields["municipality"] == "Levanger"


def test_the_days_of_each_move() -> None:
    easter = date(2024, 3, 27)  # Wednesday before Easter: 28 March to 1 April are days off
    assert answer_due(easter).on == date(2024, 4, 15)
    assert check_due(easter).on == date(2024, 4, 8)
    assert agree_due(easter).on == date(2024, 4, 4)
    assert home_due(date(2024, 2, 16)).on == date(2024, 4, 2)  # six weeks later is Good Friday
    assert {each.rule.status for each in (answer_due(DAY), check_due(DAY), agree_due(DAY), home_due(DAY))} == {"demo"}


@pytest.mark.req("SET-17")
@pytest.mark.parametrize(
    ("rooms", "square_metres", "persons", "others", "crowded"),
    [
        (3, 75, 3, 0, False),
        (2, 74, 3, 0, True),
        (2, 75, 3, 0, False),  # large enough, although they share rooms
        (3, 60, 3, 0, False),  # small, with a room for each
        (2, 0, 3, 0, True),  # size not known: the rooms decide
        (3, 0, 3, 0, False),
        (1, 24, 1, 0, True),
        (1, 25, 1, 0, False),
        (3, 75, 3, 1, True),  # who lives there beside them counts
    ],
)
def test_who_lives_crowded(rooms: int, square_metres: int, persons: int, others: int, crowded: bool) -> None:
    home = replace(HOME, rooms=rooms, square_metres=square_metres, persons=persons, others=others)
    assert is_crowded(home, DAY) is crowded


@pytest.mark.req("SET-17")
@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"is_signed": True}, ["already_signed"]),
        ({"deposit_ore": 6_000_001}, ["deposit_too_high"]),
        ({"notice_months": 2}, ["notice_too_short"]),
        ({"notice_months": 1, "is_single_room": True}, []),
        ({"length_months": 35}, ["term_too_short"]),
        ({"length_months": 0}, []),
        ({"length_months": 12, "is_in_landlords_house": True}, []),
        ({"length_months": 11, "is_in_landlords_house": True}, ["term_too_short"]),
        ({"others": 2, "is_signed": True}, ["already_signed", "crowded"]),
    ],
)
def test_what_stands_out_in_a_home(changes: dict[str, object], codes: list[str]) -> None:
    assert [each.code for each in findings(replace(HOME, **changes), DAY)] == codes  # type: ignore[arg-type]


@pytest.mark.req("SET-17")
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"rooms": 0}, "home_has_no_room"),
        ({"rent_ore": -1}, "money_is_negative"),
        ({"others": -1}, "number_is_negative"),
        ({"deposit_ore": 0}, "who_pays_deposit_missing"),
        ({"deposit_by": DepositBy.NONE}, "who_pays_deposit_missing"),
    ],
)
def test_what_no_contract_says(changes: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        check_contract(replace(HOME, **changes))  # type: ignore[arg-type]
    assert refused.value.code == code


@pytest.mark.req("SET-13")
def test_a_home_is_approved_when_all_is_seen_and_nothing_is_signed() -> None:
    home, contract = checks_of(DAY)
    everything = [*home, *contract]
    assert set(everything) == set(Check)
    check_approval(HOME, everything, day=DAY)
    with pytest.raises(Refused) as refused:
        check_approval(HOME, everything[:-2], day=DAY)
    assert (refused.value.code, refused.value.params) == ("checks_missing", {"count": 2})
    with pytest.raises(Refused) as refused:
        check_approval(replace(HOME, is_signed=True), everything, day=DAY)
    assert refused.value.code == "contract_is_signed_already"


def test_whatever_is_under_way_can_be_withdrawn_and_can_lapse() -> None:
    for state in UNDER_WAY:
        names = {step.name for step in ASKED.available(state)}
        assert {"withdraw", "lapse"} <= names
    assert {step.name for step in ASKED.available("settled")} == {"annul_move", "lapse_move"}
