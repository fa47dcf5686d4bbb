"""The launcher on bare machines: it finds a Python, makes the environment once, and says what is missing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("sh", "dirname", "readlink", "cmp", "env")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project's command line, with locks that name nothing: there is no network in tests."""
    folder = tmp_path / "a project"
    shutil.copytree(ROOT / "src" / "fotfeste" / "cli", folder / "src" / "fotfeste" / "cli")
    shutil.copy(ROOT / "src" / "fotfeste" / "__init__.py", folder / "src" / "fotfeste")
    shutil.copy(ROOT / "fotfeste", folder)
    for name in ("requirements.lock", "requirements-dev.lock"):
        (folder / name).write_text(f"# {name}: nothing\n")
    return folder


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """The environment of a machine that has the most basic programs and no Python."""
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in TOOLS:
        (programs / name).symlink_to(str(shutil.which(name)))
    libraries = {key: value for key, value in os.environ.items() if key == "LD_LIBRARY_PATH"}
    home = str(tmp_path / "home")
    return {"PATH": str(programs), "HOME": home, "PIP_NO_INDEX": "1", "UV_OFFLINE": "1", **libraries}


def program(bare: dict[str, str], name: str, script: str) -> None:
    path = Path(bare["PATH"], name)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def with_python(bare: dict[str, str]) -> dict[str, str]:
    # Not by a link: a Python finds its library by where it is started from.
    program(bare, "python3.13", f'exec {sys.executable} "$@"')
    return bare


def launch(project: Path, environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [project / "fotfeste", *words], env=environment, cwd="/", capture_output=True, text=True, check=False
    )


def begin_making(project: Path, environment: dict[str, str], lock: str = "requirements.lock") -> subprocess.Popen[str]:
    """The launcher's second half: what it calls when there is no environment yet."""
    script = project / "src" / "fotfeste" / "cli" / "environment.py"
    program(environment, "uv", f'exec {Path(sys.prefix, "bin", "uv")} "$@"')
    return subprocess.Popen([sys.executable, "-I", script, lock], env=environment, stderr=subprocess.PIPE, text=True)


def make(project: Path, environment: dict[str, str], lock: str = "requirements.lock") -> tuple[int, str]:
    """Its exit status, and what it said."""
    with begin_making(project, environment, lock) as making:
        said = making.communicate()[1]
    return making.returncode, said


def is_made(project: Path, lock: str = "requirements.lock") -> bool:
    return (project / ".venv" / "fotfeste" / lock).read_text() == (project / lock).read_text()


def test_a_machine_without_a_new_enough_python_is_told_what_to_install(project: Path, bare: dict[str, str]) -> None:
    program(bare, "python3", 'case $1 in --version) echo "Python 3.9.2";; *) exit 1;; esac')
    done = launch(project, bare, "demo")
    assert done.returncode == 1
    assert done.stderr == (
        "Fotfeste needs Python 3.13 or later and found Python 3.9.2; install Python 3.13, or uv, which fetches it.\n"
    )


def test_a_machine_without_any_python_is_told_so(project: Path, bare: dict[str, str]) -> None:
    done = launch(project, bare, "test")
    assert (done.returncode, "found no Python;" in done.stderr) == (1, True)


def test_a_python_is_fetched_by_uv_where_there_is_none(project: Path, bare: dict[str, str], tmp_path: Path) -> None:
    fetched = tmp_path / "fetched"
    program(
        bare,
        "uv",
        f'case "$2" in install) : > {fetched};; find) [ -e {fetched} ] && echo {sys.executable};; esac',
    )
    done = launch(project, bare, "--help")
    assert (done.returncode, "restore" in done.stdout) == (0, True), done.stderr
    assert "Fetching Python 3.13 with uv" in done.stderr


def test_help_needs_no_environment(project: Path, bare: dict[str, str]) -> None:
    done = launch(project, with_python(bare))
    assert (done.returncode, "usage: ./fotfeste" in done.stdout) == (0, True), done.stderr
    assert not (project / ".venv").exists()


def test_grants_are_computed_from_a_file_without_an_environment(project: Path, bare: dict[str, str]) -> None:
    sources, copied = ROOT / "src" / "fotfeste", project / "src" / "fotfeste"
    for part in ("grants/domain", "kernel", "directory/reference"):
        shutil.copytree(sources / part, copied / part)
    for part in ("grants", "directory"):
        shutil.copy(sources / part / "__init__.py", copied / part)
    case = ROOT / "tests" / "domain" / "grants" / "cases" / "moved_in_march.json"
    done = launch(project, with_python(bare), "grants", "replay", str(case))
    assert (done.returncode, done.stderr, '"month": "2023-04"' in done.stdout) == (0, "", True)
    assert not (project / ".venv").exists()


def test_a_made_environment_is_used_without_looking_for_a_python(project: Path, bare: dict[str, str]) -> None:
    assert make(project, bare)[0] == 0
    done = launch(project, bare, "--help")
    assert (done.returncode, done.stderr) == (0, "")


def test_the_launcher_works_through_a_link_from_another_folder(project: Path, bare: dict[str, str]) -> None:
    link = project.parent / "fot"
    link.symlink_to(project / "fotfeste")
    done = subprocess.run([link, "--help"], env=with_python(bare), cwd="/", capture_output=True, text=True, check=False)
    assert (done.returncode, "usage: ./fotfeste" in done.stdout) == (0, True), done.stderr


def test_the_environment_is_made_once_and_again_only_when_its_lock_changes(project: Path, bare: dict[str, str]) -> None:
    assert make(project, bare)[0] == 0
    assert is_made(project)
    assert make(project, bare) == (0, "")
    (project / "requirements.lock").write_text("# now something else\n")
    assert make(project, bare) == (0, "Installing what requirements.lock names ...\n")
    assert is_made(project)


def test_the_solver_is_compiled_when_the_environment_is_made(project: Path, bare: dict[str, str]) -> None:
    """By importing it; here something that leaves a file behind stands in its place."""
    solver = project / "src" / "fotfeste" / "allocation" / "domain" / "solver"
    solver.mkdir(parents=True)
    (solver / "solving.py").write_text("from pathlib import Path\nPath(__file__).with_name('compiled').touch()\n")
    status, said = make(project, bare)
    assert (status, said.splitlines()[-1]) == (0, "Compiling the solver ...")
    assert (solver / "compiled").exists()


def test_what_is_installed_for_development_serves_every_command(project: Path, bare: dict[str, str]) -> None:
    assert make(project, bare, "requirements-dev.lock")[0] == 0
    assert make(project, bare) == (0, "")
    assert not (project / ".venv" / "fotfeste" / "requirements.lock").exists()


def test_several_first_starts_at_once_make_one_environment(project: Path, bare: dict[str, str]) -> None:
    starts = [begin_making(project, bare) for _ in range(4)]
    said = [start.communicate()[1] for start in starts]
    assert [start.returncode for start in starts] == [0, 0, 0, 0]
    assert sum("Making the environment" in text for text in said) == 1
    assert is_made(project)


def test_an_environment_whose_python_is_gone_is_made_anew(project: Path, bare: dict[str, str]) -> None:
    assert make(project, bare)[0] == 0
    python = project / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/nowhere/python3.13")
    assert make(project, bare)[0] == 0
    assert subprocess.run([python, "-c", ""], check=False).returncode == 0


def test_a_link_to_an_environment_that_is_gone_is_told_and_left_alone(project: Path, bare: dict[str, str]) -> None:
    (project / ".venv").symlink_to(project / "nowhere")
    status, said = make(project, bare)
    assert "is a link to an environment that does not run here; remove the link" in said
    assert (status, (project / ".venv").is_symlink()) == (1, True)


def test_packages_that_cannot_be_fetched_are_told_in_a_sentence(project: Path, bare: dict[str, str]) -> None:
    (project / "requirements.lock").write_text(f"no-such-package-of-ours==1.0 --hash=sha256:{'0' * 64}\n")
    done = launch(project, with_python(bare), "migrate")
    assert done.returncode == 1
    last = done.stderr.splitlines()[-1]
    assert last.startswith("What requirements.lock names could not be installed (is the package registry reachable?)")
    assert "Traceback" not in done.stderr
    assert not (project / ".venv" / "fotfeste").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_told_in_a_sentence(project: Path, bare: dict[str, str]) -> None:
    project.chmod(0o555)
    status, said = make(project, bare)
    project.chmod(0o755)
    assert (status, "cannot be made in" in said, "Permission denied" in said) == (1, True, True)


@pytest.mark.parametrize("words", [("nonsense",), ("serve", "--port", "many"), ("backup",)])
def test_a_mistaken_command_shows_its_usage_and_no_traceback(words: tuple[str, ...]) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [sys.executable, "-m", "fotfeste.cli", *words], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr.startswith("usage:"), "Traceback" in done.stderr) == (2, True, False)
