"""Absence and leave: when a place is lost (ACC-05), as a dated decision that is shown and acted upon by people only.

Source: MAMOT evaluation 7.1.2.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from fotfeste.accommodation.domain.book import book
from fotfeste.accommodation.domain.types import AbsenceKind, ReturnMoved, StayKind
from fotfeste.kernel.decisions import Decision, Reason
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.periods import Period

UKRAINE = "UKR"  # ISO 3166-1 alpha-3, as citizenships are kept in the registry


@dataclass(frozen=True, slots=True)
class AbsenceFacts:
    """What the rule looks at: the absence, and who is absent from what kind of stay."""

    kind: AbsenceKind
    period: Period
    is_abroad: bool
    expected_return_on: date | None
    citizenship: str
    stay_kind: StayKind = StayKind.CENTRE


def is_place_lost(absence: AbsenceFacts, day: date) -> Decision:
    """Whether the place is lost on a day: three whole days abroad beyond the leave, general leave included.

    The answer never acts by itself. UNKNOWN for AMOT and MAMOT: no source gives a limit there.
    Raises NoRule where no limit is valid on the first day of the absence.
    """
    limit = book().get("absence_abroad_days_until_place_lost", absence.period.start)
    rule = limit.rule_ref()
    inputs: dict[str, object] = {"start": absence.period.start, "day": day, "days": limit.integer}
    if absence.stay_kind is not StayKind.CENTRE:
        return Decision.unknown(rule, Reason("no_limit_outside_centres"), inputs=inputs)
    if not absence.is_abroad:
        return Decision.no(rule, Reason("absence_not_abroad"), inputs=inputs)
    covered_until, cover = _covered_until(absence)
    lost_on = covered_until + timedelta(days=limit.integer)
    inputs |= {"covered_until": covered_until, "lost_on": lost_on}
    last_day_away = absence.period.end if absence.period.end is not None else day
    if min(day, last_day_away) >= lost_on:
        return Decision.yes(
            rule, Reason("absent_too_long", {"days": limit.integer, "lost_on": lost_on}), *cover, inputs=inputs
        )
    return Decision.no(rule, Reason("place_kept_until", {"lost_on": lost_on}), *cover, inputs=inputs)


def overdue_on(absence: AbsenceFacts) -> date:
    """The first day on which somebody who is not back may be gone for good: as many days after the leave, or after the
    first day where there is none, as a place is lost by abroad. Nothing follows from it by itself.

    Ours: the sources have the limit abroad alone, and say nothing of when somebody is gone. Raises NoRule.
    """
    limit = book().get("absence_abroad_days_until_place_lost", absence.period.start)
    covered_until, _ = _covered_until(absence)
    return covered_until + timedelta(days=limit.integer)


@dataclass(frozen=True, slots=True)
class LookedFor:
    """From which day the centre has to find out where somebody is who is away, and the rule that says so."""

    on: date
    rule: str


def looked_for(absence: AbsenceFacts) -> LookedFor | None:
    """When the centre has to find out whether they are back: on the agreed day; without leave as soon as they may be
    gone for good. None where the absence ends before that, since leave that lies ahead begins.

    Ours: the sources say that a journey has an agreed return, not who asks when it has passed (ACC-10). Raises NoRule.
    """
    if absence.kind is AbsenceKind.LEAVE and absence.expected_return_on is not None:
        found = LookedFor(absence.expected_return_on, "agreed_return")
    else:
        found = LookedFor(overdue_on(absence), "absence_abroad_days_until_place_lost")
    ends_on = absence.period.end
    return None if ends_on is not None and ends_on <= found.on else found


def _covered_until(absence: AbsenceFacts) -> tuple[date, tuple[Reason, ...]]:
    """The first day of absence that no leave covers, and the reasons for the cover."""
    start = absence.period.start
    if absence.kind is AbsenceKind.LEAVE and absence.expected_return_on is not None:
        return absence.expected_return_on, (Reason("leave_granted_until", {"until": absence.expected_return_on}),)
    if absence.citizenship == UKRAINE:
        general = book().get("general_leave_days_ukraine", start)
        if general.integer > 0:
            until = start + timedelta(days=general.integer)
            return until, (Reason("general_leave_until", {"days": general.integer, "until": until}),)
    return start, ()


def check_absence_days(stay: Period, kind: AbsenceKind, from_on: date, return_on: date | None, today: date) -> None:
    """Refuse absence before the arrival, absence without leave in the future, and a return before the start.

    Raises Refused `absence_before_arrival`, `absence_in_future`, `return_before_absence`, `leave_needs_return`.
    """
    if from_on < stay.start:
        raise Refused("absence_before_arrival", "from_on", {"day": from_on, "arrival": stay.start})
    if kind is AbsenceKind.AWAY and from_on > today:
        raise Refused("absence_in_future", "from_on", {"day": from_on})
    if kind is AbsenceKind.LEAVE and return_on is None:
        raise Refused("leave_needs_return", "return_on")
    if return_on is not None and return_on <= from_on:
        raise Refused("return_before_absence", "return_on", {"day": return_on, "start": from_on})


def check_moved_return(absence: Period, before: date, return_on: date, reason: ReturnMoved, today: date) -> None:
    """Refuse an agreed return on the day it had, one before the leave began, and one that is past: of a day that was
    written down wrongly the right one may be.

    Raises Refused `return_as_agreed`, `return_before_absence`, `agreed_return_is_past` (field `return_on`).
    """
    if return_on == before:
        raise Refused("return_as_agreed", "return_on", {"day": before})
    if return_on <= absence.start:
        raise Refused("return_before_absence", "return_on", {"day": return_on, "start": absence.start})
    if return_on < today and reason is not ReturnMoved.WRONG_DAY:
        raise Refused("agreed_return_is_past", "return_on", {"day": return_on})


def check_return_day(absence: Period, on: date, today: date) -> None:
    """Refuse a return in the future or before the absence began; on its first day nobody has been away.

    Raises Refused `return_in_future`, `return_before_absence`.
    """
    if on > today:
        raise Refused("return_in_future", "on", {"day": on})
    if on < absence.start:
        raise Refused("return_before_absence", "on", {"day": on, "start": absence.start})
