"""Everything that accommodation has about a household, for its part of the household page, and the words for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.accommodation.domain.departure import registered_same_day
from fotfeste.accommodation.models import Absence, Stay
from fotfeste.accommodation.queries.where import absences_of, stays_of
from fotfeste.accommodation.words import ABSENCE_KINDS, SHORT_KINDS
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.decisions import Decision
from fotfeste.platform.panels import HouseholdContext


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that accommodation has about a household, fetched once for the page: one query, and one more where
    somebody is or was away.
    """

    stays: tuple[Stay, ...]
    absences: tuple[Absence, ...]
    rooms: dict[int, str]

    def stay_on(self, person: int, day: date) -> Stay | None:
        """Where a person stays on a day."""
        return next((s for s in self.stays if s.subject_id == person and s.period.contains(day)), None)

    def leave_after(self, person: int, day: date) -> Absence | None:
        """What granted leave a person has that lies ahead."""
        return next((a for a in self.absences if a.subject_id == person and a.period.start > day), None)

    def absence_on(self, person: int, day: date) -> Absence | None:
        """What absence a person is in on a day."""
        return next((a for a in self.absences if a.subject_id == person and a.period.contains(day)), None)


def record_of(context: HouseholdContext) -> Record:
    """What the page has fetched already, or is to fetch now."""
    found = context.cache.get("accommodation")
    if not isinstance(found, Record):
        stays = stays_of(context.person_ids, room_on=context.day)
        rooms = {stay.subject_id: stay.room_on_day for stay in stays if stay.room_on_day}
        absences = absences_of(context.person_ids) if any(stay.is_ever_away for stay in stays) else []
        found = Record(tuple(stays), tuple(absences), rooms)
        context.cache["accommodation"] = found
    return found


def stays_shown(context: HouseholdContext) -> Sequence[Any]:
    """The stays of those whom the page shows, as `stays_of` gives them; fetched only where the page has not yet."""
    found = context.cache.get("accommodation")
    return found.stays if isinstance(found, Record) else stays_of(context.person_ids)


def registered_late(stay: Any) -> Decision:
    """Whether the end of a stay was registered on its day; derived from when we came to know it."""
    end = stay.period.end
    assert end is not None
    return registered_same_day(end, legal_day(stay.departure_known_at or stay.recorded_at))


def place_of(stay: Stay) -> str:
    """Where somebody stays, in words."""
    if stay.centre is not None:
        return str(stay.centre.name)
    assert stay.municipality is not None
    known = {"municipality": stay.municipality.name, "scheme": SHORT_KINDS[stay.kind]}
    return _("privat i %(municipality)s (%(scheme)s)") % known


def absence_words(absence: Absence) -> str:
    """What kind of absence it is, in words."""
    words = str(ABSENCE_KINDS[absence.kind])
    return _("%(what)s, i utlandet") % {"what": words} if absence.is_abroad else words


def with_names(context: HouseholdContext, words: str, rows: Sequence[Stay | Absence]) -> str:
    """The words, with names where they are not about everyone."""
    persons = {row.subject_id for row in rows}
    if persons >= set(context.person_ids):
        return words
    names = ", ".join(context.names[person] for person in context.person_ids if person in persons)
    return _("%(words)s (%(names)s)") % {"words": words, "names": names} if names else words
