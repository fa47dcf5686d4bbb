"""Who does what while a household asks a municipality itself: the acts of all parties, in any order, on any day."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from fotfeste.accommodation.public import (
    DepartureReason,
    StayKind,
    annul_departure,
    place_group,
    register_departure,
    start_private_stay,
)
from fotfeste.platform.scope import scope
from fotfeste.registry.public import StatusKind, members_of, register_member, register_status
from fotfeste.self_settlement.public import (
    Asking,
    Check,
    EndCause,
    NoReason,
    WhyThere,
    agree_self_settlement,
    approve_home,
    ask_for_change,
    ask_for_self_settlement,
    confirm_home,
    decline_household,
    leave_unagreed,
    look_at_home_again,
    lose_home,
    move_in,
    register_no_told,
    send_home,
    welcome_household,
    withdraw_self_settlement,
)
from fotfeste.settlement.actions.cancelling import register_cancelled
from fotfeste.settlement.public import (
    ClosingReason,
    accept_request,
    agree_journey,
    close_case,
    make_offer,
    postpone_journey,
    release_municipality,
    see_change,
    send_booking,
    send_request,
    write_booking,
)
from tests.actions.self_settlement.stage import FOUND
from tests.actions.settlement.stage import WEEK, family, plan, queued
from tests.properties.machine import deed_of
from tests.properties.self_asked_looks import CENTRES, PEOPLE, RIGHT, LookedAt
from tests.properties.whole import emptied
from tests.settlement_steps import PERMIT_ON, placed

WHO = st.sampled_from((RIGHT,) * 14 + PEOPLE)
DAYS = st.sampled_from((1, 2, 6, 7, 8, 27, 28, 29, 56))


class AskingItself(LookedAt):
    """A household in the queue, and everybody who has to do with it."""

    @initialize(steps=st.integers(0, 6))
    def they_are_in_the_queue(self, steps: int) -> None:
        """And it has gone on for some steps."""
        emptied()
        self.group = queued(self.cast)
        placed(self.cast, self.group, self.cast.other_centre, self.cast.day)  # which is open from now on
        self.since = PERMIT_ON
        self.look()
        for _ in range(steps):
            self.next_step()

    @rule(steps=st.integers(1, 3))
    def it_goes_on(self, steps: int) -> None:
        """By whose move it is."""
        for _ in range(steps):
            self.next_step()

    def next_step(self) -> None:
        """The next that is to be done is done."""
        state = self.asked.state if self.asked else ""
        if state == "agreed":
            self.the_municipality_looks_again(RIGHT)
        {
            "": lambda: self.they_ask(False, RIGHT),
            "asked": lambda: self.the_municipality_answers(True, RIGHT),
            "finding_home": lambda: self.they_send_a_home(False, RIGHT),
            "home_sent": lambda: self.the_municipality_looks(True, RIGHT),
            "approved": lambda: self.imdi_agrees("agrees", RIGHT),
            "agreed": self.they_travel_and_move_in,
        }[state]()

    def they_travel_and_move_in(self) -> None:
        """By a journey that is booked, now and then."""
        if self.today.day % 2:
            self.they_are_to_travel("agrees", RIGHT)
            self.they_are_to_travel("books", RIGHT)
        self.they_move_in(0, RIGHT)

    @rule(days=DAYS)
    def days_pass(self, days: int) -> None:
        """A plan may take them again."""
        self.at += timedelta(days=days)
        self.is_looked_at = False

    @rule(other=st.booleans(), who=WHO)
    def they_ask(self, other: bool, who: str) -> None:
        """A municipality."""
        to = self.viewers["other_municipality" if other else "municipality"].organisation_id
        asking = Asking(organisation_id=to, why_there=[WhyThere.WORK])
        self.does(self.acting(), who, deed_of(ask_for_self_settlement, self.group, asking))

    @rule(says_yes=st.booleans(), who=WHO)
    def the_municipality_answers(self, says_yes: bool, who: str) -> None:
        """Yes or no."""
        no = deed_of(decline_household, self.group, reason=NoReason.NO_CAPACITY)
        self.does(self.asked_one(), who, deed_of(welcome_household, self.group) if says_yes else no)

    @rule(signed=st.booleans(), who=WHO)
    def they_send_a_home(self, signed: bool, who: str) -> None:
        """With its contract."""
        found = replace(FOUND, contract=replace(FOUND.contract, is_signed=signed))
        self.does(self.acting(), who, deed_of(send_home, self.group, found))

    @rule(is_good=st.booleans(), who=WHO)
    def the_municipality_looks(self, is_good: bool, who: str) -> None:
        """At home and contract."""
        change = deed_of(ask_for_change, self.group, seen=[], must_change="Trangt.")
        good = deed_of(approve_home, self.group, seen=list(Check))
        self.does(self.asked_one(), who, good if is_good else change)

    @rule(who=WHO)
    def the_municipality_looks_again(self, who: str) -> None:
        """After the agreement, where they are others."""
        self.does(self.asked_one(), who, deed_of(see_change, self.group))
        self.does(self.asked_one(), who, deed_of(confirm_home, self.group, seen=list(Check)))

    @rule(does=st.sampled_from(("agrees", "agrees", "sends back", "leaves it", "releases")), who=WHO)
    def imdi_agrees(self, does: str, who: str) -> None:
        """Or does not."""
        deeds = {
            "agrees": deed_of(agree_self_settlement, self.group, agreed_with="Anne Moe"),
            "sends back": deed_of(look_at_home_again, self.group),
            "leaves it": deed_of(leave_unagreed, self.group, text="Fullt."),
            "releases": deed_of(release_municipality, self.group),
        }
        self.does("imdi", who, deeds[does])

    @rule(ago=st.sampled_from((0, 0, 0, -1, 1)), who=WHO)
    def they_move_in(self, ago: int, who: str) -> None:
        """Today, or on another day."""
        self.does(self.acting(), who, deed_of(move_in, self.group, self.today - timedelta(days=ago), is_meant=True))

    @rule(does=st.sampled_from(("agrees", "agrees", "books", "moves", "puts off", "cancels")), who=WHO)
    def they_are_to_travel(self, does: str, who: str) -> None:
        """The journey is agreed or changed, the agent written to, and the train does not run."""
        day = self.today + timedelta(days=3)
        what = {"kind": "cancelled", "happened_on": self.today}
        sends = {"channel": "email", "sent_to": "Berg", "sent_on": self.today}
        deeds = {
            "agrees": [deed_of(agree_journey, self.group, plan(travels_on=day, agreed_on=self.today))],
            "books": [deed_of(write_booking, self.group), deed_of(send_booking, self.group, **sends)],
            "moves": [deed_of(postpone_journey, self.group, **what, new_on=day + timedelta(days=7))],
            "puts off": [deed_of(postpone_journey, self.group, **what)],
            "cancels": [deed_of(register_cancelled, self.group, ["cancel_journey"])],
        }
        for deed in deeds[does]:
            self.does(self.acting(), who, deed, also=CENTRES if does == "cancels" else ())

    @rule(does=st.sampled_from((withdraw_self_settlement, lose_home, register_no_told)), who=WHO)
    def they_go_back(self, does: object, who: str) -> None:
        """They want it no more, the home is let to others, or they are told of a no."""
        more = {"cause": EndCause.OWN_WISH} if does is withdraw_self_settlement else {}
        assert callable(does)
        self.does(self.acting(), who, deed_of(does, self.group, **more))

    @rule(by=st.sampled_from(("udi", "registrar")), born=st.sampled_from((date(1985, 1, 1), date(2024, 3, 1))))
    def somebody_comes(self, by: str, born: date) -> None:
        """Registered by one who sees the request, or one who does not."""
        if self.case.size < 7:
            new = replace(family().persons[0], given_name="Iryna", birth_date=born)
            self.does(by, RIGHT, deed_of(register_member, self.group, new, self.today))

    @rule(which=st.integers(0, 7), most=st.sampled_from((1, 1, 9)))
    def some_leave(self, which: int, most: int) -> None:
        """One of them, or all."""
        with scope(self.cast.udi, self.today):
            members = [each.subject_id for each in members_of(self.group, self.today)]
        chosen = members[which % len(members) :][:1] if most == 1 else members
        reason = DepartureReason.LEFT_COUNTRY
        deed = deed_of(register_departure, self.group, chosen, self.today, reason)
        self.has_left |= self.does(self.acting(), RIGHT, deed)

    @rule(which=st.integers(0, 7))
    def they_never_left(self, which: int) -> None:
        """A departure is taken back, by the centre that registered it."""
        if not self.has_left:
            return
        with scope(self.cast.udi, self.today):
            members = [each.subject_id for each in members_of(self.group, self.today)]
        chosen = members if which > 3 else members[which % len(members) :][:1]
        for centre in ("other_centre", "centre"):
            self.does(centre, RIGHT, deed_of(annul_departure, self.group, chosen, reason="wrong_choice"))

    @rule(to=st.sampled_from(("centre", "other_centre", "privately")))
    def they_move(self, to: str) -> None:
        """To another centre, or to a home of their own in a municipality."""
        if to != "privately":
            centre = self.viewers[to].organisation_id
            self.does("udi", RIGHT, deed_of(place_group, self.group, centre, self.today, is_meant=True))
            return
        with scope(self.cast.udi, self.today):
            members = [each.subject_id for each in members_of(self.group, self.today)]
        there = {"kind": StayKind.AMOT, "municipality_id": self.cast.municipality.organisation_id, "on": self.today}
        self.does("udi", RIGHT, deed_of(start_private_stay, self.group, members, **there))

    @rule(chance=st.integers(0, 2))
    def udi_decides(self, chance: int) -> None:
        """The permit is lost, now and then, and there again on another day."""
        if self.has_permit and chance:
            return
        self.days_pass(1)
        gets = not self.has_permit
        with scope(self.cast.udi, self.today):
            members = [each.subject_id for each in members_of(self.group, self.today)]
        kind = StatusKind.TEMPORARY_COLLECTIVE_PROTECTION if gets else StatusKind.REFUSAL
        deed = deed_of(register_status, self.group, members, kind, self.today, is_meant=True)
        if self.does("udi", RIGHT, deed):
            self.has_permit = gets

    @rule(other=st.booleans(), chance=st.integers(0, 2))
    def imdi_offers(self, other: bool, chance: int) -> None:
        """A municipality that it asked itself; now and then."""
        if chance:
            return
        to = "other_municipality" if other else "municipality"
        key, why = self.viewers[to].organisation_id, {"wanted_week": WEEK, "reasoning": "Haster"}
        if self.does("imdi", RIGHT, deed_of(send_request, self.group, key, **why)):
            self.does(to, RIGHT, deed_of(accept_request, self.group, possible_week=WEEK))
            self.does("imdi", RIGHT, deed_of(make_offer, self.group, week=WEEK))

    @rule(who=st.sampled_from(("imdi", RIGHT, *PEOPLE)))
    def the_case_is_closed(self, who: str) -> None:
        """By their centre or IMDi."""
        deed = deed_of(close_case, self.group, reason=ClosingReason.OTHER, text="Feil.")
        self.does(self.acting(), who, deed, also=("imdi",))
