"""Users of one's own organisation and their roles (ACS-02): added, given, ended. Dated; what was before stays.

Acts within one organisation wait for one another at its row, so that two administrators cannot end each other.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import make_password

from fotfeste.access.domain.permissions import ADMINISTRATORS, GIVE_ROLES
from fotfeste.access.domain.staffing import (
    Colleague,
    Held,
    may_end_employment,
    may_end_role,
    may_give,
    role_period,
)
from fotfeste.access.domain.types import Role
from fotfeste.access.models import Employment, RoleAssignment
from fotfeste.access.staff import colleagues_of, employment_by_reference, facts_of, role_by_reference
from fotfeste.directory.public import Organisation, User
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.decisions import Decision
from fotfeste.kernel.errors import NotAllowed, Refused
from fotfeste.kernel.periods import Period
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.facts import cut_short, refuse_stale
from fotfeste.platform.viewer import Viewer

# Which field of a form a refusal belongs to; the others are about the whole form.
_FIELDS = {
    "role_not_of_this_organisation": "role",
    "case_role_for_oneself": "role",
    "role_is_held": "role",
    "role_begins_in_the_past": "from_on",
    "not_employed_then": "from_on",
    "role_ends_already": "on",
    "role_begins_later": "on",
    "employment_ends_already": "on",
    "employment_begins_later": "on",
    "ends_in_the_past": "on",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUser:
    """Somebody who is to be a user: the name, and the user name (often an e-mail) by which they log in."""

    name: str
    username: str


@act
def add_user(new: NewUser, from_on: date, *, by: Viewer, at: datetime) -> Employment:
    """Somebody works in one's own organisation from a day, which may be past; without any role yet.

    One who has worked here before is the same user, with a new employment. Raises Refused `username_taken` (at
    another organisation), `works_here_already`; NotAllowed.
    """
    _lock_own(by, at)
    user = User.objects.filter(username__iexact=new.username).select_for_update().first()
    if user is None:
        user = User.objects.create(
            username=new.username, name=new.name, organisation_id=by.organisation_id, password=make_password(None)
        )
    elif user.organisation_id != by.organisation_id:
        raise Refused("username_taken", "login_name", {"username": new.username})
    elif Employment.objects.current().filter(user=user, period__overlap=Period(from_on)).exists():
        raise Refused("works_here_already", "login_name", {"username": new.username})
    employment = Employment.objects.create(user=user, period=Period(from_on), **_told_by(by, at))
    _tell("access.user_added", user.pk, from_on, by=by, at=at)
    return employment


@act
def give_role(
    reference: str, role: Role, from_on: date, *, by: Viewer, at: datetime, version: int | None = None
) -> RoleAssignment:
    """Give a user of one's own organisation a role from a day, as long as the employment lasts.

    Raises Refused with the reasons of `may_give`; NotFound where there is no such user here; NotAllowed; Stale where
    somebody else has changed their roles since `version`.
    """
    staff = _lock_own(by, at)
    employment = employment_by_reference(by, reference)
    refuse_stale(version, *facts_of(employment.user_id))
    to, giver = staff[employment.user_id], staff[by.user_id or 0]
    _refuse(may_give(role, from_on, to=to, by=giver, today=legal_day(at)))
    given = RoleAssignment.objects.create(
        user_id=employment.user_id,
        role=role,
        period=role_period(from_on, to),
        given_at=at,
        given_by_id=by.user_id,
        **_told_by(by, at),
    )
    _tell("access.role_given", employment.user_id, from_on, by=by, at=at)
    return given


@act
def end_role(reference: str, on: date, *, by: Viewer, at: datetime, version: int | None = None) -> None:
    """A user's role ends: `on` is the first day without. One that had not begun by then is taken back.

    Raises Refused with the reasons of `may_end_role`; NotFound also where it has been taken back meanwhile;
    NotAllowed; Stale.
    """
    staff = _lock_own(by, at)
    row = role_by_reference(by, reference)
    refuse_stale(version, *facts_of(row.user_id))
    others = [each for each in staff.values() if each.user_id != row.user_id]
    _refuse(may_end_role(Held(Role(row.role), row.period), on, others=others, today=legal_day(at)))
    cut_short(row, on, by=by, at=at, reason="ended")
    _tell("access.role_ended", row.user_id, on, by=by, at=at)


@act
def end_employment(reference: str, on: date, *, by: Viewer, at: datetime, version: int | None = None) -> None:
    """A user works here no more: `on` is the first day without. Login and all roles end with it.

    Raises Refused with the reasons of `may_end_employment`; NotFound; NotAllowed; Stale.
    """
    staff = _lock_own(by, at)
    employment = employment_by_reference(by, reference)
    refuse_stale(version, *facts_of(employment.user_id))
    others = [each for each in staff.values() if each.user_id != employment.user_id]
    of = staff[employment.user_id]
    _refuse(may_end_employment(employment.period, on, of=of, others=others, today=legal_day(at)))
    days_lost = Period(on, employment.period.end)
    roles = RoleAssignment.objects.current().filter(user_id=employment.user_id, period__overlap=days_lost)
    for role in roles.order_by("pk"):
        cut_short(role, on, by=by, at=at, reason="ended")
    cut_short(employment, on, by=by, at=at, reason="ended")
    _tell("access.employment_ended", employment.user_id, on, by=by, at=at)


def _lock_own(by: Viewer, at: datetime) -> dict[int, Colleague]:
    """Lock one's own organisation; gives those who work there, by key. NotAllowed also for one who gives roles no more.

    That is asked again here: a colleague may have ended it since the page was asked for.
    """
    require(by, GIVE_ROLES)
    Organisation.objects.select_for_update(no_key=True).get(pk=by.organisation_id)
    staff = {each.user_id: each for each in colleagues_of(by.organisation_id)}
    me, today = staff.get(by.user_id or 0), legal_day(at)
    held = me.held if me is not None and me.employment_on(today) else ()
    if not any(each.role in ADMINISTRATORS and each.period.contains(today) for each in held):
        raise NotAllowed("not_allowed", params={"permission": GIVE_ROLES})
    return staff


def _refuse(decision: Decision) -> None:
    if not decision.is_yes:
        reason = decision.reasons[0]
        raise Refused(reason.code, _FIELDS.get(reason.code), reason.fields)


def _told_by(by: Viewer, at: datetime) -> dict[str, object]:
    return {"recorded_at": at, "recorded_by_id": by.user_id, "reported_by_id": by.organisation_id}


def _tell(what: str, user_id: int, on: date, *, by: Viewer, at: datetime) -> None:
    publish(Happening(type=what, subject_id=None, object_kind="user", object_id=user_id, holds_on=on), by=by, at=at)
