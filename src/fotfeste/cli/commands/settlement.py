"""Allocate from numbers alone: `solve` places groups in municipalities for the greatest value, with a certificate.

`solve INSTANCE.npz --out PLAN.npz` writes the plan and prints what it is worth, and what no plan can be worth more than
(docs/formats/settlement-solve.md). `what-if --out ANSWERS.jsonl` computes a year of the whole country under many
policies and scenarios, beside every plan (docs/formats/settlement-what-if.md). Neither needs a database. Exit status 2,
with one line on standard error and nothing written, where what is given cannot be used.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path

from fotfeste.cli.problems import CommandProblem

UNUSABLE = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The instance, and where the plan is to be written."""
    acts = parser.add_subparsers(dest="act", metavar="act", required=True)
    solve = acts.add_parser("solve", help="the best plan for the instance in a file")
    solve.add_argument("instance", metavar="INSTANCE.npz", help="demand, limit, score, unplaced; seed where wanted")
    solve.add_argument("--out", metavar="PLAN.npz", required=True, help="where the plan and its prices are written")
    ask = acts.add_parser("what-if", help="a year of the country under other policies, places and arrivals")
    ask.add_argument("asked", metavar="ASKED.toml", nargs="?", help="scenarios and policies; without: 2024 as it is")
    ask.add_argument("--out", metavar="ANSWERS.jsonl", required=True, help="one line for each; those there are kept")
    ask.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="how many at once on this machine")
    ask.add_argument("--ray", metavar="ADDRESS", help="a Ray cluster to compute on (local: one on this machine)")


def run(arguments: argparse.Namespace) -> int:
    """Do what is asked."""
    return _what_if(arguments) if arguments.act == "what-if" else _solve(arguments)


def _what_if(arguments: argparse.Namespace) -> int:
    """Compute what has no answer yet, and write each as it comes: whoever is killed goes on where they were."""
    from fotfeste.allocation.domain.what_if import UnusableWhatIf, answered, asked_by, left_of
    from fotfeste.cli.many import computed

    out = _path(arguments.out)
    try:
        asked = asked_by(_path(arguments.asked).read_text(encoding="utf-8") if arguments.asked else "")
        left = left_of(asked, out.read_text(encoding="utf-8").splitlines() if out.exists() else [])
    except UnusableWhatIf as unusable:
        return _stop(arguments.asked, str(unusable))
    except (OSError, UnicodeDecodeError) as error:
        return _stop(arguments.asked or arguments.out, str(error))
    began = time.perf_counter()
    with out.open("a", encoding="utf-8") as file:
        for answer in computed(answered, left, processes=arguments.processes, ray=arguments.ray):
            # A line of its own, also after one that was cut short.
            file.write(f"\n{json.dumps(answer)}\n")
            file.flush()
            os.fsync(file.fileno())
    spent = round(time.perf_counter() - began, 3)
    print(json.dumps({"asked": len(asked), "answered_before": len(asked) - len(left), "seconds": spent}))
    return 0


def _solve(arguments: argparse.Namespace) -> int:
    """Read, solve, write, print."""
    # Only what is pure: no Django, no server to wait for.
    from fotfeste.allocation.domain.solver.errors import UnusableInstance
    from fotfeste.allocation.domain.solver.memory import peak_mb
    from fotfeste.allocation.domain.solver.plan import facts_of, write
    from fotfeste.allocation.domain.solver.reading import read
    from fotfeste.allocation.domain.solver.solving import solve

    began = time.perf_counter()
    try:
        instance = read(_path(arguments.instance))
        plan = solve(instance)
    except UnusableInstance as unusable:
        return _stop(arguments.instance, str(unusable))
    except OSError as error:
        return _stop(arguments.instance, error.strerror or type(error).__name__)
    except MemoryError:
        return _stop(arguments.instance, "too large for the memory of this machine")
    try:
        write(plan, _path(arguments.out))
    except OSError as error:
        raise CommandProblem(f"The plan could not be written to {arguments.out}: {error.strerror}.") from error
    peak = peak_mb()
    spent = {"seconds": round(time.perf_counter() - began, 3), "peak_mb": round(peak, 1)}
    print(json.dumps(facts_of(instance, plan) | spent))
    return 0


def _path(name: str) -> Path:
    return Path(os.environ.get("FOTFESTE_CALLED_FROM", "."), name)


def _stop(name: str, fault: str) -> int:
    """One line, whatever the name and the fault have in them."""
    line = f"{name}: {fault}"
    print(line if line.isprintable() else repr(line)[1:-1], file=sys.stderr)
    return UNUSABLE
