"""What a kind of task is."""

from collections.abc import Callable
from dataclasses import dataclass

from fotfeste.directory.domain.types import ContactTopic


@dataclass(frozen=True, slots=True)
class TaskKind:
    """A kind of task: its code, its words (verb first), where it is done, and the topic that routes it to a unit.

    `title` is looked up when shown, in the viewer's language; `url_name` takes the subject's reference as `reference`.
    """

    code: str
    title: Callable[[], str]
    url_name: str
    topic: ContactTopic = ContactTopic.GENERAL
