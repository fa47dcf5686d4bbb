"""Own car: by what it may be driven, what it is refunded, what is still to be paid (TRV-03, GUIDE 1.8)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fotfeste.kernel.parameters import ParameterBook

PAID_IN = frozenset({"journey_agreed", "settled"})  # there is a day, or they have driven
NOT_UDIS = frozenset({"denied", "kept"})  # of a claim: nothing of it passes between the centre and UDI
WAITS = frozenset({"accepted"})  # put off: nothing is paid, and nothing is asked back


@dataclass(frozen=True, slots=True)
class Fares:
    """Who is in the car and what each would have paid by public transport, in øre. `persons` are all of them."""

    persons: int
    ticket_price_ore: int
    children: int = 0
    child_price_ore: int = 0
    infants: int = 0
    infant_price_ore: int = 0

    @property
    def adults(self) -> int:
        """Those who pay the full fare."""
        return self.persons - self.children - self.infants


def refund_ore(fares: Fares) -> int:
    """What residents in an own car are refunded, in øre: a public transport ticket per person in it, each at the fare
    that they would have paid. What driving costs beyond that they pay themselves. Source: GUIDE 1.8.
    """
    return (
        fares.adults * fares.ticket_price_ore
        + fares.children * fares.child_price_ore
        + fares.infants * fares.infant_price_ore
    )


def customs_valid_until(issued_on: date, book: ParameterBook) -> date:
    """The last day of the free insurance that customs issue: the day of issue is the first of the 30. Raises NoRule.

    The source says 30 days and not how they are counted; this is the shorter way, so that nobody drives uninsured.
    """
    days = book.get("settlement.green_card_free_days", issued_on).integer
    return issued_on + timedelta(days=days - 1)


def owed_ore(state: str, fares: Fares | None, paid: Iterable[int]) -> int:
    """What the household is to have in all, in øre, by the state of its case; what it has where the journey is put off.

    Nothing where they do not drive, or the case does not lead to the municipality any more.
    """
    if state in WAITS:
        return sum(paid)
    return refund_ore(fares) if fares is not None and state in PAID_IN else 0


def due_ore(owed: int, paid: Iterable[int]) -> int:
    """What is still to be paid, in øre; less than nothing is to be paid back."""
    return owed - sum(paid)


@dataclass(frozen=True, slots=True)
class Claimed:
    """One claim as UDI is to see it. Money in øre. Once it is refunded, what was refunded stands (`refunded_ore`).

    Of one that is sent once more `asked_ore` is what is asked then, and `after` the number of the newest claim that
    there was; None of one that is sent as it was paid.
    """

    number: int
    state: str
    amount_ore: int
    asked_ore: int | None = None
    after: int | None = None
    refunded_ore: int | None = None

    @property
    def place(self) -> tuple[int, bool]:
        """When it was asked, among the others."""
        return (self.number, False) if self.after is None else (self.after, True)


def udis_shares(claims: Iterable[Claimed]) -> Mapping[int, int]:
    """What of each claim is between the centre and UDI, in øre, by its number.

    What residents are paid is asked of UDI in full; nothing once it is denied, and no more than is not paid back when
    it is asked once more. Of what they pay back UDI is owed no more than it has covered in the case, what it has not
    answered yet counted as covered: the rest is the centre's own.
    """
    covered, shares = 0, {}
    for claim in sorted(claims, key=lambda each: each.place):
        asked = claim.amount_ore if claim.asked_ore is None else claim.asked_ore
        share = 0 if claim.state in NOT_UDIS else max(asked, -covered)
        share = share if claim.refunded_ore is None else claim.refunded_ore
        covered += share
        shares[claim.number] = share
    return shares


def to_ask_again(number: int, claims: Sequence[Claimed]) -> int:
    """What may be asked of UDI once more of a claim that it denied, in øre: what was paid, as far as the household has
    it still and UDI covers nothing of it. Nothing, or less, where it has been paid back.
    """
    paid = sum(claim.amount_ore for claim in claims)
    [claim] = [each for each in claims if each.number == number]
    return min(claim.amount_ore, paid - sum(udis_shares(claims).values()))
