"""Registration numbers (Reg.nr.) of a family: one for all, or a notice with the desk that puts it right (REG-10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fotfeste.kernel.decisions import Decision, Reason, RuleRef
from fotfeste.kernel.errors import NoRule
from fotfeste.kernel.parameters import ParameterBook

DESK = "registry.reg_nr_desk"
ASK = "ask"

_ONE_REG_NR = RuleRef("registry.one_reg_nr", "1", "GUIDE 2.3 (REG-10)", "verified")


@dataclass(frozen=True, slots=True)
class RegisteredNumber:
    """A person's Reg.nr. (empty where missing), with the name to show and the day of registration."""

    name: str
    number: str
    registered_on: date


def has_one_reg_nr(persons: Sequence[RegisteredNumber], book: ParameterBook) -> Decision:
    """Whether the persons of a household share one Reg.nr.

    A no has a reason `reg_nr_missing` for each person without (fields name, desk), and one `reg_nr_differs` for
    each desk where numbers differ. The desk follows the day of registration; `ask` where no desk is named for it.
    Somebody alone has nothing to differ from. Source: GUIDE 2.3.
    """
    inputs = {"persons": len(persons)}
    if len(persons) < 2:
        return Decision.yes(_ONE_REG_NR, inputs=inputs)
    reasons = [
        Reason("reg_nr_missing", {"name": each.name, "desk": desk_for(each.registered_on, book)})
        for each in persons
        if not each.number
    ]
    numbered = [each for each in persons if each.number]
    if len({each.number for each in numbered}) > 1:
        desks = dict.fromkeys(desk_for(each.registered_on, book) for each in numbered)
        reasons += [Reason("reg_nr_differs", {"desk": desk}) for desk in desks]
    if reasons:
        return Decision.no(_ONE_REG_NR, *reasons, inputs=inputs)
    return Decision.yes(_ONE_REG_NR, inputs=inputs)


def desk_for(registered_on: date, book: ParameterBook) -> str:
    """The address of the desk for somebody registered on the day; `ask` where the source names none."""
    try:
        return book.get(DESK, registered_on).text
    except NoRule:
        return ASK
