"""Writes down a refusal of settlement beside its case: opened by the no, held, talked about, ended by the departure.

It follows the acts of `refusal`. No letter is among them: what the country has of letters begins today. So IMDi gives
each longer before its deadline has run out, until UDI writes.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import NamedTuple

from fotfeste.demo.domain.case_records import OfferRecord
from fotfeste.demo.domain.chronicle import Chronicle, Step
from fotfeste.demo.domain.course import working_day
from fotfeste.demo.domain.diary import By, reference
from fotfeste.demo.domain.rules import Due
from fotfeste.demo.domain.world import Seat
from fotfeste.kernel.ages import ADULT_AT, birthday

_AHEAD = timedelta(days=91)  # a first letter is asked for 90 days before somebody comes of age; nothing is of today
_GIVEN, _BEFORE = timedelta(days=21), timedelta(days=2)  # how long IMDi gives them, and how long before it gives more
_DEADLINE, _NO_DAY = "refusal.imdi_deadline", Due(None, "")
_TASKS = ("follow_refusal", "refusal_hold", "refusal_talk", "refusal_minors", "refusal_first_letter")


class RefusalRecord(NamedTuple):
    """A household does not move to the municipality that it is offered."""

    id: int
    reference: str
    subject_id: int
    case_id: int
    offer_id: int
    organisation_id: int
    cause: str
    opened_on: date
    imdi_deadline_on: date | None
    persons: tuple[int, ...]
    closed_on: date | None


class RefusalEventRecord(NamedTuple):
    """Something that happened in a refusal."""

    refusal_id: int
    subject_id: int
    resident_id: int | None
    kind: str
    holds_on: date
    names_on: date | None
    text: str
    language: str
    interpreter: str
    recorded_at: datetime
    recorded_by_id: int | None
    reported_by_id: int


class RefusalChronicle:
    """The records of one household's refusal; there is none until it is opened."""

    def __init__(self, chronicle: Chronicle) -> None:
        self.c, self.diary = chronicle, chronicle.diary
        self.refusal: RefusalRecord | None = None
        self._told_on: date | None = None  # when IMDi told UDI

    def open(self, offer: OfferRecord, on: date, by: By) -> None:
        """The centre has registered a no; who follows it is asked."""
        c = self.c
        self.refusal = refusal = RefusalRecord(
            id=c.keys.next("refusal"),
            reference=reference(c.rng),
            subject_id=c.group_id,
            case_id=offer.case_id,
            offer_id=offer.id,
            organisation_id=offer.organisation_id,
            cause="declined",
            opened_on=on,
            imdi_deadline_on=None,
            persons=tuple(sorted(c.persons)),
            closed_on=None,
        )
        self._happened(refusal, "reported", on, by)
        centre = by.organisation_id
        self._ask("refusal_talk", centre, "settlement.decline_offer", on, by)
        if self._of_age_from() > on:
            self._ask("refusal_minors", c.world.udi.organisation_id, "settlement.decline_offer", on, by)
        if self._of_age_from() <= on + _AHEAD:
            self._ask_for_letter("settlement.decline_offer", on, by)

    def steps(self, refused_on: date, leaves_on: date) -> list[Step]:
        """What is done about it before they leave: IMDi's part, the centre's talk, and UDI's letter in time."""
        held_on = working_day(refused_on + timedelta(days=1))
        days = [(held_on, 33, self.hold), (working_day(refused_on + timedelta(days=4)), 34, self.talk)]
        of_age_on = self._of_age_from()
        soon = ((of_age_on - _AHEAD, 35, self.be_soon_of_age), (of_age_on - timedelta(days=1), 37, self.come_of_age))
        days += [each for each in soon if refused_on < each[0]]
        days += [(day, 36, self.extend) for day in _extensions(held_on, leaves_on)]
        return [(day, order, partial(step, day)) for day, order, step in days if day < leaves_on]

    def hold(self, on: date) -> None:
        """IMDi asks the municipality to hold the offer, sets the day to move, and tells UDI."""
        if self.refusal is None:
            return
        deadline = working_day(on + _GIVEN)
        self.refusal = refusal = self.refusal._replace(imdi_deadline_on=deadline)
        by = self._act("hold_asked", self.c.world.imdi, on)
        self._ask("refusal_hold", refusal.organisation_id, "refusal.hold_asked", on, by, Due(deadline, _DEADLINE))
        by = self._act("imdi_message", self.c.world.imdi, on)
        self.diary.close_tasks(["follow_refusal"], by)
        self._told_on = on
        self._set_due("refusal_first_letter", self.c.world.udi.organisation_id, self._letter_due())

    def extend(self, on: date) -> None:
        """UDI has not written, and IMDi gives them longer."""
        if self.refusal is None:
            return
        deadline = working_day(on + _GIVEN)
        words = "UDI har ikke sendt første brev ennå."
        self._act("imdi_deadline_extended", self.c.world.imdi, on, words, names_on=deadline)
        self._set_due("refusal_hold", self.refusal.organisation_id, Due(deadline, _DEADLINE))

    def be_soon_of_age(self, on: date) -> None:
        """The first of them is soon of age: the night asks UDI for their letter."""
        if self.refusal is not None:
            self._ask_for_letter("refusal.reported", on, self.diary.act(self.c.world.udi, on))

    def come_of_age(self, on: date) -> None:
        """The first of them is of age tomorrow: no guardian is to be told of them then."""
        if self.refusal is not None:
            self.diary.close_tasks(["refusal_minors"], self.diary.act(self.c.world.udi, on), outcome="void")

    def _ask_for_letter(self, cause: str, on: date, by: By) -> None:
        self._ask("refusal_first_letter", self.c.world.udi.organisation_id, cause, on, by, self._letter_due())

    def _letter_due(self) -> Due:
        """From when the first of them can get it, when UDI knows of them."""
        return Due(max(self._told_on, self._of_age_from()), "refusal.imdi_message") if self._told_on else _NO_DAY

    def _of_age_from(self) -> date:
        """The day from which somebody among them is of age."""
        return min(birthday(person.birth_date, ADULT_AT) for person in self.c.household.persons)

    def _set_due(self, kind: str, organisation_id: int, due: Due) -> None:
        """Another day of a task, where it is open."""
        task = self.diary.tasks.get((kind, organisation_id))
        if task is not None:
            self.diary.tasks[kind, organisation_id] = task._replace(due_on=due.on, due_rule=due.rule)

    def talk(self, on: date) -> None:
        """The centre talks with the adults about what a no costs."""
        if self.refusal is None or self.c.centre is None:
            return
        adults = [
            subject
            for subject, person in zip(self.c.persons, self.c.household.persons, strict=True)
            if person.age_on(on) >= ADULT_AT
        ]
        if not adults:
            return
        first = self.c.household.persons[0]
        said = (
            "Snakket om hva de mister og hva de beholder, og at de kan si ja til de har flyttet.",
            first.languages[0],
            "remote" if first.needs_interpreter else "not_needed",
        )
        by = self.diary.act(self.c.centre, on)
        self._happened(self.refusal, "talk", on, by, *adults, said=said)
        self.diary.close_tasks(["refusal_talk"], by)

    def end(self, on: date, by: By) -> None:
        """They have left the centre, and UDI closes it."""
        if self.refusal is None:
            return
        self._happened(self.refusal, "moved_out", on, by, *self.refusal.persons)
        self.diary.close_tasks(_TASKS, by)
        self._ask("refusal_close", self.c.world.udi.organisation_id, "refusal.moved_out", on, by)
        udi = self._act("closed", self.c.world.udi, on, "Husstanden har flyttet ut av mottaket.")
        self.diary.close_tasks(["refusal_close"], udi)
        self.refusal = self.refusal._replace(closed_on=on)

    def _act(self, kind: str, seat: Seat, on: date, text: str = "", names_on: date | None = None) -> By:
        by = self.diary.act(seat, on)
        if self.refusal is not None:
            self._happened(self.refusal, kind, on, by, said=(text, "", ""), names_on=names_on)
        return by

    def _happened(
        self,
        refusal: RefusalRecord,
        kind: str,
        on: date,
        by: By,
        *residents: int,
        said: tuple[str, str, str] = ("", "", ""),
        names_on: date | None = None,
    ) -> None:
        rows = self.c.batch[RefusalEventRecord]
        whom: list[int | None] = [*sorted(residents)]
        for resident in whom or [None]:
            rows.append(RefusalEventRecord(refusal.id, refusal.subject_id, resident, kind, on, names_on, *said, *by))
        self.diary.tell(
            f"refusal.{kind}",
            by,
            object_kind="refusal",
            object_id=refusal.id,
            holds_on=on,
            other=refusal.organisation_id,
        )

    def _ask(self, kind: str, organisation_id: int, cause: str, on: date, by: By, due: Due = _NO_DAY) -> None:
        about = self.refusal.id if self.refusal is not None else None
        self.diary.open_task(kind, organisation_id, cause, on, due, by, about)


def _extensions(held_on: date, until: date) -> Iterator[date]:
    """The days on which IMDi gives longer, until the household leaves."""
    deadline = working_day(held_on + _GIVEN)
    while (day := working_day(deadline - _BEFORE)) < until:
        yield day
        deadline = working_day(day + _GIVEN)
