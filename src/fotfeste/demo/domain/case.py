"""Writes down a household's way from the permit to the municipality, act by act, as the acts of settlement do."""

from datetime import UTC, date, datetime, time

from fotfeste.demo.domain import answers
from fotfeste.demo.domain.case_records import (
    AnswerRecord,
    CaseNeedRecord,
    CaseRecord,
    InformationRecord,
    InterviewRecord,
    MappingNoteRecord,
    NoteRecord,
    ParticipantRecord,
)
from fotfeste.demo.domain.chronicle import Chronicle
from fotfeste.demo.domain.course import Way
from fotfeste.demo.domain.diary import By, reference
from fotfeste.demo.domain.people import PersonDraft
from fotfeste.demo.domain.rules import Due
from fotfeste.demo.domain.world import Seat
from fotfeste.kernel.periods import Period

WORKFLOW = "settlement_case"
OF_THE_CENTRE = ("hold_interview", "register_offer_answer", "arrange_journey", "register_departure", "book_journey")
_LEAFLETS = {"uk": "uk", "ru": "ru"}
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

    # The permit opens the case; it follows the household from centre to centre

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

    # The interview

    def is_interviewed(self, person: PersonDraft, day: date) -> bool:
        """Adults and unaccompanied minors answer for themselves."""
        return person.age_on(day) >= self.rules.adult_age(day) or self.c.household.is_unaccompanied

    def language(self) -> str:
        """The language that the household prefers."""
        return self.c.household.persons[0].languages[0]

    def inform(self, on: date) -> None:
        """The centre informs those who are to be interviewed, in groups or one by one, and agrees a time."""
        interview = self.interview
        if interview is None:
            return
        seat = self.centre()
        by = self.diary.act(seat, on)
        mode = "group" if self.rng.random() < 0.6 else "individual"
        for subject, person in zip(self.c.persons, self.c.household.persons, strict=True):
            if self.is_interviewed(person, self.way.held_on):
                self.c.batch[InformationRecord].append(
                    InformationRecord(
                        subject,
                        interview.case_id,
                        mode,
                        person.languages[0],
                        on,
                        seat.staff[0].name,
                        person.needs_interpreter,
                        *by,
                    )
                )
        self.tell("information_given", by, on)
        by = self.diary.act(seat, on)
        needs = any(p.needs_interpreter for p in self.c.household.persons if self.is_interviewed(p, on))
        planned_at = datetime.combine(self.way.held_on, time(self.rng.randint(8, 12), tzinfo=UTC))
        self.interview = interview._replace(
            planned_at=planned_at,
            place=self.rng.choice(("Møterom 1", "Møterom 2", "Kontoret", "Biblioteket")),
            language=self.language(),
            interpreter="booked" if needs else "not_needed",
        )
        self.tell("interview_planned", by, self.way.held_on)

    def invite(self, on: date) -> None:
        """The household is invited, with the leaflet."""
        if self.interview is None:
            return
        by = self.diary.act(self.centre(), on)
        leaflet = _LEAFLETS.get(self.language(), "nb")
        self.interview = self.interview._replace(invited_on=on, leaflet_language=leaflet)
        self.tell("residents_invited", by, on)

    def hold_interview(self, on: date) -> None:
        """Everyone answers or declines, children are heard, and the case goes to the queue."""
        if self.interview is None:
            return
        c, case, seat = self.c, self.of(), self.centre()
        has_pets = self.rng.random() < c.world.assumed.number("share_with_pets")
        for place, subject in enumerate(c.persons):
            by = self.diary.act(seat, on)
            self._answer_for(place, subject, on, has_pets and place == 0, by)
            self.tell("answers_saved", by, None, subject_id=subject)
        children = [place for place, person in enumerate(c.household.persons) if not self.is_interviewed(person, on)]
        if children:
            by = self.diary.act(seat, on)
            for place in children:
                self._hear(place, on, by)
            self.tell("participants_registered", by, None)
        self._map_minor(on)
        by = self.diary.act(seat, on)
        self.interview = self.interview._replace(held_on=on, held_by_id=by.user_id)
        accompanied_by = c.guardian_name if self.is_unaccompanied_on(on) else ""
        grown = [subject for place, subject in enumerate(c.persons) if place not in children]
        c.batch[ParticipantRecord].extend(
            ParticipantRecord(subject, self.interview.id, True, True, "not_offered", *by, accompanied_by)
            for subject in grown
        )
        self._compose(on)
        if self.is_unaccompanied_on(on):
            self.needs.add("unaccompanied_minors")
        for capability in sorted(self.needs):
            c.batch[CaseNeedRecord].append(CaseNeedRecord(c.group_id, case.id, capability, Period(on), *by))
        self.advance("register_interview", "queued", on, by)
        self.diary.close_tasks(["hold_interview"], by)
        self.look_for_municipality("register_interview", on, by)

    def _map_minor(self, on: date) -> None:
        """The note from the individual mapping of an unaccompanied minor."""
        household = self.c.household
        if self.interview is None or not household.is_unaccompanied:
            return
        minors = [
            subject
            for subject, person in zip(self.c.persons, household.persons, strict=True)
            if person.age_on(on) < self.rules.adult_age(on)
        ]
        if minors:
            by = self.diary.act(self.centre(), on)
            text = "Går på skole og vil bo nær andre ungdommer."
            notes = (MappingNoteRecord(subject, self.interview.id, text, *by) for subject in minors)
            self.c.batch[MappingNoteRecord].extend(notes)
            self.tell("mapping_note_saved", by, None)

    def pass_on(self, on: date) -> None:
        """IMDi passes on what the municipality is to know of an unaccompanied minor."""
        case = self.of()
        if self.is_unaccompanied_on(on):
            by = self.diary.act(self.c.world.imdi, on)
            text = "Går på skole. Bør bo i nærheten av andre ungdommer."
            self.c.batch[NoteRecord].append(NoteRecord(self.c.group_id, case.id, text, True, *by))
            self.tell("passed_on", by, None)

    def _answer_for(self, place: int, subject: int, on: date, has_pets: bool, by: By) -> None:
        person, assumed = self.c.household.persons[place], self.c.world.assumed
        adaptation, capability = answers.adaptation(self.rng, assumed)
        content: dict[str, dict[str, object]] = {"adaptation": adaptation}
        if self.is_interviewed(person, on):
            home = self.c.world.municipalities
            content |= {
                "relations": answers.relations(self.rng, person.family_name, home, assumed),
                "pets": answers.pets(self.rng, has_pets),
                "education": answers.education(self.rng, assumed),
                "occupation": answers.occupation(self.rng, person.age_on(on)),
            }
        rows, interview_id = self.c.batch[AnswerRecord], self.interview.id if self.interview else 0
        for question, answer in content.items():
            is_declined = question != "adaptation" and self.rng.random() < assumed.number("share_declined_answer")
            if is_declined:
                rows.append(AnswerRecord(subject, interview_id, question, "declined", {}, True, *by))
            else:
                rows.append(AnswerRecord(subject, interview_id, question, "answered", answer, False, *by))
                if question == "pets" and has_pets:
                    self.needs.add("pets")
        if capability:
            self.needs.add(capability)

    def _hear(self, place: int, on: date, by: By) -> None:
        age = self.c.household.persons[place].age_on(on)
        own_talk = "not_offered"
        if age >= self.rules.own_talk_age(on):
            own_talk = "held" if self.rng.random() < 0.3 else "not_wanted"
        interview_id = self.interview.id if self.interview else 0
        self.c.batch[ParticipantRecord].append(
            ParticipantRecord(self.c.persons[place], interview_id, True, True, own_talk, *by)
        )

    def look_for_municipality(self, cause: str, on: date, by: By) -> None:
        """IMDi is asked to find a municipality (again)."""
        imdi = self.c.world.imdi.organisation_id
        self.ask("find_municipality", imdi, cause, on, self.rules.find_municipality(on), by, self.of().id)
