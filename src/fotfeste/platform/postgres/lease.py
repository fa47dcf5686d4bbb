"""The way in for others: `ensure` a server, hold it while it is used, and tell Django where it is."""

import atexit
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from fotfeste.platform.postgres import given
from fotfeste.platform.postgres.embedded import EmbeddedCluster
from fotfeste.platform.postgres.roles import connect
from fotfeste.platform.postgres.state import Purpose, first_free_number, state_folder
from fotfeste.platform.postgres.urls import EMPTY_SUFFIX, DatabaseUrl

OWNER_VARIABLE = "FOTFESTE_OWNER_URL"
APP_VARIABLE = "FOTFESTE_APP_URL"
TEMPLATE_VARIABLE = "FOTFESTE_TEST_TEMPLATE"
TEST_NAME_VARIABLE = "FOTFESTE_TEST_NAME"


class Cluster(Protocol):
    """A PostgreSQL server that can be opened and let go of."""

    @property
    def kind(self) -> Literal["embedded", "given"]: ...

    @property
    def bin_dir(self) -> Path | None: ...

    def open(self) -> tuple[DatabaseUrl, DatabaseUrl]: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Urls:
    """Where the database is: the owner's and the app's address, and what server answers there."""

    owner: str
    app: str
    kind: Literal["embedded", "given"]
    server_version: int
    """As PostgreSQL numbers it: 180004 is 18.4."""
    bin_dir: Path | None
    """The folder of the server's own programs, when it is embedded."""


class Lease:
    """A server in use. Close it (or use `with`) to let go; the embedded server stops with its last lease."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        owner, app = cluster.open()
        try:
            with connect(owner) as connection:
                version = connection.info.server_version
        except BaseException:
            cluster.close()
            raise
        self.urls = Urls(owner.render(), app.render(), cluster.kind, version, cluster.bin_dir)

    def close(self) -> None:
        """Let go of the server. Closing twice does nothing."""
        self._cluster.close()

    def __enter__(self) -> Urls:
        return self.urls

    def __exit__(self, *exception: object) -> None:
        self.close()


def ensure(purpose: Purpose) -> Lease:
    """Have a server with both roles and the database, and hold it.

    `with ensure("demo") as urls:`. May be called by several commands, or several times, at once: they share the
    server. Raises DatabaseSetupError with a sentence for the user when there can be none.
    """
    return Lease(given.from_environment(purpose) or EmbeddedCluster(purpose))


def export(urls: Urls) -> None:
    """Tell the settings, here and in child processes, where the database is."""
    os.environ[OWNER_VARIABLE] = urls.owner
    os.environ[APP_VARIABLE] = urls.app


def export_for_tests(urls: Urls) -> None:
    """Tell them besides how test databases are made, and what they are called in this run.

    Django names no locale when it makes one; copies of the empty database have the right locale on every server. Each
    run that is under way has names of its own, so that two at once do not drop each other's databases.
    """
    export(urls)
    name = DatabaseUrl.parse(urls.owner).name
    run = first_free_number(state_folder("test"))
    os.environ[TEMPLATE_VARIABLE] = name + EMPTY_SUFFIX
    os.environ[TEST_NAME_VARIABLE] = f"test_{name}" + (f"_{run}" if run else "")


def provide_for_tests() -> None:
    """For pytest, before Django is set up: have the test server unless a parent process has it already."""
    if OWNER_VARIABLE in os.environ and APP_VARIABLE in os.environ:
        return
    lease = ensure("test")
    atexit.register(lease.close)
    export_for_tests(lease.urls)
