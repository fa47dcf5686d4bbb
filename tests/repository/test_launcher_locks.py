"""The locks: what a server installs is what was tested, from anywhere."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-ray.lock", "requirements-node.lock")


def pins(name: str) -> dict[str, str]:
    """Package and version of every line that pins one."""
    found = re.findall(r"^([a-z0-9._-]+)==(\S+)", (ROOT / name).read_text(), re.MULTILINE | re.IGNORECASE)
    return dict(found)


def test_what_a_server_installs_is_of_the_versions_that_were_tested() -> None:
    tested = pins("requirements-dev.lock")
    assert pins("requirements.lock").items() <= tested.items()
    assert len(pins("requirements.lock")) > 10


def test_every_pinned_package_has_its_hashes() -> None:
    for name in LOCKS:
        blocks = re.split(r"\n(?=\S)", (ROOT / name).read_text())
        assert [block.splitlines()[0] for block in blocks if "==" in block and "--hash=sha256:" not in block] == []


def test_no_lock_names_an_address() -> None:
    for name in (*LOCKS, "package-lock.json"):
        text = (ROOT / name).read_text()
        assert (
            '"resolved"' in text,
            re.search(r"https?://(?!.*(\"url\"|funding))[^\s\"]*\.(whl|tgz|tar\.gz)", text),
        ) == (
            False,
            None,
        )


def test_the_launcher_is_plain_sh_and_executable() -> None:
    assert (ROOT / "fotfeste").stat().st_mode & 0o111
    assert subprocess.run(["sh", "-n", ROOT / "fotfeste"], check=False).returncode == 0
