"""The run on another server has something of every module, and all of what is about the database itself."""

import pytest

from tests.one_of_each import WHOLE, one_of_each


@pytest.fixture
def known(request: pytest.FixtureRequest) -> list[pytest.Item]:
    """The tests of this run: of one module where it runs by itself."""
    return request.session.items


def test_every_module_keeps_its_first_test_and_those_of_the_database_all(
    known: list[pytest.Item], request: pytest.FixtureRequest
) -> None:
    tests = request.config.rootpath / "tests"
    kept = one_of_each(known, tests)
    assert {each.path for each in kept} == {each.path for each in known}
    of_database = [each for each in known if each.path.relative_to(tests).parts[0] in WHOLE]
    assert set(of_database) <= set(kept)
    others = [each.path for each in kept if each not in set(of_database)]
    assert len(others) == len(set(others))


def test_the_first_is_the_one_that_stands_first(known: list[pytest.Item], request: pytest.FixtureRequest) -> None:
    [first] = one_of_each([each for each in known if each.path == request.path], request.config.rootpath / "tests")
    assert first.name == test_every_module_keeps_its_first_test_and_those_of_the_database_all.__name__
