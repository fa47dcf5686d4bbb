"""`python -m fotfeste.cli COMMAND`: finds the command, and says in one sentence what stops it."""

import argparse
import importlib
import os
import sys
from pathlib import Path

from fotfeste.cli.problems import CommandProblem

# Imported for their help alone, so these modules import nothing heavy at their top.
COMMANDS = (
    "demo",
    "test",
    "serve",
    "worker",
    "migrate",
    "backup",
    "restore",
    "retain",
    "translations",
    "documents",
    "lock",
    "bench",
    "grants",
    "settlement",
    "refusal",
)


def parser() -> argparse.ArgumentParser:
    """All commands with their options."""
    top = argparse.ArgumentParser(
        prog="./fotfeste",
        description="Fotfeste: a household from its first day in Norway to its own front door.",
        epilog="DATABASE_URL puts everything on a PostgreSQL of yours (15 or later); else an embedded one is used.",
    )
    commands = top.add_subparsers(dest="command", metavar="command", required=True)
    for name in COMMANDS:
        module = importlib.import_module(f"fotfeste.cli.commands.{name}")
        told = (module.__doc__ or "").splitlines()[0].rstrip(".")
        module.add_arguments(commands.add_parser(name, help=told, description=module.__doc__))
    return top


def main(words: list[str]) -> int:
    """Run a command; its exit status."""
    arguments = parser().parse_args(["--help"] if words in ([], ["help"]) else words)
    module = importlib.import_module(f"fotfeste.cli.commands.{arguments.command}")
    try:
        return int(module.run(arguments))
    except CommandProblem as problem:
        return _stop(str(problem))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has gone; Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        if _is_for_the_user(error):
            return _stop(str(error))
        raise


def _is_for_the_user(error: Exception) -> bool:
    from fotfeste.platform.postgres import DatabaseSetupError

    return isinstance(error, DatabaseSetupError)


def _stop(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    os.chdir(Path(__file__).resolve().parents[3])
    sys.exit(main(sys.argv[1:]))
