"""Bring the English catalogues in step with the Norwegian texts: missing ones come in empty, unused ones go."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which packages to look at."""
    parser.add_argument("packages", nargs="*", metavar="package", help="only these packages (all)")


def run(arguments: argparse.Namespace) -> int:
    """Update the catalogues, and say what is left to translate; 1 while something is."""
    from fotfeste.cli.project import SOURCES
    from fotfeste.platform import i18n

    i18n.update(SOURCES, *arguments.packages)
    problems = i18n.check(SOURCES)
    print("\n".join(problems) or "English is complete.")
    return 1 if problems else 0
