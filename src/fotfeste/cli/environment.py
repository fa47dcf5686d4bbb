"""The environment in `.venv`: made on first use, brought up to date when a lock has changed.

Run by the launcher as a script, with a Python that has nothing installed: standard library only. The stamp of what
is installed is a copy of its lock in `.venv/fotfeste`, so that the launcher only compares two files.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]
DEVELOPMENT, NODE = "requirements-dev.lock", "requirements-node.lock"


class EnvironmentProblem(Exception):
    """The environment cannot be made. The text is a sentence for the user."""


def ensure(project: Path, lock: str) -> None:
    """Have what a lock names installed in the project's environment; one command at a time."""
    try:
        (project / "var").mkdir(exist_ok=True)
        with (project / "var" / "environment.lock").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if not is_installed(project, lock):
                _make(project)
                _install(project, lock)
                if lock != NODE:
                    _compile_solver(project)
    except OSError as error:
        message = f"The environment cannot be made in {project}: {error.strerror or error} ({error.filename})."
        raise EnvironmentProblem(message) from error


def is_installed(project: Path, lock: str) -> bool:
    """Whether the stamp says so; what is installed for development includes what a server needs."""
    locks = {lock} if lock == NODE else {lock, DEVELOPMENT}
    return _runs(project) and any(_same(project / name, _stamp(project, name)) for name in locks)


def _stamp(project: Path, lock: str) -> Path:
    return project / ".venv" / "fotfeste" / lock


def _same(one: Path, other: Path) -> bool:
    return other.exists() and one.read_bytes() == other.read_bytes()


def _python(project: Path) -> Path:
    return project / ".venv" / "bin" / "python"


def _runs(project: Path) -> bool:
    """Whether the environment's Python runs and is new enough: the one it was made from may have gone."""
    check = [str(_python(project)), "-c", "import sys; sys.exit(sys.version_info < (3, 13))"]
    try:
        return subprocess.run(check, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _make(project: Path) -> None:
    if _runs(project):
        return
    folder = project / ".venv"
    if folder.is_symlink():
        message = f"{folder} is a link to an environment that does not run here; remove the link and try again."
        raise EnvironmentProblem(message)
    _tell("Making the environment in .venv (once; most of the time is downloads) ...")
    # Without pip where uv does the work; else Debian's Python may lack ensurepip, and pip is fetched below.
    venv.EnvBuilder(clear=True, symlinks=True, with_pip=False).create(folder)


def _install(project: Path, lock: str) -> None:
    _tell(f"Installing what {lock} names ...")
    python, file = str(_python(project)), str(project / lock)
    common = ("install", "--quiet", "--require-hashes", "--no-deps", "-r", file)
    failures = []
    uv = _uv()
    if uv:
        done = _run(uv, "pip", *common, "--python", python)
        if done.returncode == 0:
            return _set_stamp(project, lock)
        failures.append(f"uv said: {_last_line(done.stderr)}")
    if _run(python, "-m", "pip", "--version").returncode != 0 and _run(python, "-m", "ensurepip").returncode != 0:
        failures.append("this Python has no pip: install uv, or the package python3.13-venv")
    else:
        done = _run(python, "-m", "pip", *common, "--disable-pip-version-check", "--no-input")
        if done.returncode == 0:
            return _set_stamp(project, lock)
        failures.append(f"pip said: {_last_line(done.stderr)}")
    message = f"What {lock} names could not be installed (is the package registry reachable?): {'; '.join(failures)}."
    raise EnvironmentProblem(message)


def _compile_solver(project: Path) -> None:
    """Have numba compile the allocation's loops and keep them, so that nobody's first plan waits for it.

    Where that fails nothing is lost: they are compiled when they are needed.
    """
    sources = project / "src"
    if (sources / "fotfeste" / "allocation").is_dir():
        _tell("Compiling the solver ...")
        code = f"import sys; sys.path.insert(0, {str(sources)!r}); import fotfeste.allocation.domain.solver.solving"
        _run(str(_python(project)), "-c", code)


def _uv() -> str | None:
    own = (Path.home() / ".local" / "bin" / "uv", Path.home() / ".cargo" / "bin" / "uv")
    return shutil.which("uv") or next((str(path) for path in own if os.access(path, os.X_OK)), None)


def _set_stamp(project: Path, lock: str) -> None:
    stamp = _stamp(project, lock)
    stamp.parent.mkdir(exist_ok=True)
    new = stamp.with_name(stamp.name + ".part")
    shutil.copyfile(project / lock, new)
    new.rename(stamp)


def _run(*words: str) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")}
    return subprocess.run(words, capture_output=True, text=True, env=clean, check=False)


def _last_line(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return next((line for line in reversed(lines) if "error" in line.lower()), lines[-1] if lines else "nothing")


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def main(lock: str) -> int:
    """Make or update the environment; 1 and a sentence when that is not possible."""
    try:
        ensure(PROJECT, lock)
    except EnvironmentProblem as problem:
        _tell(str(problem))
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
