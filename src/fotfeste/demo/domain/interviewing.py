"""Writes down the interview of a case, from the information before it to the queue. See `case`."""

from datetime import UTC, date, datetime, time

from fotfeste.demo.domain import answers
from fotfeste.demo.domain.case import CaseChronicle
from fotfeste.demo.domain.case_records import (
    AnswerRecord,
    CaseNeedRecord,
    InformationRecord,
    MappingNoteRecord,
    NoteRecord,
    ParticipantRecord,
)
from fotfeste.demo.domain.diary import By
from fotfeste.demo.domain.people import PersonDraft
from fotfeste.kernel.periods import Period

_LEAFLETS = {"uk": "uk", "ru": "ru"}


class InterviewChronicle(CaseChronicle):
    """The records of a case until IMDi looks for a municipality."""

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
