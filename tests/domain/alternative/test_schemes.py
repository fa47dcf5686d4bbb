"""What each scheme allows on which day."""

from datetime import date

import pytest

from fotfeste.alternative.domain import schemes
from fotfeste.alternative.domain.parameters import book
from fotfeste.alternative.domain.types import EndCause, Procedure, Scheme
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.parameters import Parameter, ParameterStatus


@pytest.mark.req("ALT-08")
def test_mamot_was_open_from_march_2022_until_february_2024_and_amot_is() -> None:
    assert schemes.open_schemes(date(2022, 3, 14), book()) == (Scheme.AMOT,)
    assert schemes.open_schemes(date(2022, 3, 15), book()) == (Scheme.AMOT, Scheme.MAMOT)
    assert schemes.open_schemes(date(2024, 2, 15), book()) == (Scheme.AMOT,)
    assert schemes.opened_on(Scheme.MAMOT, date(2023, 1, 1), book()) == date(2022, 3, 15)


@pytest.mark.req("ALT-08")
def test_mamot_is_opened_again_by_one_more_row() -> None:
    day = date(2026, 3, 1)
    again = Parameter("alternative.mamot_open", True, "claim", day, day, "an instruction", ParameterStatus.DEMO)
    opened = book().with_versions([again])
    assert not schemes.is_open(Scheme.MAMOT, date(2026, 2, 28), opened)
    assert schemes.is_open(Scheme.MAMOT, day, opened)
    schemes.check_scheme(Scheme.MAMOT, Procedure.FAST, day, opened)
    # Who applies to it now has nothing for the time when it was closed; who applied before that, has.
    moved_in, decided = date(2025, 6, 1), date(2026, 4, 1)
    assert schemes.first_day(Scheme.MAMOT, moved_in, date(2026, 3, 20), decided, opened) == day
    assert schemes.first_day(Scheme.MAMOT, date(2024, 1, 5), date(2024, 1, 20), decided, opened) == date(2024, 1, 5)


def test_a_scheme_says_how_it_stands_and_by_which_rules() -> None:
    amot, mamot = schemes.standing(date(2026, 3, 1), book())
    assert (amot.scheme, amot.is_open, amot.procedures) == (Scheme.AMOT, True, (Procedure.ALONE,))
    assert (mamot.is_open, mamot.since) == (False, date(2024, 2, 15))
    assert [rule.code for rule in mamot.rules] == ["alternative.mamot_open", "alternative.mamot_procedures"]


@pytest.mark.req("ALT-04")
def test_a_closed_scheme_and_a_procedure_that_it_has_not_are_refused() -> None:
    with pytest.raises(Refused, match="scheme_is_closed"):
        schemes.check_scheme(Scheme.MAMOT, Procedure.ALONE, date(2024, 2, 15), book())
    with pytest.raises(Refused, match="procedure_not_of_scheme"):
        schemes.check_scheme(Scheme.AMOT, Procedure.FAST, date(2024, 2, 15), book())
    schemes.check_scheme(Scheme.MAMOT, Procedure.GROUP, date(2023, 1, 1), book())


@pytest.mark.req("ALT-14")
def test_a_place_begins_when_they_moved_in_but_never_before_the_scheme() -> None:
    received, decided = date(2022, 4, 1), date(2022, 4, 20)
    assert schemes.first_day(Scheme.MAMOT, date(2022, 3, 20), received, decided, book()) == date(2022, 3, 20)
    assert schemes.first_day(Scheme.MAMOT, date(2022, 3, 1), received, decided, book()) == date(2022, 3, 15)
    assert schemes.first_day(Scheme.MAMOT, date(2022, 5, 1), received, decided, book()) == date(2022, 5, 1)


@pytest.mark.req("ALT-14")
def test_where_a_start_before_the_decision_is_not_allowed_the_place_begins_with_the_decision() -> None:
    day = date(2022, 4, 1)
    code = "alternative.mamot_start_before_decision"
    stricter = book().with_versions([Parameter(code, False, "claim", day, day, "a rule", ParameterStatus.DEMO)])
    assert schemes.first_day(Scheme.MAMOT, date(2022, 3, 20), day, date(2022, 4, 20), stricter) == date(2022, 4, 20)


@pytest.mark.req("ALT-07", "ALT-08", "ALT-09")
def test_what_ends_it_what_may_end_it_and_how_long_it_may_take() -> None:
    day = date(2023, 1, 31)
    assert schemes.ends_by(day, book()) == {EndCause.SETTLED, EndCause.OFFER_DECLINED, EndCause.MOVED_AWAY}
    assert schemes.may_end_by(day, book()) == {
        EndCause.CONDITIONS_FAILED,
        EndCause.MUNICIPALITY_WITHDREW,
        EndCause.SCHEME_ENDED,
    }
    assert not book().get("alternative.can_be_appealed", day).flag
    assert schemes.preliminary_due(day, book()).on == date(2023, 2, 28)
    assert schemes.municipality_due(day, book()).on == date(2023, 2, 14)
    assert schemes.link_expires_on(day, book()) == date(2023, 3, 2)
