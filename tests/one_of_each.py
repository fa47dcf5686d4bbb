"""Of every module the first test alone, for a run whose question is the server: `-p tests.one_of_each` (ADR 0064).

What another version of PostgreSQL can do otherwise it does to every test of a module: a statement that it does not
know, a privilege that it gives otherwise. Modules about the database itself run whole: who reads which row, what is
forgotten.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest

WHOLE = frozenset({"platform", "retention", "properties"})


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the others out, and let pytest say how many."""
    kept = set(one_of_each(items, config.rootpath / "tests"))
    config.hook.pytest_deselected(items=[each for each in items if each not in kept])
    items[:] = [each for each in items if each in kept]


def one_of_each(items: Sequence[pytest.Item], tests: Path) -> list[pytest.Item]:
    """The first test of each module by where it stands there, and all of those that run whole."""
    first: dict[Path, pytest.Item] = {}
    for each in items:
        if each.path not in first or _place(each) < _place(first[each.path]):
            first[each.path] = each
    return [each for each in items if _folder(each, tests) in WHOLE or first[each.path] is each]


def _place(item: pytest.Item) -> tuple[int, str]:
    return item.location[1] or 0, item.name


def _folder(item: pytest.Item, tests: Path) -> str:
    return item.path.relative_to(tests).parts[0]
