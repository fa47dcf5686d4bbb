"""What a kind of task is."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TaskKind:
    """A kind of task: its code, its words (verb first), and where it is done.

    `title` is looked up when shown, in the viewer's language; `url_name` takes the subject's reference as `reference`.
    """

    code: str
    title: Callable[[], str]
    url_name: str
