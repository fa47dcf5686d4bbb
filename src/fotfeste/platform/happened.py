"""What has happened to a household since a form was opened: asked here, answered by `web` through config's slot."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string

from fotfeste.platform.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that happened: in words, by which organisation, when; and why, where it took something back."""

    recorded_at: datetime
    words: str
    organisation_name: str
    why: str = ""


type Answerer = Callable[[Viewer, int, int], Sequence[Happened]]


def happened_since(viewer: Viewer, subject_id: int, event_id: int) -> Sequence[Happened]:
    """What the viewer may know of what has happened to a household after an event, the oldest first."""
    answer: Answerer = import_string(settings.FOTFESTE_HAPPENED)
    return answer(viewer, subject_id, event_id)


def last_event(viewer: Viewer, subject_id: int) -> int:
    """The newest event of a household that the viewer may know of, 0 where there is none: a form carries it, and must
    not tell that something else has happened. Acts on one household wait for one another, so every later one has a
    higher number.
    """
    answer: Callable[[Viewer, int], int] = import_string(settings.FOTFESTE_LAST_HAPPENED)
    return answer(viewer, subject_id)
