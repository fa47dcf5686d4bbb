"""Leave, absence without leave, return, an agreed return that is moved, and leave that is taken back (ACC-05).

They do not touch the stay: whether a place is lost is shown.
"""

from collections.abc import Collection
from datetime import date, datetime

from fotfeste.accommodation.actions.absent import follow_absences, nothing_to_see
from fotfeste.accommodation.actions.stays import members_on, stays_reaching
from fotfeste.accommodation.domain.absence import check_absence_days, check_moved_return, check_return_day
from fotfeste.accommodation.domain.types import AbsenceKind, LeaveWithdrawal, ReturnMoved
from fotfeste.accommodation.models import Absence
from fotfeste.accommodation.queries.returns import MOVED_RETURN
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.periods import Period
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.facts import annul, supersede
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import lock_group


@act
def grant_leave(
    group_id: int,
    person_ids: Collection[int],
    from_on: date,
    return_on: date,
    *,
    is_abroad: bool,
    note: str = "",
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> list[Absence]:
    """Grant leave (permisjon) with an agreed day of return; it may lie ahead. It lasts until the return is registered.

    Raises Refused: `nobody_selected`, `not_staying_here`, `absence_before_arrival`, `leave_needs_return`,
    `return_before_absence`, `one_absence_at_a_time`, `leave_lies_ahead`; Stale, NotFound.
    """
    return _be_absent(
        AbsenceKind.LEAVE, "leave_granted", group_id, person_ids, from_on, return_on, is_abroad, note, by, at, version
    )


@act
def register_absence(
    group_id: int,
    person_ids: Collection[int],
    from_on: date,
    *,
    is_abroad: bool,
    note: str = "",
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> list[Absence]:
    """Register that people are away without leave, since a day that is not ahead. Leave that lies ahead stands: the
    absence lasts until it begins at the latest. Raises as `grant_leave`, and `absence_in_future`."""
    return _be_absent(
        AbsenceKind.AWAY, "absence_registered", group_id, person_ids, from_on, None, is_abroad, note, by, at, version
    )


def _be_absent(
    kind: AbsenceKind,
    what: str,
    group_id: int,
    person_ids: Collection[int],
    from_on: date,
    return_on: date | None,
    is_abroad: bool,
    note: str,
    by: Viewer,
    at: datetime,
    version: int | None,
) -> list[Absence]:
    require(by, "accommodation.register_absence")
    today = legal_day(at)
    lock_group(group_id, version=version)
    persons = _staying_here(group_id, person_ids, by, today)
    for period in persons.values():
        check_absence_days(period, kind, from_on, return_on, today)
    ahead = _check_free_to_go(kind, persons, from_on, today)
    made = Absence.objects.bulk_create(
        Absence(
            subject_id=person,
            kind=kind,
            period=Period(from_on, ahead.get(person)),
            is_abroad=is_abroad,
            expected_return_on=return_on,
            note=note,
            recorded_at=at,
            recorded_by_id=by.user_id,
            reported_by_id=by.organisation_id,
        )
        for person in persons
    )
    _tell(what, group_id, from_on, by=by, at=at)
    return made


@act
def register_return(
    group_id: int,
    person_ids: Collection[int],
    on: date,
    *,
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> None:
    """Register that people are back: `on` is the first day that is not a day of absence. On the first day of the
    absence itself nobody has been away, and it is annulled.

    Raises Refused: `nobody_selected`, `not_staying_here`, `not_absent`, `leave_not_begun` (it is taken back instead),
    `return_in_future`, `return_before_absence`.
    """
    require(by, "accommodation.register_absence")
    today = legal_day(at)
    lock_group(group_id, version=version)
    persons = _staying_here(group_id, person_ids, by, today)
    reaching = _absences(persons, Period(today, None))
    absences = [row for row in reaching if row.period.contains(today)]
    if missing := set(persons) - {row.subject_id for row in absences}:
        begins = [row.period.start for row in reaching if row.subject_id in missing]
        if begins:
            raise Refused("leave_not_begun", "persons", {"day": min(begins)})
        raise Refused("not_absent", "persons")
    for row in absences:
        check_return_day(row.period, on, today)
        if row.period.start == on:
            annul(row, by=by, at=at, reason="not_away")
        else:
            supersede(row, by=by, at=at, reason="returned", period=row.period.with_end(on))
    _tell("returned", group_id, on, by=by, at=at)
    nothing_to_see(group_id, by=by, at=at)


@act
def move_return(
    group_id: int,
    person_ids: Collection[int],
    return_on: date,
    reason: ReturnMoved,
    *,
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> None:
    """Agree on another day of return from leave, begun or ahead, with the reason: what was agreed before is kept as
    what stood until now, and whoever is away is asked after on the new day.

    Raises Refused: `nobody_selected`, `not_staying_here`, `no_agreed_return`, `return_as_agreed`,
    `return_before_absence`, `agreed_return_is_past`; Stale, NotFound.
    """
    require(by, "accommodation.register_absence")
    today = legal_day(at)
    lock_group(group_id, version=version)
    persons = _staying_here(group_id, person_ids, by, today)
    agreed = {row.subject_id: row for row in _absences(persons, Period(today, None)) if row.expected_return_on}
    if set(agreed) != set(persons):
        raise Refused("no_agreed_return", "persons")
    for row in agreed.values():
        check_moved_return(row.period, row.expected_return_on or return_on, return_on, reason, today)
        supersede(row, by=by, at=at, reason=f"{MOVED_RETURN}{reason}", expected_return_on=return_on)
    _tell("return_moved", group_id, return_on, by=by, at=at)


@act
def withdraw_leave(
    group_id: int,
    person_ids: Collection[int],
    reason: LeaveWithdrawal,
    *,
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> None:
    """Take back granted leave that has not begun (trekke tilbake permisjon): it is annulled, with the reason.

    An absence that was to last until the leave began lasts until the return is registered.
    Raises Refused: `nobody_selected`, `not_staying_here`, `no_leave_ahead`; Stale, NotFound.
    """
    require(by, "accommodation.register_absence")
    today = legal_day(at)
    lock_group(group_id, version=version)
    persons = _staying_here(group_id, person_ids, by, today)
    reaching = _absences(persons, Period(today, None))
    leaves = {row.subject_id: row for row in reaching if row.period.start > today}
    if set(leaves) != set(persons):
        raise Refused("no_leave_ahead", "persons")
    for row in leaves.values():
        annul(row, by=by, at=at, reason=f"leave_{reason}")
    for row in reaching:
        if row.period.contains(today) and row.period.end == leaves[row.subject_id].period.start:
            supersede(row, by=by, at=at, reason="leave_withdrawn", period=row.period.with_end(None))
    _tell("leave_withdrawn", group_id, today, by=by, at=at)


def _check_free_to_go(kind: AbsenceKind, persons: Collection[int], from_on: date, today: date) -> dict[int, date]:
    """The first day of the leave that each person has ahead. Refused where somebody is away, or was after the day, and
    where leave would come on top of leave."""
    ahead: dict[int, date] = {}
    for row in _absences(persons, Period(from_on, None)):
        if row.period.start <= today:
            raise Refused("one_absence_at_a_time", "persons")
        ahead[row.subject_id] = row.period.start
    if ahead and kind is AbsenceKind.LEAVE:
        raise Refused("leave_lies_ahead", "persons", {"day": min(ahead.values())})
    return ahead


def _staying_here(group_id: int, person_ids: Collection[int], by: Viewer, today: date) -> dict[int, Period]:
    if not person_ids:
        raise Refused("nobody_selected", "persons")
    members = set(members_on(group_id, today))
    chosen = sorted(set(person_ids))
    here = {
        stay.subject_id: stay.period
        for stay in stays_reaching(chosen, today)
        if stay.centre_id == by.organisation_id and stay.period.is_open and stay.subject_id in members
    }
    if len(here) != len(chosen):
        raise Refused("not_staying_here", "persons")
    return here


def _absences(persons: Collection[int], reach: Period) -> list[Absence]:
    return list(Absence.objects.current().filter(subject_id__in=list(persons), period__overlap=reach))


def _tell(what: str, group_id: int, day: date, *, by: Viewer, at: datetime) -> None:
    """Whoever is to be asked after is, and whoever listens is told."""
    follow_absences(group_id, by=by, at=at)
    publish(
        Happening(
            type=f"accommodation.{what}",
            subject_id=group_id,
            object_kind="centre",
            object_id=by.organisation_id,
            holds_on=day,
            other_organisation_id=by.organisation_id,
        ),
        by=by,
        at=at,
    )
