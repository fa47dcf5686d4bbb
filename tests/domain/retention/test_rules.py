"""When the purpose of keeping a household's record is over, and what keeps it: days worked out by hand."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.access.domain.types import NeedReason
from fotfeste.kernel.errors import NoRule
from fotfeste.kernel.forgetting import Part
from fotfeste.kernel.parameters import ParameterError, ParameterStatus
from fotfeste.retention.domain import rules
from fotfeste.retention.domain.book import book, shipped
from fotfeste.retention.domain.types import HouseholdFacts, Purpose

pytestmark = pytest.mark.req("ACS-04")
SETTLED = HouseholdFacts(
    key=7,
    created_on=date(2024, 2, 1),
    left_on=date(2024, 8, 31),
    last_case="settled",
    case_ended_on=date(2024, 8, 31),
    open_needs=frozenset({NeedReason.PROTECTION_CASE, NeedReason.SETTLED_HERE}),
    last_act_on=date(2024, 8, 31),
)
LEFT = replace(SETTLED, last_case="", case_ended_on=None, open_needs=frozenset({NeedReason.PROTECTION_CASE}))
EMPTIED = replace(LEFT, left_on=None, emptied_on=date(2024, 8, 31))
LATER = date(2040, 1, 1)


def due_days(facts: HouseholdFacts) -> dict[Part, date]:
    """When each part is due."""
    return {due.part: due.due_on for due in rules.plan_for(facts, LATER, book()).parts}


@pytest.mark.parametrize(
    ("facts", "purpose", "days"),
    [
        (  # 6, 12 and 72 months; 31 August has no counterpart in February
            SETTLED,
            Purpose.SETTLED,
            {
                Part.CONTACTS: date(2025, 2, 28),
                Part.TEXTS: date(2025, 8, 31),
                Part.IDENTITY: date(2030, 8, 31),
            },
        ),
        (
            LEFT,
            Purpose.LEFT,
            {
                Part.CONTACTS: date(2025, 2, 28),
                Part.TEXTS: date(2025, 8, 31),
                Part.IDENTITY: date(2027, 8, 31),
            },
        ),
        # The household's own goes as early as its texts: with it.
        (EMPTIED, Purpose.EMPTIED, {Part.CONTACTS: date(2025, 2, 28), Part.IDENTITY: date(2025, 8, 31)}),
    ],
)
def test_each_part_has_its_own_period_by_how_it_ended(
    facts: HouseholdFacts, purpose: Purpose, days: dict[Part, date]
) -> None:
    assert rules.plan_for(facts, LATER, book()).purpose is purpose
    assert due_days(facts) == days


def test_the_last_day_of_a_period_is_kept_and_the_next_is_past_it() -> None:
    before = rules.plan_for(SETTLED, date(2030, 8, 30), book())
    on_it = rules.plan_for(SETTLED, date(2030, 8, 31), book())
    assert Part.IDENTITY not in {due.part for due in before.over(date(2030, 8, 30))}
    assert Part.IDENTITY in {due.part for due in on_it.over(date(2030, 8, 31))}
    [told] = [due.decision for due in before.parts if due.part is Part.IDENTITY]
    assert told.is_no
    assert dict(told.reasons[0].fields) == {"due_on": date(2030, 8, 31), "days": 1}
    assert told.rule.status == "demo"


@pytest.mark.parametrize(
    ("changes", "over_on"),
    [
        ({}, date(2024, 8, 31)),
        # Registered late: it counts from when it was registered, so that a wrong day in the past deletes nobody.
        ({"last_act_on": date(2026, 1, 5)}, date(2026, 1, 5)),
        ({"case_ended_on": date(2024, 10, 1)}, date(2024, 10, 1)),
        ({"left_on": date(2024, 12, 24)}, date(2024, 12, 24)),
        ({"last_act_on": None, "left_on": None, "case_ended_on": date(2023, 1, 1)}, date(2024, 2, 1)),
    ],
)
def test_periods_count_from_the_latest_of_all_that_ended_and_was_registered(
    changes: dict[str, date], over_on: date
) -> None:
    assert rules.plan_for(replace(SETTLED, **changes), LATER, book()).over_on == over_on  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"has_stay": True}, "lives_somewhere"),
        ({"has_open_case": True}, "case_is_open"),
        ({"has_open_task": True}, "task_is_open"),
        ({"has_open_doubt": True}, "may_be_registered_twice"),
        *(
            ({"open_needs": frozenset({reason})}, "need_is_open")
            for reason in sorted(set(NeedReason) - rules.ENDED_HERE)
        ),
    ],
)
def test_whatever_still_goes_on_with_them_keeps_everything(changes: dict[str, object], code: str) -> None:
    plan = rules.plan_for(replace(SETTLED, **changes), LATER, book())  # type: ignore[arg-type]
    assert not plan.may_go()
    assert [reason.code for reason in plan.held.reasons] == [code]


def test_the_registrys_own_need_and_that_of_the_municipality_keep_nobody() -> None:
    assert frozenset({NeedReason.PROTECTION_CASE, NeedReason.SETTLED_HERE}) == rules.ENDED_HERE
    assert rules.plan_for(SETTLED, LATER, book()).may_go()


def test_whoever_registered_a_household_that_is_put_aside_keeps_nothing_of_it() -> None:
    registered = frozenset({NeedReason.REGISTERED_HERE})
    assert rules.plan_for(replace(EMPTIED, open_needs=registered), LATER, book()).may_go()
    lives = frozenset({NeedReason.LIVES_HERE})
    assert not rules.plan_for(replace(EMPTIED, open_needs=lives), LATER, book()).may_go()


def test_whoever_has_never_been_placed_is_past_no_purpose_however_long_ago() -> None:
    plan = rules.plan_for(HouseholdFacts(key=1, created_on=date(2010, 1, 1)), LATER, book())
    assert plan.purpose is None
    assert plan.parts == ()
    assert [reason.code for reason in plan.held.reasons] == ["has_not_left"]


def test_what_is_gone_is_not_due_again() -> None:
    contacts = replace(SETTLED, gone=frozenset({Part.CONTACTS}))
    assert Part.CONTACTS not in due_days(contacts)
    assert due_days(replace(SETTLED, gone=frozenset(Part))) == {}


def test_no_shipped_period_is_verified_and_every_one_names_who_must_decide() -> None:
    for code in rules.PERIODS:
        for version in shipped().history(code):
            assert version.status is ParameterStatus.DEMO
            assert "owner:" in version.source or code in rules.NOTHING_OF_ANYBODY


def test_a_rule_that_nobody_confirmed_is_carried_out_only_where_nobody_exists() -> None:
    rule = shipped().get("retention.settled_months", LATER)
    assert not rules.is_confirmed(rule, is_demo=False)
    assert rules.is_confirmed(rule, is_demo=True)
    assert rules.is_confirmed(replace(rule, status=ParameterStatus.VERIFIED), is_demo=False)
    assert not rules.is_confirmed(replace(rule, status=ParameterStatus.SECONDARY), is_demo=False)
    assert rules.is_confirmed(shipped().get("retention.sessions_days", LATER), is_demo=False)


OWN = """
[[value]]
code = "retention.settled_months"
value = 120
unit = "months"
effective_from = 2025-01-01
known_from = 2025-01-01
source = "Vedtak i IMDi 2. desember 2024"
status = "verified"
"""


def test_an_installation_confirms_a_rule_with_a_version_of_its_own(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(OWN)
    found = book(own)
    assert rules.is_confirmed(found.get("retention.settled_months", date(2025, 1, 1)), is_demo=False)
    assert not rules.is_confirmed(found.get("retention.settled_months", date(2024, 12, 31)), is_demo=False)
    plan = rules.plan_for(SETTLED, LATER, found)
    assert plan.parts[-1].due_on == date(2034, 8, 31)


def test_a_misspelt_rule_of_the_installation_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(OWN.replace("settled_months", "setled_months"))
    with pytest.raises(ParameterError, match=r"retention\.setled_months: there is no such rule"):
        book(own)


def test_before_there_was_any_rule_nothing_is_guessed() -> None:
    with pytest.raises(NoRule):
        rules.plan_for(SETTLED, date(2019, 12, 31), book())


@given(st.dates(date(2021, 1, 1), date(2035, 12, 31)), st.sampled_from([rules.LOOKS, rules.SESSIONS]))
def test_what_goes_by_its_own_age_goes_exactly_when_its_period_is_over(day: date, code: str) -> None:
    rule = shipped().get(code, day)
    since = rules.kept_since(rule, day)
    assert rules.end_of(rule, since) > day
    assert rules.end_of(rule, since - timedelta(days=1)) <= day


@pytest.mark.parametrize(
    ("day", "since"), [(date(2024, 3, 31), date(2023, 12, 31)), (date(2024, 5, 30), date(2024, 3, 1))]
)
def test_three_months_back_from_the_end_of_a_month(day: date, since: date) -> None:
    rule = shipped().get(rules.LOOK_WORDS, day)
    assert rules.kept_since(rule, day) == since + timedelta(days=0 if since.day == 1 else 1)
