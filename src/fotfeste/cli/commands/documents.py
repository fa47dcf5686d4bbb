"""Write the generated documents anew: proven requirements and the diagrams of the workflows."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command has no options."""


def run(_arguments: argparse.Namespace) -> int:
    """Write them."""
    from fotfeste.cli.documents import write_documents
    from fotfeste.cli.project import ROOT

    write_documents(ROOT)
    return 0
