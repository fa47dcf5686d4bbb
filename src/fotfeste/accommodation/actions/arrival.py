"""They came on another day than was registered: the day of arrival is put right, and what hangs on it follows."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from fotfeste.accommodation.actions.centres import closed_within
from fotfeste.accommodation.actions.placing import ASSIGN_BEDS
from fotfeste.accommodation.actions.stays import leave_centre, members_on
from fotfeste.accommodation.domain.arrival import check_arrival_day, check_earlier_stays, days_that_change
from fotfeste.accommodation.domain.book import book
from fotfeste.accommodation.domain.types import DepartureReason
from fotfeste.accommodation.models import Absence, BedAssignment, Stay
from fotfeste.accommodation.queries.everyone import everyone_of
from fotfeste.directory.public import OrganisationKind
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.periods import Period
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.facts import PeriodFact, supersede
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import Mistake, TakenBack, lock_group, members_of, record_correction
from fotfeste.worklist.public import close_tasks, open_task, open_tasks_about

_WRONG = str(Mistake.WRONG_DAY)
# What the move from another centre cut, and what was cut anew when its day was put right before.
_CUT_BY_THE_MOVE = ("moved_centre", _WRONG)


@act
def correct_arrival(
    group_id: int,
    person_ids: Collection[int],
    right_on: date,
    *,
    text: str,
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> date:
    """Put right the day on which some or all of a household came to the centre where they live; gives the day it was.

    By that centre, or UDI; only UDI where they came from another centre, whose stay ends on the new day instead. The
    stays that were believed in are annulled and kept, `text` says why. The bed of the first day follows: from a later
    day it is theirs from then on, from an earlier one where nobody else had it. No need to know changes: each is
    asked of today, when they live there; a centre they moved from sees them anew for as long as after a move.
    One event, `accommodation.arrival_corrected`, that holds on the new day. More people than places on days that have
    passed is no hindrance: they were there. Raises Refused: `arrival_needs_words`, `nobody_selected`,
    `not_staying_here`, `one_arrival_at_a_time`, `move_is_udis_to_correct`, `centre_is_closed`, `away_before_arrival`,
    `bed_changed_before_arrival`, and those of `check_arrival_day` and `check_earlier_stays`; Stale, NotFound.
    """
    require(by, "accommodation.correct_arrival")
    if not text.strip():
        raise Refused("arrival_needs_words", "text")
    lock_group(group_id, version=version)
    stays = _chosen(group_id, person_ids, by, legal_day(at))
    was_on: date = stays[0].period.start
    persons = [stay.subject_id for stay in stays]
    for member in members_of(group_id, legal_day(at)):
        if member.subject_id in persons:
            check_arrival_day(was_on, right_on, max(member.registered_on, member.birth_date), legal_day(at))
    moved = _came_from(persons, was_on, right_on, by)
    _check_operation(stays[0], right_on)
    _check_what_happened(persons, days_that_change(was_on, right_on, has_moved=bool(moved)), was_on)
    if right_on > was_on:
        _beds_begin(persons, was_on, right_on, by=by, at=at)
        _begin(stays, right_on, by=by, at=at)
        _end_earlier(group_id, moved, was_on, right_on, by=by, at=at)
    else:
        _end_earlier(group_id, moved, was_on, right_on, by=by, at=at)
        _begin(stays, right_on, by=by, at=at)
        _beds_begin(persons, was_on, right_on, by=by, at=at)
    record_correction(group_id, TakenBack.ARRIVAL, was_on, Mistake.WRONG_DAY, text, by=by, at=at)
    centre_id: int = stays[0].centre_id or by.organisation_id
    _ask_for_beds_anew(group_id, centre_id, by=by, at=at)
    publish(
        Happening(
            type="accommodation.arrival_corrected",
            subject_id=group_id,
            object_kind="centre",
            object_id=centre_id,
            holds_on=right_on,
            other_organisation_id=centre_id,
        ),
        by=by,
        at=at,
    )
    return was_on


def arrivals_of(person_ids: Sequence[int], by: Viewer, today: date) -> list[Stay]:
    """The stays whose first day the viewer may put right: those at their own centre today, for UDI at any centre."""
    stays = Stay.objects.current().filter(
        subject_id__in=person_ids, period__contains=today, period__endswith__isnull=True, centre__isnull=False
    )
    if by.organisation_kind != OrganisationKind.UDI:
        stays = stays.filter(centre_id=by.organisation_id)
    return list(stays.select_related("centre").order_by("subject_id"))


def _chosen(group_id: int, person_ids: Collection[int], by: Viewer, today: date) -> list[Stay]:
    """The stays of those chosen: at one centre, since one day."""
    if not person_ids:
        raise Refused("nobody_selected", "persons")
    wanted = set(person_ids) & set(members_on(group_id, today))
    stays = arrivals_of(sorted(wanted), by, today)
    if len(stays) != len(set(person_ids)):
        raise Refused("not_staying_here", "persons")
    if len({(stay.centre_id, stay.period.start) for stay in stays}) > 1:
        raise Refused("one_arrival_at_a_time", "persons")
    return stays


def _came_from(persons: Sequence[int], was_on: date, right_on: date, by: Viewer) -> list[Stay]:
    """The stays at another centre that ended with the move here. Refused where an earlier stay reaches past the day."""
    moved: list[Stay] = []
    earlier = Stay.objects.current().filter(subject_id__in=persons, period__endswith__lte=was_on)
    rows = list(earlier.select_related("centre").order_by("subject_id", "period"))
    for person in persons:
        own = [stay for stay in rows if stay.subject_id == person]
        by_move = [s for s in own if s.period.end == was_on and s.departure_reason == DepartureReason.MOVED_CENTRE]
        came_from = by_move[0].period if by_move else None
        check_earlier_stays(right_on, [stay.period for stay in own], came_from)
        moved += by_move
    if moved and by.organisation_kind != OrganisationKind.UDI:
        centre = moved[0].centre
        raise Refused("move_is_udis_to_correct", "right_on", {"centre": centre.name if centre else ""})
    return moved


def _check_operation(stay: Stay, right_on: date) -> None:
    closed_on = closed_within(stay.centre_id, Period(right_on, None)) if stay.centre_id else None
    if stay.centre is not None and closed_on is not None:
        raise Refused("centre_is_closed", "right_on", {"centre": stay.centre.name, "day": closed_on})


def _check_what_happened(persons: Sequence[int], days: Period | None, was_on: date) -> None:
    """Nobody went away from a place, came back to it, or changed bed there, on a day when they were not there."""
    if days is None:
        return
    absences = Absence.objects.current().filter(subject_id__in=persons, period__overlap=days)
    for absence in absences.order_by("period", "pk"):
        for day in (absence.period.start, absence.period.end):
            if day is not None and days.contains(day):
                raise Refused("away_before_arrival", "right_on", {"day": day})
    beds = BedAssignment.objects.current().filter(subject_id__in=persons, period__overlap=days)
    for bed in beds.order_by("period", "pk"):
        # Where they came: a bed that they have left already. Where they moved from: a bed that they were given later.
        changed_on = bed.period.end if days.start == was_on else bed.period.start
        if changed_on is not None and days.start <= changed_on <= (days.end or changed_on):
            raise Refused("bed_changed_before_arrival", "right_on", {"day": changed_on})


def _begin(stays: Sequence[Stay], right_on: date, *, by: Viewer, at: datetime) -> None:
    for stay in stays:
        supersede(stay, by=by, at=at, reason=_WRONG, period=Period(right_on, stay.period.end))


def _beds_begin(persons: Sequence[int], was_on: date, right_on: date, *, by: Viewer, at: datetime) -> None:
    """The first bed at the centre is theirs from the new day on; from an earlier one where nobody had it."""
    beds = BedAssignment.objects.current().filter(subject_id__in=persons)
    if right_on > was_on:
        rows = beds.filter(period__startswith__gte=was_on, period__startswith__lt=right_on)
    else:
        rows = beds.filter(period__startswith=was_on)
    for row in rows.order_by("pk"):
        _if_it_was_free(row, Period(right_on, row.period.end), by=by, at=at)


def _end_earlier(
    group_id: int, moved: Sequence[Stay], was_on: date, right_on: date, *, by: Viewer, at: datetime
) -> None:
    """The stays at the centre that they came from end on the new day; beds and absences with them."""
    if not moved:
        return
    persons = [stay.subject_id for stay in moved]
    rows = _until_the_move(persons, was_on, is_longer=right_on > was_on)
    if right_on > was_on:
        for stay in moved:
            supersede(stay, by=by, at=at, reason=_WRONG, period=stay.period.with_end(right_on))
    for row in rows:
        _if_it_was_free(row, row.period.with_end(right_on), by=by, at=at)
    if right_on < was_on:
        for stay in moved:
            supersede(stay, by=by, at=at, reason=_WRONG, period=stay.period.with_end(right_on))
    for left in sorted({stay.centre_id for stay in moved if stay.centre_id is not None}):
        gone = [group_id, *(stay.subject_id for stay in moved if stay.centre_id == left)]
        leave_centre(gone, left, right_on, at=at, registered_on=legal_day(at))


def _until_the_move(persons: Sequence[int], was_on: date, *, is_longer: bool) -> list[PeriodFact]:
    """The beds and absences that ended with the move; to last longer, only those that it cut."""
    cut: dict[str, object] = {"subject_id__in": persons, "period__endswith": was_on}
    if is_longer:
        cut["supersedes__annul_reason__in"] = _CUT_BY_THE_MOVE
    return [*BedAssignment.objects.current().filter(**cut), *Absence.objects.current().filter(**cut)]


def _if_it_was_free(row: PeriodFact, period: Period, *, by: Viewer, at: datetime) -> None:
    """Give a bed or an absence the period; where the database knows of somebody else's in it, it stays as it is."""
    try:
        with transaction.atomic():
            supersede(row, by=by, at=at, reason=_WRONG, period=period)
    except IntegrityError:
        return


def _ask_for_beds_anew(group_id: int, centre_id: int, *, by: Viewer, at: datetime) -> None:
    """The task of giving beds counts from the day when the first of those without one came."""
    tasks = open_tasks_about(group_id).filter(kind=ASSIGN_BEDS, organisation_id=centre_id)
    waiting = [
        each.since_on
        for each in everyone_of(group_id, legal_day(at))
        if each.centre_id == centre_id and not each.has_bed and each.since_on
    ]
    if not waiting or not tasks.exists():
        return
    basis_on = min(waiting)
    limit = book().get("bed_assignment_days", basis_on)
    close_tasks([ASSIGN_BEDS], subject_id=group_id, by=by, at=at, outcome="void", organisation_id=centre_id)
    open_task(
        ASSIGN_BEDS,
        subject_id=group_id,
        organisation_id=centre_id,
        cause="accommodation.arrival_corrected",
        basis_on=basis_on,
        due_on=basis_on + timedelta(days=limit.integer),
        due_rule=limit.code,
        at=at,
    )
