"""What UDI may do for a household that waits for collective protection: have it interviewed before the decision."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.platform.panels import HouseholdContext, PossibleAct
from fotfeste.registry.public import Member, StatusKind
from fotfeste.settlement.models import SettlementCase


def may_be_alerted(case: SettlementCase | None, members: Iterable[Member]) -> bool:
    """Whether the centre can be asked for the interview now: no case that counts, and somebody waits for an answer."""
    has_case = case is not None and case.state != "closed"
    return not has_case and any(each.current_status == StatusKind.APPLIED_FOR_PROTECTION for each in members)


def alert_acts(context: HouseholdContext, case: SettlementCase | None) -> list[PossibleAct]:
    """The link to it, for those who may."""
    if not context.viewer.may("settlement.alert_early") or not may_be_alerted(case, context.members):
        return []
    return [PossibleAct(_("Be om bosettingssamtale før vedtaket"), reverse("alert_early", args=[context.reference]))]
