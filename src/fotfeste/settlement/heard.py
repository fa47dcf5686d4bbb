"""What the events about a household say of its case: who told of something and when, and the time on each step."""

from collections.abc import Iterator
from datetime import date
from typing import TypedDict

from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment, NeedReason
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.panels import HouseholdContext, Panel
from fotfeste.settlement.domain.states import CASE
from fotfeste.settlement.domain.steps import Reached, time_per_step
from fotfeste.settlement.models import SettlementCase
from fotfeste.settlement.words_interview import CASE_STATES

# Who sees all events of a case; others are not told what other municipalities were asked, so steps would be missing.
_FOLLOWS_IT_ALL = frozenset({NeedReason.LIVES_HERE, NeedReason.PROTECTION_CASE, NeedReason.SETTLEMENT_CASE})


class Heard(TypedDict, total=False):
    """From whom something is known, and since when, for the timeline; empty where the viewer is not told."""

    source: str
    known_on: date | None


def heard(context: HouseholdContext, case_id: int, *steps: str, on: date | None = None) -> Heard:
    """Who told of the newest of some steps of a case, or of the one that holds from a day."""
    types = {f"settlement.{step}" for step in steps}
    for event in context.events:
        is_of_the_case = event.object_kind != "settlement_case" or event.object_id == case_id
        if event.type in types and is_of_the_case and on in (None, event.holds_on):
            return {"source": event.organisation_name, "known_on": legal_day(event.recorded_at)}
    return {}


def steps_panel(context: HouseholdContext, case: SettlementCase) -> Iterator[Panel]:
    """How long each step has taken, for those who see all of them."""
    if not context.reasons & _FOLLOWS_IT_ALL:
        return
    reached = [
        Reached(event.to_state, event.holds_on)
        for event in reversed(context.events)
        if event.workflow == CASE.name and event.object_id == case.pk and event.holds_on
    ]
    if reached:  # the permit may have been dated anew since, or have come after an alert
        reached[0] = Reached(reached[0].state, case.interview_from_on)
    spent = time_per_step(reached, context.day, final=CASE.final)
    if spent:
        rows = [{"state": str(CASE_STATES[each.state]), "spent": each} for each in spent]
        total = sum(each.days for each in spent)
        shown: dict[str, object] = {"rows": rows, "total": total}
        about = frozenset({Compartment.SETTLEMENT})
        yield Panel("steps", _("Tid per steg"), "settlement/steps.html", shown, 63, about)
