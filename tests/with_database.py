"""Have the test server before Django reads its settings: loaded by pytest ahead of everything else (pyproject.toml).

`./fotfeste test` has it already and says so in the environment, and so does the first process to its workers.
"""

from collections.abc import Generator

import pytest

from fotfeste.platform.postgres import DatabaseSetupError, provide_for_tests


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None]:
    """Start the server, or join it; a wrapper, because pytest-django reads the settings in this hook."""
    try:
        provide_for_tests()
    except DatabaseSetupError as problem:
        raise pytest.UsageError(str(problem)) from problem
    return (yield)
