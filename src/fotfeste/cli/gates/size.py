"""The gate on size: a module of more than 500 lines fails, as does a function of more than 60; 300 is the aim."""

import ast
from collections.abc import Iterator
from pathlib import Path

MODULE_AIM, MODULE_WALL = 300, 500
FUNCTION_WALL = 60
SOURCES = ("src", "tests", "bench", "tools")


def walls(root: Path) -> list[str]:
    """Modules and functions past the wall."""
    findings = []
    for path in _modules(root):
        lines = _lines(path)
        place = path.relative_to(root)
        if lines > MODULE_WALL:
            findings.append(f"{place}: {lines} lines, the wall is {MODULE_WALL}: split it by use case")
        findings += [
            f"{place}:{function.lineno}: {function.name} has {length} lines, the wall is {FUNCTION_WALL}"
            for function, length in _functions(path)
            if length > FUNCTION_WALL
        ]
    return findings


def wishes(root: Path) -> list[str]:
    """Modules past the aim: each may be one thing, and is worth a look."""
    long = sorted(((_lines(path), path) for path in _modules(root)), reverse=True)
    return [
        f"over {MODULE_AIM} lines: {path.relative_to(root)} ({lines})" for lines, path in long if lines > MODULE_AIM
    ]


def _modules(root: Path) -> Iterator[Path]:
    """Our Python files; migrations are written by Django."""
    for folder in SOURCES:
        yield from (path for path in sorted((root / folder).rglob("*.py")) if "migrations" not in path.parts)


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _functions(path: Path) -> Iterator[tuple[ast.FunctionDef | ast.AsyncFunctionDef, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node, (node.end_lineno or node.lineno) - node.lineno + 1
