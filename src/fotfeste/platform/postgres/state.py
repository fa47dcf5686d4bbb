"""Where a server's files and passwords live, and the locks that let several commands share them."""

import fcntl
import hashlib
import json
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import IO, Literal

from fotfeste.platform.postgres.errors import DatabaseSetupError

Purpose = Literal["demo", "test"]

PROJECT = Path(__file__).resolve().parents[4]
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder in memory, made private below
SYSTEM_STATE = Path("/var/lib/fotfeste")
ROOM_FOR_TESTS = 1 << 30  # bytes; containers often give 64 MB, which a test run outgrows


def short_hash(text: str) -> str:
    """Ten letters that stand for a longer name, in paths that must stay short and apart."""
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def state_folder(purpose: Purpose) -> Path:
    """The private folder of this project's server, made when missing.

    The demo's is `var` in the project, and for root a folder outside private homes, because the server runs as
    another account that must reach it. The tests' is in memory where there is room. FOTFESTE_STATE overrides.
    """
    chosen = os.environ.get("FOTFESTE_STATE")
    mark = short_hash(str(PROJECT))
    if chosen:
        base = Path(chosen).expanduser().resolve()
        return private_folder(base if purpose == "demo" else base / "test")
    if purpose == "test":
        return private_folder(_roomy_folder() / f"fotfeste-{mark}-{os.geteuid()}")
    return private_folder(SYSTEM_STATE / mark if os.geteuid() == 0 else PROJECT / "var")


def _roomy_folder() -> Path:
    if os.access(SHARED_MEMORY, os.W_OK | os.X_OK) and shutil.disk_usage(SHARED_MEMORY).free >= ROOM_FOR_TESTS:
        return SHARED_MEMORY
    return Path(tempfile.gettempdir())


def private_folder(path: Path) -> Path:
    """Make a folder that only its owner reads; refuse one that somebody else made in a shared place."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        found = path.lstat()
        if found.st_uid != os.geteuid() or path.is_symlink():
            raise DatabaseSetupError(f"{path} belongs to another user; remove it or set FOTFESTE_STATE to a folder.")
        # Root's folders may be passed through, not listed, by the account that runs the server.
        path.chmod(0o711 if os.geteuid() == 0 else 0o700)
    except OSError as error:
        raise DatabaseSetupError(
            f"{path} cannot be made ({error.strerror}); set FOTFESTE_STATE to a folder you may write in."
        ) from error
    return path


def kept_passwords(path: Path, names: tuple[str, ...]) -> dict[str, str]:
    """Read the passwords kept in a file, or make them and keep them, readable by their owner only."""
    if path.exists():
        kept: dict[str, str] = json.loads(path.read_text())
        return kept
    made = {name: secrets.token_urlsafe(24) for name in names}
    new = path.with_name(path.name + ".part")
    new.unlink(missing_ok=True)
    new.touch(mode=0o600, exist_ok=False)
    with new.open("w") as file:
        json.dump(made, file)
        file.flush()
        os.fsync(file.fileno())
    new.rename(path)
    return made


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """One command at a time; a killed command lets go by dying."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


class SharedUse:
    """Says "I am using the server" for as long as this process lives or until it is let go."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[str] = path.open("a")
        fcntl.flock(self._file, fcntl.LOCK_SH)

    def let_go(self) -> bool:
        """Stop using it; True when nobody else is."""
        self._file.close()
        with self._path.open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
        return True


_numbers_held: list[IO[str]] = []


def first_free_number(folder: Path) -> int:
    """The lowest number from 0 that no living process has taken in this folder; held until this process ends."""
    for number in count():
        file = (folder / f"run-{number}.lock").open("a")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
        else:
            _numbers_held.append(file)
            return number
    raise AssertionError("count() never ends")
