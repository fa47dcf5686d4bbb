"""The front end's files, built from npm packages when their sources or lock have changed."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from fotfeste.cli import environment
from fotfeste.cli.problems import CommandProblem

OLDEST_NODE = 18
NODE_LOCK = "requirements-node.lock"
# What letters are typeset with, and their licence; the pages have the reader's own fonts.
FONTS = "node_modules/@expo-google-fonts/noto-sans"
OF_FONTS = ("400Regular/NotoSans_400Regular.ttf", "700Bold/NotoSans_700Bold.ttf", "LICENSE_FONT")


def ensure_built(project: Path) -> None:
    """Have `static/build` as the sources are now; one command at a time."""
    stamp = project / "var" / "frontend.stamp"
    stamp.parent.mkdir(exist_ok=True)
    with (project / "var" / "frontend.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        now = _state_of_sources(project)
        built = project / "src" / "fotfeste" / "static" / "build"
        if stamp.exists() and stamp.read_text() == now and _is_whole(built):
            return
        print("Building the front end ...", file=sys.stderr, flush=True)
        path = _path_with_node(project)
        _npm(project, path, "ci")
        _npm(project, path, "run", "build")
        take_fonts(project, built)
        stamp.write_text(now)


def take_fonts(project: Path, built: Path) -> None:
    """Put the fonts of letters beside the built files: the packages that they came with are not there at run time."""
    (built / "fonts").mkdir(parents=True, exist_ok=True)
    for name in OF_FONTS:
        shutil.copy(project / FONTS / name, built / "fonts" / Path(name).name)


def _is_whole(built: Path) -> bool:
    """Whether everything is there that was built: somebody may have cleared a part of it."""
    return (built / "app.css").exists() and all((built / "fonts" / Path(name).name).exists() for name in OF_FONTS)


def _state_of_sources(project: Path) -> str:
    files = [project / "package.json", project / "package-lock.json", *sorted((project / "frontend").rglob("*"))]
    digest = hashlib.sha256("\0".join(OF_FONTS).encode())
    for path in files:
        if path.is_file():
            digest.update(f"{path.relative_to(project)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _path_with_node(project: Path) -> str:
    """A search path that has node and npm: the machine's, else those of a wheel in our environment."""
    path = os.environ.get("PATH", os.defpath)
    if _is_new_enough(shutil.which("node")) and shutil.which("npm"):
        return path
    try:
        environment.ensure(project, NODE_LOCK)
    except environment.EnvironmentProblem as problem:
        message = f"Node {OLDEST_NODE} or later is needed to build the front end and could not be fetched: {problem}"
        raise CommandProblem(message) from problem
    return f"{project / '.venv' / 'bin'}{os.pathsep}{path}"


def _is_new_enough(node: str | None) -> bool:
    if node is None:
        return False
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = said.removeprefix("v").split(".", 1)[0]
    return major.isdigit() and int(major) >= OLDEST_NODE


def _npm(project: Path, path: str, *words: str) -> None:
    npm = shutil.which("npm", path=path)
    if npm is None:
        message = "npm was not found beside node; install npm, or remove node so that both are fetched."
        raise CommandProblem(message)
    done = subprocess.run(
        [npm, *words], cwd=project, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        print(done.stdout, done.stderr, file=sys.stderr)
        message = f"The front end could not be built: npm {' '.join(words)} failed, as told above."
        raise CommandProblem(message)
