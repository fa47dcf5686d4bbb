"""Publish what happened: one row, then every listener, all in the publisher's transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import import_module

from django.conf import settings
from django.db import connection

from fotfeste.platform.feed import give_feed_positions
from fotfeste.platform.logs import current_request_number
from fotfeste.platform.models import Event
from fotfeste.platform.viewer import Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """What a publisher tells: a type and ids, never personal content."""

    type: str
    subject_id: int | None
    object_kind: str = ""
    object_id: int | None = None
    workflow: str = ""
    transition: str = ""
    from_state: str = ""
    to_state: str = ""
    holds_on: date | None = None
    other_organisation_id: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a listener gets: the stored event, who acted and when."""

    event: Event
    by: Viewer
    at: datetime


type Listener = Callable[[Told], None]


def publish(happening: Happening, *, by: Viewer, at: datetime) -> Event:
    """Store the event and run its listeners in the order of `config/subscriptions.py`.

    Must be called inside the act's transaction; a listener's exception aborts it all.
    """
    if not connection.in_atomic_block:
        message = "publish() belongs inside an act's transaction"
        raise RuntimeError(message)
    event = Event.objects.create(
        type=happening.type,
        subject_id=happening.subject_id,
        object_kind=happening.object_kind,
        object_id=happening.object_id,
        workflow=happening.workflow,
        transition=happening.transition,
        from_state=happening.from_state,
        to_state=happening.to_state,
        holds_on=happening.holds_on,
        other_organisation_id=happening.other_organisation_id,
        recorded_at=at,
        actor_id=by.user_id,
        organisation_id=by.organisation_id,
        request_number=current_request_number(),
    )
    for listener in _listeners().get(happening.type, ()):
        listener(Told(event, by, at))
    give_feed_positions.enqueue()
    return event


@cache
def _listeners() -> Mapping[str, tuple[Listener, ...]]:
    module = import_module(settings.FOTFESTE_SUBSCRIPTIONS)
    listeners: Mapping[str, tuple[Listener, ...]] = module.LISTENERS
    return listeners
