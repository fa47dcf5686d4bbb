"""Each gate holds on the project, or is shown to fail on a violation planted in a copy of it."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from fotfeste.cli.commands.test import environment
from fotfeste.cli.gates import GATES, ask, size, tools
from fotfeste.cli.gates.generated import documents, translations

ROOT = Path(__file__).resolve().parents[2]
Plant = Callable[[str, str], None]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the sources and of what the tools are told, with the type checker's memory, so that it is quick."""
    leave = shutil.ignore_patterns("__pycache__", "static", "*.mo")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=leave)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.fixture
def plant(copy: Path) -> Plant:
    """Put text at the end of a file in the copy."""

    def put(name: str, text: str) -> None:
        path = copy / "src" / "fotfeste" / name
        path.write_text((path.read_text() if path.exists() else "") + text)

    return put


def test_ruff_fails_on_a_planted_fault(copy: Path, plant: Plant) -> None:
    assert tools.ruff(copy) == []
    plant("kernel/planted.py", '"""Planted."""\n\nimport os\n')
    assert any("planted.py:3:8: F401" in line for line in tools.ruff(copy))


def test_format_fails_on_planted_disorder(copy: Path, plant: Plant) -> None:
    assert tools.formatting(copy) == []
    plant("kernel/planted.py", '"""Planted."""\n\nx   =  1\n')
    assert any("planted.py" in line for line in tools.formatting(copy))


def test_mypy_fails_on_a_planted_wrong_type(tmp_path: Path) -> None:
    package = tmp_path / "src" / "fotfeste" / "kernel"
    package.mkdir(parents=True)
    shutil.copytree(ROOT / "src" / "fotfeste" / "kernel", package, dirs_exist_ok=True)
    # The project's own strictness, without the plug-in: it would read all of Django for one file.
    told = (ROOT / "pyproject.toml").read_text().replace('plugins = ["mypy_django_plugin.main"]', "")
    (tmp_path / "pyproject.toml").write_text(told)
    assert tools.mypy(tmp_path) == []
    (package / "planted.py").write_text('def days(text) -> int:\n    return "many"\n')
    findings = tools.mypy(tmp_path)
    assert any("planted.py:1" in line and "no-untyped-def" in line for line in findings)
    assert any("planted.py:2" in line and "return-value" in line for line in findings)


@pytest.mark.parametrize(
    ("name", "text", "contract"),
    [
        ("kernel/planted.py", "import django\n", "pure core"),
        ("registry/domain/planted.py", "import psycopg\n", "pure core"),
        ("platform/planted.py", "import fotfeste.registry.public\n", "Who may import whom"),
        ("settlement/planted.py", "import fotfeste.registry.models\n", "through its public module"),
    ],
)
def test_import_linter_fails_on_a_planted_import(copy: Path, plant: Plant, name: str, text: str, contract: str) -> None:
    plant(name, text)
    findings = tools.import_linter(copy)
    assert any(contract in line and "BROKEN" in line for line in findings), findings


def test_the_contracts_hold_on_the_project(copy: Path) -> None:
    assert tools.import_linter(copy) == []


def test_migrations_fail_on_a_planted_model(copy: Path, plant: Plant) -> None:
    plant("worklist/models.py", "\n\nclass Planted(models.Model):\n    name = models.TextField()\n")
    findings = tools.migrations(copy)
    assert any("Create model Planted" in line for line in findings), findings


def test_translations_fail_on_a_planted_text(copy: Path, plant: Plant) -> None:
    plant("web/planted.py", 'from django.utils.translation import gettext\n\ngettext("En tekst ingen har oversatt")\n')
    assert any("En tekst ingen har oversatt" in line for line in translations(copy))


def test_documents_fail_when_one_is_stale(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "docs", tmp_path / "docs", ignore=shutil.ignore_patterns("pictures"))
    (tmp_path / "tests").mkdir()
    page = tmp_path / "docs" / "states" / "settlement_case.md"
    page.write_text(page.read_text() + "planted\n")
    assert any("settlement_case.md is stale" in line for line in documents(tmp_path))


def test_size_fails_on_a_planted_long_module_and_a_long_function(tmp_path: Path) -> None:
    source = tmp_path / "src"
    source.mkdir()
    body = "    x = 1\n"
    (source / "at_the_wall.py").write_text("y = 1\n" * size.MODULE_WALL)
    (source / "short_enough.py").write_text("def f():\n" + body * (size.FUNCTION_WALL - 1))
    assert size.walls(tmp_path) == []
    (source / "long.py").write_text("y = 1\n" * (size.MODULE_WALL + 1))
    (source / "wide.py").write_text("class C:\n    def long(self):\n" + ("    " + body) * size.FUNCTION_WALL)
    assert size.walls(tmp_path) == [
        f"src/long.py: {size.MODULE_WALL + 1} lines, the wall is {size.MODULE_WALL}: split it by use case",
        f"src/wide.py:2: long has {size.FUNCTION_WALL + 1} lines, the wall is {size.FUNCTION_WALL}",
    ]
    assert size.wishes(tmp_path)[0] == f"over {size.MODULE_AIM} lines: src/long.py ({size.MODULE_WALL + 1})"


def test_the_first_gate_that_fails_is_named_and_the_rest_is_not_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "planted.py").write_text("import os\n")
    assert ask(tmp_path) is False
    said = capsys.readouterr().out.splitlines()
    assert said[-1].startswith("The gate ruff fails: ")
    assert not any("format" in line for line in said)
    assert [name for name, _ in GATES][:2] == ["ruff", "format"]


def test_tests_compile_once_also_where_no_bytecode_is_wanted_beside_the_sources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "imported.py").write_text("")
    told = {**environment(tmp_path), "PYTHONPATH": str(tmp_path / "sources")}
    subprocess.run([sys.executable, "-c", "import imported"], env=told, check=True)
    assert [each.name for each in (tmp_path / "sources").iterdir()] == ["imported.py"]
    assert list((tmp_path / "var").rglob("imported.*.pyc"))
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE")
    assert "PYTHONPYCACHEPREFIX" not in environment(tmp_path)
