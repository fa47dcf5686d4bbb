"""Pages as a member of staff gets them: logged in, on the cast's day."""

from collections.abc import Iterator
from contextlib import contextmanager

import time_machine
from django.test import Client

from fotfeste.access.public import Subject
from fotfeste.directory.public import User
from fotfeste.platform.viewer import Viewer
from tests.conftest import Cast


@contextmanager
def logged_in(cast: Cast, viewer: Viewer) -> Iterator[Client]:
    """A browser of the viewer's, on the cast's day."""
    client = Client()
    assert viewer.user_id is not None
    client.force_login(User.objects.get(pk=viewer.user_id))
    with time_machine.travel(cast.at, tick=False):
        yield client


def reference_of(group: int) -> str:
    """The household's public reference."""
    return Subject.objects.get(pk=group).reference
