"""A household that refuses, looked at with the owner's eyes after whatever anybody did."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import ClassVar

from hypothesis.stateful import RuleBasedStateMachine, invariant

from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.scope import scope
from fotfeste.platform.sentences import sentence_for
from fotfeste.platform.viewer import Viewer
from fotfeste.refusal.public import plan_of, refusal_of
from tests.conftest import Cast
from tests.properties.machine import Deed
from tests.properties.refusal_story import LETTERS, MINORS, ONE_DAY, TO_OFFICER, WAYS_OUT, Row, Story
from tests.properties.whole import fingerprint, rows

RIGHT = "right"
PEOPLE = ("udi", "imdi", "centre", "other_centre", "municipality", "other_municipality", "registrar")
_ROWS = """
    SELECT kind, holds_on, resident_id, names_on FROM refusal_refusalevent
    WHERE refusal_id = %s AND annulled_at IS NULL ORDER BY id
"""
_REFUSALS = """
    SELECT r.id, r.opened_on, r.imdi_deadline_on, r.closed_on IS NOT NULL OR r.annulled_at IS NOT NULL, r.persons,
        r.annulled_at IS NOT NULL, q.state, c.state
    FROM refusal_refusal r JOIN settlement_offer o ON o.id = r.offer_id
    JOIN settlement_settlementrequest q ON q.id = o.request_id JOIN settlement_settlementcase c ON c.id = r.case_id
    ORDER BY r.id
"""
_TASKS = """
    SELECT t.kind, o.kind FROM worklist_task t JOIN directory_organisation o ON o.id = t.organisation_id
    WHERE t.closed_at IS NULL AND t.kind <> 'refusal_withdrawn'
      AND (starts_with(t.kind, 'refusal_') OR t.kind = 'follow_refusal')
"""
_LOAD = "SELECT settled + promised + held + kept FROM settlement_load(%s, '', %s) WHERE organisation_id = %s"


class LookedAt(RuleBasedStateMachine):
    """A refusal as it is now and as it was before. Subclasses add the household and the acts; `cast` is set before."""

    cast: ClassVar[Cast]
    group: int
    born: Mapping[int, date]  # its people
    alone: frozenset[int]  # those of them who came without their parents

    def __init__(self) -> None:
        """Nobody has refused anything yet."""
        super().__init__()
        self.at = self.cast.at
        self.viewers: Mapping[str, Viewer] = {name: getattr(self.cast, name) for name in PEOPLE}
        self.story: Story | None = None
        self.wanted = set[tuple[str, str]]()
        self.why = ""

    @property
    def today(self) -> date:
        """The legal day of the present instant."""
        return legal_day(self.at)

    def some(self, bits: int) -> list[int]:
        """Some of them."""
        return [who for place, who in enumerate(self.born) if bits >> place & 1]

    def does(self, right: str, who: str, deed: Deed) -> bool:
        """Somebody tries it. Refused: there is a sentence, and nothing has changed. Done: all is looked at again."""
        by = self.viewers[right if who == RIGHT else who]
        try:
            with scope(by, self.today):
                deed(by=by, at=self.at, version=None)
        except Refused as refused:
            self.nothing_happened(refused)
            return False
        assert who in (RIGHT, right), f"{who} did what is {right}'s"
        self.at += timedelta(seconds=1)
        before, self.story, self.print = self.story, self.read(), fingerprint()
        self.what_came(before)
        return True

    def nothing_happened(self, refused: Refused) -> None:
        """But that somebody was told why."""
        assert refused.code not in sentence_for(refused), f"no sentence for {refused.code}"
        assert fingerprint() == self.print, f"refused ({refused.code}), and yet changed"
        self.why = refused.code

    def read(self) -> Story | None:
        """The newest refusal, as its rows tell it."""
        found = rows(_REFUSALS)
        assert sum(not each[3] for each in found) <= 1, "two open refusals of one household"
        if not found:
            return None
        key, opened_on, deadline_on, is_over, persons, self.is_annulled, self.request, self.case = found[-1]
        born = {each: self.born[each] for each in self.born if each in json.loads(persons)}
        told = tuple(Row(*each) for each in rows(_ROWS, [key]))
        return Story(key, born, self.alone, opened_on, deadline_on, is_over, told)

    def what_came(self, before: Story | None) -> None:
        """No letter that might not come, nothing after the end; and whose move it is now."""
        now = self.story
        if now is None or (
            before and before.key == now.key and before.rows == now.rows and before.is_over == now.is_over
        ):
            return
        if before is None or before.key != now.key:
            self.wanted = now.tasks(self.today)
            return
        new = now.rows[len(before.rows) :] if now.rows[: len(before.rows)] == before.rows else ()
        assert not before.is_over or all(row.kind == "petition_recalled" for row in new), f"after the end: {new}"
        for row in new:
            if row.kind in LETTERS:
                assert row.on == self.today
                assert row.who is not None
                assert before.may_get(row.kind, row.who, row.on), f"{row} might not be sent"
            if row.kind == "days_told":
                assert row.who is not None
                assert before.is_to_hear_of_days(row.who), f"{row} was not to be told"
                assert row.who in before.adults(row.on), f"{row} is of a child"
            if row.kind in TO_OFFICER:
                assert row.who is not None
                assert before.officer_is_to_hear(row.who, row.on) == row.kind, f"{row} was not to be told"
            else:
                assert row.who is None or not before.out(row.who), f"{row} came to somebody who has left it"
            if row.kind == "eviction_day_set":
                adults = before.adults(row.on)
                assert all(before.got("petition", each) for each in adults), f"{row} is of somebody in no petition"
                assert not any(before.officer_thinks_it_is_off(each) for each in adults), f"{row} is set too early"
            if row.kind == "evicted":
                self.may_be_evicted(before, row)
                assert any(each.who in before.adults(row.on) for each in new), "a child is evicted without an adult"
        if any(row.kind == "withdrawn" for row in new):
            self.wanted = self.wanted - {("refusal_hold", "municipality")}
        else:
            self.wanted = now.tasks(self.today)

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
        for who, born in self.story.born.items() if self.story else ():
            assert self.story is not None
            got = [row for row in self.story.rows if row.who == who and row.kind in LETTERS]
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
        if not story.here() and not has_yes:
            assert not self.used(), "the home is held for nobody"


def in_year(day: date, years: int) -> date:
    """The same date in another year; 29 February is 1 March where there is none, going on, and the 28th going back."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 2, 28)
