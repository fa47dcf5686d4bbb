"""The country of the journeys: loaded once for all workers of a run, and copied for whoever walks in one."""

import fcntl
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests.journeys.country import Country, drop, drop_and_create, in_database, let_in, run_in
from tests.made_once import MadeOnce


class Loaded:
    """A synthetic country that is loaded once for all workers of a run, and copied for whoever needs one.

    `folder` belongs to the workers together: they take turns there, and leave word that it is loaded. `migrated`: the
    test database that another worker has made, which has the tables already; without it they are made anew.
    """

    def __init__(self, owner_url: str, app_url: str, folder: Path, migrated: MadeOnce | None) -> None:
        """Nothing is loaded yet, or another worker has done it."""
        self._owner_url, self._app_url, self._folder, self._migrated = owner_url, app_url, folder, migrated
        self._base = f"{urlsplit(owner_url).path.lstrip('/')}_journeys"
        self._marker = folder / "journeys.loaded"
        self._references = folder / "journeys.references"

    @contextmanager
    def copied(self, name: str, schemes: str = "") -> Iterator[Country]:
        """A database of one's own with the country in it; dropped afterwards. `schemes`: its file of own rules."""
        with self._alone():
            self._load()
            made = self._copy(name, "template", schemes)
        try:
            yield made
        finally:
            self._drop(name)

    @contextmanager
    def staged(self, name: str, schemes: str) -> Iterator[tuple[Country, Mapping[str, str]]]:
        """The same with households at every step of the way, and the references of their pages."""
        with self._alone():
            self._load()
            if not self._references.exists():
                said = run_in(self._copy("staged", "template", schemes), "tests.journeys.preparation", "stages")
                self._references.write_text(said, encoding="utf-8")
            made = self._copy(name, "staged", schemes)
        try:
            yield made, json.loads(self._references.read_text(encoding="utf-8"))
        finally:
            self._drop(name)

    def forget(self) -> None:
        """Drop what was loaded; whoever needs it after this loads it anew."""
        with self._alone():
            for marker, name in ((self._marker, "template"), (self._references, "staged")):
                marker.unlink(missing_ok=True)
                self._drop(name)

    def _load(self) -> None:
        """The country that is copied, made by the first who needs it."""
        if self._marker.exists():
            return
        empty = self._country("template")
        name = urlsplit(empty.owner).path.lstrip("/")
        if self._migrated is None or not self._migrated.is_copied_to(name):
            drop_and_create(self._owner_url, name)
        run_in(empty, "tests.journeys.preparation")
        self._marker.touch()

    def _copy(self, name: str, of: str, schemes: str) -> Country:
        made = replace(self._country(name), schemes=schemes)
        drop_and_create(self._owner_url, f"{self._base}_{name}", f"{self._base}_{of}")
        let_in(made)
        return made

    def _country(self, name: str) -> Country:
        names = f"{self._base}_{name}"
        return Country(in_database(self._owner_url, names), in_database(self._app_url, names))

    def _drop(self, name: str) -> None:
        with psycopg.connect(in_database(self._owner_url, "postgres"), autocommit=True) as connection:
            drop(connection, f"{self._base}_{name}")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One worker at a time."""
        with (self._folder / "journeys.lock").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
