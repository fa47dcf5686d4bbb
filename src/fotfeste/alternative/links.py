"""Links without a login: as whom their pages act, and which application they open.

The public door has no user and sees nobody. What lets it at one application is the link of the session: a setting of
the database session like the scope, the digest of the secret in the address; the policies of applications read it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from django.db import DatabaseError, connection

from fotfeste.directory.public import Organisation, OrganisationKind
from fotfeste.platform.scope import scope
from fotfeste.platform.secret_links import digest_of
from fotfeste.platform.viewer import Viewer

_SET = "SELECT set_config('fotfeste.link', %s, false)"
_current: ContextVar[str] = ContextVar("fotfeste_link", default="")


def door() -> Viewer:
    """Whoever comes in without a login: in UDI's name, nobody's user, with nobody's compartments."""
    udi = Organisation.objects.get(kind=OrganisationKind.UDI)
    return Viewer(None, udi.pk, OrganisationKind.UDI, permissions=frozenset({"alternative.apply_for"}))


@contextmanager
def by_link(secret: str, day: date) -> Iterator[Viewer]:
    """Run the block as the public door, with the application that the secret opens, if any."""
    viewer = door()
    with scope(viewer, day), opened_by(secret):
        yield viewer


@contextmanager
def opened_by(secret: str) -> Iterator[None]:
    """Run the block with the application that the secret opens beside what the scope lets see."""
    outer, wanted = _current.get(), digest_of(secret)
    if outer == wanted:
        yield
        return
    _apply(wanted)
    try:
        yield
    finally:
        try:
            _apply(outer)
        except DatabaseError:
            # A failed transaction takes no statement; its rollback puts the setting of its start back.
            if not connection.in_atomic_block:
                connection.close()
            _current.set(outer)


def _apply(digest: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SET, [digest])
    _current.set(digest)
