"""Run one more worker for the jobs, beside those of demo or serve."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command has no options."""


def run(_arguments: argparse.Namespace) -> int:
    """Work until somebody says stop."""
    from fotfeste.cli.project import database, set_up_django
    from fotfeste.cli.serving import WORKER
    from fotfeste.cli.supervisor import Supervisor

    with database(), Supervisor() as supervisor:
        set_up_django()
        supervisor.start("worker", WORKER)
        supervisor.wait()
    return 0
