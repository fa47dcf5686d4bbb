"""Households at every step of the way to a municipality, and what else the pages of the product show."""

from datetime import datetime
from typing import Any

from fotfeste.access.looks import keep_look
from fotfeste.access.public import (
    EmergencyCause,
    Employment,
    Look,
    NeedReason,
    ProtectionLevel,
    RoleAssignment,
    Subject,
    SubjectKind,
    create_subject,
    open_emergency,
    open_needs,
)
from fotfeste.accommodation import public as accommodation
from fotfeste.allocation import public as allocation
from fotfeste.allocation.actions.answering import compute_what_if
from fotfeste.allocation.actions.computing import compute_plan
from fotfeste.alternative import public as alternative
from fotfeste.alternative.domain.local import LocalConditionKind, ToldBy, WaitingOutcome
from fotfeste.directory.public import ContactPerson, Organisation, User
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.identifiers import synthetic_duf
from fotfeste.letters import public as letters
from fotfeste.platform.shown import Shown, Whom
from fotfeste.platform.viewer import Viewer
from fotfeste.registry import public as registry
from fotfeste.registry.public import Sex
from fotfeste.retention.run import run as run_retention
from fotfeste.settlement import public as settlement
from fotfeste.settlement.domain.contents import Occupation
from fotfeste.settlement.public import AnswerOutcome, Capability, GivenAnswer, Question, TravelMode
from tests.actions.allocation.stage import more_work
from tests.actions.alternative.living import home
from tests.journeys.asking_themselves import ask_themselves
from tests.journeys.people import family, person
from tests.journeys.support import Support
from tests.journeys.travel_stages import driving, on_the_road
from tests.journeys.way import BUILDING, PERMITTED, PLACED, REGISTERED, RICH_ANSWERS, changed
from tests.needs import reasons_of


class Stages(Support):
    """Makes the households of the visits."""

    def make(self) -> dict[str, str]:
        """All of them."""
        self.with_support()
        self._room_for_them()
        self._before_the_interview()
        self._at_the_interview()
        self._on_the_way()
        self._back_in_the_queue()
        self._with_a_wrong_answer()
        self._with_a_new_need()
        self._living_privately()
        ask_themselves(self)
        self._planned()
        self._registered_twice()
        self._hidden()
        self._written_to()
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
        alone = changed(
            person("Filmon", "Tesfay", 16, Sex.MALE), citizenship="ERI", languages=("ti", "ar"), original_name="ፍልሞን",
            is_unaccompanied_minor=True, guardian=registry.NewGuardian("Berit Aasen", "900 00 000"),
        )  # fmt: skip
        self.invited(self.registered("minor", [alone]))
        gone = changed(alone, given_name="Robel", original_name="ሮቤል")
        missing = self.in_beds(self.registered("missing", [gone]))
        with self._as("demo-voss", 1) as (by, at):
            persons = [member.subject_id for member in self._members(missing, 1)]
            accommodation.register_absence(missing, persons, self._day(4), is_abroad=False, by=by, at=at)
            told = (
                accommodation.ToldParty.POLICE,
                self._day(1),
                "Vest politidistrikt, operasjonssentralen",
                "2026/4711",
            )
            accommodation.report_missing(missing, persons, *told, by=by, at=at)

    def _planned(self) -> None:
        """A policy that has been changed, a plan of everybody who waits in the country, and one that was stopped."""
        with self._as("demo-imdi", 0) as (by, at):
            stopped = allocation.plan_week(by=by, at=at)
            allocation.stop_plan(stopped.reference, by=by, at=at)
            before = allocation.plan_week(by=by, at=at)
            compute_plan(before.pk, by=by, at=at)
            allocation.change_policy(more_work(legal_day(at)), version=0, by=by, at=at)
            self.references |= self._steered(by, at)
            plan = allocation.plan_week(by=by, at=at)
            compute_plan(plan.pk, by=by, at=at)
            self.references |= {"plan": plan.reference, "plan_stopped": stopped.reference} | self._asked(by, at)

    def _asked(self, by: Viewer, at: datetime) -> dict[str, str]:
        """What would come of the rest of the year, as it is, and otherwise; and one that was stopped."""
        plain = allocation.WhatIfQuestion()
        otherwise = allocation.WhatIfQuestion({"weight_spread": 40}, 110, 80, "0301")
        stopped = allocation.ask_what_if(plain, by=by, at=at)
        allocation.stop_what_if(stopped.reference, by=by, at=at)
        found = [allocation.ask_what_if(each, by=by, at=at) for each in (plain, otherwise)]
        for each in found:
            compute_what_if(each.pk, by=by, at=at)
        return {"what_if": found[1].reference, "what_if_stopped": stopped.reference}

    def _steered(self, by: Viewer, at: datetime) -> dict[str, str]:
        """What is decided before the second plan. Gives what leads to it."""
        queued, declined = (Subject.objects.get(reference=self.references[each]).pk for each in ("queued", "declined"))
        agreed = "Avtalt med kommunen på telefon: de har en bolig med fem rom fra uke 12."
        afraid = "Noen de er redde for, bor der."
        allocation.pin_group(queued, "5037", reason=agreed, by=by, at=at)
        kept_out = allocation.forbid_municipality(declined, "0301", reason=afraid, by=by, at=at)
        closing = allocation.close_municipality("4601", reason="Mottaket er fullt ut uken.", by=by, at=at)
        return {"steered": kept_out.reference, "closing": closing.reference}

    def _living_privately(self) -> None:
        """In Levanger on AMOT, seen to; and the municipality's own lists."""
        group = self.registered("housed", family("Shevchuk", "Raisa", "Ostap", "Zoia"))
        levanger = User.objects.get(username="demo-levanger").organisation_id
        with self._as("demo-udi", PLACED) as (by, at):
            people = [member.subject_id for member in self._members(group, PLACED)]
            accommodation.start_private_stay(
                group, people, kind=accommodation.StayKind.AMOT, municipality_id=levanger, on=self._day(PLACED),
                street="Kirkegata 1", postal_code="7600", by=by, at=at,
            )  # fmt: skip
        with self._as("demo-udi", PERMITTED) as (by, at):
            kind = registry.StatusKind.TEMPORARY_COLLECTIVE_PROTECTION
            registry.register_status(group, people, kind, self._day(PERMITTED), by=by, at=at)
        with self._as("demo-levanger", 3) as (by, at):
            alternative.check_housing(group, home(checked_on=self._day(3)), by=by, at=at)
            alternative.name_contact_person(group, by.user_id or 0, by=by, at=at)
            wanted_from = self._day(-40)
            for name in ("entry", "place"):
                waiting = alternative.Waiting(
                    name="Iryna Bilyk", persons=3, reached_by="900 00 000", wanted_from=wanted_from
                )
                self.references[name] = alternative.add_to_waiting_list(waiting, by=by, at=at).reference
            alternative.answer_waiting(
                self.references["place"], outcome=WaitingOutcome.PLACE, possible_from=wanted_from, by=by, at=at
            )
            resident = alternative.Resident(
                name="Petro Hnatiuk", duf_number="", street="Sjøgata 4", postal_code="7600", lives_with="Kari Vert",
                told_by=ToldBy.HOST, told_on=self._day(3),
            )  # fmt: skip
            self.references["resident"] = alternative.register_resident(resident, by=by, at=at).reference
            family_first = {LocalConditionKind.FAMILY: "Nær familie som er bosatt i kommunen"}
            alternative.declare_conditions(family_first, by=by, at=at)

    def _on_the_way(self) -> None:
        large = [
            changed(each, citizenship="SYR", languages=("ar", "kmr"), original_name=original)
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
        booked = self.travelling(self.registered("booked", family("Horbenko", "Uliana", "Petro", "Zlata")), in_days=9)
        on_the_road(booked, self)
        driving(self.said(self.registered("driving", family("Datsenko", "Yaryna", "Stepan", "Bohdana"))), self)
        self.settled(self.registered("settled", family("Oliinyk", "Khrystyna", "Pavlo", "Ruslan")))
        moved = self.queued(self.registered("moved", family("Tymoshenko", "Lesia", "Vadym")))
        with self._as("demo-voss", 2) as (by, at):
            everyone = [member.subject_id for member in self._members(moved, 2)]
            accommodation.register_departure(
                moved, everyone, self._day(2), accommodation.DepartureReason.PRIVATE_ADDRESS,
                "Storgata 12", "5700", "Voss", "Vestland", by=by, at=at,
            )  # fmt: skip
        cancelling = self.travelling(self.registered("cancelling", family("Chumak", "Oksana", "Levko")), in_days=5)
        with self._as("demo-voss", 0) as (by, at):
            gone = [member.subject_id for member in self._members(cancelling, 0)]
            accommodation.register_departure(
                cancelling, gone, self._day(0), accommodation.DepartureReason.NO_ADDRESS, by=by, at=at
            )
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

    def _written_to(self) -> None:
        """UDI has written to a family at Voss, and to Levanger about them."""
        group = self.permitted(self.registered("written_to", family("Koval", "Lina", "Matvii")), most=3)
        names = ["Lina Koval", "Matvii Koval"]
        with self._as("demo-udi", 2) as (by, at):
            levanger = Organisation.objects.get(kind="municipality", municipality_id="5037")
            everybody = [group, *(member.subject_id for member in self._members(group, 2))]
            reason = NeedReason.APPLIED_HERE
            open_needs(everybody, organisation_id=levanger.pk, reason=reason, from_on=legal_day(at), at=at)
            facts = {"names": names, "scheme": "amot", "municipality": "Levanger", "start_on": legal_day(at)}
            housing: dict[str, Any] = {"subject_id": group, "compartment": "housing", "by": by, "at": at}
            granted = letters.write_letter("granted", to_organisation_id=None, language="uk", facts=facts, **housing)
            asked = {
                "persons": [{"name": name, "born_on": self._day(13000), "duf": "202612345678"} for name in names],
                "scheme": "amot", "municipality": "Levanger", "host": "Kari Nordmann",
                "address": "Storgata 1, 7600 Levanger", "answer_by_on": self._day(-14),
                "application_reference": "8c2k9v0a1b2d",
            }  # fmt: skip
            kind = "request_to_municipality"
            request = letters.write_letter(kind, to_organisation_id=levanger.pk, language="nb", facts=asked, **housing)
            for letter in (granted, request):
                letters.send_letter(letter.reference, by=by, at=at)
            self.references |= {"letter": granted.reference, "request_letter": request.reference}

    def _registered_twice(self) -> None:
        self.registered("double", [person("Liudmyla", "Shevchenko", 51)])
        self.registered("double_again", [person("Lyudmila", "Shevchenko", 51)])
