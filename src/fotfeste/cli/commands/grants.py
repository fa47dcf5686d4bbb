"""Check the money: `replay` computes a run of grants from a file of facts, without a database.

`replay FACTS.json` prints the run as JSON (docs/formats/grants-replay.md). Exit status 2, with one line on standard
error, where the file cannot be used.
"""

import argparse
import csv

from fotfeste.cli.documents_of_facts import printed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file of facts."""
    acts = parser.add_subparsers(dest="act", metavar="act", required=True)
    replay = acts.add_parser("replay", help="the run that the facts in a file give")
    replay.add_argument("facts", metavar="FACTS.json", help="a file, or - for standard input")


def run(arguments: argparse.Namespace) -> int:
    """Read, compute, print."""
    # Only what is pure: no Django, no server to wait for.
    from fotfeste.grants.domain.replay import replay

    return printed(arguments.facts, lambda content: replay(content, _municipalities()))


def _municipalities() -> frozenset[str]:
    """The numbers of the reference data, read by themselves: the rest of its reader needs what a bare machine lacks."""
    from importlib.resources import files

    with files("fotfeste.directory").joinpath("reference", "municipalities.csv").open(encoding="utf-8") as stream:
        return frozenset(row["number"] for row in csv.DictReader(stream))
