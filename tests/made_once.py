"""The test database is made by one worker of a run and copied by the others: to migrate takes each 15 s of CPU."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests import standing
from tests.as_owner import drop_views
from tests.journeys.country import drop, drop_and_create, in_database


class MadeOnce:
    """The database that a run's first worker made, for the others.

    `folder` belongs to the workers together: they take turns there, and leave word that it is made.
    """

    def __init__(self, owner_url: str, name: str, folder: Path) -> None:
        """Nobody has made it yet, or another worker has. `name` is of this worker's own, the worker at its end."""
        self._owner_url, self._name, self._folder = owner_url, name, folder
        self._kept = f"{name.rpartition('_')[0]}_made"
        self._marker = folder / "database.made"

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One worker at a time."""
        with (self._folder / "database.lock").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def copied(self) -> bool:
        """Whether there is one, of which this worker now has a copy. For who is `alone`."""
        if self._marker.exists():
            drop_and_create(self._owner_url, self._name, self._kept)
        return self._marker.exists()

    def keep(self) -> None:
        """Keep a copy of this worker's for the others. For who is `alone`, with no session in it."""
        drop_and_create(self._owner_url, self._kept, self._name)
        self._marker.touch()

    def is_copied_to(self, name: str) -> bool:
        """Whether there is one, of which there now is a copy by this name, without what only tests look at."""
        with self.alone():
            if not self._marker.exists():
                return False
            drop_and_create(self._owner_url, name, self._kept)
        with psycopg.connect(in_database(self._owner_url, name), autocommit=True) as connection:
            drop_views(connection)
            standing.forget(connection)
        return True

    def forget(self) -> None:
        """Drop what is kept; whoever comes after this makes it anew."""
        with self.alone(), psycopg.connect(in_database(self._owner_url, "postgres"), autocommit=True) as connection:
            self._marker.unlink(missing_ok=True)
            drop(connection, self._kept)
