"""Check the money: `replay` computes a run of grants from a file of facts, without a database.

`replay FACTS.json` prints the run as JSON (docs/formats/grants-replay.md). Exit status 2, with one line on standard
error, where the file cannot be used.
"""

import argparse
import csv
import os
import sys
from pathlib import Path

from fotfeste.cli.problems import CommandProblem

UNUSABLE = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file of facts."""
    acts = parser.add_subparsers(dest="act", metavar="act", required=True)
    replay = acts.add_parser("replay", help="the run that the facts in a file give")
    replay.add_argument("facts", metavar="FACTS.json", help="a file, or - for standard input")


def run(arguments: argparse.Namespace) -> int:
    """Read, compute, print."""
    # Only what is pure: no Django, no server to wait for.
    from fotfeste.grants.domain.replay import replay
    from fotfeste.grants.domain.shapes import Unusable

    name = "standard input" if arguments.facts == "-" else arguments.facts
    try:
        result = replay(_content(arguments.facts), _municipalities())
    except Unusable as unusable:
        return _stop(name, str(unusable))
    except OSError as error:
        return _stop(name, error.strerror or type(error).__name__)
    except MemoryError:
        return _stop(name, "too large for the memory of this machine")
    try:
        sys.stdout.write(result)
        sys.stdout.flush()
    except BrokenPipeError:
        raise  # main knows what to do when nobody reads
    except OSError as error:
        raise CommandProblem(f"The result could not be written: {error.strerror}") from error
    return 0


def _content(name: str) -> bytes:
    if name == "-":
        # None where it was closed before we began.
        return sys.stdin.buffer.read() if sys.stdin else b""
    return Path(os.environ.get("FOTFESTE_CALLED_FROM", "."), name).read_bytes()


def _municipalities() -> frozenset[str]:
    """The numbers of the reference data, read by themselves: the rest of its reader needs what a bare machine lacks."""
    from importlib.resources import files

    with files("fotfeste.directory").joinpath("reference", "municipalities.csv").open(encoding="utf-8") as stream:
        return frozenset(row["number"] for row in csv.DictReader(stream))


def _stop(name: str, fault: str) -> int:
    """One line, whatever the name and the fault have in them."""
    line = f"{name}: {fault}"
    print(line if line.isprintable() else repr(line)[1:-1], file=sys.stderr)
    return UNUSABLE
