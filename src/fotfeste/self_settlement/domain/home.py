"""A home and its rent contract: what is told of it, what the program finds, what the municipality looks at (SET-17)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from fotfeste.kernel.decisions import Reason
from fotfeste.kernel.errors import Refused
from fotfeste.self_settlement.domain.empty_rent import EmptyDays
from fotfeste.self_settlement.domain.parameters import book
from fotfeste.self_settlement.domain.types import Check, DepositBy


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """A home and what its contract says. Money in øre; 0 months of length: until it is terminated.

    `persons` are the household's, `others` live there beside them; 0 square metres: not known. `is_single_room` and
    `is_in_landlords_house` have shorter limits in law.
    """

    rent_ore: int
    deposit_ore: int
    deposit_by: DepositBy
    notice_months: int
    length_months: int
    starts_on: date
    rooms: int
    square_metres: int
    persons: int
    others: int
    is_single_room: bool = False
    is_in_landlords_house: bool = False
    is_signed: bool = False
    empty_days: EmptyDays | None = None


def checks_of(day: date) -> tuple[tuple[Check, ...], tuple[Check, ...]]:
    """What a municipality looks at on a day: in the home, in the contract. Raises NoRule, and ValueError where the rule
    names a check that there is not.
    """
    home, contract = (
        tuple(Check(each) for each in book().get(f"self_settlement.{part}_checks", day).text.split())
        for part in ("home", "contract")
    )
    return home, contract


def is_crowded(contract: Contract, day: date) -> bool:
    """Whether they would live crowded (trangbodd) there, all who live there counted. Raises NoRule.

    Fewer rooms than persons, or one person in one room, and less than a dated number of square metres a person; where
    the size is not known, the rooms decide. Source: Statistics Norway, trangboddhet.
    """
    everybody = contract.persons + contract.others
    is_short_of_rooms = contract.rooms < everybody or (everybody == 1 and contract.rooms <= 1)
    if not contract.square_metres:
        return is_short_of_rooms
    limit = book().get("self_settlement.crowded_below_square_metres", day).integer
    return is_short_of_rooms and contract.square_metres < limit * everybody


def findings(contract: Contract, day: date) -> tuple[Reason, ...]:
    """What stands out in what is told, for the municipality to look at; nothing is refused for it. Raises NoRule.

    Codes: `already_signed`, `crowded` (persons, rooms, square_metres), `deposit_too_high` (months, most),
    `notice_too_short` (months, least), `term_too_short` (months, least). Sources: husleieloven §§ 3-5, 9-3, 9-6.
    """

    def limit(code: str) -> int:
        return book().get(f"self_settlement.{code}", day).integer

    found = []
    if contract.is_signed:
        found.append(Reason("already_signed"))
    if is_crowded(contract, day):
        everybody = contract.persons + contract.others
        fields: dict[str, str | int | date | bool] = {"persons": everybody, "rooms": contract.rooms}
        found.append(Reason("crowded", fields | {"square_metres": contract.square_metres}))
    most = limit("deposit_most_months")
    if contract.deposit_ore > most * contract.rent_ore:
        found.append(Reason("deposit_too_high", {"most": most}))
    least = 1 if contract.is_single_room else limit("notice_least_months")
    if contract.notice_months < least:
        found.append(Reason("notice_too_short", {"months": contract.notice_months, "least": least}))
    term = 12 if contract.is_in_landlords_house else limit("term_least_months")
    if 0 < contract.length_months < term:
        found.append(Reason("term_too_short", {"months": contract.length_months, "least": term}))
    return tuple(found)


def check_contract(contract: Contract) -> None:
    """Refuse what no contract says: no room, or a deposit that nobody pays. Raises Refused with the field."""
    if contract.rent_ore < 0 or contract.deposit_ore < 0:
        raise Refused("money_is_negative", "rent")
    if contract.rooms < 1:
        raise Refused("home_has_no_room", "rooms")
    if contract.others < 0 or contract.square_metres < 0 or contract.notice_months < 0 or contract.length_months < 0:
        raise Refused("number_is_negative", "others")
    if (contract.deposit_ore > 0) == (contract.deposit_by == DepositBy.NONE):
        raise Refused("who_pays_deposit_missing", "deposit_by")


def check_approval(contract: Contract, seen: Collection[Check], *, day: date) -> None:
    """Refuse to approve a home before everything on the list of the day is looked at and found good, and a contract
    that is signed already: it is approved before it is signed (GUIDE Vedlegg 5). Raises Refused, NoRule.
    """
    if contract.is_signed:
        raise Refused("contract_is_signed_already", "checks")
    home, terms = checks_of(day)
    if missing := [each for each in (*home, *terms) if each not in set(seen)]:
        raise Refused("checks_missing", "checks", {"count": len(missing)})


def check_rent_has_begun(on: date, starts_on: date, *, is_meant: bool) -> None:
    """Refuse a day of moving in before the rent begins, unless somebody says that it is meant: they were let in early.

    Raises Refused `moved_in_before_rent` (field `is_meant`).
    """
    if on < starts_on and not is_meant:
        raise Refused("moved_in_before_rent", "is_meant", {"day": starts_on})


def check_change(what: str) -> None:
    """Refuse to ask for a change without saying which. Raises Refused."""
    if not what.strip():
        raise Refused("what_must_change_missing", "must_change")
