"""A household that refuses, looked at with the owner's eyes after whatever anybody did."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant

from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.scope import scope
from fotfeste.platform.sentences import sentence_for
from fotfeste.platform.viewer import Viewer
from fotfeste.refusal.public import plan_of, refusal_of
from tests.conftest import Cast
from tests.properties import refusal_post
from tests.properties.machine import Deed
from tests.properties.refusal_household import Person, children_beside, household_of
from tests.properties.refusal_story import LETTERS, MINORS, ONE_DAY, TO_OFFICER, WAYS_OUT, Row, Story
from tests.properties.whole import fingerprint, rows

RIGHT = "right"
PEOPLE = ("udi", "imdi", "centre", "other_centre", "municipality", "other_municipality", "registrar")
CENTRES = ("centre", "other_centre")
WHO = st.sampled_from((RIGHT,) * 18 + PEOPLE)
SOME = st.integers(0, 63)  # as bits: which of them; 0 names nobody
_ROWS = """
    SELECT CASE WHEN annulled_at IS NULL THEN kind ELSE 'petition_void' END, holds_on, resident_id, names_on
    FROM refusal_refusalevent
    WHERE refusal_id = %s AND (annulled_at IS NULL OR (kind = 'petition' AND annul_reason = 'was_a_child'))
    ORDER BY id
"""
_REFUSALS = """
    SELECT r.id, r.opened_on, r.imdi_deadline_on, r.closed_on IS NOT NULL OR r.annulled_at IS NOT NULL, r.persons,
        r.annulled_at IS NOT NULL, q.state, c.state
    FROM refusal_refusal r JOIN settlement_offer o ON o.id = r.offer_id
    JOIN settlement_settlementrequest q ON q.id = o.request_id JOIN settlement_settlementcase c ON c.id = r.case_id
    ORDER BY r.id
"""
_TASKS = """
    SELECT DISTINCT t.kind, o.kind FROM worklist_task t JOIN directory_organisation o ON o.id = t.organisation_id
    WHERE t.closed_at IS NULL AND t.kind <> 'refusal_withdrawn'
      AND (starts_with(t.kind, 'refusal_') OR t.kind = 'follow_refusal')
"""
_CENTRES_TASKS = """
    SELECT t.kind, t.organisation_id FROM worklist_task t JOIN directory_organisation o ON o.id = t.organisation_id
    WHERE t.closed_at IS NULL AND o.kind = 'centre' AND starts_with(t.kind, 'refusal_')
"""
_LOAD = "SELECT settled + promised + held + kept FROM settlement_load(%s, '', %s) WHERE organisation_id = %s"


class LookedAt(RuleBasedStateMachine):
    """A refusal as it is now and as it was before. Subclasses add the household and the acts; `cast` is set before."""

    cast: ClassVar[Cast]
    group: int
    people: Mapping[int, Person]

    def __init__(self) -> None:
        """Nobody has refused anything yet."""
        super().__init__()
        self.at = self.cast.at
        self.viewers: Mapping[str, Viewer] = {name: getattr(self.cast, name) for name in PEOPLE}
        self.story: Story | None = None
        self.earlier: list[Story] = []
        self.wanted = set[tuple[str, str]]()
        self.why = ""

    @property
    def today(self) -> date:
        """The legal day of the present instant."""
        return legal_day(self.at)

    @property
    def alone(self) -> frozenset[int]:
        """Those of the household who came without their parents."""
        return frozenset(who for who, each in self.people.items() if each.came_alone)

    def some(self, bits: int) -> list[int]:
        """Some of the household."""
        return [who for place, who in enumerate(self.people) if bits >> place & 1]

    def living_at(self, centre: str) -> list[int]:
        """Those of the household who live there."""
        return [who for who, each in self.people.items() if each.centre == self.viewers[centre].organisation_id]

    def who_may(self, right: str) -> Sequence[str]:
        """Who does it: of the centres those where somebody of them lives, most of them first."""
        if right != "centre":
            return [right]
        there = {name: len(self.living_at(name)) for name in CENTRES}
        return [name for name in sorted(CENTRES, key=lambda name: -there[name]) if there[name]] or CENTRES

    def does(self, right: str, who: str, deed: Deed, *, also: Collection[str] = (), follows: bool = False) -> bool:
        """Somebody tries it. Refused: there is a sentence, and nothing has changed. Done: all is looked at again.

        `also`: others who may. `follows`: the tasks are those of the day afterwards, also where nothing has happened.
        """
        may, since = self.who_may(right), refusal_post.now()
        by = self.viewers[may[0] if who == RIGHT else who]
        try:
            with scope(by, self.today):
                deed(by=by, at=self.at, version=None)
        except Refused as refused:
            self.nothing_happened(refused)
            return False
        assert who in (RIGHT, *may, *also), f"{who} did what is {right}'s"
        self.at += timedelta(seconds=1)
        before, earlier = self.story, self.earlier
        self.story, self.print = self.read(), fingerprint()
        assert not (wrong := refusal_post.not_as_registered(since)), f"registered and sent are not the same: {wrong}"
        self.what_came(before, earlier, follows=follows, sees_all=right != "municipality")
        return True

    def nothing_happened(self, refused: Refused) -> None:
        """But that somebody was told why."""
        assert refused.code not in sentence_for(refused), f"no sentence for {refused.code}"
        assert fingerprint() == self.print, f"refused ({refused.code}), and yet changed"
        self.why = refused.code

    def read(self) -> Story | None:
        """The newest refusal, as its rows tell it, and the household as it is."""
        self.people = household_of(self.group, self.today)
        found = rows(_REFUSALS)
        assert sum(not each[3] for each in found) <= 1, "two open refusals of one household"
        if not found:
            return None
        *_, self.is_annulled, self.request, self.case = found[-1]
        *self.earlier, newest = [self.story_of(*each[:5]) for each in found]
        return newest

    def story_of(self, key: int, opened_on: date, deadline_on: date | None, is_over: bool, persons: str) -> Story:
        """One of the refusals of the household."""
        born = {who: each.born for who, each in self.people.items() if who in json.loads(persons)}
        told = tuple(Row(*each) for each in rows(_ROWS, [key]))
        written = refusal_post.holding_deadline_letter() & born.keys()
        return Story(key, born, self.alone & born.keys(), written, opened_on, deadline_on, is_over, told)

    def tasks(self) -> set[tuple[str, str]]:
        """The tasks that ought to be open: of the newest refusal, and of the petitions of those before it."""
        untold = any(each.is_officer_to_hear(self.today) for each in self.earlier)
        of_earlier = {("refusal_officer", "udi")} if untold else set()
        return of_earlier | (self.story.tasks(self.today) if self.story else set())

    def what_came(self, before: Story | None, earlier: Sequence[Story], *, follows: bool, sees_all: bool) -> None:
        """Nothing that might not come, nothing after the end; and whose move it is now."""
        now = self.story
        if now is None or (before == now and earlier == self.earlier and not follows):
            return
        if before is None or before.key != now.key:
            self.wanted = self.tasks()
            return
        new = now.rows[len(before.rows) :] if now.rows[: len(before.rows)] == before.rows else ()
        assert not before.is_over or all(row.kind == "petition_recalled" for row in new), f"after the end: {new}"
        for row in new:
            self.may_come(before, row)
        if any(row.kind == "evicted" for row in new):
            grown = before.adults(new[0].on)
            assert any(row.who in grown for row in new), "a child is evicted without an adult"
        if any(row.kind == "withdrawn" for row in new) and not sees_all:
            self.wanted = self.wanted - {("refusal_hold", "municipality")}
        else:
            self.wanted = self.tasks()

    def may_come(self, before: Story, row: Row) -> None:
        """No letter too early or twice, nothing to a child that is for adults, nothing to who has left it."""
        who = row.who
        if row.kind in TO_OFFICER:
            assert who is not None
            assert before.officer_is_to_hear(who, row.on) == row.kind, f"{row} was not to be told"
            return
        assert who is None or not before.out(who), f"{row} came to somebody who has left it"
        if row.kind == "eviction_day_set":
            adults = before.adults(row.on)
            assert all(before.got("petition", each) for each in adults), f"{row} is of somebody in no petition"
            assert not any(before.officer_thinks_it_is_off(each) for each in adults), f"{row} is set too early"
        if who is None:
            return
        if row.kind in LETTERS:
            assert row.on == self.today
            assert before.may_get(row.kind, who, row.on), f"{row} might not be sent"
        if row.kind == "days_told":
            assert before.is_to_hear_of_days(who), f"{row} was not to be told"
            assert who in before.adults(row.on), f"{row} is of a child"
        if row.kind == "moved_centre":
            assert before.officer_has_heard(who), f"{row} is of somebody whom no petition names"
        if row.kind == "evicted":
            self.may_be_evicted(before, row)

    def may_be_evicted(self, before: Story, row: Row) -> None:
        """From the officer's latest day, where every adult is named in a petition and the case does not stand still;
        no child who came alone, nor anybody before all is done for such a child.
        """
        assert row.who is not None
        assert not before.is_suspended()
        assert all(before.got(told, each) for each in before.children_alone(row.on) for told in MINORS)
        assert row.who not in before.children_alone(row.on)
        assert all(before.got("petition", each) for each in before.adults(row.on))
        assert not before.officer_thinks_it_is_off(row.who)
        day = before.eviction_day(row.who)
        assert day is not None
        assert row.on >= day

    # What holds after each

    @invariant()
    def letters_come_in_order_once_and_to_adults(self) -> None:
        """Whatever was done."""
        story = self.story
        for who, born in story.born.items() if story and not story.is_over else ():
            assert story is not None
            got = [row for row in story.rows if row.who == who and row.kind in LETTERS]
            assert [row.kind for row in got] == list(LETTERS[: len(got)])
            assert all(before.on <= after.on for before, after in pairwise(got))
            assert all(born <= in_year(row.on, -18) for row in got)

    @invariant()
    def benefits_stop_for_adults_after_their_days(self) -> None:
        """The program says of each what is counted here; never of a child."""
        story = self.story
        if story is None or self.is_annulled:
            return
        with scope(self.cast.udi, self.today):
            found = refusal_of(self.group)
            assert found is not None
            said = {int(who): (stop.start, stop.end) for who, stop in plan_of(found, self.today).benefit_stops}
        counted = {who: story.stop(who) for who in story.born}
        assert said == {who: stop for who, stop in counted.items() if stop}
        for who, (begins, _) in said.items():
            letter = story.got("first_letter", who)[0]
            assert begins > letter.on + 14 * ONE_DAY
            assert story.born[who] <= in_year(begins, -18)

    @invariant()
    def whose_move_it_is_has_the_task(self) -> None:
        """And nobody else has one."""
        open_now: Sequence[tuple[object, ...]] = rows(_TASKS)
        assert sorted(open_now) == sorted(self.wanted), f"open {sorted(open_now)}, wanted {sorted(self.wanted)}"

    @invariant()
    def a_centre_is_asked_of_those_who_live_there(self) -> None:
        """Nobody else can do it."""
        about = self.story.born if self.story else ()
        centres = {self.people[who].centre for who in about if who in self.people}
        for kind, centre in rows(_CENTRES_TASKS):
            assert centre in centres, f"{kind} is asked of a centre where nobody of them lives"

    @invariant()
    def it_is_about_those_who_live_at_a_centre(self) -> None:
        """Nobody who is gone, dead or lives privately is in it; and every child beside an adult who refuses is."""
        story = self.story
        if story is None or story.is_over:
            return
        assert all(self.people[who].centre for who in story.here()), "it is about somebody who lives at no centre"
        if not story.got("accepted"):  # a child goes with whom it belongs to, and nobody has said whose it is
            beside = children_beside(self.people, story.adults(self.today), self.today)
            assert story.born.keys() >= {*beside}, "a child is left out of it who would be left behind"

    def used(self) -> int:
        """The places of the municipality that count as taken."""
        return sum(
            int(found)
            for (found,) in rows(_LOAD, [self.today.year, self.today, self.cast.municipality.organisation_id])
        )

    @invariant()
    def the_municipality_holds_and_the_case_agrees(self) -> None:
        """The home is theirs until all are out, or the municipality has let go."""
        story = self.story
        if story is None or story.is_over:
            return
        is_let_go, has_yes = self.request == "withdrawn", bool(story.got("accepted"))
        assert is_let_go or not story.got("withdrawn") or self.case == "settled"  # of the rest alone
        if story.here() and is_let_go:  # also where all had left, whoever had said yes too, and somebody never did
            assert story.got("withdrawn") or self.case in ("queued", "closed"), self.case
        if story.here() and not has_yes:
            assert self.case == "refused"
        if has_yes and not is_let_go:
            assert self.case in ("accepted", "journey_agreed", "settled", "closed"), self.case
        if has_yes and is_let_go:
            assert self.case in ("queued", "closed"), self.case
        if not story.here() and all(row.kind != "accepted" for row in story.rows if row.kind in WAYS_OUT):
            assert self.case in ("refused", "closed"), self.case
        if story.here() and not is_let_go and self.case != "settled":
            assert self.used(), "the home is not held"
        if not story.here() and not has_yes and not any(each.centre for each in self.people.values()):
            assert not self.used(), "the home is held for nobody"


def in_year(day: date, years: int) -> date:
    """The same date in another year; 29 February is 1 March where there is none, going on, and the 28th going back."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 2, 28)
