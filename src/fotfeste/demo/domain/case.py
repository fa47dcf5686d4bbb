"""Writes down a household's case, act by act, as the acts of settlement do: the permit opens it, and it follows the
household from centre to centre.
"""

from datetime import date

from fotfeste.demo.domain.case_records import (
    CaseRecord,
    InterviewRecord,
)
from fotfeste.demo.domain.chronicle import Chronicle
from fotfeste.demo.domain.course import Way
from fotfeste.demo.domain.diary import By, reference
from fotfeste.demo.domain.rules import Due
from fotfeste.demo.domain.world import Seat

WORKFLOW = "settlement_case"
OF_THE_CENTRE = ("hold_interview", "register_offer_answer", "arrange_journey", "register_departure", "book_journey")
_PERMIT = {"collective": "temporary_collective_protection", "asylum": "residence_permit"}


class CaseChronicle:
    """The records of one household's settlement case, beside its chronicle."""

    def __init__(self, chronicle: Chronicle, way: Way) -> None:
        self.c, self.way = chronicle, way
        self.diary, self.rng, self.rules = chronicle.diary, chronicle.rng, chronicle.rules
        self.case: CaseRecord | None = None
        self.interview: InterviewRecord | None = None
        self.needs: set[str] = set()

    @property
    def is_open(self) -> bool:
        """There is a case that may still go on."""
        return self.case is not None and self.case.state not in ("settled", "refused", "closed")

    def of(self) -> CaseRecord:
        """The case. Raises ValueError where there is none yet."""
        if self.case is None:
            message = "there is no case yet"
            raise ValueError(message)
        return self.case

    def centre(self) -> Seat:
        """The centre where the household lives. Raises ValueError where it lives at none."""
        if self.c.centre is None:
            message = "a case is worked on at a centre"
            raise ValueError(message)
        return self.c.centre

    def advance(self, step: str, to: str, on: date, by: By, other: int | None = None) -> None:
        """Take a step of the workflow, with its event."""
        case = self.of()
        self.case = case._replace(state=to, state_since_on=on)
        self.tell(step, by, on, transition=step, from_state=case.state, to_state=to, other=other)

    def tell(
        self,
        what: str,
        by: By,
        on: date | None,
        *,
        transition: str = "",
        from_state: str = "",
        to_state: str = "",
        other: int | None = None,
        subject_id: int | None = None,
    ) -> None:
        """Publish an event about the case; one with a state moves it along its workflow."""
        self.diary.tell(
            f"settlement.{what}",
            by,
            object_kind=WORKFLOW,
            object_id=self.of().id,
            holds_on=on,
            transition=transition,
            workflow=WORKFLOW if to_state else "",
            from_state=from_state,
            to_state=to_state,
            other=other,
            subject_id=subject_id,
        )

    def ask(self, kind: str, organisation_id: int, cause: str, basis_on: date, due: Due, by: By, about: int) -> None:
        """Open a task that the case asks for."""
        self.diary.open_task(kind, organisation_id, f"settlement.{cause}", basis_on, due, by, about)

    def permit(self, on: date) -> None:
        """UDI grants protection to all but somebody late; the case opens."""
        c, course = self.c, self.c.household.course
        by = self.diary.act(c.world.udi, on)
        late = course.late[0] if course.late else -1
        granted = [subject for place, subject in enumerate(c.persons) if place != late]
        c.permitted.update(granted)
        c.register_status(granted, _PERMIT[course.scheme], on, by)
        self.diary.open_needs(c.subjects, c.world.imdi.organisation_id, "settlement_case", on, by)
        centre = self.centre()
        self.case = CaseRecord(
            id=c.keys.next("case"),
            reference=reference(self.rng),
            subject_id=c.group_id,
            state="interview_due",
            due_since_on=on,
            state_since_on=on,
            centre_id=centre.organisation_id,
            minors_until_on=None,
            unaccompanied_until_on=None,
            size=len(c.persons),
        )
        self._compose(on)
        self.interview = InterviewRecord(
            c.keys.next("interview"), c.group_id, self.case.id, None, "", "", "not_booked", None, "", None, None
        )
        self.tell("case_opened", by, on, to_state="interview_due")
        placed_on = max(stay.from_on for stay in c.household.stays if stay.from_on <= on)
        self._ask_for_interview(placed_on, by)

    def permit_late(self, on: date) -> None:
        """The one who was late gets a decision too."""
        course = self.c.household.course
        if course.late is None or not self.is_open:
            return
        subject = self.c.persons[course.late[0]]
        by = self.diary.act(self.c.world.udi, on)
        self.c.permitted.add(subject)
        self.c.register_status([subject], _PERMIT[course.scheme], on, by)

    def _ask_for_interview(self, placed_on: date, by: By) -> None:
        case = self.of()
        due = self.rules.hold_interview(case.due_since_on, placed_on)
        basis = max(case.due_since_on, placed_on)
        self.ask("hold_interview", self.centre().organisation_id, "case_opened", basis, due, by, case.id)

    def follow(self, placed_on: date, by: By) -> None:
        """They have moved to another centre: it has the case's tasks now."""
        if not self.is_open:
            return
        new = self.centre().organisation_id
        self.case = self.of()._replace(centre_id=new)
        for task in self.diary.close_tasks(OF_THE_CENTRE, by, outcome="void"):
            if task.kind == "hold_interview":
                self._ask_for_interview(placed_on, by)
            else:
                due = Due(task.due_on, task.due_rule)
                self.diary.open_task(task.kind, new, task.cause, task.basis_on, due, by, task.object_id)

    def _compose(self, day: date) -> None:
        until = self.rules.of_age_on(max(person.birth_date for person in self.c.household.persons), day)
        self.case = self.of()._replace(
            minors_until_on=until, unaccompanied_until_on=until if self.c.household.is_unaccompanied else None
        )

    def is_unaccompanied_on(self, day: date) -> bool:
        """Whether the case is an unaccompanied minor's on the day."""
        until = self.of().unaccompanied_until_on
        return until is not None and day < until

    def look_for_municipality(self, cause: str, on: date, by: By) -> None:
        """IMDi is asked to find a municipality (again)."""
        imdi = self.c.world.imdi.organisation_id
        self.ask("find_municipality", imdi, cause, on, self.rules.find_municipality(on), by, self.of().id)
