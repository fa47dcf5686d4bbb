"""Households change: what is asked for their places and beds, and which centre knows of them, follows."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from fotfeste.access.public import NeedReason, organisations_with
from fotfeste.accommodation.actions.absent import follow_absences
from fotfeste.accommodation.actions.placing import ASSIGN_BEDS, PLACE_GROUP
from fotfeste.accommodation.actions.stays import forget_who_lives_elsewhere
from fotfeste.accommodation.domain.book import book
from fotfeste.accommodation.queries.everyone import everyone_of
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.events import Told
from fotfeste.platform.viewer import Viewer
from fotfeste.worklist.public import close_tasks, open_task, open_tasks_about


def follow_household(told: Told) -> None:
    """Ask UDI to place whoever joined and lives nowhere, centres for the beds that are lacking; end what is nobody's.

    Listens to `registry.member_added`, `registry.member_removed` and `registry.group_formed`.
    """
    group_id = told.event.subject_id
    if group_id is None:
        return
    ask_for_places(group_id, by=told.by, at=told.at)
    forget_who_lives_elsewhere(group_id, at=told.at)


def ask_for_places(group_id: int, *, by: Viewer, at: datetime) -> None:
    """Bring the household's tasks of accommodation in line with where its people stay and sleep today.

    UDI is asked to place those who never stayed anywhere, unless the others have left or live privately, and those
    whose private stay ended although they are here still; each centre to give beds to those who stay there without
    one, whichever centre has acted.
    """
    today = legal_day(at)
    everyone = everyone_of(group_id, today)
    staying = [each for each in everyone if each.centre_id is not None]
    is_placing_due = any(each.is_without_place for each in everyone) or (
        not all(each.has_stayed for each in everyone)
        and (bool(staying) or not any(each.has_stayed for each in everyone))
    )
    udi = organisations_with(group_id, NeedReason.PROTECTION_CASE, today)[:1]
    _have(PLACE_GROUP, udi if is_placing_due else [], group_id, due_on=today, rule="placed_on_the_day", by=by, at=at)
    limit = book().get("bed_assignment_days", today)
    due_on = today + timedelta(days=limit.integer)
    centres = sorted({each.centre_id for each in staying if each.centre_id and not each.has_bed})
    _have(ASSIGN_BEDS, centres, group_id, due_on=due_on, rule=limit.code, by=by, at=at)
    follow_absences(group_id, by=by, at=at)


def _have(
    kind: str, wanted: Sequence[int], group_id: int, *, due_on: date, rule: str, by: Viewer, at: datetime
) -> None:
    """One open task of the kind for each organisation that is to have one, and for no other."""
    there = set(open_tasks_about(group_id).filter(kind=kind).values_list("organisation_id", flat=True))
    for organisation_id in sorted(there - set(wanted)):
        close_tasks([kind], subject_id=group_id, by=by, at=at, outcome="void", organisation_id=organisation_id)
    for organisation_id in (each for each in wanted if each not in there):
        open_task(
            kind,
            subject_id=group_id,
            organisation_id=organisation_id,
            cause="accommodation.household_changed",
            basis_on=legal_day(at),
            due_on=due_on,
            due_rule=rule,
            at=at,
        )
