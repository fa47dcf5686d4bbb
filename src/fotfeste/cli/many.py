"""Many computations at once: in processes here, or on a Ray cluster where one is given, by the same function."""

import importlib
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import Any

from fotfeste.cli.problems import CommandProblem


def computed[T, R](function: Callable[[T], R], tasks: Sequence[T], *, processes: int, ray: str | None) -> Iterator[R]:
    """The results, each as soon as it is there, in whatever order. `ray`: a cluster's address, or `local` for one here.

    Raises CommandProblem where Ray is asked for and not installed or not reached.
    """
    if ray is not None:
        return _on_cluster(function, tasks, ray)
    if processes <= 1 or len(tasks) <= 1:
        return map(function, tasks)
    return _in_processes(function, tasks, min(processes, len(tasks)))


def _in_processes[T, R](function: Callable[[T], R], tasks: Sequence[T], processes: int) -> Iterator[R]:
    started_anew = multiprocessing.get_context("spawn")  # nothing is inherited: as on another machine
    with ProcessPoolExecutor(processes, mp_context=started_anew) as pool:
        for done in as_completed([pool.submit(function, task) for task in tasks]):
            yield done.result()


def _on_cluster[T, R](function: Callable[[T], R], tasks: Sequence[T], address: str) -> Iterator[R]:
    try:
        ray: Any = importlib.import_module("ray")
    except ModuleNotFoundError as missing:
        raise CommandProblem("Ray is not installed here: install requirements-ray.lock.") from missing
    # Workers find the program where it stands here: a cluster of several machines has it at the same place.
    environment = {"env_vars": {"PYTHONPATH": os.environ.get("PYTHONPATH", "")}}
    try:
        ray.init(address=address, runtime_env=environment, log_to_driver=False, logging_level="error")
    except ConnectionError as unreached:
        raise CommandProblem(f"No Ray cluster answers at {address}.") from unreached
    try:
        remote = ray.remote(function)
        waiting = [remote.remote(task) for task in tasks]
        while waiting:
            (done,), waiting = ray.wait(waiting)
            yield ray.get(done)
    finally:
        ray.shutdown()
