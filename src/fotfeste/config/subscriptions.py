"""Who listens to which event, in order. Listeners run in the publisher's transaction; an exception aborts it all."""

from fotfeste.platform.events import Listener

LISTENERS: dict[str, tuple[Listener, ...]] = {}
