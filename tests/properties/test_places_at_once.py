"""Whatever case workers and municipalities do at once: no limit is passed and no place that is held is lost (SET-11).

Real acts on committed rows; what is done at once is done on two connections that wait at the same lock and are then let
go. What is used is counted here by itself, from the rows, not by the program's own functions.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest
from django.db import connection
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from fotfeste.directory.public import Organisation
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.actions.places import declare_week_limit
from fotfeste.settlement.actions.resources import declare_resources
from fotfeste.settlement.domain.types import PlaceKind
from tests.actions.at_once import Actor, begin, held
from tests.actions.settlement.stage import family
from tests.conftest import make_cast
from tests.properties.bounds import bounds
from tests.properties.places_deeds import Deeds
from tests.properties.whole import emptied, rows, run
from tests.settlement_steps import interviewed

BOUNDS = bounds(examples=10, steps=22)
HOUSEHOLDS = 5  # four families of four, and a minor alone
WHICH = st.integers(0, HOUSEHOLDS - 1)
WHERE = st.integers(0, 1)
SOME = st.permutations(range(HOUSEHOLDS))
MEANWHILE = st.sampled_from(("ask", "yes", "offer", "lower", "keep", "send"))
type Last = tuple[int, list[int], str, bool]
MUNICIPALITY = "SELECT 1 FROM directory_organisation WHERE id = %s FOR UPDATE"
# What keeps a place: one line a household, with the persons as they were asked for (nobody comes or goes here).
_TAKEN = """
    SELECT r.organisation_id, r.centre_id, r.size, c.unaccompanied_until_on IS NOT NULL
    FROM settlement_settlementrequest r JOIN settlement_settlementcase c ON c.id = r.case_id
    WHERE r.state = 'fulfilled' OR r.state = 'accepted' OR r.state = 'open' AND r.holds_place
"""
_DECIDED = """
    SELECT o.id, y.decided, y.decided_minors
    FROM settlement_municipalityyear y JOIN directory_organisation o ON o.municipality_id = y.municipality_id
    WHERE y.year = 2024 AND o.kind = 'municipality'
"""
_KEPT = """
    SELECT organisation_id, centre_id, persons FROM settlement_placereservation
    WHERE annulled_at IS NULL AND year = 2024
"""
_SCHOOLS = """
    SELECT organisation_id, number FROM settlement_municipalityresource
    WHERE annulled_at IS NULL AND upper_inf(period) AND kind = 'school_places'
"""
_HELD = "SELECT subject_id, organisation_id FROM settlement_settlementrequest WHERE state = 'open' AND holds_place"

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@dataclass(frozen=True, slots=True)
class Used:
    """What of a municipality's year is taken or kept."""

    persons: int
    minors: int


class Places(RuleBasedStateMachine, Deeds):
    """Two municipalities, five households in the queue, and everybody who has to do with them."""

    @initialize(
        first=st.sampled_from((17, 13, 9, 5)),
        second=st.one_of(st.none(), st.integers(4, 9)),
        schools=st.sampled_from((2, 4, None)),
        last=st.tuples(WHERE, SOME, MEANWHILE, st.booleans()),
    )
    def they_are_in_the_queue(self, first: int, second: int | None, schools: int | None, last: Last) -> None:
        """The councils have decided, or one has not; one municipality may have few places in school. `last`: whom a
        plan is sent for in the end, and what others do meanwhile.
        """
        emptied()
        self.last = last
        run("DELETE FROM settlement_municipalityyear")
        for number, decided in (("5037", first), ("5038", second)):
            if decided is not None:
                run(
                    "INSERT INTO settlement_municipalityyear (municipality_id, year, decided, decided_minors, source)"
                    " VALUES (%s, 2024, %s, 1, 'test')",
                    [number, decided],
                )
        self.next_door()
        people = [family()] * (HOUSEHOLDS - 1) + [family(is_unaccompanied=True)]
        self.groups = [interviewed(self.cast, each) for each in people]
        # One of them has its case at the integration centre: places that are kept for it are theirs.
        other = self.cast.other_centre.organisation_id
        run("UPDATE settlement_settlementcase SET centre_id = %s WHERE subject_id = %s", [other, self.groups[3]])
        self.most: dict[int, Used] = {}
        self.pupils: dict[int, int] = {}
        self.a_municipality_counts_its_schools(0, schools)

    def attempt(self, deed: Callable[[], object]) -> bool:
        """Do it, or be told why not."""
        try:
            deed()
        except (Refused, NotFound):
            return False
        return True

    # One after the other

    @rule(which=WHICH, where=WHERE)
    def imdi_asks(self, which: int, where: int) -> None:
        """Also beyond the decision, with a reason."""
        self.attempt(lambda: self.ask(self.groups[which], self.municipalities[where]))

    @rule(which=WHICH, where=WHERE, is_yes=st.booleans())
    def a_municipality_answers(self, which: int, where: int, is_yes: bool) -> None:
        """Yes or no."""
        self.attempt(lambda: self.say(self.groups[which], self.municipalities[where], is_yes=is_yes))

    @rule(where=WHERE, some=st.permutations(range(HOUSEHOLDS)))
    def a_municipality_says_yes_to_all_it_can(self, where: int, some: list[int]) -> None:
        """IMDi asks it for one after the other, and it says yes each time."""
        who = self.municipalities[where]
        for which in some[:3]:
            self.attempt(lambda which=which: self.ask(self.groups[which], who))  # type: ignore[misc]
            self.attempt(lambda which=which: self.say(self.groups[which], who, is_yes=True))  # type: ignore[misc]

    @rule(which=WHICH)
    def they_move_on(self, which: int) -> None:
        """Towards their municipality."""
        self.attempt(lambda: self.move_on(self.groups[which]))

    @rule(which=WHICH)
    def they_say_no(self, which: int) -> None:
        """The home is held for them until they have left."""
        self.attempt(lambda: self.answer(self.groups[which], accepts=False))

    @rule(which=WHICH)
    def imdi_lets_go(self, which: int) -> None:
        """Of a request, a yes, an offer."""
        self.attempt(lambda: self.take_back(self.groups[which]))

    @rule(where=WHERE, persons=st.sampled_from((9, 13, 17, 8, 5, 4, 0)), minors=st.integers(0, 2))
    def a_council_decides(self, where: int, persons: int, minors: int) -> None:
        """Higher or lower than before."""
        self.attempt(lambda: self.decide(self.municipalities[where], persons, minors))

    @rule(where=WHERE, persons=st.sampled_from((0, 2, 4, 6)))
    def a_municipality_keeps_places(self, where: int, persons: int) -> None:
        """For people of the other centre; or lets them go."""
        self.attempt(lambda: self.keep(self.municipalities[where], persons))

    @rule(where=WHERE, places=st.one_of(st.integers(0, 4), st.none()))
    def a_municipality_counts_its_schools(self, where: int, places: int | None) -> None:
        """How many places in school it has; each family has two children who need one."""
        who = self.municipalities[where]

        def declare() -> None:
            with scope(who, self.cast.day):
                declare_resources({PlaceKind.SCHOOL_PLACES: places}, by=who, at=self.cast.at)

        self.attempt(declare)

    @rule(where=WHERE, persons=st.one_of(st.none(), st.integers(1, 6)))
    def a_municipality_limits_its_weeks(self, where: int, persons: int | None) -> None:
        """Offers that are made already stand."""
        who = self.municipalities[where]
        with scope(who, self.cast.day):
            declare_week_limit(persons, by=who, at=self.cast.at)

    # At once

    @rule(where=WHERE, one=WHICH, other=WHICH, what=st.sampled_from(("ask", "yes", "offer")), against=st.booleans())
    def two_at_once(self, where: int, one: int, other: int, what: str, against: bool) -> None:
        """For two households, or for one while the council lowers its decision; both at one lock, then let go."""
        who = self.municipalities[where]
        deeds: Mapping[str, Callable[[int], object]] = {
            "ask": lambda group: self.ask(group, who),
            "yes": lambda group: self.say(group, who, is_yes=True),
            "offer": self.move_on,
        }
        deed = deeds[what]
        lower = self._used(who.organisation_id).persons
        first = (lambda: self.decide(who, lower, 1)) if against else (lambda: deed(self.groups[other]))
        at_once(who, first, lambda: deed(self.groups[one]))

    @rule(where=WHERE, some=SOME, what=MEANWHILE, is_first=st.booleans())
    def a_plan_is_sent_while_others_act(self, where: int, some: list[int], what: str, is_first: bool) -> None:
        """IMDi sends three of a plan at once, while somebody asks, answers, decides or sends them too."""
        who = self.municipalities[where]
        groups = [self.groups[which] for which in some[:3]]
        plan, lower = self.plan_for(groups, who), self._used(who.organisation_id).persons
        deeds: Mapping[str, Callable[[], object]] = {
            "ask": lambda: self.ask(self.groups[some[3]], who),
            "yes": lambda: self.say(self.groups[some[3]], who, is_yes=True),
            "offer": lambda: self.move_on(self.groups[some[3]]),
            "lower": lambda: self.decide(who, lower, 1),
            "keep": lambda: self.keep(who, 4),
            "send": lambda: self.send_plan(plan, groups[::-1]),
        }
        acts = (deeds[what], lambda: self.send_plan(plan, groups))
        at_once(who, *(acts[::-1] if is_first else acts))

    # What holds after each

    def _used(self, municipality: int) -> Used:
        taken, minors, by_centre = 0, 0, defaultdict[int, int](int)
        for organisation, centre, size, is_minor in rows(_TAKEN):
            if organisation == municipality:
                taken, minors = taken + size, minors + (size if is_minor else 0)
                by_centre[centre] += size
        kept = sum(
            max(0, persons - by_centre[centre])
            for organisation, centre, persons in rows(_KEPT)
            if organisation == municipality
        )
        return Used(taken + kept, minors)

    @invariant()
    def no_limit_is_passed(self) -> None:
        """Where a decision came first. One that came after what was promised is news: nothing more is given then."""
        limits = {key: (decided, minors) for key, decided, minors in rows(_DECIDED)}
        for who in self.municipalities:
            key = who.organisation_id
            now, before = self._used(key), self.most.get(key)
            decided, minors = limits.get(key, (None, None))
            if decided is not None:
                assert now.persons <= max(decided, before.persons if before else 0), (now, before, decided)
            if minors is not None:
                assert now.minors <= max(minors, before.minors if before else 0), (now, before, minors)
            self.most[key] = now

    @invariant()
    def no_place_in_school_is_promised_to_two(self) -> None:
        """Two for each family that is settled, promised or held; a first number that is lower is news."""
        said: dict[int, int] = dict(rows(_SCHOOLS))
        for who in self.municipalities:
            key = who.organisation_id
            taken = 2 * sum(1 for place, _, size, _ in rows(_TAKEN) if place == key and size > 1)
            if key in said:
                assert taken <= max(said[key], self.pupils.get(key, 0)), (taken, said[key])
            self.pupils[key] = taken

    @invariant()
    def what_the_program_counts_is_what_there_is(self) -> None:
        """Its own function gives the same."""
        for who in self.municipalities:
            found = rows(
                "SELECT settled + promised + held + kept, settled_minors + promised_minors + held_minors"
                " FROM settlement_load(2024, '', %s) WHERE organisation_id = %s",
                [self.cast.day, who.organisation_id],
            )
            used = self._used(who.organisation_id)
            assert (found or [(0, 0)])[0] == (used.persons, used.minors)

    def teardown(self) -> None:
        """Whoever waits still is sent for by a plan. Whoever had a place held gets it: each open request that holds one
        can be said yes to, in any order.
        """
        self.a_plan_is_sent_while_others_act(*self.last)
        self.no_limit_is_passed()
        self.no_place_in_school_is_promised_to_two()
        for group, municipality in rows(_HELD):
            who = next(each for each in self.municipalities if each.organisation_id == municipality)
            self.say(int(group), who, is_yes=True)
        connection.close()


def at_once(who: Viewer, *acts: Callable[[], object]) -> None:
    """Each act on a connection of its own comes to the municipality's lock, or to its end; then they are let go."""
    with held(MUNICIPALITY, who.organisation_id):
        actors = []
        for act in acts:
            actors.append(begin(act))
            wait_or_end(actors[-1])
    for actor in actors:
        actor.thread.join(timeout=60)
    outcomes = [outcome for actor in actors for outcome in actor.outcome]
    assert len(outcomes) == len(acts)
    assert not [outcome for outcome in outcomes if "(" in outcome], outcomes  # no error of the program


def wait_or_end(actor: Actor) -> None:
    """Until it waits at a lock, or has ended before it came to one."""
    until = time.monotonic() + 30
    while actor.thread.is_alive() and time.monotonic() < until:
        if rows("SELECT 1 FROM pg_locks WHERE NOT granted AND pid = ANY(%s)", [actor.session]):
            return
        time.sleep(0.005)  # another session is waited for


@pytest.fixture
def places(transactional_db: None) -> type[Places]:
    """The cast, committed; the other centre is an integration centre next to both."""

    class Here(Places):
        cast = make_cast()

    other = Here.cast.other_centre.organisation_id
    Organisation.objects.using("owner").filter(pk=other).update(municipality_id="5037")
    return Here


@pytest.mark.req("SET-10", "SET-11")
def test_whatever_is_done_at_once_no_limit_is_passed_and_no_held_place_is_lost(places: type[Places]) -> None:
    run_state_machine_as_test(places, settings=BOUNDS)
