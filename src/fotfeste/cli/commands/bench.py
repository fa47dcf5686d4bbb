"""Measure loading and pages in a database of their own; prints the tables of docs/benchmarks.md."""

import argparse
from importlib import import_module
from typing import Any


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to measure, at which sizes."""
    _bench().add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Measure on the demo's server, or the given one."""
    from fotfeste.cli.project import database

    with database():
        return int(_bench().run(arguments))


def _bench() -> Any:
    """The measurements stand beside the program, not in it."""
    return import_module("bench.__main__")
