"""What refusal supplies to the household page: a panel with its clock, and what the viewer can do."""

from typing import Any

from django.utils.translation import gettext as _

from fotfeste.platform.panels import HouseholdContext, TimelineEntry
from fotfeste.platform.words import day as in_words
from fotfeste.refusal.queries.shown import Shown, shown_of
from fotfeste.refusal.rows import Names, benefit_in_words, clock_rows, head_rows

ORDER = 12
_KEY = "refusal.shown"
_OPENS = ("settlement.decline_offer", "settlement.register_not_moved")


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
