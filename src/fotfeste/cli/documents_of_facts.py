"""Commands that read one document of facts and print another: what they share."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from fotfeste.cli.problems import CommandProblem

UNUSABLE = 2


def printed(name: str, answer: Callable[[bytes], str]) -> int:
    """Print what the document answers to: exit status 0, or 2 with one line on standard error where it is unusable.

    `name` is a path, or - for standard input. Raises CommandProblem where the answer cannot be written.
    """
    # Here, so that asking for help needs nothing of ours.
    from fotfeste.kernel.shapes import Unusable

    told = "standard input" if name == "-" else name
    try:
        result = answer(_content(name))
    except Unusable as unusable:
        return _stop(told, str(unusable))
    except OSError as error:
        return _stop(told, error.strerror or type(error).__name__)
    except MemoryError:
        return _stop(told, "too large for the memory of this machine")
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


def _stop(name: str, fault: str) -> int:
    """One line, whatever the name and the fault have in them."""
    line = f"{name}: {fault}"
    print(line if line.isprintable() else repr(line)[1:-1], file=sys.stderr)
    return UNUSABLE
