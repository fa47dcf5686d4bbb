"""Routes in words, for the pages here and elsewhere: `directory/reached.html` and `directory/reached_one.html`."""

from collections.abc import Sequence
from dataclasses import dataclass

from fotfeste.directory.domain.routing import Route
from fotfeste.directory.domain.types import ContactOnDay, UnitOnDay
from fotfeste.directory.models import Organisation
from fotfeste.directory.queries.routes import Reach
from fotfeste.directory.words import gap_words, mended_by, reason_words, topic_name


@dataclass(frozen=True, slots=True)
class ReachedLine:
    """Who is reached for a topic: the unit, its contact persons, why them, and what is missing with who mends it."""

    topic: str
    unit: UnitOnDay | None
    contacts: tuple[ContactOnDay, ...]
    notes: Sequence[str]
    gaps: Sequence[str]
    mended_by: str


def reached_line(organisation: Organisation, found: Route) -> ReachedLine:
    """A route in words."""
    reasons = found.decision.reasons if found.is_fallback else (*found.decision.reasons, found.contact_reason)
    return ReachedLine(
        topic=topic_name(found.topic),
        unit=found.unit,
        contacts=found.contacts,
        notes=[words for reason in reasons if found.unit and (words := reason_words(reason))],
        gaps=[gap_words(gap) for gap in found.gaps],
        mended_by=mended_by(organisation.kind) if found.gaps else "",
    )


def reached_lines(reach: Reach) -> list[ReachedLine]:
    """An organisation's routes in words, one for each topic."""
    return [reached_line(reach.organisation, found) for found in reach.routes()]
