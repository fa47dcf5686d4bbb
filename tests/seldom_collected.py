"""Garbage is looked for seldom: loaded by pytest (pyproject.toml), in every worker.

Some six hundred thousand objects of a process of the tests are never garbage: modules, models, the tests themselves.
Python would go through all of them again and again.
"""

import gc

gc.set_threshold(20_000, 10, 10)  # new objects before it looks among them; Python's own is 2000


def pytest_collection_finish() -> None:
    """Look once when all tests are known; what is there then stays, and is not looked through any more."""
    gc.collect()
    gc.freeze()
