"""What accommodation supplies to the household page: where they live, what lasted and happened, what one can do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment, NeedReason
from fotfeste.accommodation.domain.absence import AbsenceFacts, is_place_lost
from fotfeste.accommodation.domain.departure import is_settled, registered_same_day
from fotfeste.accommodation.domain.types import AbsenceKind, DepartureReason, StayKind
from fotfeste.accommodation.models import Absence, Stay
from fotfeste.accommodation.queries.where import absences_of, stays_of
from fotfeste.accommodation.words import ABSENCE_KINDS, DEPARTURE_REASONS, STAY_KINDS, reason_sentence
from fotfeste.directory.public import OrganisationKind
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.decisions import Decision
from fotfeste.kernel.periods import ONE_DAY
from fotfeste.platform.panels import HouseholdContext, Panel, PossibleAct, TimelineEntry
from fotfeste.platform.words import day as day_in_words
from fotfeste.registry.public import ACTING

ORDER = 20
# Beds and absence are fenced for everybody else, who would otherwise be told that they have no bed.
_SEE_ROOMS = frozenset(
    {
        NeedReason.LIVES_HERE,
        NeedReason.LIVED_HERE,
        NeedReason.REGISTERED_HERE,
        NeedReason.PROTECTION_CASE,
        NeedReason.EMERGENCY,
    }
)


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that accommodation has about a household, fetched once for the page (two queries)."""

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


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A line of the panel: where one person lives, and whether they are away."""

    name: str
    place: str
    room: str
    since_on: date | None
    absence: str
    leave_ahead: str
    place_kept: tuple[str, ...]
    is_place_lost: bool


def household_panels(context: HouseholdContext) -> list[Panel]:
    """Where each of them lives today, where they moved to, and what is known of absence."""
    record = _record(context)
    lines = [_line(context, record, person) for person in context.person_ids]
    departure = _last_departure(record, context.day)
    shows_rooms = bool(context.reasons & _SEE_ROOMS)
    panel = Panel(
        code="where",
        title=_("Hvor de bor"),
        template="accommodation/where_panel.html",
        context={
            "lines": lines,
            "is_anybody_placed": any(line.place for line in lines),
            "is_somebody_away": shows_rooms and any(line.absence or line.leave_ahead for line in lines),
            "departure": departure,
            "departure_words": DEPARTURE_REASONS[departure.departure_reason] if departure else "",
            "shows_rooms": shows_rooms,
            "is_late": departure is not None and registered_late(departure).is_no,
            "annul_url": _annul_url(context, departure),
        },
        order=ORDER,
        shows=frozenset({Compartment.STAYS, Compartment.ROOMS}),
    )
    return [panel]


def _departures(context: HouseholdContext, record: Record) -> list[Stay]:
    """The last stay of each person, where it has ended with a departure."""
    last = {stay.subject_id: stay for stay in record.stays if stay.subject_id in context.person_ids}
    return [each for each in last.values() if each.departure_reason not in ("", DepartureReason.MOVED_CENTRE)]


def _annul_url(context: HouseholdContext, departure: Stay | None) -> str:
    """Where a departure that is wrong is taken back, for whoever registered it and UDI."""
    has_a_part = bool(context.reasons - {NeedReason.EMERGENCY})
    if departure is None or not has_a_part or not context.viewer.may("accommodation.annul_departure"):
        return ""
    is_theirs = departure.centre_id == context.viewer.organisation_id
    if not is_theirs and context.viewer.organisation_kind != OrganisationKind.UDI:
        return ""
    return reverse("annul_departure", args=[context.reference])


def household_lead(context: HouseholdContext) -> list[str]:
    """Where they live today, in a line for each place: at a glance, above everything else."""
    record = _record(context)
    stays = [stay for person in context.person_ids if (stay := record.stay_on(person, context.day))]
    places: dict[tuple[str, date], list[Stay]] = {}
    for stay in stays:
        places.setdefault((_place(stay), stay.period.start), []).append(stay)
    return [_lead(context, record, place, since_on, here) for (place, since_on), here in places.items()]


def _lead(context: HouseholdContext, record: Record, place: str, since_on: date, stays: Sequence[Stay]) -> str:
    rooms = sorted({record.rooms[stay.subject_id] for stay in stays if stay.subject_id in record.rooms})
    known = {"place": place, "rooms": ", ".join(rooms), "day": day_in_words(since_on)}
    words = (
        _("Bor på %(place)s, rom %(rooms)s, siden %(day)s") if rooms else _("Bor på %(place)s siden %(day)s")
    ) % known
    return _with_names(context, words, stays)


def household_timeline(context: HouseholdContext) -> list[TimelineEntry]:
    """Stays and absences as bars, departures as points; what several have in common is one entry."""
    record = _record(context)
    entries = [_stay_entry(context, stays) for stays in _together(record.stays)]
    entries += [
        _departure_entry(context, stays)
        for stays in _together(record.stays)
        if stays[0].departure_reason not in ("", DepartureReason.MOVED_CENTRE)
    ]
    entries += [_absence_entry(context, absences) for absences in _together(record.absences)]
    return entries


def household_acts(context: HouseholdContext) -> list[PossibleAct]:
    """What the viewer can do about where they live, as it stands today."""
    record, viewer, day = _record(context), context.viewer, context.day
    here = [
        person
        for person in context.person_ids
        if (stay := record.stay_on(person, day)) and stay.centre_id == viewer.organisation_id
    ]
    is_udi = viewer.organisation_kind == OrganisationKind.UDI
    correctable = [person for person in context.person_ids if record.stay_on(person, day)] if is_udi else here
    placeable = [person for person in context.person_ids if not _has_settled(context, record, person)]
    anywhere = any(record.stay_on(person, day) for person in context.person_ids)
    away = [person for person in here if record.absence_on(person, day)]
    going = [person for person in here if record.leave_after(person, day)]
    is_some_of_them_gone = anywhere and any(_annul_url(context, stay) for stay in _departures(context, record))
    known = (
        (
            _("Flytt til et annet mottak") if anywhere else _("Plasser på mottak"),
            "place_group",
            "accommodation.place_group",
            bool(placeable) and bool(context.reasons & ACTING),
        ),
        (_("Gi senger, eller flytt internt"), "assign_beds", "accommodation.assign_beds", bool(here)),
        (_("Registrer avreise"), "register_departure", "accommodation.register_departure", bool(here)),
        (_("Rett dagen de kom"), "correct_arrival", "accommodation.correct_arrival", bool(correctable)),
        # Of a whole household the link stands beside the departure.
        (_("Ta tilbake en avreise"), "annul_departure", "accommodation.annul_departure", is_some_of_them_gone),
        (_("Innvilg permisjon"), "grant_leave", "accommodation.register_absence", bool(set(here) - {*away, *going})),
        (_("Trekk tilbake permisjon"), "withdraw_leave", "accommodation.register_absence", bool(going)),
        (_("Registrer fravær"), "register_absence", "accommodation.register_absence", len(away) < len(here)),
        (_("Registrer retur"), "register_return", "accommodation.register_absence", bool(away)),
    )
    return [
        PossibleAct(label, reverse(name, args=[context.reference]))
        for label, name, permission, is_possible in known
        if is_possible and viewer.may(permission)
    ]


def _has_settled(context: HouseholdContext, record: Record, person: int) -> bool:
    last = [stay for stay in record.stays if stay.subject_id == person][-1:]
    status = next((member.current_status for member in context.members if member.subject_id == person), None)
    return is_settled(last[0].departure_reason if last else "", status)


def registered_late(stay: Stay) -> Decision:
    """Whether the end of a stay was registered on its day; derived from when we came to know it."""
    end = stay.period.end
    assert end is not None
    return registered_same_day(end, legal_day(stay.recorded_at))


def _record(context: HouseholdContext) -> Record:
    found = context.cache.get("accommodation")
    if not isinstance(found, Record):
        stays = stays_of(context.person_ids, room_on=context.day)
        rooms = {stay.subject_id: stay.room_on_day for stay in stays if stay.room_on_day}
        found = Record(tuple(stays), tuple(absences_of(context.person_ids)), rooms)
        context.cache["accommodation"] = found
    return found


def _line(context: HouseholdContext, record: Record, person: int) -> PersonLine:
    stay = record.stay_on(person, context.day)
    absence = record.absence_on(person, context.day)
    ahead = record.leave_after(person, context.day)
    decision = _decision(context, absence, stay) if absence else None
    return PersonLine(
        name=context.names[person],
        place=_place(stay) if stay else "",
        room=record.rooms.get(person, ""),
        since_on=stay.period.start if stay else None,
        absence=_absence_words(absence) if absence else "",
        leave_ahead=_leave_words(ahead) if ahead else "",
        place_kept=tuple(reason_sentence(reason) for reason in decision.reasons) if decision is not None else (),
        is_place_lost=decision is not None and decision.is_yes,
    )


def _decision(context: HouseholdContext, absence: Absence, stay: Stay | None) -> Decision:
    citizenships = {member.subject_id: member.citizenship for member in context.members}
    return is_place_lost(
        AbsenceFacts(
            kind=AbsenceKind(absence.kind),
            period=absence.period,
            is_abroad=absence.is_abroad,
            expected_return_on=absence.expected_return_on,
            citizenship=citizenships.get(absence.subject_id, ""),
            stay_kind=StayKind(stay.kind) if stay else StayKind.CENTRE,
        ),
        context.day,
    )


def _place(stay: Stay) -> str:
    return stay.centre.name if stay.centre else str(STAY_KINDS[stay.kind])


def _absence_words(absence: Absence) -> str:
    words = str(ABSENCE_KINDS[absence.kind])
    return _("%(what)s, i utlandet") % {"what": words} if absence.is_abroad else words


def _leave_words(leave: Absence) -> str:
    known = {"what": _absence_words(leave), "first": day_in_words(leave.period.start)}
    if leave.expected_return_on is None:
        return _("%(what)s fra %(first)s") % known
    return _("%(what)s fra %(first)s, tilbake senest %(last)s") % (
        known | {"last": day_in_words(leave.expected_return_on)}
    )


def _last_departure(record: Record, day: date) -> Stay | None:
    """The latest departure, where nobody of the household stays anywhere on the day."""
    if any(stay.period.contains(day) for stay in record.stays):
        return None
    ended = [stay for stay in record.stays if stay.departure_reason]
    return max(ended, key=lambda stay: stay.period.end, default=None)


def _together[R: (Stay, Absence)](rows: Iterable[R]) -> list[list[R]]:
    """Rows that say the same of several persons, in the order of their start."""
    groups: dict[tuple[object, ...], list[R]] = {}
    for row in rows:
        groups.setdefault(_what_it_says(row), []).append(row)
    return list(groups.values())


def _what_it_says(row: Stay | Absence) -> tuple[object, ...]:
    if isinstance(row, Stay):
        return row.period, row.kind, row.centre_id, row.departure_reason
    return row.period, row.kind, row.is_abroad


def _stay_entry(context: HouseholdContext, stays: Sequence[Stay]) -> TimelineEntry:
    first = stays[0]
    return TimelineEntry(
        lane=_("Bosted"),
        label=_with_names(context, _place(first), stays),
        start_on=first.period.start,
        end_on=first.period.end,
        source=first.reported_by.name,
        known_on=legal_day(first.recorded_at),
    )


def _departure_entry(context: HouseholdContext, stays: Sequence[Stay]) -> TimelineEntry:
    first = stays[0]
    words = _("Reiste: %(reason)s") % {"reason": DEPARTURE_REASONS[first.departure_reason]}
    if registered_late(first).is_no:
        words = _("%(words)s (registrert for sent)") % {"words": words}
    return TimelineEntry(
        lane=_("Avreise"),
        label=_with_names(context, words, stays),
        start_on=first.period.end or first.period.start + ONE_DAY,
        is_point=True,
        source=first.reported_by.name,
        known_on=legal_day(first.recorded_at),
    )


def _absence_entry(context: HouseholdContext, absences: Sequence[Absence]) -> TimelineEntry:
    first = absences[0]
    return TimelineEntry(
        lane=_("Fravær"),
        label=_with_names(context, _absence_words(first), absences),
        start_on=first.period.start,
        end_on=first.period.end,
        source=first.reported_by.name,
        known_on=legal_day(first.recorded_at),
    )


def _with_names(context: HouseholdContext, words: str, rows: Sequence[Stay | Absence]) -> str:
    """The words, with names where they are not about everyone."""
    persons = {row.subject_id for row in rows}
    if persons >= set(context.person_ids):
        return words
    names = ", ".join(context.names[person] for person in context.person_ids if person in persons)
    return _("%(words)s (%(names)s)") % {"words": words, "names": names} if names else words
