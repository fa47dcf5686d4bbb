"""What a kind of task is."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from fotfeste.directory.domain.types import ContactTopic


@dataclass(frozen=True, slots=True)
class TaskKind:
    """A kind of task: its code, its words (verb first), where it is done, and the topic that routes it to a unit.

    `title` is looked up when shown, in the viewer's language; `url_name` takes the subject's reference as `reference`.
    `is_notice`: somebody has to see what has happened, also when the household is no more. `name_of`: what tasks are
    called in the worklist, by `object_id`, where whoever does them may not see the household. `is_shared`: of all who
    see it, nobody takes it for themselves; a colleague who is handed it might not see it.
    """

    code: str
    title: Callable[[], str]
    url_name: str
    topic: ContactTopic = ContactTopic.GENERAL
    is_notice: bool = False
    name_of: Callable[[Collection[int]], Mapping[int, str]] | None = None
    is_shared: bool = False
