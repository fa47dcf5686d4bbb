"""People who live privately, late facts, corrections and runs, in any order; and what must hold of the money."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from string import ascii_lowercase
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from fotfeste.access.public import Subject
from fotfeste.accommodation.public import (
    DepartureReason,
    EndOn,
    RightStay,
    StayKind,
    correct_private_stay,
    end_private_stay,
    money_moved,
    start_private_stay,
)
from fotfeste.grants.public import Scheme, compute_run, computed, through_of
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.ledger.domain.types import SettlementKind
from fotfeste.ledger.public import (
    accounts,
    approve_run,
    balances,
    check_run,
    claims_to_propose,
    decide_claim,
    open_claim,
    pay_run,
    settle_claim,
    stop_run,
)
from fotfeste.platform.scope import scope
from fotfeste.registry.public import NewGroup, members_of, register_group
from tests.actions.grants.stage import Payers
from tests.actions.registry.families import person
from tests.properties.whole import emptied, rows

BEGIN, END = datetime(2022, 3, 1, 9, tzinfo=UTC), datetime(2024, 12, 1, tzinfo=UTC)
RATES = {2022: 1610500, 2023: 1694200, 2024: 1768700}
WHICH, BACK = st.integers(0, 5), st.sampled_from((0, 0, 1, 9, 31, 45, 100, 200))
REASONS = st.sampled_from(
    (DepartureReason.AGREED_SETTLEMENT, DepartureReason.LEFT_COUNTRY, DepartureReason.MOVED_WITHOUT_AGREEMENT)
)
AHEAD = st.sampled_from((1, 20, 31, 61, 95, 120))
WRONG = st.sampled_from(("never_was", "goes_on", "start", "end", "municipality"))
_LIVE = """SELECT subject_id, municipality_id, lower(period), upper(period) FROM accommodation_stay
           WHERE kind = 'mamot' AND annulled_at IS NULL"""
_BOOKED = """SELECT l.subject_id, l.municipality_id, l.month, sum(l.amount_ore)::bigint
             FROM ledger_line l JOIN ledger_run r ON r.id = l.run_id AND r.state IN ('approved', 'paid')
             GROUP BY 1, 2, 3 HAVING sum(l.amount_ore) <> 0"""
_GIVEN = """SELECT l.subject_id, l.month, sum(l.amount_ore)::bigint
            FROM ledger_line l JOIN ledger_run r ON r.id = l.run_id AND r.state IN ('approved', 'paid') GROUP BY 1, 2"""

# What was let go and still is, by municipality.
_LET_GO = """SELECT c.municipality_id,
                    sum(CASE s.kind WHEN 'recovered' THEN -s.amount_ore ELSE s.amount_ore END)::bigint
             FROM ledger_claimsettlement s JOIN ledger_claim c ON c.id = s.claim_id
             WHERE s.kind IN ('waived', 'written_off', 'recovered') GROUP BY 1"""
_CLAIMED = "SELECT DISTINCT subject_id, municipality_id, month FROM ledger_claimpart"
_REPAID = """SELECT c.municipality_id, sum(s.amount_ore)::bigint
             FROM ledger_claimsettlement s JOIN ledger_claim c ON c.id = s.claim_id WHERE s.kind = 'paid' GROUP BY 1"""
_PAID = "SELECT municipality_id, sum(amount_ore)::bigint FROM ledger_payment GROUP BY 1"
_UNSETTLED = """SELECT c.subject_id, c.amount_ore - coalesce(sum(s.amount_ore), 0)::bigint
                FROM ledger_claim c LEFT JOIN ledger_claimsettlement s ON s.claim_id = c.id AND s.kind <> 'recovered'
                WHERE c.state = 'decided' GROUP BY c.id ORDER BY c.id"""

type Sums = dict[tuple[int, int, date], int]


def due_as_known_now(through: date) -> Sums:
    """What is due for every person and month before a day, by the rule as it is told to people: day by day."""
    first: dict[tuple[int, date], tuple[date, int]] = {}
    for subject, municipality, start, end in rows(_LIVE):
        day = start
        while day < min(end or through, through):
            month = day.replace(day=1)
            if (subject, month) not in first or day < first[subject, month][0]:
                first[subject, month] = (day, municipality)
            day += timedelta(days=1)
    return {(subject, place, month): RATES[month.year] for (subject, month), (_, place) in first.items()}


def booked() -> Sums:
    """What the lines that count come to."""
    return {(subject, place, month): amount for subject, place, month, amount in rows(_BOOKED)}


def assert_what_is_kept_is_due_or_let_go(through: date) -> None:
    """After a run: what a municipality keeps of what it was paid is due, let go or owed; and nothing stays let go of
    months that are given. So nobody is paid twice for what was let go.
    """
    due, kept, lost, given = dict[int, int](), dict(rows(_PAID)), dict(rows(_LET_GO)), booked()
    for (_, place, _), amount in due_as_known_now(through).items():
        due[place] = due.get(place, 0) + amount
    for place, repaid in rows(_REPAID):
        kept[place] -= repaid
    taken_back = dict[int, int]()
    for subject, place, month in rows(_CLAIMED):
        if (subject, place, month) not in given:
            taken_back[place] = taken_back.get(place, 0) + RATES[month.year]
    for place, amount in kept.items():
        let_go = lost.get(place, 0)
        assert 0 <= let_go <= taken_back.get(place, 0)
        assert amount - let_go >= due.get(place, 0)


class Money(RuleBasedStateMachine):
    """Households come to live privately, move, leave, were registered wrongly; runs are computed, paid or stopped."""

    by: ClassVar[Payers]

    def __init__(self) -> None:
        """Nobody, and no books."""
        super().__init__()
        emptied()
        self.at = BEGIN
        self.households = list[tuple[int, tuple[int, ...]]]()

    @property
    def today(self) -> date:
        """The legal day."""
        return legal_day(self.at)

    def _try(self, deed: Callable[[], object]) -> bool:
        """Do it as UDI, a moment later; whether it was not refused."""
        self.at += timedelta(minutes=1)
        try:
            with scope(self.by.udi, self.today):
                deed()
        except Refused:
            return False
        return True

    def _chosen(self, which: int) -> tuple[int, tuple[int, ...]] | None:
        return self.households[which % len(self.households)] if self.households else None

    def _place(self, which: int) -> int:
        return (self.by.here, self.by.there)[which % 2].organisation_id

    @rule(people=st.integers(1, 2), back=BACK, where=WHICH)
    def come(self, people: int, back: int, where: int) -> None:
        """A household lives privately from a day that may lie long back."""
        self.at += timedelta(minutes=1)
        on = max(self.today - timedelta(days=back), date(2022, 1, 3))
        serial = ascii_lowercase[len(self.households) % len(ascii_lowercase)]
        names = [f"Olena {serial}{each}" for each in ascii_lowercase[:people]]
        new = NewGroup(persons=tuple(person(name) for name in names), registered_on=on, applied_on=on)
        with scope(self.by.registrar, self.today):
            group = register_group(new, by=self.by.registrar, at=self.at).subject_id
        with scope(self.by.udi, self.today):
            everyone = tuple(member.subject_id for member in members_of(group, self.today))
        self.households.append((group, everyone))
        assert self._try(lambda: self._start(group, everyone, on, where))

    def _start(self, group: int, everyone: Sequence[int], on: date, where: int) -> None:
        start_private_stay(
            group,
            everyone,
            kind=StayKind.MAMOT,
            municipality_id=self._place(where),
            on=on,
            by=self.by.udi,
            at=self.at,
        )

    @rule(which=WHICH, back=BACK, where=WHICH, some=st.booleans())
    def move(self, which: int, back: int, where: int, some: bool) -> None:
        """They live in a municipality from a day, where they lived in another or nowhere; or one of them alone."""
        if chosen := self._chosen(which):
            group, everyone = chosen
            on = self.today - timedelta(days=back)
            self._try(lambda: self._start(group, everyone[:1] if some else everyone, on, where))

    @rule(which=WHICH, back=BACK, reason=REASONS)
    def leave(self, which: int, back: int, reason: DepartureReason) -> None:
        """They live there no more; what was told before it was saved is what the next run would say."""
        if not (chosen := self._chosen(which)):
            return
        group, everyone = chosen
        on = self.today - timedelta(days=back)
        with scope(self.by.udi, self.today):
            told = money_moved(self.by.udi, everyone, EndOn(on), at=self.at)
        if not self._try(lambda: end_private_stay(group, everyone, on, reason, by=self.by.udi, at=self.at)):
            return
        assert told is not None
        with scope(self.by.udi, self.today):
            run = computed(Scheme.MAMOT, told.through, self.at)
        differences = sum(line.amount_ore for line in run.lines if line.subject_id in everyone)
        assert differences == sum(each.to_come_ore - each.taken_back_ore for each in told.municipalities)

    @rule(which=WHICH, wrong=WRONG, back=BACK, where=WHICH)
    def correct(self, which: int, wrong: str, back: int, where: int) -> None:
        """The latest stay was otherwise than was registered."""
        if not (chosen := self._chosen(which)):
            return
        group, everyone = chosen
        day = self.today - timedelta(days=back)
        right = {
            "never_was": RightStay(never_was=True),
            "goes_on": RightStay(goes_on=True),
            "start": RightStay(start=day),
            "end": RightStay(end=day, reason=DepartureReason.LEFT_COUNTRY),
            "municipality": RightStay(municipality_id=self._place(where)),
        }[wrong]
        self._try(lambda: correct_private_stay(group, everyone, right, reason="wrong_day", by=self.by.udi, at=self.at))

    @rule(days=AHEAD)
    def wait(self, days: int) -> None:
        """Time goes by; after 2024 there is no rate."""
        self.at = min(self.at + timedelta(days=days), END + timedelta(minutes=self.at.minute))

    @rule()
    def stopped(self) -> None:
        """A run is computed and stopped: it counts for nothing."""
        before = booked()
        self.at += timedelta(minutes=1)
        with scope(self.by.udi, self.today):
            run = compute_run(Scheme.MAMOT, through_of(Scheme.MAMOT, self.today), self.at, by=self.by.udi, at=self.at)
            stop_run(run.subject.reference, "prøvd", by=self.by.udi, at=self.at)
        assert booked() == before

    @rule()
    def paid(self) -> None:
        """A run is computed and paid: now the lines of everybody are what is due as known now, and no more is due."""
        self.at += timedelta(minutes=1)
        through = through_of(Scheme.MAMOT, self.today)
        with scope(self.by.udi, self.today):
            run = compute_run(Scheme.MAMOT, through, self.at, by=self.by.udi, at=self.at)
            check_run(run.subject.reference, by=self.by.udi, at=self.at)
        with scope(self.by.approver, self.today):
            approve_run(run.subject.reference, by=self.by.approver, at=self.at)
            pay_run(run.subject.reference, by=self.by.approver, at=self.at)
        assert booked() == due_as_known_now(through)
        with scope(self.by.udi, self.today):
            assert computed(Scheme.MAMOT, through, self.at).lines == ()
            for municipality, _ in claims_to_propose("mamot"):
                open_claim("mamot", municipality, by=self.by.udi, at=self.at)

        assert_what_is_kept_is_due_or_let_go(through)

    @rule(share=st.sampled_from((0, 0, 1, 2)))
    def decided(self, share: int) -> None:
        """The claims that nobody answered in time are decided: let go whole or by half, or upheld."""
        self.at = min(self.at + timedelta(days=22), END + timedelta(minutes=self.at.minute))
        with scope(self.by.approver, self.today):
            waiting = rows("SELECT subject_id, amount_ore FROM ledger_claim WHERE state = 'noticed' ORDER BY id")
            for subject, amount in waiting:
                reference = Subject.objects.get(pk=subject).reference
                with suppress(Refused):
                    decide_claim(reference, amount * share // 2, "Avtalt.", by=self.by.approver, at=self.at)

    @rule(kind=st.sampled_from((SettlementKind.PAID, SettlementKind.WAIVED)), share=st.sampled_from((1, 2)))
    def settled(self, kind: SettlementKind, share: int) -> None:
        """A part of what was decided is paid back, or let go after all."""
        self.at += timedelta(minutes=1)
        with scope(self.by.approver, self.today):
            for subject, left in rows(_UNSETTLED):
                reference, part = Subject.objects.get(pk=subject).reference, left // share
                settle_claim(reference, kind, part, on=self.today, reason="Avtalt.", by=self.by.approver, at=self.at)

    @invariant()
    def money_is_never_made_or_lost(self) -> None:
        """Every entry balances; a month is given once at most; balances are what lines and payments say."""
        with scope(self.by.udi, self.today):
            assert sum(accounts("mamot").values()) == 0
            found = balances("mamot")
        for _, month, amount in rows(_GIVEN):
            assert 0 <= amount <= RATES[month.year]
        assert sum(each.lines_ore for each in found) == sum(booked().values())
        [(paid,)] = rows("SELECT coalesce(sum(amount_ore), 0)::bigint FROM ledger_payment")
        assert sum(each.paid_ore for each in found) == paid
