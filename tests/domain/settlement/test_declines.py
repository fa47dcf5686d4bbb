"""What a municipality says follows from its no, and whether it may be asked about the household again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.kernel.calendar import Week
from fotfeste.kernel.errors import Refused
from fotfeste.settlement.domain.declines import (
    LONGEST_WEEKS,
    Asking,
    checked_following,
    first_week_again,
    may_be_asked,
)
from fotfeste.settlement.domain.types import AfterDecline, Capability, Declined, Following

DAY = date(2024, 3, 12)  # in week 11
NOW = Week(2024, 11)
HOME, PETS = Capability.ADAPTED_HOUSING, Capability.PETS
WEEKS = st.integers(-60, 60).map(lambda weeks: NOW + weeks)
NEEDS = st.frozensets(st.sampled_from(list(Capability)))
DECLARED = st.dictionaries(st.sampled_from(list(Capability)), st.booleans())
FOLLOWING = st.one_of(
    WEEKS.map(lambda week: Following(AfterDecline.NOT_THIS_WEEK, week)),
    NEEDS.filter(bool).map(lambda unmet: Following(AfterDecline.NOT_THIS_NEED, unmet=unmet)),
    st.just(Following(AfterDecline.NOT_UNTIL_REASSESSED)),
)
ASKING = st.builds(Asking, week=WEEKS, assessment=st.integers(1, 4), needed=NEEDS, declared=DECLARED)


def no(following: Following) -> Declined:
    """A no of 3 March, to the first assessment of the household."""
    return Declined(date(2024, 3, 3), "no_housing", following, assessment=1)


@pytest.mark.req("SET-07")
@given(ASKING)
def test_who_has_not_said_no_may_be_asked(asking: Asking) -> None:
    assert may_be_asked(None, asking).is_yes


@pytest.mark.req("SET-07")
@given(ASKING, WEEKS)
def test_not_this_week_is_a_no_until_the_week_that_it_names(asking: Asking, week: Week) -> None:
    decision = may_be_asked(no(Following(AfterDecline.NOT_THIS_WEEK, week)), asking)
    assert decision.is_no == (asking.week < week)


@pytest.mark.req("SET-07")
@pytest.mark.parametrize(
    ("needed", "declared", "lacks"),
    [
        ({HOME, PETS}, {HOME: False, PETS: False}, {HOME, PETS}),
        ({HOME, PETS}, {HOME: True, PETS: False}, {PETS}),  # it has one of them by now
        ({PETS}, {HOME: False, PETS: False}, {PETS}),  # they need one of them no more
        ({HOME, PETS}, {HOME: True, PETS: True}, set()),
        ({HOME, PETS}, {}, set()),  # it has taken back what it declared
        ({Capability.STAFFED_HOUSING}, {Capability.STAFFED_HOUSING: False}, set()),  # not what it said no for
        (set(), {HOME: False, PETS: False}, set()),
    ],
)
def test_not_this_need_is_a_no_while_it_is_needed_and_declared_not_to_be_there(
    needed: set[Capability], declared: dict[Capability, bool], lacks: set[Capability]
) -> None:
    said = no(Following(AfterDecline.NOT_THIS_NEED, unmet=frozenset({HOME, PETS})))
    decision = may_be_asked(said, Asking(NOW, 1, frozenset(needed), declared))
    assert [reason.fields["needs"] for reason in decision.reasons] == ([" ".join(sorted(lacks))] if lacks else [])


@pytest.mark.req("SET-07")
@given(ASKING)
def test_not_until_reassessed_is_a_no_until_the_household_is_assessed_anew(asking: Asking) -> None:
    decision = may_be_asked(no(Following(AfterDecline.NOT_UNTIL_REASSESSED)), asking)
    assert decision.is_no == (asking.assessment == 1)


@pytest.mark.req("SET-07")
@given(ASKING, FOLLOWING)
def test_a_no_that_holds_says_when_it_was_said_and_why(asking: Asking, following: Following) -> None:
    decision = may_be_asked(no(following), asking)
    said = [(reason.fields["on"], reason.fields["reason"]) for reason in decision.reasons]
    assert said == ([(date(2024, 3, 3), "no_housing")] if decision.is_no else [])


@pytest.mark.req("SET-07")
@pytest.mark.parametrize(
    ("wanted", "first"),
    [
        (None, Week(2024, 12)),  # after that of the answer
        (Week(2024, 14), Week(2024, 15)),  # after the one it was asked for
        (Week(2024, 9), Week(2024, 12)),  # ... which is over
        (Week(2025, 20), Week(2025, 21)),  # ... also where it is more than a year ahead
    ],
)
def test_without_a_week_it_is_the_one_after(wanted: Week | None, first: Week) -> None:
    assert first_week_again(wanted, DAY) == first
    found = checked_following("not_this_week", again_from=None, unmet=(), told=(), wanted=wanted, day=DAY)
    assert found == Following(AfterDecline.NOT_THIS_WEEK, first)


@pytest.mark.req("SET-07")
@pytest.mark.parametrize(
    ("follows", "week", "unmet", "refused"),
    [
        ("", None, (), ("what_follows_missing", "follows")),
        ("never", None, (), ("what_follows_missing", "follows")),
        ("not_this_week", Week(2024, 11), (), ("again_too_early", "again_from")),
        ("not_this_week", NOW + (LONGEST_WEEKS + 1), (), ("again_too_late", "again_from")),
        ("not_this_need", None, (), ("unmet_need_missing", "unmet")),
        ("not_this_need", None, (HOME, PETS), ("need_not_told", "unmet")),
    ],
)
def test_what_cannot_follow_is_refused_at_its_field(
    follows: str, week: Week | None, unmet: tuple[Capability, ...], refused: tuple[str, str]
) -> None:
    with pytest.raises(Refused) as caught:
        checked_following(follows, again_from=week, unmet=unmet, told=(HOME,), wanted=None, day=DAY)
    assert (caught.value.code, caught.value.field) == refused


@pytest.mark.req("SET-07")
def test_a_no_for_a_year_of_weeks_is_kept() -> None:
    last = NOW + LONGEST_WEEKS
    found = checked_following("not_this_week", again_from=last, unmet=(), told=(), wanted=None, day=DAY)
    assert found.from_week == last


@pytest.mark.req("SET-07")
def test_where_nothing_is_needed_no_need_can_be_what_a_no_is_about() -> None:
    with pytest.raises(Refused) as caught:
        checked_following("not_this_need", again_from=None, unmet=(HOME,), told=(), wanted=None, day=DAY)
    assert (caught.value.code, caught.value.field) == ("no_need_left", "follows")


@pytest.mark.req("SET-07")
@pytest.mark.parametrize(
    ("follows", "kept"),
    [
        ("not_this_week", Following(AfterDecline.NOT_THIS_WEEK, Week(2024, 20))),
        ("not_this_need", Following(AfterDecline.NOT_THIS_NEED, unmet=frozenset({HOME}))),
        ("not_until_reassessed", Following(AfterDecline.NOT_UNTIL_REASSESSED)),
    ],
)
def test_what_belongs_to_another_choice_is_left_out(follows: str, kept: Following) -> None:
    found = checked_following(
        follows, again_from=Week(2024, 20), unmet=(HOME,), told=(HOME, PETS), wanted=None, day=DAY
    )
    assert found == kept


@pytest.mark.req("SET-07")
def test_what_is_said_of_the_last_week_of_a_year_goes_on_in_the_next() -> None:
    assert first_week_again(Week(2026, 53), date(2026, 12, 30)) == Week(2027, 1)
