"""What every act writes beside its facts: instants in order, needs to know, tasks, events.

It follows `access.open_needs`, `access.end_needs`, `worklist.open_task`, `worklist.close_tasks` and `platform.publish`.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import NamedTuple

from fotfeste.demo.domain.records import EventRecord, NeedRecord, TaskRecord
from fotfeste.demo.domain.rules import Due
from fotfeste.demo.domain.world import Keys, Seat
from fotfeste.kernel.periods import Period

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_MORNING = time(7, 30, tzinfo=UTC)
_NEVER = datetime(1, 1, 1, tzinfo=UTC)

type Batch = dict[type[NamedTuple], list[NamedTuple]]


def new_batch() -> Batch:
    """An empty batch of records by kind."""
    return defaultdict(list)


def reference(rng: Random) -> str:
    """A public reference of 12 characters, from the seed."""
    bits = rng.getrandbits(60)
    return "".join([_ALPHABET[(bits >> shift) & 31] for shift in range(0, 60, 5)])


class By(NamedTuple):
    """Who acts, when: the three last columns of every fact."""

    at: datetime
    user_id: int | None
    organisation_id: int


@dataclass(slots=True)
class Diary:
    """The needs, tasks and events of one household, and the instants of its acts."""

    rng: Random
    batch: Batch
    keys: Keys
    group_id: int
    last_at: datetime = _NEVER
    acts: int = 0
    needs: dict[tuple[str, int], tuple[Sequence[int], date, datetime]] = field(default_factory=dict)
    tasks: dict[tuple[str, int], TaskRecord] = field(default_factory=dict)

    def act(self, seat: Seat, day: date) -> By:
        """Somebody of a seat acts on a day, later than everything before."""
        at = datetime.combine(day, _MORNING) + timedelta(minutes=self.rng.randrange(180))
        if at <= self.last_at:
            at = self.last_at + timedelta(minutes=self.rng.randint(2, 9))
        self.last_at = at
        self.acts += 1
        return By(at, self.rng.choice(seat.staff).user_id, seat.organisation_id)

    def open_needs(self, subjects: Sequence[int], organisation_id: int, reason: str, from_on: date, by: By) -> None:
        """An organisation needs to know of subjects from a day."""
        self.needs.setdefault((reason, organisation_id), (subjects, from_on, by.at))

    def need_for_a_while(
        self, subjects: Iterable[int], organisation_id: int, reason: str, period: Period, by: By
    ) -> None:
        """A need that has its end from the start."""
        rows = self.batch[NeedRecord]
        for subject in subjects:
            rows.append(NeedRecord(subject, organisation_id, reason, period, by.at, by.at))

    def end_needs(self, reason: str, on: date, by: By, organisation_id: int | None = None) -> None:
        """End the open needs for a reason: `on` is the first day without."""
        for key in [key for key in self.needs if key[0] == reason and organisation_id in (None, key[1])]:
            subjects, from_on, opened_at = self.needs.pop(key)
            self._write_need(key, subjects, Period(from_on, max(on, from_on)), opened_at, by.at)

    def _write_need(
        self,
        key: tuple[str, int],
        subjects: Sequence[int],
        period: Period,
        opened_at: datetime,
        ended_at: datetime | None,
    ) -> None:
        reason, organisation_id = key
        rows = self.batch[NeedRecord]
        for subject in subjects:
            rows.append(NeedRecord(subject, organisation_id, reason, period, opened_at, ended_at))

    def open_task(
        self,
        kind: str,
        organisation_id: int,
        cause: str,
        basis_on: date,
        due: Due,
        by: By,
        object_id: int | None = None,
    ) -> None:
        """Open a task about the household; one of the kind that is open stays."""
        self.tasks.setdefault(
            (kind, organisation_id),
            TaskRecord(
                reference=reference(self.rng),
                kind=kind,
                subject_id=self.group_id,
                organisation_id=organisation_id,
                object_id=object_id,
                basis_on=basis_on,
                due_on=due.on,
                due_rule=due.rule,
                cause=cause,
                opened_at=by.at,
                taken_by_id=None,
                taken_at=None,
                closed_at=None,
                closed_by_id=None,
                outcome="",
            ),
        )

    def close_tasks(
        self, kinds: Iterable[str], by: By, outcome: str = "done", organisation_id: int | None = None
    ) -> list[TaskRecord]:
        """Close the open tasks of these kinds; gives them as they were."""
        wanted = set(kinds)
        keys = [key for key in self.tasks if key[0] in wanted and organisation_id in (None, key[1])]
        closed = [self.tasks.pop(key) for key in keys]
        rows = self.batch[TaskRecord]
        for task in closed:
            rows.append(task._replace(closed_at=by.at, closed_by_id=by.user_id, outcome=outcome))
        return closed

    def close_all_tasks(self, by: By) -> None:
        """Close what is still open: nobody is to do it any more."""
        self.close_tasks({kind for kind, _ in self.tasks}, by, outcome="void")

    def tell(
        self,
        what: str,
        by: By,
        *,
        object_kind: str,
        object_id: int | None,
        holds_on: date | None = None,
        transition: str = "",
        workflow: str = "",
        from_state: str = "",
        to_state: str = "",
        other: int | None = None,
        subject_id: int | None = None,
    ) -> None:
        """Publish an event about the household (or one of its persons)."""
        self.batch[EventRecord].append(
            EventRecord(
                what,
                subject_id or self.group_id,
                object_kind,
                object_id,
                workflow,
                transition,
                from_state,
                to_state,
                holds_on,
                by.at,
                by.user_id,
                by.organisation_id,
                other,
                self.keys.next("feed_position"),
            )
        )

    def finish(self) -> None:
        """Write down what is still open."""
        for key, (subjects, from_on, opened_at) in self.needs.items():
            self._write_need(key, subjects, Period(from_on), opened_at, None)
        self.batch[TaskRecord].extend(self.tasks.values())
        self.needs.clear()
        self.tasks.clear()
