"""A refusal as its rows tell it, and what the sources ask of it: counted here by itself, not by the program's rules.

Days are counted one by one, holidays are written out, and whoever is 18 is found by comparing dates.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

LETTERS = ("first_letter", "eviction_notice", "petition")
MINORS = ("guardian_told", "child_welfare_told", "minors_place_offered")
TO_OFFICER = ("petition_recalled", "petition_paused", "petition_upheld")
WAYS_OUT = ("accepted", "moved_out", "evicted", "deceased")
VOID = "petition_void"  # as it is read of one that named somebody who was a child by the birth that is known now
ONE_DAY = timedelta(days=1)
AHEAD = timedelta(days=90)  # ADR 0052: a letter to who comes of age is asked for so long before
UDI, IMDI, CENTRE, MUNICIPALITY = "udi", "imdi", "centre", "municipality"
# As printed in the almanacs of the years in which the test lets households refuse.
_HOLIDAYS = """
    2024-01-01 2024-03-28 2024-03-29 2024-03-31 2024-04-01 2024-05-01 2024-05-09 2024-05-17 2024-05-19 2024-05-20
    2024-12-25 2024-12-26 2025-01-01 2025-04-17 2025-04-18 2025-04-20 2025-04-21 2025-05-01 2025-05-17 2025-05-29
    2025-06-08 2025-06-09 2025-12-25 2025-12-26 2026-01-01 2028-01-01 2028-04-13 2028-04-14 2028-04-16 2028-04-17
    2028-05-01 2028-05-17 2028-05-25 2028-06-04 2028-06-05 2028-12-25 2028-12-26 2029-01-01
"""
HOLIDAYS = frozenset(date.fromisoformat(day) for day in _HOLIDAYS.split())


def is_18(born: date, day: date) -> bool:
    """Whether somebody is 18 on the day; who was born on 29 February is on 1 March."""
    return (day.year - 18, day.month, day.day) >= (born.year, born.month, born.day)


@dataclass(frozen=True, slots=True)
class Row:
    """An event as it is stored: what, on which day, to whom, and the day that it names."""

    kind: str
    on: date
    who: int | None
    day: date | None


@dataclass(frozen=True, slots=True)
class Story:
    """A refusal: whom it is about, from when, and its rows in the order in which they were written."""

    key: int
    born: Mapping[int, date]
    alone: frozenset[int]
    deadline_letters: frozenset[int]  # who holds a letter of IMDi's, and was not written to that it is void
    opened_on: date
    deadline_on: date | None
    is_over: bool
    rows: tuple[Row, ...]

    def got(self, kind: str, who: int | None = None) -> list[Row]:
        """Every row of a kind, of somebody where one is named: no letter that came while they were a child."""
        found = (row for row in self.rows if row.kind == kind and who in (None, row.who))
        return [row for row in found if who is None or kind not in LETTERS or is_18(self.born[who], row.on)]

    def out(self, who: int) -> Row | None:
        """How somebody left it."""
        return next((row for row in self.rows if row.kind in WAYS_OUT and row.who == who), None)

    def here(self) -> list[int]:
        """Whom it is still about."""
        return [each for each in self.born if not self.out(each)]

    def adults(self, day: date) -> list[int]:
        """Those of them who are 18."""
        return [each for each in self.here() if is_18(self.born[each], day)]

    def children_alone(self, day: date) -> list[int]:
        """Those of them who came alone and are not 18."""
        return [each for each in self.here() if each in self.alone and not is_18(self.born[each], day)]

    def ends(self, since: date, until: date, later: list[Row]) -> date | None:
        """When a deadline runs out, the later of what was set and what it was extended to; None: it stands still."""
        found = self._end(since, until)
        for each in later:
            assert each.day is not None
            longer = self._end(each.on, each.day)
            found = None if found is None or longer is None else max(found, longer)
        return found

    def _end(self, since: date, until: date) -> date | None:
        wanted = (until - since).days
        for counted, day in enumerate(self._days_that_count(since)):
            if counted >= wanted and day.weekday() < 5 and day not in HOLIDAYS:
                return day
        return None

    def _days_that_count(self, since: date) -> Iterator[date]:
        """The day itself, and each after it in which the case does not stand still; no more where nobody resumed it."""
        yield since if not self._is_still(since) else date(2024, 1, 6)  # a Saturday ends no deadline
        for after in range(1, 400):
            day = since + after * ONE_DAY
            if self._is_still(day) and self.is_suspended() and day >= self.got("suspended")[-1].on:
                return
            if not self._is_still(day):
                yield day

    def _is_still(self, day: date) -> bool:
        stops, goes_on = self.got("suspended"), self.got("resumed")
        return any(
            stop.on <= day and (index >= len(goes_on) or day < goes_on[index].on) for index, stop in enumerate(stops)
        )

    def is_suspended(self) -> bool:
        """UDI waits."""
        return len(self.got("suspended")) > len(self.got("resumed"))

    def fortnight(self, who: int) -> date | None:
        """The last of somebody's 14 days; None where there are none, or while they stand still."""
        letters = self.got("first_letter", who)
        if not letters:
            return None
        sent = letters[0].on
        return self.ends(sent, sent + 14 * ONE_DAY, self.got("fortnight_extended", who))

    def imdi(self) -> date | None:
        """The last day to move."""
        if self.deadline_on is None:
            return None
        said = [row.on for row in (*self.got("hold_asked"), *self.got("imdi_message"))]
        since = min([self.deadline_on, *said] if said else [self.deadline_on, self.opened_on])
        return self.ends(since, self.deadline_on, self.got("imdi_deadline_extended"))

    def needs_new_deadline(self, day: date) -> bool:
        """IMDi's deadline for a home that is held ran out before UDI wrote to any of the adults."""
        last = self.imdi()
        if last is None or not self.adults(day):
            return False
        return day > last and not self.got("first_letter") and not self.got("withdrawn")

    def stop(self, who: int) -> tuple[date, date | None] | None:
        """From when somebody has no basic benefit, and from when they have it again."""
        letters, last = self.got("first_letter", who), self.fortnight(who)
        if not letters or last is None:
            return None
        begins = last + ONE_DAY
        if letters[0].day:
            named = self._put_off(letters[0].on, letters[0].day)
            if named is None:
                return None
            begins = max(begins, named)
        out = self.out(who)
        if out and out.on <= begins:
            return None
        return begins, out.on if out else None

    def _put_off(self, since: date, until: date) -> date | None:
        """A day that was named, later by the suspended days before it; None while the case stands still before it."""
        left, day = (until - since).days, since
        while left:
            if self._is_still(day) and self.is_suspended() and day >= self.got("suspended")[-1].on:
                return None
            day += ONE_DAY
            left -= not self._is_still(day - ONE_DAY)
        return day

    def may_get(self, letter: str, who: int, day: date) -> bool:
        """Whether a letter can be sent to somebody on the day."""
        if self.is_over or self.is_suspended() or self.out(who) or not is_18(self.born[who], day):
            return False
        if self.got(letter, who) or not all(self.got(each, who) for each in LETTERS[: LETTERS.index(letter)]):
            return False
        if letter == "first_letter":
            return bool(self.got("imdi_message")) and not self.needs_new_deadline(day)
        if not all(self.got(told, child) for child in self.children_alone(day) for told in MINORS):
            return False
        if letter == "petition":
            return all(self.got("eviction_notice", each) for each in self.adults(day))
        both = (self.fortnight(who), self.imdi())
        return all(last is not None and day > last for last in both)

    def days(self, who: int) -> tuple[date | None, ...]:
        """The days that letters to somebody name; since when it stands still and the home is let go, of which they are
        told as well.
        """
        stop = self.stop(who)
        since = self.got("suspended")[-1].on if self.is_suspended() else None
        let_go = next((row.on for row in self.got("withdrawn")), None)
        return self.imdi(), self.fortnight(who), stop[0] if stop else None, since, let_go

    def is_to_hear_of_days(self, who: int) -> bool:
        """Somebody was last told of other days than those that hold."""
        said, written = (*LETTERS, "days_told"), self._imdi_wrote(who)
        if written is None and not any(self.got(letter, who) for letter in LETTERS):
            return False
        of_them = [row.who == who and row.kind in said and is_18(self.born[who], row.on) for row in self.rows]
        told = [place for place, is_told in enumerate(of_them) if is_told or place == written]
        if self.out(who) or self.is_over:
            return False
        return replace(self, rows=self._act_of(told[-1])).days(who) != self.days(who)

    def _imdi_wrote(self, who: int) -> int | None:
        """The place of the act in which IMDi set its deadline, where somebody holds its letter of that."""
        sets = (place for place, row in enumerate(self.rows) if row.kind in ("hold_asked", "imdi_message"))
        return next(sets, None) if who in self.deadline_letters else None

    def _act_of(self, place: int) -> tuple[Row, ...]:
        """The rows until one, with those of the same act."""
        last = self.rows[place]
        while place + 1 < len(self.rows) and (self.rows[place + 1].kind, self.rows[place + 1].on) == (
            last.kind,
            last.on,
        ):
            place += 1
        return self.rows[: place + 1]

    def tasks(self, day: date) -> set[tuple[str, str]]:
        """The tasks of a refusal that ought to be open, and whose."""
        officer = {("refusal_officer", UDI)} if self.is_officer_to_hear(day) else set()
        if self.is_over:
            return officer
        if not self.here():
            return officer or {("refusal_close", UDI)}
        return officer | self._of_the_offer(day) | self._of_the_letters(day) | self._of_the_end(day)

    def officer_has_heard(self, who: int) -> list[Row]:
        """The petition about somebody, and what the enforcement officer was told after it, in the order of the days."""
        return [row for row in self.rows if row.who == who and row.kind in ("petition", VOID, *TO_OFFICER)]

    def stands_still(self, day: date) -> bool:
        """UDI waits, or somebody who is 18 by the day is in no petition."""
        return self.is_suspended() or not all(self.got("petition", each) for each in self.adults(day))

    def officer_is_to_hear(self, who: int, day: date) -> str:
        """What the enforcement officer ought to be told of somebody on the day; empty where they know how it stands."""
        heard, out = self.officer_has_heard(who), self.out(who)
        if not heard or (out and out.kind == "evicted"):
            return ""
        last = heard[-1]
        if out or self.is_over or not self.got("petition", who):
            return "" if last.kind == "petition_recalled" else "petition_recalled"
        since = self.rows[max(place for place, row in enumerate(self.rows) if row == last) :]
        moved = any(row.kind == "moved_centre" and row.who == who for row in since)
        if self.stands_still(day):
            return "" if last.kind == "petition_paused" and not moved else "petition_paused"
        lost = moved or any(row.kind == "withdrawn" for row in since)
        return "" if last.kind in ("petition", "petition_upheld") and not lost else "petition_upheld"

    def is_officer_to_hear(self, day: date) -> bool:
        """The enforcement officer ought to be told of somebody."""
        return any(self.officer_is_to_hear(each, day) for each in self.born)

    def officer_thinks_it_is_off(self, who: int) -> bool:
        """For good or for a while, so that nobody is evicted before the officer has heard that it is on."""
        return any(row.kind in ("petition_recalled", "petition_paused") for row in self.officer_has_heard(who)[-1:])

    def eviction_day(self, who: int) -> date | None:
        """The officer's day for somebody, if it still counts after what the officer was told; one that was set while
        the officer thought that it was off or waited never did.
        """
        found, thinks = None, ""
        for row in self.rows:
            if row.kind == "eviction_day_set" and thinks not in ("petition_recalled", "petition_paused"):
                found = row.day
            elif row.who == who and row.kind in ("petition", *TO_OFFICER):
                thinks = row.kind
                found = found if thinks == "petition_upheld" else None
        return None if found and self._is_still(found) else found  # it came while the case stood still

    def _of_the_offer(self, day: date) -> set[tuple[str, str]]:
        found = set()
        asked, withdrawn = bool(self.got("hold_asked")), bool(self.got("withdrawn"))
        if not self.got("imdi_message") or not (asked or withdrawn) or self.needs_new_deadline(day):
            found.add(("follow_refusal", IMDI))
        if asked and not withdrawn:
            found.add(("refusal_hold", MUNICIPALITY))
        if not self.got("talk"):
            found.add(("refusal_talk", CENTRE))
        if any(self.is_to_hear_of_days(each) for each in self.here()):
            found.add(("refusal_days", CENTRE))
        return found

    def _of_the_letters(self, day: date) -> set[tuple[str, str]]:
        found, adults = set(), self.adults(day)
        if any(is_18(self.born[each], day + AHEAD) and not self.got("first_letter", each) for each in self.here()):
            found.add(("refusal_first_letter", UDI))
        if any(self.got("first_letter", each) and not self.got("eviction_notice", each) for each in adults):
            found.add(("refusal_notice", UDI))
        noticed = bool(adults) and all(self.got("eviction_notice", each) for each in adults)
        if noticed and not all(self.got("petition", each) for each in adults):
            found.add(("refusal_petition", UDI))
        return found

    def _of_the_end(self, day: date) -> set[tuple[str, str]]:
        found, adults = set(), self.adults(day)
        untold = [child for child in self.children_alone(day) if not all(self.got(told, child) for told in MINORS)]
        left = [] if adults else [each for each in self.here() if not self.got("child_welfare_told", each)]
        if (self.got("first_letter") or not adults) and (untold or left):
            found.add(("refusal_minors", UDI))
        is_on = not any(self.officer_thinks_it_is_off(each) for each in adults)
        if adults and is_on and not self.stands_still(day):
            if not all(self.eviction_day(each) for each in adults):
                found.add(("refusal_eviction_day", UDI))
            else:
                found.add(("refusal_eviction", CENTRE))
        return found
