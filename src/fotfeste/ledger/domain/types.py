"""What a line, a run and a claim are made of."""

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple


class Scheme(StrEnum):
    """What the money is for (ordning)."""

    AMOT = "amot"
    MAMOT = "mamot"


class LineKind(StrEnum):
    """What a line says of a person's month."""

    DUE = "due"  # for the first time
    CORRECTION = "correction"  # the difference from what was said before


class Account(StrEnum):
    """The accounts (konto) that an entry names two of."""

    GRANTS = "grants"  # what the state's grants cost
    MUNICIPALITY = "municipality"  # what a municipality has to its credit
    BANK = "bank"
    CLAIMS = "claims"  # what a municipality has been asked to pay back
    LOSSES = "losses"  # what is never asked for again


class SettlementKind(StrEnum):
    """How a part of a claim came to an end."""

    PAID = "paid"  # the municipality has paid
    OFFSET = "offset"  # held back from what a run would have paid
    WAIVED = "waived"  # let go, with a reason
    WRITTEN_OFF = "written_off"  # too small to claim
    RECOVERED = "recovered"  # what was let go is no loss after all: the months are due again


class ClaimAnswer(StrEnum):
    """What a municipality says to a notice."""

    AGREES = "agrees"
    DISPUTES = "disputes"


class ClaimDecision(StrEnum):
    """What is decided of a claim."""

    UPHELD = "upheld"
    REDUCED = "reduced"


class RefusalReason(StrEnum):
    """Why nothing could be computed for a person's month."""

    NO_RATE = "no_rate"


class Entry(NamedTuple):
    """The two accounts of an entry: what is debited, what is credited. Every entry balances by itself."""

    debit: Account
    credit: Account


LINE_ENTRY = Entry(Account.GRANTS, Account.MUNICIPALITY)
PAYMENT_ENTRY = Entry(Account.MUNICIPALITY, Account.BANK)
CLAIM_ENTRY = Entry(Account.CLAIMS, Account.MUNICIPALITY)
SETTLEMENT_ENTRIES = {
    SettlementKind.PAID: Entry(Account.BANK, Account.CLAIMS),
    SettlementKind.OFFSET: Entry(Account.MUNICIPALITY, Account.CLAIMS),
    SettlementKind.WAIVED: Entry(Account.LOSSES, Account.CLAIMS),
    SettlementKind.WRITTEN_OFF: Entry(Account.LOSSES, Account.CLAIMS),
    SettlementKind.RECOVERED: Entry(Account.MUNICIPALITY, Account.LOSSES),
}


class RunLine(NamedTuple):
    """A line as it is handed over to a run: of which person's month, how much, and everything that it rests on.

    Amounts are whole øre, negative where a correction takes back. `month` is its first day. `days` is how many days of
    the month the person was on the scheme. `cause` is a code of what changed (an accommodation.DepartureReason, or one
    of words.CAUSES_OF_LINES); empty for what is due. `corrects`: the keys of the earlier lines of the same person,
    municipality and month. `stay_id` is the fact, `known_at` when it was known, `reported_by_id` the organisation that
    reported it.
    """

    subject_id: int
    municipality_id: int  # its organisation
    month: date
    amount_ore: int
    kind: str
    known_at: datetime
    month_rule: str
    rate_amount_ore: int | None = None
    rate_version: str = ""
    rate_source: str = ""
    days: int = 0
    cause: str = ""
    stay_id: int | None = None
    reported_by_id: int | None = None
    corrects: tuple[int, ...] = ()


class RefusedLine(NamedTuple):
    """A person's month that was due and could not be computed."""

    subject_id: int
    municipality_id: int
    month: date
    reason: str = RefusalReason.NO_RATE


class LineOnBook(NamedTuple):
    """An earlier line as computing needs it: no more than is needed to tell the difference."""

    id: int
    run_id: int
    subject_id: int
    municipality_id: int
    month: date
    amount_ore: int


class Balance(NamedTuple):
    """What stands between the state and one municipality for one scheme, in øre.

    `lines_ore` is what the counted lines sum to, `paid_ore` what was paid out, `claimed_ore` what is asked back and not
    settled yet, `settled_ore` what came back or was let go and still is. `balance_ore`: what is owed to the
    municipality; negative where it owes. An open claim is a part of a negative balance, not beside it.
    """

    municipality_id: int
    lines_ore: int
    paid_ore: int
    settled_ore: int
    claimed_ore: int

    @property
    def balance_ore(self) -> int:
        """What is owed to the municipality, in øre; negative where it owes."""
        return self.lines_ore - self.paid_ore + self.settled_ore
