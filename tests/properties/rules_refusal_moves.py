"""Who leaves, comes, moves and turns out to be of another age while a household refuses."""

from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from fotfeste.accommodation.public import (
    CentreType,
    DepartureReason,
    NewOperation,
    OperatorKind,
    StayKind,
    annul_departure,
    end_private_stay,
    place_group,
    register_departure,
    start_private_stay,
)
from fotfeste.platform.scope import scope
from fotfeste.registry.public import NewPerson, Sex, correct_details, register_member
from fotfeste.settlement.public import ClosingReason, agree_journey, close_case
from tests.acting import open_centre_operation
from tests.actions.settlement.stage import VERGE, plan
from tests.properties.machine import deed_of
from tests.properties.refusal_looks import CENTRES, RIGHT, SOME, WHO, LookedAt, in_year

LEAVING = (DepartureReason.REFUSED_AND_MOVED, DepartureReason.EVICTED, DepartureReason.PRIVATE_ADDRESS)
GONE = (DepartureReason.NO_ADDRESS, DepartureReason.LEFT_COUNTRY, DepartureReason.DECEASED)
OF_AGE_FOR = (-4000, -400, -30, -10, -1, 0, 1, 10, 30, 60, 4000)  # so many days, by the birth that is known now
LIVES_THERE = {"street": "Kirkegata 1", "postal_code": "7600", "place": "Levanger", "county": "Trøndelag"}
MUNICIPALITIES = ("municipality", "other_municipality")
MOST = 6  # in the household


class Moving(LookedAt):
    """A household of which some leave and others come."""

    def other_centre_opens(self) -> None:
        """Another centre, to which they can be moved."""
        new = NewOperation(
            type=CentreType.EMERGENCY, operator=OperatorKind.PRIVATE, places=80, places_maximum=100, source="test"
        )
        with scope(self.cast.udi, self.cast.day):
            to = self.cast.other_centre.organisation_id
            open_centre_operation(to, new, date(2024, 1, 1), by=self.cast.udi, at=self.cast.at)

    @rule(bits=SOME, ago=st.sampled_from((0, 0, 1, 3)), reason=st.sampled_from(LEAVING), who=WHO)
    def some_leave(self, bits: int, ago: int, reason: DepartureReason, who: str) -> None:
        """The centre by themselves, or with the enforcement officer."""
        named = self.some(bits) or (self.story.here() if self.story else list(self.people))
        on = self.today - timedelta(days=ago)
        how = LIVES_THERE if reason == DepartureReason.PRIVATE_ADDRESS else {}
        self.does("centre", who, deed_of(register_departure, self.group, named, on, reason, is_meant=True, **how))

    @rule(bits=SOME, who=WHO)
    def they_never_left(self, bits: int, who: str) -> None:
        """A departure is taken back."""
        named, before = self.some(bits) or list(self.people), self.story
        deed = deed_of(annul_departure, self.group, named, reason="wrong_choice")
        if self.does("centre", who, deed, also=(*CENTRES, "udi")) and before and self.story:
            others = [each for each in before.born if each not in named]
            assert all(before.out(each) == self.story.out(each) for each in others), "others never left either"

    @rule(settles=st.booleans())
    def who_said_yes_moves(self, settles: bool) -> None:
        """A journey is agreed, and they go."""
        journey = plan(travels_on=self.today, agreed_on=self.today)
        self.does("centre", RIGHT, deed_of(agree_journey, self.group, journey))
        here = self.story.here() if self.story else ()
        going = [each for each, person in self.people.items() if person.centre and each not in here]
        if settles and going:
            reason = DepartureReason.AGREED_SETTLEMENT
            deed = deed_of(register_departure, self.group, going, self.today, reason, is_meant=True, **LIVES_THERE)
            self.does("centre", RIGHT, deed)

    @rule(bits=SOME, ago=st.sampled_from((0, 0, 1, 3)), reason=st.sampled_from(GONE), who=WHO)
    def some_are_gone(self, bits: int, ago: int, reason: DepartureReason, who: str) -> None:
        """Nobody knows where, or abroad; or they have died."""
        before, named, on = self.story, self.some(bits), self.today - timedelta(days=ago)
        deed = deed_of(register_departure, self.group, named, on, reason)
        if self.does("centre", who, deed) and before and not before.is_over and self.story:
            way = "deceased" if reason == DepartureReason.DECEASED else "moved_out"
            out = {each: self.story.out(each) for each in named if each in before.here()}
            assert all(row and (row.kind, row.on) == (way, on) for row in out.values()), f"not out of it: {out}"

    @rule(
        by=st.sampled_from(("udi", "registrar")),
        kind=st.sampled_from(("adult", "baby", "child", "child", "boy", "grows")),
        to=st.sampled_from(("there", "there", "there", *CENTRES, "")),
        who=WHO,
    )
    def somebody_joins(self, by: str, kind: str, to: str, who: str) -> None:
        """Registered into the household, and placed with the others, or elsewhere, or not yet."""
        if len(self.people) == MOST:
            return
        born = {"adult": in_year(self.today, -40), "baby": self.today, "child": in_year(self.today, -9)}
        born |= {"boy": in_year(self.today, -15), "grows": in_year(self.today + timedelta(days=12), -18)}
        new = new_person(f"P{len(self.people)}", born[kind], kind == "boy")
        if self.does(by, RIGHT, deed_of(register_member, self.group, new, self.today)) and to:
            self.they_move(self.who_may("centre")[0] if to == "there" else to, who)

    @rule(to=st.sampled_from(CENTRES), who=WHO)
    def they_move(self, to: str, who: str) -> None:
        """To another centre, or back; who lives nowhere is placed."""
        centre = self.viewers[to].organisation_id
        deed = deed_of(place_group, self.group, centre, self.today, is_meant=True)
        self.does("udi", who, deed, also=("registrar",), follows=True)

    @rule(bits=SOME, other=st.booleans(), who=WHO)
    def they_live_privately(self, bits: int, other: bool, who: str) -> None:
        """With support (AMOT): in the municipality that they said no to, or in another."""
        to = self.viewers["other_municipality" if other else "municipality"].organisation_id
        how = {"kind": StayKind.AMOT, "municipality_id": to, "on": self.today}
        self.does("udi", who, deed_of(start_private_stay, self.group, self.some(bits), **how))

    @rule(reason=st.sampled_from((DepartureReason.SCHEME_ENDED, *GONE)), who=WHO)
    def they_live_privately_no_more(self, reason: DepartureReason, who: str) -> None:
        """The support ends, or they are gone."""
        there = [each for each, person in self.people.items() if person.municipality]
        where = {self.people[each].municipality for each in there}
        also = [name for name in MUNICIPALITIES if where == {self.viewers[name].organisation_id}]
        self.does("udi", who, deed_of(end_private_stay, self.group, there, self.today, reason), also=also)

    @rule(which=st.integers(0, 5), days=st.sampled_from(OF_AGE_FOR), by=st.sampled_from(("udi", "centre")), who=WHO)
    def a_birth_is_corrected(self, which: int, days: int, by: str, who: str) -> None:
        """Who was taken for an adult is a child, and the other way; or they came of age on another day."""
        person, found = [*self.people.items()][which % len(self.people)]
        born = min(in_year(self.today - timedelta(days=days), -18), self.today)
        right = new_person(found.name, born, found.came_alone)
        deed = deed_of(correct_details, person, right, "typing_error")
        self.does(by, who, deed, also=("udi", "registrar", *self.who_may("centre")), follows=True)

    @rule(who=WHO, chance=st.integers(0, 2))
    def the_case_is_closed(self, who: str, chance: int) -> None:
        """By hand: they will not be settled by IMDi."""
        if not chance:
            deed = deed_of(close_case, self.group, reason=ClosingReason.OTHER, text="Feil.")
            self.does("centre", who, deed, also=("imdi",))


def new_person(name: str, born: date, came_alone: bool) -> NewPerson:
    """One of them, or who comes to be."""
    guardian = {"is_unaccompanied_minor": True, "guardian": VERGE} if came_alone else {}
    return NewPerson(
        given_name=name,
        family_name="Melnyk",
        birth_date=born,
        sex=Sex.UNKNOWN,
        citizenship="UKR",
        languages=("uk",),
        **guardian,  # type: ignore[arg-type]
    )
