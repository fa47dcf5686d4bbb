"""A form on its page, for the tests that go through all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.urls import reverse

from fotfeste.access.public import Subject
from fotfeste.platform.viewer import Viewer


@dataclass(frozen=True)
class Place:
    """A form on its page: the name of its address, who sits before it, and the rest of the address."""

    name: str
    viewer: Viewer
    arguments: Sequence[str] = ()
    query: str = ""
    also: Mapping[str, str] = field(default_factory=dict)  # what the page's buttons send
    later: timedelta = timedelta()  # how long after the day of the cast it is open

    @property
    def url(self) -> str:
        """Its address."""
        return reverse(self.name, args=self.arguments) + self.query


def reference(subject_id: int) -> str:
    """A household's or person's public reference, which stands in the address."""
    return Subject.objects.get(pk=subject_id).reference
