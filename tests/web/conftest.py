"""The provider of logins, for the tests that log in by it."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.provider.running import Provider

USERS = ("registrator", "voss", "raade", "udi", "ukjent", "demo-imdi", "ansatt-uten-rolle")


@pytest.fixture(scope="session")
def running_provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    """The provider's process."""
    provider = Provider(tmp_path_factory.mktemp("provider"))
    provider.start(USERS, ["http://testserver"])
    yield provider
    provider.stop()


@pytest.fixture
def provider(running_provider: Provider, settings: Settings) -> Provider:
    """The provider, as it is configured here; it says nothing but the truth yet."""
    settings.LOGIN_PROVIDERS = (running_provider.configured(),)
    running_provider.tell()
    return running_provider
