"""Histories of stays as they become known: begun, ended, corrected, moved, taken back, in any order."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from fotfeste.grants.domain.types import StayFact
from tests.domain.grants.making import FREDRIKSTAD, OSLO, TRONDHEIM

FIRST_DAY = date(2021, 11, 15)
DAYS = 420
FIRST_INSTANT = datetime(2022, 1, 1, tzinfo=UTC)

PEOPLE = st.sampled_from(["1", "2"])
PLACES = st.sampled_from([FREDRIKSTAD, OSLO, TRONDHEIM])
# Many first and last days of months, where mistakes live.
FIRSTS = st.integers(0, 14).map(lambda number: date(2021 + (11 + number) // 12, (11 + number) % 12 + 1, 1))
STARTS = st.one_of(
    FIRSTS, FIRSTS.map(lambda day: day - timedelta(1)), st.integers(0, DAYS).map(lambda n: FIRST_DAY + timedelta(n))
)
LENGTHS = st.one_of(st.none(), st.integers(0, 3), st.integers(0, 200))


@dataclass
class History:
    """Rows as they were written, each superseding the live one of its stay; what would overlap is turned away."""

    rows: list[StayFact] = field(default_factory=list)
    instant: datetime = FIRST_INSTANT

    def live(self) -> list[StayFact]:
        """The rows that nothing has superseded."""
        return [row for row in self.rows if row.known_to is None]

    def tell(self, stay: str, person: str, municipality: str, start: date, end: date | None) -> bool:
        """Somebody says so now; False where the person is elsewhere on one of those days."""
        old = next((row for row in self.live() if row.stay == stay), None)
        others = [row for row in self.live() if row.stay != stay and row.person == person]
        if any(_share_a_day(row, start, end) for row in others):
            return False
        self.instant += timedelta(hours=1)
        if old is not None:
            self.rows[self.rows.index(old)] = old._replace(known_to=self.instant)
        number = len(self.rows) + 1
        self.rows.append(
            StayFact(number, stay, person, municipality, start, end, None, self.instant, None, municipality)
        )
        return True


def _share_a_day(row: StayFact, start: date, end: date | None) -> bool:
    first = max(row.start, start)
    ends = [each for each in (row.end, end) if each is not None]
    return all(first < each for each in ends) and row.end != row.start and end != start


@st.composite
def histories(draw: st.DrawFn, most: int = 12) -> History:
    """Up to so many things told, of up to two people and three stays of each."""
    history = History()
    for _ in range(draw(st.integers(0, most))):
        person, length = draw(PEOPLE), draw(LENGTHS)
        start = draw(STARTS)
        end = None if length is None else start + timedelta(length)
        # Moving on where another stay ends is what happens most.
        before = draw(st.sampled_from([None, *(row for row in history.live() if row.person == person and row.end)]))
        if before is not None and before.end is not None:
            start, end = before.end, None if length is None else before.end + timedelta(length)
        history.tell(f"{person}{draw(st.sampled_from('abc'))}", person, draw(PLACES), start, end)
    return history
