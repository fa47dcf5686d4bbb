"""What refusal supplies to the household page: a panel with its clock, and what the viewer can do."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment
from fotfeste.directory.public import OrganisationKind
from fotfeste.platform.panels import HouseholdContext, Panel, PossibleAct, TimelineEntry
from fotfeste.platform.words import day as in_words
from fotfeste.refusal.acts import possible_acts
from fotfeste.refusal.held import held_rows
from fotfeste.refusal.queries.shown import Shown, shown_of
from fotfeste.refusal.rows import Names, benefit_in_words, clock_rows, head_rows
from fotfeste.refusal.tasks import SEE_WITHDRAWN

ORDER = 12
_KEY = "refusal.shown"
_OPENS = ("settlement.decline_offer", "settlement.register_not_moved")


def household_panels(context: HouseholdContext) -> list[Panel]:
    """One panel, where there is a refusal that the viewer may see."""
    found = _shown(context)
    if found is None:
        return []
    title, template, rows = _("Bosettingsnekt"), "refusal/panel.html", _rows(found, context)
    if context.viewer.organisation_kind == OrganisationKind.MUNICIPALITY:
        own = [task for task in context.tasks if task.organisation_id == context.viewer.organisation_id]
        title, template, rows = _("Tilbudet dere holder"), "refusal/held_panel.html", held_rows(found, own)
    rows |= {"url": reverse("refusal", args=[context.reference]), "day": context.day}
    return [Panel("refusal", title, template, rows, ORDER, frozenset({Compartment.SETTLEMENT}))]


def household_acts(context: HouseholdContext) -> list[PossibleAct]:
    """What the viewer can register in the refusal now."""
    found = _shown(context)
    if found is None or not found.is_open:
        return []
    return [*_to_see(context), *possible_acts(found, context.viewer, context.reference)]


def _to_see(context: HouseholdContext) -> Iterator[PossibleAct]:
    """That the offer is withdrawn, for whoever is asked to see it."""
    own = context.viewer.organisation_id
    if any(task.kind == SEE_WITHDRAWN and task.organisation_id == own for task in context.tasks):
        yield PossibleAct(_("Se at tilbudet er trukket"), reverse("refusal_withdrawn", args=[context.reference]), True)


def household_timeline(context: HouseholdContext) -> list[TimelineEntry]:
    """Its days stand on a timeline of its own: they are too close for one of years."""
    return []


def _shown(context: HouseholdContext) -> Shown | None:
    """Asked once for the page, and not at all where nothing has happened: that is read for the page anyhow."""
    if _KEY not in context.cache:
        is_one = any(event.type.startswith("refusal.") or event.type in _OPENS for event in context.events)
        context.cache[_KEY] = shown_of(context.subject_id, context.members, context.day) if is_one else None
    found = context.cache[_KEY]
    assert found is None or isinstance(found, Shown)
    return found


def _rows(found: Shown, context: HouseholdContext) -> dict[str, Any]:
    names = {str(person): name for person, name in context.names.items()}
    return head_rows(found) | {"clock": [*clock_rows(found), *_of_each(found, names)]}


def _of_each(found: Shown, names: Names) -> list[tuple[str, str]]:
    """Each adult's clock on a line: the 14 days, the benefit, the earliest day of the next letter."""
    lines = []
    stops, fortnights = dict(found.plan.benefit_stops), dict(found.plan.fortnights)
    for each in found.course.adults(found.day):
        words = []
        deadline = fortnights.get(each.id)
        if deadline and deadline.runs_out_on:
            words.append(_("14 dager til %(day)s") % {"day": in_words(deadline.runs_out_on)})
        if each.id in stops:
            benefit = benefit_in_words(stops[each.id], found.day)
            words.append(_("basisutbetaling %(benefit)s") % {"benefit": benefit})
        if words and each.id in names:
            lines.append((names[each.id], ", ".join(words)))
    return lines
