"""`python -m bench`: prints the figures as tables for docs/benchmarks.md."""

import argparse
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

LOAD_SIZES, PAGE_SIZES = (5000, 75000), (7500, 75000)


def run(arguments: argparse.Namespace) -> int:
    """Measure and print."""
    from bench import load, pages, scratch

    print(scratch.machine())
    if arguments.what in ("load", "all"):
        print(load.table(arguments.people or LOAD_SIZES))
    if arguments.what in ("pages", "all"):
        print(pages.table(arguments.people or PAGE_SIZES, arguments.requests))
    return 0


if __name__ == "__main__":
    from fotfeste.cli.commands.bench import add_arguments

    os.chdir(ROOT)
    asked = argparse.ArgumentParser(prog="bench", description="Measure loading and pages.")
    add_arguments(asked)
    sys.exit(run(asked.parse_args()))
