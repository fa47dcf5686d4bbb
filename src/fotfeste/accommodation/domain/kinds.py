"""Which kind of centre suits whom: unaccompanied minors and everyone else (ACC-01, SET-06)."""

from fotfeste.accommodation.domain.types import CentreType
from fotfeste.kernel.decisions import Decision, Reason, RuleRef

KIND = RuleRef(
    "kind_of_centre", "1", "ACC-01; UDI: Veileder om bosettingsarbeid i akuttinnkvartering, 1.3.1", "verified"
)

# Everyone comes through the arrival centre.
_FOR_ALL = frozenset({CentreType.ARRIVAL})


def suits(kind: CentreType, *, are_minors_alone: bool) -> Decision:
    """Whether this kind of centre is for a household: YES, NO, or UNKNOWN where somebody must have decided so.

    `are_minors_alone`: all of them are unaccompanied minors. A centre for unaccompanied minors takes nobody else.
    They may stay at another centre, which then owes them individual mapping and a plan of measures (guide 1.3.1),
    but never by a slip of the hand.
    """
    inputs: dict[str, object] = {"kind": kind, "are_minors_alone": are_minors_alone}
    if kind is CentreType.UNACCOMPANIED_MINORS:
        if are_minors_alone:
            return Decision.yes(KIND, Reason("for_unaccompanied_minors"), inputs=inputs)
        return Decision.no(KIND, Reason("only_for_unaccompanied_minors"), inputs=inputs)
    if are_minors_alone and kind not in _FOR_ALL:
        return Decision.unknown(KIND, Reason("not_for_unaccompanied_minors"), inputs=inputs)
    return Decision.yes(KIND, inputs=inputs)
