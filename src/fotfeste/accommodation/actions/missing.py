"""Reporting an unaccompanied minor who is missing: to the police, the child welfare service and the guardian.

Each is written down with the day, whom the centre spoke with and the case number there; UDI gets a task to see it.
"""

from collections.abc import Collection
from datetime import date, datetime

from fotfeste.access.public import NeedReason, organisations_with
from fotfeste.accommodation.actions.absent import FOLLOW_MISSING, REPORT_MISSING, follow_absences
from fotfeste.accommodation.domain.missing import ToldParty, check_all_told, check_report, still_to_tell
from fotfeste.accommodation.models import Absence, MissingReport
from fotfeste.accommodation.queries.missing import missing_among, told_of
from fotfeste.accommodation.queries.where import absences_of, stays_on
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.facts import supersede
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import lock_group, members_of, unaccompanied_among
from fotfeste.worklist.public import close_tasks, open_task


@act
def report_missing(
    group_id: int,
    person_ids: Collection[int],
    party: ToldParty,
    told_on: date,
    told_whom: str,
    case_number: str = "",
    *,
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> tuple[ToldParty, ...]:
    """The centre has told somebody of unaccompanied minors who are missing, also of one who has come of age since;
    gives who is still to be told of any.

    Said again of the same absence it puts right what stood. UDI gets a task to see it. One event,
    `accommodation.missing_reported`. Raises Refused: `nobody_selected`, `not_missing`, `told_before_missing`,
    `told_in_future`; Stale, NotFound. Source: ours, see `domain.missing`.
    """
    require(by, "accommodation.register_absence")
    today = legal_day(at)
    lock_group(group_id, version=version)
    everyone = _missing_here(group_id, by, today)
    if not person_ids:
        raise Refused("nobody_selected", "persons")
    if not set(person_ids) <= set(everyone):
        raise Refused("not_missing", "persons")
    for person in sorted(set(person_ids)):
        check_report(everyone[person].period.start, told_on, today)
        _write(person, everyone[person], party, told_on, told_whom.strip(), case_number.strip(), by=by, at=at)
    for udi in organisations_with(group_id, NeedReason.PROTECTION_CASE, today)[:1]:
        open_task(
            FOLLOW_MISSING,
            subject_id=group_id,
            organisation_id=udi,
            cause="accommodation.missing_reported",
            basis_on=told_on,
            due_on=today,
            at=at,
        )
    _tell("accommodation.missing_reported", group_id, told_on, transition=party, by=by, at=at)
    told = told_of({person: absence.period.start for person, absence in everyone.items()})
    left = tuple(each for each in ToldParty if any(each in still_to_tell(of) for of in told.values()))
    if not left:
        close_tasks([REPORT_MISSING], subject_id=group_id, by=by, at=at, organisation_id=by.organisation_id)
    follow_absences(group_id, by=by, at=at)
    return left


@act
def see_missing(group_id: int, *, by: Viewer, at: datetime, version: int | None = None) -> None:
    """UDI has seen that a minor is missing, and who was told. Raises Refused `missing_is_seen`; Stale, NotFound."""
    require(by, "accommodation.see_missing")
    lock_group(group_id, version=version)
    if not close_tasks([FOLLOW_MISSING], subject_id=group_id, by=by, at=at, organisation_id=by.organisation_id):
        raise Refused("missing_is_seen")
    _tell("accommodation.missing_seen", group_id, legal_day(at), by=by, at=at)


def require_reported(group_id: int, person_ids: Collection[int], on: date, today: date) -> None:
    """Whoever leaves as gone, and was an unaccompanied minor when they went missing or left, has been missing, and
    everybody is told of it; also where they are of age since, or left before the day from which they were missed.

    `on` is the day of the departure. Raises Refused `missing_minor_unreported`.
    """
    members = members_of(group_id, today)
    alone = sorted({each.subject_id for each in members if each.is_unaccompanied_minor} & set(person_ids))
    if not alone:
        return
    since = {
        absence.subject_id: absence.period.start
        for absence in absences_of(alone)
        if absence.period.start <= today and (absence.period.end is None or absence.period.end > on)
    }
    minors = [person for person in alone if person in unaccompanied_among(members, min(on, since.get(person, on)))]
    check_all_told(minors, told_of(since))


def _missing_here(group_id: int, by: Viewer, today: date) -> dict[int, Absence]:
    """Those who are away from the actor's centre today since they were unaccompanied minors."""
    missing = missing_among(members_of(group_id, today), today)
    stays = stays_on(list(missing), today)
    return {
        person: absence
        for person, absence in missing.items()
        if person in stays and stays[person].centre_id == by.organisation_id
    }


def _write(
    person: int,
    absence: Absence,
    party: ToldParty,
    told_on: date,
    told_whom: str,
    case_number: str,
    *,
    by: Viewer,
    at: datetime,
) -> None:
    said = {"told_on": told_on, "told_whom": told_whom, "case_number": case_number}
    of = {"subject_id": person, "missing_from": absence.period.start, "party": str(party)}
    before = MissingReport.objects.current().filter(**of).first()
    if before is not None:
        supersede(before, by=by, at=at, reason="put_right", **said)
        return
    MissingReport(recorded_at=at, recorded_by_id=by.user_id, reported_by_id=by.organisation_id, **of, **said).stored()


def _tell(what: str, group_id: int, day: date, *, by: Viewer, at: datetime, transition: str = "") -> None:
    publish(
        Happening(
            type=what,
            subject_id=group_id,
            object_kind="placement_group",
            object_id=group_id,
            transition=transition,
            holds_on=day,
        ),
        by=by,
        at=at,
    )
