"""Measure loading, pages, grants, allocation, starts, apart from what is kept; prints docs/benchmarks.md."""

import argparse
from importlib import import_module


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to measure, at which sizes."""
    parser.add_argument(
        "what",
        nargs="?",
        choices=("load", "pages", "grants", "settlement", "start", "all"),
        default="all",
        help="what to measure",
    )
    parser.add_argument("--people", type=int, nargs="+", help="sizes of the country")
    parser.add_argument("--requests", type=int, default=200, help="requests to each page")


def run(arguments: argparse.Namespace) -> int:
    """Measure on the demo's server, or the given one. The measurements stand beside the program, not in it."""
    from fotfeste.cli.project import database

    with database():
        return int(import_module("bench.document").run(arguments))
