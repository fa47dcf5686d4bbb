"""Check a refusal of settlement: `plan` tells from a file of facts who gets which letter and when, without a database.

`plan CASE.json` prints the plan as JSON (docs/formats/refusal-plan.md). Exit status 2, with one line on standard error,
where the file cannot be used.
"""

import argparse

from fotfeste.cli.documents_of_facts import printed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file of facts."""
    acts = parser.add_subparsers(dest="act", metavar="act", required=True)
    plan = acts.add_parser("plan", help="how the case in a file stands on its day")
    plan.add_argument("facts", metavar="CASE.json", help="a file, or - for standard input")


def run(arguments: argparse.Namespace) -> int:
    """Read, compute, print."""
    # Only what is pure: no Django, no server to wait for.
    from fotfeste.refusal.domain.written import planned

    return printed(arguments.facts, planned)
