"""The clock of a refusal names the enforcement officer's day as long as it holds, and no longer."""

from datetime import date, timedelta

import pytest

from fotfeste.refusal.domain.moves import moves
from fotfeste.refusal.domain.plan import plan
from fotfeste.refusal.domain.types import Case, Happening
from fotfeste.refusal.models import Refusal
from fotfeste.refusal.picture import clock_entries
from fotfeste.refusal.queries.shown import Shown
from fotfeste.refusal.rows import clock_rows, resident_rows
from tests.domain.refusal.making import OPENED, case, then, warned
from tests.domain.refusal.test_officer import LATER, SENT, petitioned

DAY = LATER + timedelta(days=9)


def days_shown(found: Case, on: date) -> set[str | date]:
    """The days of an eviction in the rows and in the picture."""
    shown = Shown(Refusal(cause="declined"), found, (), plan(found, on), tuple(moves(found, on)), on)
    rows = {words for what, words in clock_rows(shown) if what == "Dagen for utkastelse"}
    return rows | {each.start_on for each in clock_entries(shown, {}) if each.label == "Utkastelse"}


@pytest.mark.req("REF-02", "REF-05")
@pytest.mark.parametrize(
    ("out", "says"),
    [
        (Happening.ACCEPTED, "stoppet fra 19. mars 2024, utbetales igjen fra 26. mars 2024"),
        (Happening.MOVED_OUT, "stoppet fra 19. mars 2024, plassen på mottaket tok slutt 26. mars 2024"),
        (Happening.EVICTED, "stoppet fra 19. mars 2024, plassen på mottaket tok slutt 26. mars 2024"),
        (Happening.TAKEN_OUT, "stoppet fra 19. mars 2024 til 26. mars 2024, da husstanden ble en annen"),
    ],
)
def test_only_a_yes_brings_the_benefit_back(out: Happening, says: str) -> None:
    found = then(then(petitioned(), Happening.EVICTION_DAY_SET, SENT, day=LATER), out, LATER, "a")
    assert benefits_of(found) == [says, "stoppet fra 19. mars 2024"]


@pytest.mark.req("REF-02")
def test_who_moves_out_before_the_stop_was_paid_until_then() -> None:
    found = then(warned(case(), OPENED), Happening.MOVED_OUT, OPENED + timedelta(days=2), "a")
    assert benefits_of(found) == ["utbetalt til plassen på mottaket tok slutt 6. mars 2024"]


def benefits_of(found: Case) -> list[str]:
    """What the rows say of each."""
    shown = Shown(Refusal(cause="declined"), found, (), plan(found, LATER), tuple(moves(found, LATER)), LATER)
    return [row["benefit"] for row in resident_rows(shown, {each.id: each.id for each in found.residents})]


@pytest.mark.req("REF-06")
def test_the_clock_names_the_officers_day_as_long_as_it_holds() -> None:
    found = then(petitioned(), Happening.EVICTION_DAY_SET, SENT, day=DAY)
    assert days_shown(found, LATER) == {"4. april 2024", DAY}
    still = then(then(found, Happening.SUSPENDED, LATER), Happening.PETITION_PAUSED, LATER, "a", "b")
    assert days_shown(still, LATER) == set()
    assert days_shown(then(found, Happening.ACCEPTED, LATER, "a", "b"), LATER) == set()
