"""Protected addresses (adressesperre, REG-08): protect a household, end it, and name who follows it up.

What follows in the database is in registry/migrations/0003_protected.py: the facts of everyone who belongs to the
household, the marks on its needs, and the tasks to name somebody. Whoever names may not see the household, and so
these acts ask the functions there.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from fotfeste.access.public import (
    PROTECT,
    Named,
    ProtectionLevel,
    UnnamingReason,
    may_name,
    may_unname,
    parameters,
)
from fotfeste.directory.public import OrganisationKind
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.decisions import Decision
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.kernel.periods import Period
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, Told, publish
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.actions.lock import lock_group, require_part
from fotfeste.registry.queries.protection import (
    candidate_of,
    named_for,
    named_now,
    namer_of,
    protected_to_name,
    protection_of,
)

END_PROTECTION = "registry.end_protection"
_MOST = "strictly_protected_most_named"
_FIELDS = dict.fromkeys(("named_by_oneself", "named_already", "named_without_role", "last_named"), "person")


@act
def protect_household(
    group_id: int,
    level: ProtectionLevel,
    from_on: date,
    *,
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> None:
    """Protect the address of a household from a day, or change the level of one that is protected.

    Whoever does it is the first who is named; from now on nobody else sees the household, in any organisation, and each
    that has a need to know is asked to name somebody. Only UDI makes a strict protection less strict.
    Raises Refused, Stale, NotAllowed. Source: REG-08.
    """
    require(by, PROTECT)
    group = lock_group(group_id, version=version)
    require_part([group_id], by=by, at=at)
    if group.emptied_on is not None:
        raise Refused("group_is_empty")
    if from_on > legal_day(at):
        raise Refused("day_in_future", "from_on", {"day": from_on})
    if from_on < group.created_on:
        raise Refused("protected_before_registered", "from_on", {"day": group.created_on})
    present = protection_of(group_id)
    if present is not None:
        if present.level == level:
            raise Refused("protected_already", "level")
        if from_on < present.period.start:
            raise Refused("protected_later", "from_on", {"day": present.period.start})
        if level is ProtectionLevel.CONFIDENTIAL:
            require(by, END_PROTECTION)
    _ask("SELECT protect_household(%s, %s, %s, %s)", [group_id, level, from_on, at])
    _tell_of_household("registry.protected", group_id, from_on, by=by, at=at, transition=level)
    follow_protected([group_id], at)


@act
def end_protection(group_id: int, *, by: Viewer, at: datetime, version: int | None = None) -> None:
    """The address of a household is protected no more, from today; those who need to know of it see it again.

    For one who is named, in UDI. Who has left the household stays protected. Raises Refused, Stale, NotAllowed.
    """
    require(by, END_PROTECTION)
    lock_group(group_id, version=version)
    require_part([group_id], by=by, at=at)
    if protection_of(group_id) is None:
        raise Refused("not_protected")
    _ask("SELECT end_protection(%s, %s, %s)", [group_id, legal_day(at), at])
    _tell_of_household("registry.protection_ended", group_id, legal_day(at), by=by, at=at)
    follow_protected([group_id], at)


@act
def name_follower(reference: str, employment: str, *, by: Viewer, at: datetime) -> None:
    """Name somebody to follow a protected household up in their organisation; they see it from now on.

    `reference` is the household's, `employment` that of who is named. Raises Refused with the reasons of `may_name`;
    NotFound where there is nothing for `by` to name.
    """
    of, today = protected_to_name(reference), legal_day(at)
    _one_at_a_time(of.household_id)
    who = candidate_of(employment, today)
    named = named_for(of.household_id)
    _refuse(
        may_name(
            who,
            level=of.level,
            by=namer_of(by, named),
            with_need=[each.organisation_id for each in named if each.has_need],
            named_now=named_now(named),
            most=parameters().get(_MOST, today).integer,
        )
    )
    _ask("SELECT name_follower(%s, %s, %s)", [of.household_id, who.user_id, at])
    _tell_of_user("registry.follower_named", who.user_id, today, by=by, at=at)
    follow_protected([of.household_id], at)


@act
def unname_follower(reference: str, user_id: int, *, reason: UnnamingReason, by: Viewer, at: datetime) -> None:
    """Somebody follows a protected household up no more, from today, for a reason that stands with the naming.

    Raises Refused with the reasons of `may_unname`: the last one of an organisation that has a need to know stays until
    another is named. NotFound where they are not named, or it is not for `by`.
    """
    of, today = protected_to_name(reference), legal_day(at)
    _one_at_a_time(of.household_id)
    named = named_for(of.household_id)
    place = next((each for each in named if any(user.pk == user_id for user, _ in each.people)), None)
    if place is None:
        raise NotFound("not_found")
    _refuse(
        may_unname(
            Named(user_id, place.organisation_id, Period(today)),
            OrganisationKind(place.organisation_kind),
            level=of.level,
            by=namer_of(by, named),
            with_need=[each.organisation_id for each in named if each.has_need],
            others=[each for each in named_now(named) if each.user_id != user_id],
        )
    )
    _ask("SELECT unname_follower(%s, %s, %s, %s)", [of.household_id, user_id, at, reason])
    _tell_of_user("registry.follower_ended", user_id, today, by=by, at=at, transition=reason)
    follow_protected([of.household_id], at)


def follow_protected(subject_ids: Sequence[int], at: datetime) -> None:
    """Bring the tasks to name somebody in line with what is true of these households now; does nothing of others.

    Told of every need that is opened or ended (`needs_heard_by`).
    """
    _ask("SELECT keep_naming_tasks(%s, NULL, %s)", [list(subject_ids), at])


def follow_membership_of_protected(told: Told) -> None:
    """A household that somebody has joined may be protected from now on, with whoever knows of it."""
    if told.event.subject_id is not None:
        follow_protected([told.event.subject_id], told.at)


def follow_work_of_named(told: Told) -> None:
    """Somebody who may be named works there no more, or in another role: their namings end with the work, and another
    must be named, or need not be.
    """
    _ask("SELECT keep_naming_tasks('{}', %s, %s)", [told.event.object_id, told.at])


def follow_all_protected(at: datetime) -> None:
    """The night's work: tasks to name somebody that open or close because a day has come, without anybody's act.

    For nobody's organisation; `at` gives the day. Source: REG-08.
    """
    nobody = Viewer(user_id=None, organisation_id=0, organisation_kind=OrganisationKind.UDI)
    with transaction.atomic(), scope(nobody, legal_day(at)):
        _ask("SELECT keep_all_naming_tasks(%s)", [at])


def _ask(sql: str, values: Sequence[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def _one_at_a_time(household_id: int) -> None:
    """Whoever names may not see the household's own row, and so cannot lock that."""
    _ask("SELECT pg_advisory_xact_lock(hashtextextended('naming', %s))", [household_id])


def _refuse(decision: Decision) -> None:
    if not decision.is_yes:
        reason = decision.reasons[0]
        raise Refused(reason.code, _FIELDS.get(reason.code), dict(reason.fields))


def _tell_of_household(what: str, group_id: int, on: date, *, by: Viewer, at: datetime, transition: str = "") -> None:
    happening = Happening(
        type=what,
        subject_id=group_id,
        object_kind="placement_group",
        object_id=group_id,
        transition=transition,
        holds_on=on,
    )
    publish(happening, by=by, at=at)


def _tell_of_user(what: str, user_id: int, on: date, *, by: Viewer, at: datetime, transition: str = "") -> None:
    """Without the household: whoever names others may not see it, and its facts say who was named when."""
    happening = Happening(
        type=what, subject_id=None, object_kind="user", object_id=user_id, transition=transition, holds_on=on
    )
    publish(happening, by=by, at=at)
