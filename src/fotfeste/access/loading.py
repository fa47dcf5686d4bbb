"""Bulk loading of subjects and needs to know (the synthetic country, imports), and the first users of an installation.

Rows are named tuples of columns.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS

from fotfeste.access.domain.types import Role
from fotfeste.access.models import Employment, Need, RoleAssignment, Subject
from fotfeste.directory.public import User
from fotfeste.kernel.periods import Period
from fotfeste.platform.bulk import Loader

TABLES = (Subject, Need)


def first_subject_key(loader: Loader) -> int:
    """The first key that no subject has."""
    return loader.next_key(Subject)


def load_subjects(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """Subjects with their keys and references. First the subject, then the need, then the row about it."""
    return loader.copy(Subject, rows)


def load_needs(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """Needs to know, open and ended."""
    return loader.copy(Need, rows)


def load_staff(
    staff: Iterable[tuple[User, Role]], *, from_on: date, at: datetime, using: str = DEFAULT_DB_ALIAS
) -> None:
    """Users are employed from a day, each with a role: those who are there before an administrator can give any."""
    given = list(staff)
    users = {user.pk: user for user, _ in given}
    told = {user.pk: {"recorded_at": at, "reported_by_id": user.organisation_id} for user, _ in given}
    period = Period(from_on)
    Employment.objects.using(using).bulk_create(
        Employment(user=user, period=period, **told[user.pk]) for user in users.values()
    )
    RoleAssignment.objects.using(using).bulk_create(
        RoleAssignment(user=user, role=role, period=period, given_at=at, **told[user.pk]) for user, role in given
    )
