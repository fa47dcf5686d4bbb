"""Households at every step of the way to a municipality, made by the acts themselves, each on a day of its own.

The acts happened when they would have happened, so that deadlines, waiting days and timelines are as people see them.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from fotfeste.access.looks import keep_look
from fotfeste.access.public import (
    EmergencyCause,
    Employment,
    Look,
    ProtectionLevel,
    RoleAssignment,
    Subject,
    SubjectKind,
    create_subject,
    open_emergency,
    viewer_for,
)
from fotfeste.accommodation import public as accommodation
from fotfeste.accommodation.queries.free_beds import bed_book
from fotfeste.directory.public import ContactPerson, Organisation, User
from fotfeste.kernel.calendar import OSLO, Week, legal_day
from fotfeste.kernel.identifiers import IdentifierKind, synthetic_duf
from fotfeste.platform.clock import now
from fotfeste.platform.scope import scope
from fotfeste.platform.shown import Shown, Whom
from fotfeste.platform.viewer import Viewer
from fotfeste.registry import public as registry
from fotfeste.registry.public import Member, NewPerson, Sex
from fotfeste.retention.run import run as run_retention
from fotfeste.settlement import public as settlement
from fotfeste.settlement.domain.answers import (
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
from tests.journeys.people import family, person, relations_of
from tests.needs import reasons_of

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


class Stages:
    """Makes the households; `references` is what the addresses of their pages need, by name."""

    def __init__(self) -> None:
        """Nobody yet."""
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
            numbered.append(_with(each, identifiers={IdentifierKind.DUF: synthetic_duf(self._serial)}))
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
            book = bed_book(by.organisation_id, self._day(PLACED))
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
            for place, member in enumerate(self._members(group, HELD)):
                asked_all = member.age >= registry.ADULT_AT or member.is_unaccompanied_minor
                said = answers if place == 0 else ADULT_ANSWERS
                chosen = said if asked_all else {Question.ADAPTATION: ADULT_ANSWERS[Question.ADAPTATION]}
                given = {each: GivenAnswer(AnswerOutcome.ANSWERED, content) for each, content in chosen.items()}
                settlement.save_answers(group, member.subject_id, given, by=by, at=at)
                if not asked_all:
                    talk = OwnTalk.NOT_WANTED if member.age >= registry.OWN_TALK_AT else OwnTalk.NOT_OFFERED
                    how = {member.subject_id: Participation(was_heard=True, own_talk=talk)}
                    settlement.register_participants(group, how, by=by, at=at)
                if member.is_unaccompanied_minor:
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
            settlement.decline_request(group, reason=DeclineReason.NO_SCHOOL_PLACE, text=words, by=by, at=at)
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

    # Everyone

    def make(self) -> dict[str, str]:
        """All of them."""
        self._room_for_them()
        self._before_the_interview()
        self._at_the_interview()
        self._on_the_way()
        self._back_in_the_queue()
        self._with_a_wrong_answer()
        self._with_a_new_need()
        self._registered_twice()
        self._hidden()
        self._in_the_directory()
        self._looked_at()
        self._seen_by("travelling", "demo-voss", "demo-imdi", "demo-levanger")
        self._in_emergency()
        self._among_users()
        run_retention(at=self._at)
        return self.references

    def _room_for_them(self) -> None:
        """The country is small, and so are its centres: a new building at Voss, of which one bed is blocked."""
        with self._as("demo-voss-leder", REGISTERED + 1) as (by, at):
            voss = by.organisation_id
            self.references["voss"] = Organisation.objects.get(pk=voss).reference
            rooms = [
                accommodation.NewRoom(name=str(number), beds=4, building=BUILDING, is_adapted=number == 201)
                for number in range(201, 226)
            ]
            made = accommodation.add_rooms(voss, rooms, by=by, at=at)
            bed = accommodation.Bed.objects.filter(room=made[-1]).first()
            assert bed is not None
            accommodation.block_bed(bed.pk, self._day(5), self._day(-20), "Vannskade i taket", by=by, at=at)
            self.references |= {"room": made[-1].reference, "bed": bed.name}
        with self._as("demo-udi", REGISTERED + 1) as (by, at):
            new = accommodation.NewOperation(
                type=accommodation.CentreType.EMERGENCY, operator=accommodation.OperatorKind.PRIVATE,
                places=96, places_maximum=140, source="UDI, avtale høsten 2026",
            )  # fmt: skip
            accommodation.change_operation(voss, new, self._day(REGISTERED + 1), by=by, at=at)

    def _before_the_interview(self) -> None:
        self.registered("registered", family("Petrenko", "Iryna", "Oleh", "Sofiia", "Danylo"))
        self.placed(self.registered("placed", family("Bondar", "Kateryna", "Vasyl", "Nazar")))
        waiting = self.in_beds(self.registered("waiting", family("Lysenko", "Larysa", "Mykola", "Solomiia")))
        with self._as("demo-voss", 3) as (by, at):
            chosen = [self._members(waiting, 3)[1].subject_id]
            first, last = self._day(3), self._day(-4)
            accommodation.grant_leave(waiting, chosen, first, last, is_abroad=False, note="Familiebesøk", by=by, at=at)
            ahead = [self._members(waiting, 3)[0].subject_id]
            accommodation.grant_leave(waiting, ahead, self._day(-10), self._day(-14), is_abroad=True, by=by, at=at)
        self.permitted(self.registered("due", family("Kravets", "Nadiia", "Ihor", "Yeva", "Tymofii")), most=3)

    def _at_the_interview(self) -> None:
        self.informed(self.registered("informed", family("Moroz", "Halyna", "Roman", "Zlata")))
        self.invited(self.registered("invited", family("Marchenko", "Oksana", "Petro", "Artem", "Polina")))
        self.answered(self.registered("answered", family("Savchuk", "Yuliia", "Andrii", "Marta")), RICH_ANSWERS)
        alone = _with(
            person("Filmon", "Tesfay", 16, Sex.MALE), citizenship="ERI", languages=("ti", "ar"), original_name="ፍልሞን",
            is_unaccompanied_minor=True, guardian=registry.NewGuardian("Berit Aasen", "900 00 000"),
        )  # fmt: skip
        self.invited(self.registered("minor", [alone]))

    def _on_the_way(self) -> None:
        large = [
            _with(each, citizenship="SYR", languages=("ar", "kmr"), original_name=original)
            for each, original in zip(
                family("Al-Khatib", "Rania", "Abdulrahman", "Yasmin", "Omar", "Layla", "Ibrahim", "Nour"),
                ("رانيا الخطيب", "عبد الرحمن الخطيب", "ياسمين", "عمر", "ليلى", "إبراهيم", "نور"),
                strict=True,
            )
        ]
        self.queued(self.registered("queued", large), RICH_ANSWERS)
        noted = self.declined(self.registered("declined", family("Rudenko", "Viktoriia", "Serhii")))
        with self._as("demo-voss", 3) as (by, at):
            settlement.add_note(noted, "Viktoriia venter barn i mars. Trenger jordmor.", by=by, at=at)
        self.asked(self.registered("asked", family("Melnyk", "Tetiana", "Bohdan", "Daryna")), RICH_ANSWERS, on=3)
        self.found(self.registered("found", family("Tkachenko", "Alina", "Denys")))
        self.offered(self.registered("offered", family("Hrytsenko", "Inna", "Maksym", "Kira", "Lev")))
        self.said(self.registered("accepted", family("Pavlenko", "Olha", "Yurii")))
        taxi = self.said(self.registered("approval", family("Zinchenko", "Mariia", "Hryhorii")))
        with self._as("demo-voss", 1) as (by, at):
            why = "Mariia har vondt i ryggen. Trenger drosje Voss–Bergen lufthavn."
            modes = (TravelMode.TAXI,)
            settlement.ask_travel_approval(taxi, modes=modes, explanation=why, by=by, at=at)
        self.travelling(self.registered("travelling", family("Kostenko", "Anna", "Stepan", "Ivanka")), in_days=3)
        self.travelling(self.registered("leaving", family("Fedorenko", "Svitlana", "Taras")), in_days=0)
        self.settled(self.registered("settled", family("Oliinyk", "Khrystyna", "Pavlo", "Ruslan")))
        moved = self.queued(self.registered("moved", family("Tymoshenko", "Lesia", "Vadym")))
        with self._as("demo-voss", 2) as (by, at):
            everyone = [member.subject_id for member in self._members(moved, 2)]
            accommodation.register_departure(
                moved, everyone, self._day(2), accommodation.DepartureReason.PRIVATE_ADDRESS,
                "Storgata 12", "5700", "Voss", "Vestland", by=by, at=at,
            )  # fmt: skip
        self.said(self.registered("refused", family("Yurchenko", "Vira", "Anatolii")), accepts=False)

    def _back_in_the_queue(self) -> None:
        """An offer is taken back, somebody has come since the interview, IMDi has told the municipality something."""
        withdrawn = self.said(self.registered("withdrawn", family("Ponomarenko", "Zoia", "Arsen")))
        with self._as("demo-imdi", 1) as (by, at):
            reason = settlement.WithdrawalReason.HOME_LOST
            settlement.withdraw_offer(withdrawn, reason=reason, text="Vannskade.", by=by, at=at)
        grown = self.asked(self.registered("grown", family("Vasylenko", "Ruslana", "Pylyp")))
        with self._as("demo-udi", 2) as (by, at):
            registry.register_member(grown, person("Emiliia", "Vasylenko", 1), self._day(2), by=by, at=at)
        closed = self.queued(self.registered("closed", family("Bilyk", "Larysa", "Hlib")))
        with self._as("demo-voss", 1) as (by, at):
            settlement.close_case(closed, reason=settlement.ClosingReason.OWN_WAY, by=by, at=at)
        told = self.asked(self.registered("told", family("Hnatiuk", "Nina", "Markiian")))
        with self._as("demo-imdi", 2) as (by, at):
            settlement.pass_on(told, "Nina er gravid. Termin i mars.", by=by, at=at)

    def _with_a_wrong_answer(self) -> None:
        """An interview is open again, and another is corrected after the municipality was asked."""
        reopened = self.queued(self.registered("reopened", family("Sydorenko", "Valentyna", "Orest")), RICH_ANSWERS)
        corrected = self.asked(self.registered("corrected", family("Panchenko", "Raisa", "Ostap")))
        for group in (reopened, corrected):
            with self._as("demo-voss", 2) as (by, at):
                why = "Yrket er notert hos feil person."
                settlement.reopen_interview(group, reason=why, by=by, at=at)
        with self._as("demo-voss", 1) as (by, at):
            first = self._members(corrected, 1)[0].subject_id
            right = GivenAnswer(AnswerOutcome.ANSWERED, Occupation(has_worked=True, title="lærer"))
            settlement.save_answers(corrected, first, {Question.OCCUPATION: right}, by=by, at=at)
            settlement.finish_correction(corrected, by=by, at=at)

    def _with_a_new_need(self) -> None:
        """Levanger is asked about a need that arose after its yes; for another household it has said that it cannot."""
        needing = self.found(self.registered("needing", family("Lytvyn", "Halka", "Yukhym")), confirmed=())
        unmet = self.found(self.registered("unmet", family("Dovzhenko", "Myroslava", "Klym")), confirmed=())
        housing = Capability.ADAPTED_HOUSING
        for group in (needing, unmet):
            with self._as("demo-imdi", 2) as (by, at):
                settlement.add_need(group, housing, reason="Bruker rullestol etter et fall.", by=by, at=at)
        with self._as("demo-levanger", 1) as (by, at):
            text = "Den tilrettelagte boligen er opptatt."
            settlement.answer_needs(unmet, {housing: False}, text=text, by=by, at=at)

    def _in_the_directory(self) -> None:
        """Levanger, the unit that receives refugees there, and somebody to call."""
        contact = ContactPerson.objects.current().filter(unit__organisation__name="Levanger").first()
        assert contact is not None
        self.references |= {
            "levanger": contact.unit.organisation.reference,
            "unit": contact.unit.reference,
            "contact": contact.reference,
        }

    def _looked_at(self) -> None:
        """IMDi's case worker has looked at somebody whom IMDi had nothing to do with; so did they before."""
        for days_ago in (3, 1):
            stranger = create_subject(SubjectKind.GROUP).pk
            with self._as("demo-imdi", days_ago) as (viewer, at):
                whom = Whom(stranger, (), viewer.opens["identity"])
                keep_look(Shown("household", frozenset({"identity"}), whom), viewer, at)
                self.references["look"] = Look.objects.get(household_id=stranger).request_number

    def _seen_by(self, stage: str, *usernames: str) -> None:
        """Some have opened the page of the household at a stage."""
        household = Subject.objects.get(reference=self.references[stage]).pk
        for username in usernames:
            with self._as(username, 1) as (viewer, at):
                because = reasons_of(viewer, household, legal_day(at))
                persons = tuple(member.subject_id for member in self._members(household, 1))
                keep_look(Shown("household", frozenset(viewer.opens), Whom(household, persons, because)), viewer, at)

    def _in_emergency(self) -> None:
        """Levanger's refugee adviser hears of a fire at Voss, and has mistyped the number first."""
        words = "Brann, andre etasje. Nødetatene varslet."
        with self._as("demo-levanger", 0) as (by, at):
            for number in (synthetic_duf(999_998), self.references["placed"]):
                opened = open_emergency(number, cause=EmergencyCause.FIRE, words=words, by=by, at=at)
                self.references["emergency"] = opened.reference

    def _among_users(self) -> None:
        """A colleague at Voss with a role, and the one there who gives roles."""
        employed = {each.user.username: each for each in Employment.objects.current().select_related("user")}
        roles = RoleAssignment.objects.current()
        mate, leader = employed["voss-2"], employed["demo-voss-leder"]
        self.references |= {
            "colleague": mate.reference,
            "leader": leader.reference,
            "role": roles.get(user_id=mate.user_id).reference,
            "leading": roles.get(user_id=leader.user_id).reference,
        }

    def _hidden(self) -> None:
        """The address of a family at Voss is protected, and one there is named."""
        group = self.permitted(self.registered("hidden", family("Rudenko", "Tamara", "Yurii", "Vira")), most=3)
        with self._as("demo-udi", 2) as (by, at):
            registry.protect_household(group, ProtectionLevel.CONFIDENTIAL, legal_day(at), by=by, at=at)
        named = Employment.objects.current().get(user__username="demo-voss")
        with self._as("demo-voss-leder", 1) as (by, at):
            registry.name_follower(self.references["hidden"], named.reference, by=by, at=at)

    def _registered_twice(self) -> None:
        self.registered("double", [person("Liudmyla", "Shevchenko", 51)])
        self.registered("double_again", [person("Lyudmila", "Shevchenko", 51)])


def _with(each: NewPerson, **changes: object) -> NewPerson:
    return replace(each, **changes)  # type: ignore[arg-type]
