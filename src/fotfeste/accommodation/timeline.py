"""What accommodation supplies to the timeline of the household page."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from fotfeste.accommodation.domain.types import DepartureReason
from fotfeste.accommodation.household import absence_words, place_of, record_of, registered_late, with_names
from fotfeste.accommodation.models import Absence, Stay
from fotfeste.accommodation.words import DEPARTURE_REASONS
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.periods import ONE_DAY
from fotfeste.platform.panels import HouseholdContext, TimelineEntry


def household_timeline(context: HouseholdContext) -> list[TimelineEntry]:
    """Stays and absences as bars, departures as points; what several have in common is one entry."""
    record = record_of(context)
    stays, absences = _together(record.stays), _together(record.absences)
    return [
        *(_lasting(context, _("Bosted"), place_of(same[0]), same) for same in stays),
        *(
            _departure(context, same)
            for same in stays
            if same[0].departure_reason not in ("", DepartureReason.MOVED_CENTRE)
        ),
        *(_lasting(context, _("Fravær"), absence_words(same[0]), same) for same in absences),
    ]


def _lasting(context: HouseholdContext, lane: str, words: str, same: Sequence[Stay | Absence]) -> TimelineEntry:
    """An entry of rows that say the same of several persons."""
    first = same[0]
    return TimelineEntry(
        lane=lane,
        label=with_names(context, words, same),
        start_on=first.period.start,
        end_on=first.period.end,
        source=first.reported_by.name,
        known_on=legal_day(first.recorded_at),
    )


def _departure(context: HouseholdContext, stays: Sequence[Stay]) -> TimelineEntry:
    """The point at which stays ended."""
    first = stays[0]
    words = _("Reiste: %(reason)s") % {"reason": DEPARTURE_REASONS[first.departure_reason]}
    if registered_late(first).is_no:
        words = _("%(words)s (registrert for sent)") % {"words": words}
    ended_on = first.period.end or first.period.start + ONE_DAY
    return replace(_lasting(context, _("Avreise"), words, stays), start_on=ended_on, end_on=None, is_point=True)


def _together[R: (Stay, Absence)](rows: Iterable[R]) -> list[list[R]]:
    """Rows that say the same of several persons, in the order of their start."""
    groups: dict[tuple[object, ...], list[R]] = {}
    for row in rows:
        groups.setdefault(_what_it_says(row), []).append(row)
    return list(groups.values())


def _what_it_says(row: Stay | Absence) -> tuple[object, ...]:
    if isinstance(row, Stay):
        return row.period, row.kind, row.centre_id, row.municipality_id, row.departure_reason
    return row.period, row.kind, row.is_abroad
