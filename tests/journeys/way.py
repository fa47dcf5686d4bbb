"""The steps of a household on its way to a municipality, taken by the acts themselves, each on a day of its own.

The acts happened when they would have happened, so that deadlines, waiting days and timelines are as people see them.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from fotfeste.access.public import Subject, viewer_for
from fotfeste.accommodation import public as accommodation
from fotfeste.accommodation.queries.free_beds import bed_book
from fotfeste.directory.public import Organisation, User
from fotfeste.kernel.ages import ADULT_AT
from fotfeste.kernel.calendar import OSLO, Week, legal_day
from fotfeste.kernel.identifiers import IdentifierKind, synthetic_duf
from fotfeste.platform.clock import now
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry import public as registry
from fotfeste.registry.public import Member, NewPerson
from fotfeste.settlement import public as settlement
from fotfeste.settlement.domain.contents import (
    Adaptation,
    BearsOn,
    CloseRelation,
    Content,
    Education,
    EducationLevel,
    Occupation,
    Pets,
    Relations,
)
from fotfeste.settlement.public import (
    AnswerOutcome,
    Capability,
    DeclineReason,
    GivenAnswer,
    InformationMode,
    LegPlan,
    OwnTalk,
    Participation,
    Question,
    TravelMode,
)
from fotfeste.settlement.texts import LEAFLET_LANGUAGES
from tests.journeys.people import relations_of

REGISTERED, PLACED, PERMITTED, INFORMED, INVITED, HELD, ASKED, ANSWERED, OFFERED, SAID_YES, AGREED = (
    80, 74, 40, 30, 27, 20, 12, 8, 6, 4, 2,
)  # fmt: skip
"""How many days ago each step was taken."""

BUILDING = "B"

ADULT_ANSWERS: Mapping[Question, Content] = {
    Question.ADAPTATION: Adaptation(is_needed=False),
    Question.RELATIONS: Relations(has_relations=False),
    Question.PETS: Pets(has_pets=False),
    Question.EDUCATION: Education(has_education=True, level=EducationLevel.BACHELOR, field="økonomi"),
    Question.OCCUPATION: Occupation(has_worked=True, title="regnskapsfører"),
}
RICH_ANSWERS: Mapping[Question, Content] = {
    **ADULT_ANSWERS,
    Question.ADAPTATION: Adaptation(
        is_needed=True,
        description="Rullestol utendørs. Bolig uten trapper, bredde i dører 90 cm.",
        bears_on=(BearsOn.HOUSING, BearsOn.SERVICES),
        told_to_inform_doctor=True,
    ),
    Question.RELATIONS: Relations(
        has_relations=True, relations=(CloseRelation("Halyna Moroz", "søster", "400 00 000", "5001"),)
    ),
    Question.PETS: Pets(has_pets=True, description="En katt, en liten hund"),
}


class Way:
    """Takes households as far as is asked; `references` is what the addresses of their pages need, by name."""

    def __init__(self) -> None:
        """Nobody has come yet."""
        self.references: dict[str, str] = {}
        self._at: datetime = now()
        self._serial = 980_000

    # Who acts, and when

    @contextmanager
    def _as(self, username: str, days_ago: int) -> Iterator[tuple[Viewer, datetime]]:
        """Somebody's scope on a day in the past, and the instant."""
        at = self._at - timedelta(days=days_ago)
        viewer = viewer_for(User.objects.get(username=username), legal_day(at))
        with scope(viewer, legal_day(at)):
            yield viewer, at

    def _day(self, days_ago: int) -> date:
        return legal_day(self._at) - timedelta(days=days_ago)

    def _members(self, group: int, days_ago: int) -> list[Member]:
        return registry.members_of(group, self._day(days_ago))

    def _clock(self, days_ago: int) -> datetime:
        """Half past ten on a day."""
        return datetime.combine(self._day(days_ago), time(10, 30), tzinfo=OSLO)

    def _language(self, group: int) -> str:
        return str(self._members(group, INFORMED)[0].languages[0])

    # The steps, in order

    def registered(self, name: str, persons: Sequence[NewPerson]) -> int:
        """By the police, with numbers; the first two are married, those under 18 are the first's children."""
        numbered = []
        for each in persons:
            self._serial += 1
            numbered.append(changed(each, identifiers={IdentifierKind.DUF: synthetic_duf(self._serial)}))
        day = self._day(REGISTERED)
        new = registry.NewGroup(
            persons=tuple(numbered), registered_on=day, applied_on=day, relations=tuple(relations_of(persons, day))
        )
        with self._as("demo-politi", REGISTERED) as (by, at):
            group = registry.register_group(new, by=by, at=at).subject_id
            self.references[name] = Subject.objects.get(pk=group).reference
            for place, member in enumerate(self._members(group, REGISTERED)):
                self.references[f"{name}_{place}"] = member.reference
        return group

    def placed(self, group: int) -> int:
        """By UDI, at Voss."""
        with self._as("demo-udi", PLACED) as (by, at):
            voss = Organisation.objects.get(name="Voss akuttinnkvartering")
            accommodation.place_group(group, voss.pk, self._day(PLACED), is_meant=True, by=by, at=at)
        return group

    def in_beds(self, group: int) -> int:
        """Each has a bed in the new building: the others may be somebody's whom the centre does not see on that day."""
        self.placed(group)
        with self._as("demo-voss", PLACED) as (by, at):
            book = bed_book(by.organisation_id, self._day(PLACED), today=self._day(PLACED))
            beds = [bed for bed in book.free_from(self._day(PLACED)) if bed.building == BUILDING]
            members = self._members(group, PLACED)
            chosen = {member.subject_id: bed.bed_id for member, bed in zip(members, beds[: len(members)], strict=True)}
            accommodation.assign_beds(group, chosen, self._day(PLACED), by=by, at=at)
        return group

    def permitted(self, group: int, *, most: int = 99) -> int:
        """Temporary collective protection, for all of them or the first ones."""
        self.in_beds(group)
        with self._as("demo-udi", PERMITTED) as (by, at):
            chosen = [member.subject_id for member in self._members(group, PERMITTED)][:most]
            kind = registry.StatusKind.TEMPORARY_COLLECTIVE_PROTECTION
            registry.register_status(group, chosen, kind, self._day(PERMITTED), by=by, at=at)
        return group

    def informed(self, group: int) -> int:
        """Informed together and one by one, time and interpreter agreed."""
        self.permitted(group)
        with self._as("demo-voss", INFORMED) as (by, at):
            everyone = [member.subject_id for member in self._members(group, INFORMED)]
            language = self._language(group)
            for mode in InformationMode:
                told = settlement.Information(
                    mode, language, self._day(INFORMED), "Elsa Fossheim", with_interpreter=True
                )
                settlement.give_information(group, everyone, told, by=by, at=at)
            plan = settlement.InterviewPlan(self._clock(HELD), "Møterom 2", language, "booked")
            settlement.plan_interview(group, plan, by=by, at=at)
        return group

    def invited(self, group: int) -> int:
        """With the leaflet."""
        self.informed(group)
        with self._as("demo-voss", INVITED) as (by, at):
            language = self._language(group)
            leaflet = language if language in LEAFLET_LANGUAGES else "nb"
            settlement.invite(group, self._day(INVITED), leaflet, by=by, at=at)
        return group

    def answered(self, group: int, answers: Mapping[Question, Content] = ADULT_ANSWERS) -> int:
        """Everyone has answered, the first of them with `answers`; children are heard."""
        self.invited(group)
        with self._as("demo-voss", HELD) as (by, at):
            members = self._members(group, HELD)
            alone = registry.unaccompanied_among(members, self._day(HELD))
            for place, member in enumerate(members):
                asked_all = member.age >= ADULT_AT or member.subject_id in alone
                said = answers if place == 0 else ADULT_ANSWERS
                chosen = said if asked_all else {Question.ADAPTATION: ADULT_ANSWERS[Question.ADAPTATION]}
                given = {each: GivenAnswer(AnswerOutcome.ANSWERED, content) for each, content in chosen.items()}
                settlement.save_answers(group, member.subject_id, given, by=by, at=at)
                if not asked_all:
                    talk = OwnTalk.NOT_WANTED if member.age >= registry.OWN_TALK_AT else OwnTalk.NOT_OFFERED
                    how = {member.subject_id: Participation(was_heard=True, own_talk=talk)}
                    settlement.register_participants(group, how, by=by, at=at)
                if member.subject_id in alone:
                    text = {member.subject_id: "Vil gjerne bo nær søsteren."}
                    settlement.save_mapping_notes(group, text, by=by, at=at)
        return group

    def queued(self, group: int, answers: Mapping[Question, Content] = ADULT_ANSWERS) -> int:
        """The interview is with IMDi."""
        self.answered(group, answers)
        with self._as("demo-voss", HELD) as (by, at):
            settlement.finish_interview(group, self._day(HELD), by=by, at=at)
        return group

    def asked(self, group: int, answers: Mapping[Question, Content] = ADULT_ANSWERS, on: int = ASKED) -> int:
        """IMDi has asked Levanger."""
        self.queued(group, answers)
        with self._as("demo-imdi", on) as (by, at):
            levanger = User.objects.get(username="demo-levanger").organisation_id
            settlement.send_request(
                group, levanger, wanted_week=self._week, message="Klare for reise etter kort varsel.",
                reasoning="Kommunen har meldt ledig plass.", by=by, at=at,
            )  # fmt: skip
        return group

    @property
    def _week(self) -> Week:
        return Week.of(self._day(-3))

    def declined(self, group: int) -> int:
        """Levanger has said no."""
        self.asked(group)
        with self._as("demo-levanger", ANSWERED) as (by, at):
            words = "Ledig skoleplass først i august."
            settlement.decline_request(
                group, reason=DeclineReason.NO_SCHOOL_PLACE, follows="not_until_reassessed", text=words, by=by, at=at
            )
        return group

    def found(self, group: int, confirmed: Sequence[Capability] = tuple(Capability)) -> int:
        """Levanger has said yes."""
        self.asked(group)
        with self._as("demo-levanger", ANSWERED) as (by, at):
            settlement.accept_request(group, possible_week=self._week, confirmed=confirmed, by=by, at=at)
        return group

    def offered(self, group: int) -> int:
        """IMDi has made the offer."""
        self.found(group)
        with self._as("demo-imdi", OFFERED) as (by, at):
            settlement.make_offer(group, week=self._week, by=by, at=at)
        return group

    def said(self, group: int, *, accepts: bool = True) -> int:
        """The household has answered."""
        self.offered(group)
        with self._as("demo-voss", SAID_YES) as (by, at):
            names = ", ".join(member.given_name for member in self._members(group, SAID_YES) if member.age >= 18)
            settlement.register_offer_answer(
                group, accepts=accepts, answered_on=self._day(SAID_YES), answered_by_names=names,
                answer_language=self._language(group), consequences_shown=True, by=by, at=at,
            )  # fmt: skip
        return group

    def travelling(self, group: int, in_days: int) -> int:
        """The journey is agreed."""
        self.said(group)
        legs = (
            LegPlan(TravelMode.TRAIN, "Voss", "Bergen lufthavn", 35_000),
            LegPlan(TravelMode.PLANE, "Bergen lufthavn", "Trondheim lufthavn Værnes", 129_000),
            LegPlan(TravelMode.BUS, "Trondheim lufthavn Værnes", "Levanger", 18_000),
        )
        plan = settlement.JourneyPlan(
            travels_on=self._day(-in_days), agreed_with="Merethe Eie", agreed_on=self._day(AGREED),
            hub="Trondheim lufthavn Værnes", legs=legs, minutes=400, has_food=True, luggage_pieces=2,
            receiver="Merethe Eie, 400 00 000", booking_reference="KX7P2Q",
        )  # fmt: skip
        with self._as("demo-voss", AGREED) as (by, at):
            settlement.agree_journey(group, plan, by=by, at=at)
        return group

    def settled(self, group: int) -> int:
        """They left today."""
        self.travelling(group, in_days=0)
        with self._as("demo-voss", 0) as (by, at):
            everyone = [member.subject_id for member in self._members(group, 0)]
            accommodation.register_departure(
                group, everyone, self._day(0), accommodation.DepartureReason.AGREED_SETTLEMENT,
                "Kirkegata 1", "7600", "Levanger", "Trøndelag", by=by, at=at,
            )  # fmt: skip
        return group


def changed(each: NewPerson, **changes: object) -> NewPerson:
    """The same person, otherwise."""
    return replace(each, **changes)  # type: ignore[arg-type]
