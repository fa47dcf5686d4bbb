"""A household that asks a municipality itself, looked at with the owner's eyes after whatever anybody did.

What must hold is counted here by itself, from the rows: whose move it is, who knows of them, whose places they take.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import ClassVar

from hypothesis.stateful import RuleBasedStateMachine, invariant

from fotfeste.allocation.queries.inputs import candidates_on
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.scope import scope
from fotfeste.platform.sentences import sentence_for
from fotfeste.platform.viewer import Viewer
from tests.conftest import Cast
from tests.properties.machine import Deed
from tests.properties.whole import fingerprint, rows

RIGHT = "right"
CENTRES = ("centre", "other_centre")
PEOPLE = ("udi", "imdi", *CENTRES, "municipality", "other_municipality", "registrar")
UNDER_WAY = ("asked", "finding_home", "home_sent", "approved", "agreed")
_WEEKS = {"asked": 4, "finding_home": 8, "home_sent": 8, "approved": 4}  # ADR 0055: so long a plan waits
_TELLS = ("tell_self_settlement_no", "tell_self_settlement_over")
_KINDS = ("answer_self_settlement", "check_found_home", "agree_self_settlement", "send_found_home", "register_moved_in")
_REQUESTS = """
    SELECT r.id, r.state, r.organisation_id, r.asked_on, r.welcomed_on, r.approved_on, (
        SELECT h.persons FROM self_settlement_home h WHERE h.request_id = r.id AND h.outcome = 'approved'
        ORDER BY h.id DESC LIMIT 1
    ) FROM self_settlement_request r ORDER BY r.id
"""
_CASE = "SELECT state, due_since_on, size, centre_id FROM settlement_settlementcase ORDER BY id DESC LIMIT 1"
_PROMISES = """
    SELECT organisation_id, is_self_found, state FROM settlement_settlementrequest
    WHERE state IN ('open', 'accepted', 'fulfilled')
"""
_TASKS = "SELECT kind, organisation_id FROM worklist_task WHERE closed_at IS NULL"
_KNOW = """
    SELECT DISTINCT organisation_id FROM access_need
    WHERE subject_id = %s AND reason = 'wants_to_settle' AND period @> %s
"""
_JOURNEYS = """
    SELECT j.cancelled_on IS NULL, j.postponed_on IS NULL, r.state FROM settlement_journey j
    JOIN settlement_settlementrequest r ON r.id = j.request_id ORDER BY j.id
"""
_AGENT_HOLDS = "SELECT count(*) FROM settlement_bookingmessage WHERE state IN ('sent', 'confirmed')"
_OF_THE_JOURNEY = ("arrange_journey", "prepare_arrival")
_TO_CANCEL = {"cancel_journey", "tell_agent", "send_booking"}
_LOAD = "SELECT organisation_id, settled + promised + held FROM settlement_load(%s, '', %s)"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it is stored; `approved_for`: how many its home was approved for."""

    key: int
    state: str
    to: int
    asked_on: date
    welcomed_on: date | None
    approved_on: date | None
    approved_for: int | None

    def waits_until(self) -> date | None:
        """The first day on which a plan takes them again; None: it waits without end."""
        since = {"asked": self.asked_on, "approved": self.approved_on}.get(self.state, self.welcomed_on)
        assert since is not None
        return None if self.state == "agreed" else since + timedelta(weeks=_WEEKS[self.state])


@dataclass(frozen=True, slots=True)
class Case:
    """The household's newest case."""

    state: str
    due_since_on: date
    size: int
    centre: int | None


class LookedAt(RuleBasedStateMachine):
    """Requests, case, tasks and places as they are now. Subclasses add household and acts; `cast` is set before."""

    cast: ClassVar[Cast]
    group: int
    requests: Mapping[int, Asked]
    case: Case
    since: date  # the day of the permit

    def __init__(self) -> None:
        """Nobody has asked for anything yet."""
        super().__init__()
        self.at = self.cast.at
        self.viewers: Mapping[str, Viewer] = {name: getattr(self.cast, name) for name in PEOPLE}
        self.requests, self.has_permit, self.has_left, self.is_looked_at = {}, True, False, True

    @property
    def today(self) -> date:
        """The legal day of the present instant."""
        return legal_day(self.at)

    @property
    def now(self) -> Cast:
        """The cast, today."""
        return replace(self.cast, at=self.at, day=self.today)

    @property
    def asked(self) -> Asked | None:
        """The request under way."""
        return next((each for each in self.requests.values() if each.state in UNDER_WAY), None)

    def acting(self) -> str:
        """Who acts for the household: its centre, or IMDi where it lives at none."""
        names = {self.viewers[name].organisation_id: name for name in CENTRES}
        return names[self.case.centre] if self.case.centre is not None else "imdi"

    def asked_one(self) -> str:
        """The municipality that they ask."""
        other = self.viewers["other_municipality"]
        is_other = self.asked is not None and self.asked.to == other.organisation_id
        return "other_municipality" if is_other else "municipality"

    def does(self, right: str, who: str, deed: Deed, *, also: Collection[str] = ()) -> bool:
        """Somebody tries it. Refused: there is a sentence, and nothing has changed. Done: all is looked at again."""
        by = self.viewers[right if who == RIGHT else who]
        try:
            with scope(by, self.today):
                deed(by=by, at=self.at, version=None)
        except Refused as refused:
            self.nothing_happened(refused)
            return False
        assert who in (RIGHT, right, *also), f"{who} did what is {right}'s"
        self.at += timedelta(seconds=1)
        self.look()
        return True

    def nothing_happened(self, refused: Refused) -> None:
        """But that somebody was told why."""
        assert refused.code not in sentence_for(refused), f"no sentence for {refused.code}"
        assert fingerprint() == self.print, f"refused ({refused.code}), and yet changed"

    def look(self) -> None:
        """Read everything anew; what was over stays as it was, but for a move or a departure that never was."""
        before = self.requests
        self.requests = {row[0]: Asked(*row) for row in rows(_REQUESTS)}
        [row] = rows(_CASE)
        self.case, self.print, self.is_looked_at = Case(*row), fingerprint(), False
        for key, each in before.items():
            after = self.requests[key]
            goes_on = each.state == "lapsed" and after.state in UNDER_WAY[:-1]
            if each.state not in UNDER_WAY and not goes_on and (each.state, after.state) != ("settled", "lapsed"):
                assert after == each, f"changed after its end: {each} to {after}"

    # What holds after each

    @invariant()
    def one_request_at_a_time_of_those_who_have_no_municipality(self) -> None:
        """And the agreement is one thing with the promise."""
        under_way = [each for each in self.requests.values() if each.state in UNDER_WAY]
        assert len(under_way) <= 1
        promised = [(to, state) for to, is_own, state in rows(_PROMISES) if is_own]
        if under_way:
            assert self.case.state in ("queued", "requested", "municipality_found")
        is_agreed = bool(under_way) and under_way[0].state == "agreed"
        is_settled = any(each.state == "settled" for each in self.requests.values())
        if is_agreed:
            assert promised == [(under_way[0].to, "accepted")]
            assert self.case.state == "municipality_found"
        elif is_settled:
            assert [state for _, state in promised] == ["fulfilled"]
            assert self.case.state == "settled"
        else:
            assert promised == []

    @invariant()
    def the_place_in_the_queue_is_kept(self) -> None:
        """It counts from the permit, whatever they ask."""
        assert self.case.due_since_on == self.since

    @invariant()
    def a_plan_leaves_them_out_by_the_rule(self) -> None:
        """For so many weeks from the step, and again no longer; after the agreement without end."""
        if self.is_looked_at or self.case.state != "queued" or not self.has_permit:
            return
        self.is_looked_at = True
        until = self.asked.waits_until() if self.asked else self.today
        with scope(self.viewers["imdi"], self.today):
            taken = [who for _, who in candidates_on(self.viewers["imdi"], self.today).cases]
        assert (self.group in taken) == (until is not None and self.today >= until)

    @invariant()
    def whose_move_it_is_has_the_task(self) -> None:
        """And nobody else has one, nor after the end."""
        found = rows(_TASKS)
        ours = sorted((kind, to) for kind, to in found if kind in _KINDS)
        acting = self.viewers[self.acting()].organisation_id
        assert ours == sorted(self.wanted(acting, is_told=any(kind == "see_change" for kind, _ in found)))
        tells = [(kind, to) for kind, to in found if kind in _TELLS]
        assert all(to == acting for _, to in tells), f"{tells}, and {acting} acts for them"
        if self.asked or self.case.state in ("settled", "closed"):
            assert not tells
        assert len(tells) <= 1

    def wanted(self, acting: int, *, is_told: bool) -> list[tuple[str, int]]:
        """The tasks that the state of the request asks for. `is_told`: a change waits to be seen, and its registrar may
        have seen nothing of the request.
        """
        if (asked := self.asked) is None:
            return []
        imdi = self.viewers["imdi"].organisation_id
        whose = {
            "asked": ("answer_self_settlement", asked.to),
            "finding_home": ("send_found_home", acting),
            "home_sent": ("check_found_home", asked.to),
            "approved": ("agree_self_settlement", imdi),
            "agreed": ("register_moved_in", acting),
        }
        looks_again = ("check_found_home", asked.to)
        is_another = asked.approved_for is not None and asked.approved_for != self.case.size
        if asked.state == "agreed" and is_another and (not is_told or looks_again in rows(_TASKS)):
            return [whose["agreed"], looks_again]
        return [whose[asked.state]]

    @invariant()
    def the_one_they_ask_knows_of_them_and_no_other(self) -> None:
        """From the request to its end."""
        know = [to for (to,) in rows(_KNOW, [self.group, self.today])]
        assert know == ([self.asked.to] if self.asked else [])

    @invariant()
    def a_journey_stands_as_long_as_the_agreement(self) -> None:
        """One, and its tasks are where they belong: with the centre until it has a day, then with the municipality."""
        standing = [(has_day, state) for stands, has_day, state in rows(_JOURNEYS) if stands]
        assert len(standing) <= 1
        assert all(state in ("accepted", "fulfilled") for _, state in standing), f"a journey outlived {standing}"
        ours = {(kind, to) for kind, to in rows(_TASKS) if kind in _OF_THE_JOURNEY}
        if self.asked is None or self.asked.state != "agreed":
            assert self.case.state not in ("queued", "settled", "closed") or not ours, f"{ours} after the end"
            return
        has_day = bool(standing) and standing[0][0]
        wanted = {("prepare_arrival", self.asked.to)} if standing else set()
        if not has_day and self.case.centre is not None:
            wanted |= {("arrange_journey", self.case.centre)}
        assert ours == wanted, f"{ours}, not {wanted}"

    @invariant()
    def what_is_booked_for_nobody_is_to_be_cancelled(self) -> None:
        """By the centre where they live, if there is one."""
        [(holds,)] = rows(_AGENT_HOLDS)
        stands = any(stands and has_day for stands, has_day, _ in rows(_JOURNEYS))
        if holds and not stands and self.case.centre is not None and self.case.state != "settled":
            assert _TO_CANCEL & {kind for kind, _ in rows(_TASKS)}, "tickets for nobody, and nobody is asked"

    @invariant()
    def places_are_counted_once(self) -> None:
        """As many as they are, in the municipality that is promised or asked, and in no other."""
        taken = {to: int(many) for to, many in rows(_LOAD, [self.today.year, self.today]) if many}
        where = [to for to, _, _ in rows(_PROMISES)]
        assert taken == dict.fromkeys(where, self.case.size)
