"""The municipality has seen to the home of a household that lives there privately (ALT-11)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from fotfeste.access.public import Need, NeedReason
from fotfeste.alternative.actions.here import lock_housed, tell
from fotfeste.alternative.domain.local import (
    CheckOccasion,
    CheckResult,
    CheckWay,
    SharedRoom,
    check_check,
    due_after_days,
)
from fotfeste.alternative.domain.types import HostRelation
from fotfeste.alternative.models import HousingCheck
from fotfeste.alternative.rules import book
from fotfeste.alternative.task_kinds_local import CHECK_HOUSING
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act
from fotfeste.platform.viewer import Viewer
from fotfeste.worklist.public import close_tasks, open_task

# A home is seen to when they ask to live there, and as long as they do.
_MAY_CHECK = frozenset({NeedReason.APPLIED_HERE, NeedReason.HOUSED_HERE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What was found of a home. The rent is in øre a month."""

    occasion: CheckOccasion
    checked_on: date
    way: CheckWay
    street: str
    postal_code: str
    host_name: str
    host_contact: str
    relation: HostRelation
    has_own_entrance: bool
    shared_rooms: Collection[SharedRoom]
    others_living_there: int
    rent_ore: int
    result: CheckResult
    must_be_done: str
    follow_up_on: date | None
    is_told_of_choice: bool


@act
def check_housing(group_id: int, home: Home, *, by: Viewer, at: datetime, version: int | None = None) -> HousingCheck:
    """Keep what was found, by whom and when; the next look at it is a task, on the day that the checker gave or by the
    dated rule.

    Raises Refused (`check_in_the_future`, `check_without_what_to_do`, `follow_up_before_check`,
    `check_without_follow_up`, `follow_up_too_late`, `not_housed_here`), Stale, NotFound, NotAllowed, NoRule.
    Source: MAMOT 4.2.5, 7.2.5, 7.2.9.
    """
    lock_housed(group_id, by=by, at=at, version=version, reasons=_MAY_CHECK)
    check_check(
        checked_on=home.checked_on,
        result=home.result,
        must_be_done=home.must_be_done,
        follow_up_on=home.follow_up_on,
        today=legal_day(at),
    )
    until = _followed_until(group_id, by.organisation_id, legal_day(at))
    if until is not None and home.follow_up_on is not None and home.follow_up_on >= until:
        raise Refused("follow_up_too_late", "follow_up_on", {"day": until})
    row = HousingCheck(
        subject_id=group_id,
        organisation_id=by.organisation_id,
        occasion=home.occasion,
        checked_on=home.checked_on,
        way=home.way,
        street=home.street.strip(),
        postal_code=home.postal_code,
        host_name=home.host_name.strip(),
        host_contact=home.host_contact.strip(),
        relation=home.relation,
        has_own_entrance=home.has_own_entrance,
        shared_rooms=sorted(str(each) for each in home.shared_rooms),
        others_living_there=home.others_living_there,
        rent_ore=home.rent_ore,
        result=home.result,
        must_be_done=home.must_be_done.strip(),
        follow_up_on=home.follow_up_on,
        is_told_of_choice=home.is_told_of_choice,
        recorded_at=at,
        recorded_by_id=by.user_id,
        reported_by_id=by.organisation_id,
    ).stored()
    tell("alternative.housing_checked", group_id, by=by, at=at, object_id=row.pk)
    close_tasks([CHECK_HOUSING], subject_id=group_id, by=by, at=at, organisation_id=by.organisation_id)
    if until is None or home.follow_up_on is not None:
        _look_again(row, by=by, at=at)
    return row


def _followed_until(group_id: int, municipality_id: int, today: date) -> date | None:
    """The first day on which the municipality follows them up no more; None where no such day is known."""
    needs = Need.objects.filter(
        subject_id=group_id,
        organisation_id=municipality_id,
        reason__in=sorted(_MAY_CHECK),
        period__contains=today,
    )
    ends = [need.period.end for need in needs]
    return None if None in ends else max(ends, default=None)


def _look_again(row: HousingCheck, *, by: Viewer, at: datetime) -> None:
    """The home is seen to again: on the day that was given, else by the rule, which is of those who are followed up."""
    due = due_after_days("alternative.housing_follow_up_days", row.checked_on, book())
    open_task(
        CHECK_HOUSING,
        subject_id=row.subject_id,
        organisation_id=by.organisation_id,
        cause="alternative.housing_checked",
        basis_on=row.checked_on,
        due_on=row.follow_up_on or due.on,
        due_rule="" if row.follow_up_on else due.rule.code,
        object_id=row.pk,
        at=at,
    )
