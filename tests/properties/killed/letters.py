"""Acts on letters, each with what there is before it."""

from datetime import timedelta
from typing import Any

from fotfeste.letters.public import (
    ReturnReason,
    mark_delivered,
    mark_opened,
    mark_returned,
    send_letter,
    write_letter,
)
from fotfeste.platform.scope import scope
from tests.actions.letters.stage import GRANTED, household, letter_to_people, request_to
from tests.conftest import Cast
from tests.properties.killed.scene import Scene

LATER = timedelta(hours=1)


def draft(cast: Cast) -> str:
    """A request to Levanger that is written, and no more."""
    return request_to(cast, household(cast)).reference


def sent(cast: Cast) -> str:
    """One that is sent."""
    reference = draft(cast)
    with scope(cast.udi, cast.day):
        return send_letter(reference, by=cast.udi, at=cast.at).reference


def sent_to_people(cast: Cast) -> str:
    """A letter to the people that is sent."""
    reference = letter_to_people(cast, household(cast)).reference
    with scope(cast.udi, cast.day):
        return send_letter(reference, by=cast.udi, at=cast.at).reference


def write(subject_id: int, **by: Any) -> object:
    """UDI writes to the people."""
    to: dict[str, Any] = {
        "subject_id": subject_id,
        "to_organisation_id": None,
        "language": "uk",
        "compartment": "housing",
    }
    return write_letter("granted", facts=GRANTED, **to, **by)


LETTERS = {
    "write_letter": Scene(household, "udi", write),
    "send_letter": Scene(draft, "udi", send_letter),
    "mark_delivered": Scene(sent_to_people, "centre", mark_delivered, LATER),
    "mark_opened": Scene(sent, "municipality", mark_opened, LATER),
    "mark_returned": Scene(
        sent_to_people, "centre", lambda letter, **by: mark_returned(letter, ReturnReason.MOVED, **by), LATER
    ),
}
