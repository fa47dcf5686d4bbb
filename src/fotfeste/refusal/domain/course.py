"""What a case comes to on the way: who is still in it, what was sent to whom, which deadlines run until when."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property

from fotfeste.kernel.ages import is_adult
from fotfeste.kernel.periods import Period
from fotfeste.refusal.domain.clock import Deadline, last_day, put_off
from fotfeste.refusal.domain.parameters import book
from fotfeste.refusal.domain.types import LETTERS, TO_OFFICER, WAYS_OUT, Case, Event, Happening, Resident

OFF_OR_STILL = (Happening.PETITION_RECALLED, Happening.PETITION_PAUSED)
"""What the enforcement officer is told after which a day that was set is none."""


class Course:
    """The course (saksgang) of a refusal after its events; asks nothing of the day but what is given.

    A case does not change, so that what is asked of it over and over is looked up once: for each resident a gate asks
    of every other, and a case of many would take their square times its events.
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        self._known = {each.id: each for each in case.residents}
        self._days: dict[tuple[str, date], tuple[Resident, ...]] = {}
        self._covered: dict[date, bool] = {}
        self._fortnights: dict[str, Deadline | None] = {}

    @cached_property
    def _of_kind(self) -> Mapping[Happening, list[Event]]:
        found: dict[Happening, list[Event]] = {}
        for each in self._that_count():
            found.setdefault(each.kind, []).append(each)
        return found

    @cached_property
    def _of_each(self) -> Mapping[tuple[Happening, str], list[Event]]:
        found: dict[tuple[Happening, str], list[Event]] = {}
        for each in self._that_count():
            for name in each.residents:
                found.setdefault((each.kind, name), []).append(each)
        return found

    def _that_count(self) -> Iterator[Event]:
        return (each for each in self.case.events if not each.is_void)

    @cached_property
    def _outs(self) -> Mapping[str, Event]:
        found: dict[str, Event] = {}
        for each in self.case.events:
            for name in each.residents if each.kind in WAYS_OUT else ():
                found.setdefault(name, each)
        return found

    @cached_property
    def _present(self) -> tuple[Resident, ...]:
        return tuple(each for each in self.case.residents if each.id not in self._outs)

    def resident(self, name: str) -> Resident:
        """The resident of that id."""
        return self._known[name]

    def all(self, kind: Happening, name: str | None = None) -> Iterator[Event]:
        """Every event of a kind, in order; where a resident is given, only those that name them.

        A letter to somebody who was a child on its day, as their birth is known now, is no letter of theirs.
        """
        if name is None:
            return iter(self._of_kind.get(kind, ()))
        found = self._of_each.get((kind, name), ())
        if kind not in LETTERS:
            return iter(found)
        born = self.resident(name).birth_date
        return (each for each in found if is_adult(born, each.on))

    def first(self, kind: Happening, name: str | None = None) -> Event | None:
        """The first such event."""
        return next(self.all(kind, name), None)

    def out(self, name: str) -> Event | None:
        """How and when a resident left the refusal."""
        return self._outs.get(name)

    def present(self) -> tuple[Resident, ...]:
        """Those whom the refusal is still about."""
        return self._present

    def adults(self, day: date) -> tuple[Resident, ...]:
        """Those of them who are of age on the day."""
        if ("adults", day) not in self._days:
            found = tuple(each for each in self.present() if is_adult(each.birth_date, day))
            self._days["adults", day] = found
        return self._days["adults", day]

    def not_offered(self) -> tuple[Resident, ...]:
        """Those who are still there and were never given the offer: nothing runs for them, nor waits for them."""
        return tuple(each for each in self.present() if not each.was_offered)

    def to_warn(self, day: date) -> tuple[Resident, ...]:
        """The adults who are still there and were given the offer: whom letters and an eviction are about."""
        return tuple(each for each in self.adults(day) if each.was_offered)

    def minors_alone(self, day: date) -> tuple[Resident, ...]:
        """Those of them who are unaccompanied minors, and under age on the day."""
        if ("alone", day) not in self._days:
            alone = (each for each in self.present() if each.unaccompanied_minor)
            self._days["alone", day] = tuple(each for each in alone if not is_adult(each.birth_date, day))
        return self._days["alone", day]

    def left_behind(self, day: date) -> tuple[Resident, ...]:
        """Children of whom nobody has said what becomes of them, with no adult who is still there."""
        return () if self.adults(day) else self.present()

    def covered_by_petition(self, day: date) -> bool:
        """Every adult who is still there is named in a petition."""
        if day not in self._covered:
            self._covered[day] = all(self.first(Happening.PETITION, each.id) for each in self.to_warn(day))
        return self._covered[day]

    def stands_still(self, day: date) -> bool:
        """No petition is followed: the case is suspended, or an adult who is there is not named in one yet."""
        return self.is_suspended() or not self.covered_by_petition(day)

    def untold_officer(self, name: str, day: date) -> Happening | None:
        """What the enforcement officer is to be told of a resident whom a petition named; None where nothing is.

        What holds of it on the day is compared with what the officer was last told; also where they live. Who was
        evicted needs no word.
        """
        said = [*self._said_to_officer(name)]
        out = self.out(name)
        if not said or (out and out.kind is Happening.EVICTED):
            return None
        is_void = self.first(Happening.PETITION, name) is None
        is_over = is_void or out is not None or self.first(Happening.CLOSED) is not None
        now = Happening.PETITION_PAUSED if self.stands_still(day) else Happening.PETITION_UPHELD
        holds = Happening.PETITION_RECALLED if is_over else now
        if holds is not self.known_to_officer(name):
            return holds
        since = self.case.events[said[-1][0] :]
        has_moved = any(each.kind is Happening.MOVED_CENTRE and name in each.residents for each in since)
        if has_moved and holds is not Happening.PETITION_RECALLED:
            return holds
        is_offer_lost = any(each.kind is Happening.WITHDRAWN for each in since)
        return holds if holds is Happening.PETITION_UPHELD and is_offer_lost else None

    def is_officer_untold(self, day: date) -> bool:
        """The enforcement officer is to be told of somebody, as it stands on the day."""
        return any(self.untold_officer(each.id, day) for each in self.case.residents)

    def known_to_officer(self, name: str) -> Happening | None:
        """What the enforcement officer was last told of a resident; a petition stands. None where none named them."""
        last = next(reversed([kind for _, kind in self._said_to_officer(name)]), None)
        return Happening.PETITION_UPHELD if last is Happening.PETITION else last

    def _said_to_officer(self, name: str) -> Iterator[tuple[int, Happening]]:
        """Each petition that named a resident and what was told of it since, with its place among the events."""
        for place, each in enumerate(self.case.events):
            if each.kind in (Happening.PETITION, *TO_OFFICER) and name in each.residents:
                yield place, each.kind

    def eviction_day(self, name: str) -> Event | None:
        """The latest day that the enforcement officer has set, after the petition about the resident where there is
        one. It falls away where the petition is paused or recalled for them, and none is set before it goes on.

        Nor is a day one that came and went while the case was suspended, whether the officer was told so or not.
        """
        found: Event | None = None
        is_on = True
        petition = self.first(Happening.PETITION, name)
        for each in self.case.events:
            if each.kind is Happening.EVICTION_DAY_SET and is_on:
                found = each
            elif each is petition:  # also where one before it was recalled as void
                found, is_on = None, True
            elif each.kind in TO_OFFICER and name in each.residents:
                is_on = each.kind not in OFF_OR_STILL
                found = found if is_on else None
        return None if found and found.day and self._was_suspended_on(found.day) else found

    def day_of_eviction(self, day: date) -> date | None:
        """The officer's day that holds for every adult who is still there; None where any of them has none."""
        found = [event.day if event else None for event in (self.eviction_day(each.id) for each in self.to_warn(day))]
        known = [each for each in found if each]
        return max(known) if known and len(known) == len(found) else None

    def suspensions(self) -> tuple[Period, ...]:
        """Periods in which the case is suspended; the last may have no end yet."""
        ends: list[date | None] = [each.on for each in self.all(Happening.RESUMED)]
        starts = [each.on for each in self.all(Happening.SUSPENDED)]
        return tuple(Period(start, end) for start, end in zip(starts, [*ends, None][: len(starts)], strict=True))

    def suspended_from(self) -> date | None:
        """The day from which it stands still, where it is suspended and nobody has resumed it."""
        return next((each.start for each in self.suspensions() if each.is_open), None)

    def is_suspended(self) -> bool:
        """It is suspended, and nobody has resumed it."""
        return self.suspended_from() is not None

    def is_suspended_on(self, day: date) -> bool:
        """The day is one of those on which it was suspended."""
        return any(each.contains(day) for each in self.suspensions())

    def _was_suspended_on(self, day: date) -> bool:
        """The day is one of a suspension that is over."""
        return any(each.contains(day) for each in self.suspensions() if not each.is_open)

    def imdi_deadline(self) -> Deadline | None:
        """IMDi's last day to move; None before it is set. It runs from when IMDi first told the municipality or UDI."""
        return self._imdi_deadline

    @cached_property
    def _imdi_deadline(self) -> Deadline | None:
        day = self.case.offer.imdi_deadline
        if day is None:
            return None
        told = self.deadline_set()
        since = told.on if told else self.case.offer.opened_on
        return self._deadline(min(since, day), day, [*self.all(Happening.IMDI_DEADLINE_EXTENDED)])

    def deadline_letter(self, name: str) -> Event | None:
        """What IMDi did when it wrote to a resident until when they may move; None where it did not (ADR 0053)."""
        return self.deadline_letter_due(name) if self.resident(name).has_deadline_letter else None

    def deadline_letter_due(self, name: str) -> Event | None:
        """With what IMDi is to write to a resident until when they may move: asking the municipality or telling UDI,
        whichever came first. None for whoever was a child that day or had left, and before a deadline is set.
        """
        told = self.deadline_set() if self.case.offer.imdi_deadline else None
        about = self.resident(name)
        if told is None or not about.was_offered or not is_adult(about.birth_date, told.on):
            return None
        out = self.out(name)
        events = self.case.events
        return None if out and events.index(out) < events.index(told) else told

    def deadline_set(self) -> Event | None:
        """The event with which IMDi's deadline was set."""
        sets = (Happening.HOLD_ASKED, Happening.IMDI_MESSAGE)
        return next((each for each in self.case.events if each.kind in sets), None)

    def new_deadline_first(self, day: date) -> date | None:
        """The day on which IMDi's deadline ran out, where nobody has been sent the first letter, an adult is to get it
        and the municipality holds the offer: that letter is of what follows when the deadline is not kept, so there
        must be one to keep.
        """
        if self.first(Happening.FIRST_LETTER) or self.first(Happening.WITHDRAWN):
            return None
        if not any(each.was_offered and is_adult(each.birth_date, day) for each in self.present()):
            return None
        deadline = self.imdi_deadline()
        ran_out = deadline.runs_out_on if deadline else None
        return ran_out if ran_out and day > ran_out else None

    def fortnight(self, name: str) -> Deadline | None:
        """The 14 days of a resident from the first letter; None before it is sent. Raises NoRule."""
        if name not in self._fortnights:
            self._fortnights[name] = self._fortnight(name)
        return self._fortnights[name]

    def _fortnight(self, name: str) -> Deadline | None:
        letter = self.first(Happening.FIRST_LETTER, name)
        if letter is None:
            return None
        days = timedelta(book().get("refusal.fortnight_days", letter.on).integer)
        return self._deadline(letter.on, letter.on + days, [*self.all(Happening.FORTNIGHT_EXTENDED, name)])

    def _deadline(self, since: date, until: date, extended: Collection[Event]) -> Deadline:
        still = self.suspensions()
        runs_out = last_day(since, until, still)
        for each in extended:
            assert each.day is not None
            later = last_day(each.on, each.day, still)
            runs_out = later if later is None or runs_out is None or later > runs_out else runs_out
        return Deadline(until, runs_out)

    def benefit_stop(self, name: str) -> Period | None:
        """The days without basic benefit (basisutbetaling) of a resident who has got the first letter, as far as known.

        By default from the day after the 14 days; UDI may have set a later one in the letter, which a suspension
        before it puts off by its days. It ends on the day on which they accept and are paid again, or leave and have no
        place to be paid for (`out` says which). None for everybody else, and while the case stands still before it.
        Raises NoRule.
        """
        letter, fortnight = self.first(Happening.FIRST_LETTER, name), self.fortnight(name)
        if letter is None or fortnight is None or fortnight.after is None:
            return None
        named = put_off(letter.on, letter.day or fortnight.after, self.suspensions() if letter.day else ())
        if named is None:
            return None
        start = max(fortnight.after, named)
        out = self.out(name)
        if out is not None and out.on <= start:
            return None
        return Period(start, out.on if out else None)
