"""The clock of a refusal names the enforcement officer's day as long as it holds, and no longer."""

from datetime import date, timedelta

import pytest

from fotfeste.refusal.domain.moves import moves
from fotfeste.refusal.domain.plan import plan
from fotfeste.refusal.domain.types import Case, Happening
from fotfeste.refusal.models import Refusal
from fotfeste.refusal.picture import clock_entries
from fotfeste.refusal.queries.shown import Shown
from fotfeste.refusal.rows import clock_rows
from tests.domain.refusal.making import then
from tests.domain.refusal.test_officer import LATER, SENT, petitioned

DAY = LATER + timedelta(days=9)


def days_shown(found: Case, on: date) -> set[str | date]:
    """The days of an eviction in the rows and in the picture."""
    shown = Shown(Refusal(cause="declined"), found, (), plan(found, on), tuple(moves(found, on)), on)
    rows = {words for what, words in clock_rows(shown) if what == "Dagen for utkastelse"}
    return rows | {each.start_on for each in clock_entries(shown, {}) if each.label == "Utkastelse"}


@pytest.mark.req("REF-06")
def test_the_clock_names_the_officers_day_as_long_as_it_holds() -> None:
    found = then(petitioned(), Happening.EVICTION_DAY_SET, SENT, day=DAY)
    assert days_shown(found, LATER) == {"4. april 2024", DAY}
    still = then(then(found, Happening.SUSPENDED, LATER), Happening.PETITION_PAUSED, LATER, "a", "b")
    assert days_shown(still, LATER) == set()
    assert days_shown(then(found, Happening.ACCEPTED, LATER, "a", "b"), LATER) == set()
