"""Emergency access (nødinnsyn): whether somebody may ask once more, whether they need to, what they asked for.

Issue 2: a stated reason, one hour, told to the organisation's administrator and to the log, shown to the resident.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from fotfeste.access.domain.matrix import IN_EMERGENCY
from fotfeste.access.domain.types import NeedReason
from fotfeste.kernel.decisions import Decision, Reason, RuleRef
from fotfeste.kernel.identifiers import normalise_digits

ASKING = RuleRef("access.emergency_asking", "1", "Issue 2: emergency access", "demo")
LONGEST_ASKED = 40  # signs; a DUF number has 12, a reference too


def as_asked(text: str) -> str:
    """What somebody typed, as numbers and references are kept: without spaces and hyphens, in small letters."""
    return normalise_digits(text).lower()


def may_ask(attempts: Iterable[datetime], at: datetime, *, most: int, within: timedelta) -> Decision:
    """Whether somebody may ask (again) for emergency access, having asked at these instants.

    Attempts that found nobody count too: it is no way to try numbers. A no tells `again_at`, when the next may be.
    Source: issue 2; `emergency_most` and `emergency_most_within`.
    """
    recent = sorted(each for each in attempts if each > at - within)
    inputs = {"attempts": len(recent), "most": most, "within": within, "at": at}
    if len(recent) < most:
        return Decision.yes(ASKING, inputs=inputs)
    again_at = recent[-most] + within
    return Decision.no(ASKING, Reason("too_many_emergencies", {"most": most, "again_at": again_at}), inputs=inputs)


def is_open_already(opens: Mapping[str, frozenset[str]], reasons_of: Iterable[Collection[str]]) -> bool:
    """Whether somebody sees without emergency access all that it would open, of a household and each of its members.

    `opens`: which reasons open a compartment to them. `reasons_of`: why their organisation knows of each.
    """
    others = [frozenset(reasons) - {NeedReason.EMERGENCY} for reasons in reasons_of]
    return all(opens.get(compartment, frozenset()) & reasons for reasons in others for compartment in IN_EMERGENCY)
