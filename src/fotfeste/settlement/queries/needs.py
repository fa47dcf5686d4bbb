"""What a household needs of its municipality."""

from collections.abc import Iterable
from datetime import date

from fotfeste.settlement.domain.candidates import (
    GroupNeeds,
)
from fotfeste.settlement.domain.types import Capability
from fotfeste.settlement.models import (
    CaseNeed,
    SettlementCase,
    SettlementRequest,
)


def needs_of_case(case: SettlementCase, day: date) -> GroupNeeds:
    """What the group asks of its municipality on a day. One query."""
    found = CaseNeed.objects.current().filter(case=case).values_list("capability", flat=True)
    return GroupNeeds(case.size, case.is_unaccompanied_on(day), frozenset(capabilities_on(case, found, day)))


def unconfirmed(request: SettlementRequest, needed: Iterable[Capability]) -> list[Capability]:
    """What they need now that a municipality had not heard of when it said yes; nothing where it has not said yes."""
    return sorted(set(needed) - {Capability(each) for each in request.confirmed}) if request.state == "accepted" else []


def capabilities_on(case: SettlementCase, found: Iterable[str], day: date) -> list[Capability]:
    """What is needed on a day, of what the interview `found`: a place for a minor alone only while there is one."""
    wanted = {Capability(each) for each in found} - {Capability.UNACCOMPANIED_MINORS}
    return sorted(wanted | ({Capability.UNACCOMPANIED_MINORS} if case.is_unaccompanied_on(day) else set()))
