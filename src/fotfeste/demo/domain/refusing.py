"""Writes down a refusal of settlement beside its case: opened by the no, held, talked about, ended by the departure.

It follows the acts of `refusal`. No letter is among them: what the country has of letters begins today.
"""

from datetime import date, datetime, timedelta
from functools import partial
from typing import NamedTuple

from fotfeste.demo.domain.case_records import OfferRecord
from fotfeste.demo.domain.chronicle import Chronicle, Step
from fotfeste.demo.domain.course import working_day
from fotfeste.demo.domain.diary import By, reference
from fotfeste.demo.domain.rules import Due
from fotfeste.demo.domain.world import Seat

_OF_AGE, _AHEAD = 18, timedelta(days=90)  # a first letter is asked for so long before somebody comes of age
_DEADLINE, _NO_DAY = "refusal.imdi_deadline", Due(None, "")
_TASKS = ("follow_refusal", "refusal_hold", "refusal_talk", "refusal_first_letter")


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
        if any(person.age_on(on + _AHEAD) >= _OF_AGE for person in c.household.persons):
            self._ask("refusal_first_letter", c.world.udi.organisation_id, "settlement.decline_offer", on, by)

    def steps(self, refused_on: date, leaves_on: date) -> list[Step]:
        """What is done about it before they leave: IMDi's part, and the centre's talk."""
        days = (
            (working_day(refused_on + timedelta(days=1)), 33, self.hold),
            (working_day(refused_on + timedelta(days=4)), 34, self.talk),
        )
        return [(day, order, partial(step, day)) for day, order, step in days if day < leaves_on]

    def hold(self, on: date) -> None:
        """IMDi asks the municipality to hold the offer, sets the day to move, and tells UDI."""
        if self.refusal is None:
            return
        deadline = working_day(on + timedelta(days=21))
        self.refusal = refusal = self.refusal._replace(imdi_deadline_on=deadline)
        by = self._act("hold_asked", self.c.world.imdi, on)
        self._ask("refusal_hold", refusal.organisation_id, "refusal.hold_asked", on, by, Due(deadline, _DEADLINE))
        by = self._act("imdi_message", self.c.world.imdi, on)
        self.diary.close_tasks(["follow_refusal"], by)
        first = ("refusal_first_letter", self.c.world.udi.organisation_id)
        if first in self.diary.tasks:
            self.diary.tasks[first] = self.diary.tasks[first]._replace(due_on=on, due_rule="refusal.imdi_message")

    def talk(self, on: date) -> None:
        """The centre talks with the adults about what a no costs."""
        if self.refusal is None or self.c.centre is None:
            return
        adults = [
            subject
            for subject, person in zip(self.c.persons, self.c.household.persons, strict=True)
            if person.age_on(on) >= _OF_AGE
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

    def _act(self, kind: str, seat: Seat, on: date, text: str = "") -> By:
        by = self.diary.act(seat, on)
        if self.refusal is not None:
            self._happened(self.refusal, kind, on, by, said=(text, "", ""))
        return by

    def _happened(
        self,
        refusal: RefusalRecord,
        kind: str,
        on: date,
        by: By,
        *residents: int,
        said: tuple[str, str, str] = ("", "", ""),
    ) -> None:
        rows = self.c.batch[RefusalEventRecord]
        whom: list[int | None] = [*sorted(residents)]
        for resident in whom or [None]:
            rows.append(RefusalEventRecord(refusal.id, refusal.subject_id, resident, kind, on, *said, *by))
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
