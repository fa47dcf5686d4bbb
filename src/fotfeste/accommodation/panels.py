"""What accommodation supplies to the household page: where they live, and what one can do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment, NeedReason
from fotfeste.accommodation.actions.new_address import MAY_BE_KNOWN_LATER
from fotfeste.accommodation.domain.absence import AbsenceFacts, is_place_lost
from fotfeste.accommodation.domain.departure import is_settled
from fotfeste.accommodation.domain.types import AbsenceKind, DepartureReason, StayKind
from fotfeste.accommodation.household import Record, absence_words, place_of, record_of, registered_late, with_names
from fotfeste.accommodation.models import Absence, Stay
from fotfeste.accommodation.queries.missing import began_as_minor_alone
from fotfeste.accommodation.words import DEPARTURE_REASONS, reason_sentence
from fotfeste.directory.public import OrganisationKind
from fotfeste.kernel.decisions import Decision
from fotfeste.platform.panels import HouseholdContext, Panel, PossibleAct
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
class PersonLine:
    """A line of the panel: where one person lives, and whether they are away."""

    name: str
    place: str
    room: str
    is_private: bool
    since_on: date | None
    absence: str
    leave_ahead: str
    place_kept: tuple[str, ...]
    is_place_lost: bool


def household_panels(context: HouseholdContext) -> list[Panel]:
    """Where each of them lives today, where they moved to, and what is known of absence.

    No panel for whom stays are closed to, who would be told that they live nowhere: a municipality that they ask.
    """
    if not context.reasons & context.viewer.opens.get(Compartment.STAYS, frozenset()):
        return []
    record = record_of(context)
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
            # What stands on the row of a private home is where they lived, not where they went.
            "has_moved_to": departure is not None and departure.centre_id is not None,
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
    return [
        each
        for each in last.values()
        if each.centre_id is not None and each.departure_reason not in ("", DepartureReason.MOVED_CENTRE)
    ]


def _annul_url(context: HouseholdContext, departure: Stay | None) -> str:
    """Where a departure that is wrong is taken back, for whoever registered it and UDI."""
    has_a_part = bool(context.reasons - {NeedReason.EMERGENCY})
    if (
        departure is None
        or departure.centre_id is None
        or not has_a_part
        or not context.viewer.may("accommodation.annul_departure")
    ):
        return ""
    is_theirs = departure.centre_id == context.viewer.organisation_id
    if not is_theirs and context.viewer.organisation_kind != OrganisationKind.UDI:
        return ""
    return reverse("annul_departure", args=[context.reference])


def household_lead(context: HouseholdContext) -> list[str]:
    """Where they live today, in a line for each place: at a glance, above everything else."""
    record = record_of(context)
    stays = [stay for person in context.person_ids if (stay := record.stay_on(person, context.day))]
    places: dict[tuple[str, date], list[Stay]] = {}
    for stay in stays:
        places.setdefault((place_of(stay), stay.period.start), []).append(stay)
    lead = [_lead(context, record, place, since_on, here) for (place, since_on), here in places.items()]
    return [*lead, *_away(context, record)]


def _away(context: HouseholdContext, record: Record) -> list[str]:
    """Who of them is away today and since when, in a line for each absence; rooms' fence is absence's too."""
    if not context.reasons & _SEE_ROOMS:
        return []
    absences = [found for person in context.person_ids if (found := record.absence_on(person, context.day))]
    alike: dict[str, list[Absence]] = {}
    for absence in absences:
        alike.setdefault(_away_words(absence), []).append(absence)
    return [with_names(context, words, rows) for words, rows in alike.items()]


def _lead(context: HouseholdContext, record: Record, place: str, since_on: date, stays: Sequence[Stay]) -> str:
    rooms = sorted({record.rooms[stay.subject_id] for stay in stays if stay.subject_id in record.rooms})
    known = {"place": place, "rooms": ", ".join(rooms), "day": day_in_words(since_on)}
    if stays[0].centre_id is None:
        words = _("Bor %(place)s siden %(day)s") % known
    elif rooms:
        words = _("Bor på %(place)s, rom %(rooms)s, siden %(day)s") % known
    else:
        words = _("Bor på %(place)s siden %(day)s") % known
    return with_names(context, words, stays)


def household_acts(context: HouseholdContext) -> list[PossibleAct]:
    """What the viewer can do about where they live, as it stands today."""
    record, viewer, day = record_of(context), context.viewer, context.day
    stays = [stay for person in context.person_ids if (stay := record.stay_on(person, day))]
    anywhere, at_centre = bool(stays), any(stay.centre_id is not None for stay in stays)
    here = [stay.subject_id for stay in stays if stay.centre_id == viewer.organisation_id]
    is_udi = viewer.organisation_kind == OrganisationKind.UDI
    correctable = [stay.subject_id for stay in stays if stay.centre_id is not None] if is_udi else here
    placeable = [person for person in context.person_ids if not _has_settled(context, record, person)]
    away = [absence for person in here if (absence := record.absence_on(person, day))]
    going = [person for person in here if record.leave_after(person, day)]
    returns = bool(going) or any(absence.expected_return_on for absence in away)
    private = any(_may_be_corrected(context, stay) for stay in record.stays)
    departed = [stay for stay in _departures(context, record) if _annul_url(context, stay)]
    has_moved = any(stay.departure_reason in MAY_BE_KNOWN_LATER for stay in departed)
    is_some_of_them_gone = anywhere and bool(departed)
    known = (
        (
            _("Flytt til et annet mottak") if at_centre else _("Plasser på mottak"),
            "place_group",
            "accommodation.place_group",
            bool(placeable) and bool(context.reasons & ACTING),
        ),
        (_("Gi senger, eller flytt internt"), "assign_beds", "accommodation.assign_beds", bool(here)),
        (_("Registrer avreise"), "register_departure", "accommodation.register_departure", bool(here)),
        (_("Rett dagen de kom"), "correct_arrival", "accommodation.correct_arrival", bool(correctable)),
        # Of a whole household the link stands beside the departure.
        (_("Ta tilbake en avreise"), "annul_departure", "accommodation.annul_departure", is_some_of_them_gone),
        (_("Registrer ny adresse"), "register_new_address", "accommodation.annul_departure", has_moved),
        (_("Rett hvor og når de bodde privat"), "correct_private_stay", "accommodation.end_private_stay", private),
        (
            _("Innvilg permisjon"),
            "grant_leave",
            "accommodation.register_absence",
            len({*(each.subject_id for each in away), *going}) < len(here),
        ),
        (_("Flytt avtalt retur"), "move_return", "accommodation.register_absence", returns),
        (_("Trekk tilbake permisjon"), "withdraw_leave", "accommodation.register_absence", bool(going)),
        (_("Registrer fravær"), "register_absence", "accommodation.register_absence", len(away) < len(here)),
        (_("Registrer retur"), "register_return", "accommodation.register_absence", bool(away)),
        (
            _("Meld fra om enslig mindreårig som er borte"),
            "report_missing",
            "accommodation.register_absence",
            any(began_as_minor_alone(each, context.members) for each in away),
        ),
    )
    return [
        PossibleAct(label, reverse(name, args=[context.reference]))
        for label, name, permission, is_possible in known
        if is_possible and viewer.may(permission)
    ]


def _may_be_corrected(context: HouseholdContext, stay: Stay) -> bool:
    """Whether a private stay is the viewer's to put right: any by UDI, its own that has ended by a municipality."""
    viewer = context.viewer
    if stay.municipality_id is None or not context.reasons - {NeedReason.EMERGENCY}:
        return False
    is_own_end = stay.municipality_id == viewer.organisation_id and not stay.period.is_open
    return viewer.organisation_kind == OrganisationKind.UDI or is_own_end


def _has_settled(context: HouseholdContext, record: Record, person: int) -> bool:
    last = [stay for stay in record.stays if stay.subject_id == person][-1:]
    status = next((member.current_status for member in context.members if member.subject_id == person), None)
    return is_settled(last[0].departure_reason if last else "", status)


def _line(context: HouseholdContext, record: Record, person: int) -> PersonLine:
    stay = record.stay_on(person, context.day)
    absence = record.absence_on(person, context.day)
    ahead = record.leave_after(person, context.day)
    decision = _decision(context, absence, stay) if absence else None
    kept = [reason_sentence(reason) for reason in decision.reasons] if decision is not None else []
    return PersonLine(
        name=context.names[person],
        place=place_of(stay) if stay else "",
        room=record.rooms.get(person, ""),
        is_private=stay is not None and stay.centre_id is None,
        since_on=stay.period.start if stay else None,
        absence=_away_words(absence) if absence else "",
        leave_ahead=_leave_words(ahead) if ahead else "",
        place_kept=(*_back_by(absence), *kept),
        is_place_lost=decision is not None and decision.is_yes,
    )


def _back_by(absence: Absence | None) -> list[str]:
    """By when they are to be back; of leave abroad the rule of the place says it."""
    if absence is None or absence.expected_return_on is None or absence.is_abroad:
        return []
    return [_("Skal være tilbake %(day)s.") % {"day": day_in_words(absence.expected_return_on)}]


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


def _away_words(absence: Absence) -> str:
    return _("%(what)s siden %(day)s") % {"what": absence_words(absence), "day": day_in_words(absence.period.start)}


def _leave_words(leave: Absence) -> str:
    known = {"what": absence_words(leave), "first": day_in_words(leave.period.start)}
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
