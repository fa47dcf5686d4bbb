"""One offer, answered knowing its consequences."""

from datetime import date

import pytest

from fotfeste.kernel.calendar import Week
from fotfeste.kernel.errors import Refused
from fotfeste.settlement.domain.consequences import consequences_in, languages_without_text
from fotfeste.settlement.domain.declines import check_decline
from fotfeste.settlement.domain.requests import (
    check_not_before,
    check_offer_answer,
    check_week,
    may_offer,
)


@pytest.mark.req("SET-08")
@pytest.mark.parametrize(("had_one", "is_allowed"), [([], True), (["Olena"], False), (["Olena", "Andrij"], False)])
def test_a_group_gets_an_offer_where_nobody_in_it_has_had_one(had_one: list[str], is_allowed: bool) -> None:
    assert may_offer(had_one).is_yes is is_allowed


@pytest.mark.req("SET-08")
@pytest.mark.parametrize(
    ("accepts", "shown", "names", "language", "code"),
    [
        (False, False, "Olena", "uk", "consequences_not_shown"),
        (True, False, " ", "uk", "who_answered_missing"),
        (True, False, "Olena", "", "answer_language_missing"),
    ],
)
def test_an_answer_says_who_in_what_language_and_a_no_knows_its_price(
    accepts: bool, shown: bool, names: str, language: str, code: str
) -> None:
    with pytest.raises(Refused) as caught:
        check_offer_answer(accepts=accepts, consequences_shown=shown, answered_by=names, language=language)
    assert caught.value.code == code


def test_a_yes_needs_no_consequences() -> None:
    check_offer_answer(accepts=True, consequences_shown=False, answered_by="Olena", language="uk")


@pytest.mark.req("SET-08")
def test_consequences_come_in_the_staffs_language_and_the_residents() -> None:
    assert [text.language for text in consequences_in(["uk", "en", "uk", "ti"])] == ["nb", "uk", "en"]
    assert languages_without_text(["uk", "ti"]) == ("ti",)


@pytest.mark.req("SET-08")
@pytest.mark.parametrize("language", ["nb", "en", "uk", "ru"])
def test_norwegian_training_is_told_as_being_clarified_neither_lost_nor_kept(language: str) -> None:
    (text,) = consequences_in([], staff_language=language) if language != "uk" else consequences_in(["uk"])[1:]
    words = {"nb": "norskopplæring", "en": "norwegian language", "uk": "норвезьк", "ru": "норвежск"}[language]
    assert words in text.unclear.lower()
    assert not any(words in line.lower() for line in (*text.lost, *text.kept))
    assert len(text.lost) == 6


@pytest.mark.req("SET-07")
def test_a_no_has_a_reason_and_other_has_words() -> None:
    with pytest.raises(Refused, match="decline_reason_missing"):
        check_decline("", "")
    with pytest.raises(Refused, match="decline_reason_needs_words"):
        check_decline("other", " ")
    check_decline("no_housing", "")


def test_a_week_that_is_over_is_refused_and_the_present_one_is_not() -> None:
    with pytest.raises(Refused, match="week_is_over"):
        check_week(Week(2024, 10), date(2024, 3, 14), field="week")
    check_week(Week(2024, 11), date(2024, 3, 14), field="week")


@pytest.mark.req("SET-07")
@pytest.mark.parametrize(("week", "is_allowed"), [((2024, 52), False), ((2025, 1), True), ((2025, 2), True)])
def test_an_offer_is_not_before_the_earliest_week(week: tuple[int, int], is_allowed: bool) -> None:
    possible = Week(2025, 1)
    if is_allowed:
        check_not_before(Week(*week), possible)
        return
    with pytest.raises(Refused, match="offer_before_possible_week"):
        check_not_before(Week(*week), possible)
