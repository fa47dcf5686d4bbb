"""What a page shows of somebody, told to the log of looks before the page is sent.

`access` keeps the log and says so when the program starts; no setting names it, so that none turns it off. Where a
look cannot be kept the page is not shown.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus

from fotfeste.platform.viewer import Viewer

# Answers that have the page itself in them; the others lead elsewhere or say why there is none, also to a municipality
# that is asked no more and knows of nobody (410).
_WITH_THE_PAGE = frozenset({HTTPStatus.OK, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY})


class LookNotKept(Exception):
    """The look could not be written down; whatever was to be seen is not shown."""


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom a page is about: the household's subject, its persons, and why the viewer's organisation knows of them."""

    household_id: int
    person_ids: tuple[int, ...]
    because: frozenset[str]


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as it is about to be sent. A list has nobody in `whom`, but what was asked for and how many it found."""

    page: str  # the name of its address
    compartments: frozenset[str]  # what of them the page shows to those whom everything is open to
    whom: Whom | None = None
    asked: Mapping[str, str] = field(default_factory=dict)
    hits: int | None = None


type Keeper = Callable[[Shown, Viewer, datetime], None]
_keepers: list[Keeper] = []


def kept_by(keeper: Keeper) -> None:
    """Say who keeps the looks; once, when the program starts."""
    _keepers[:] = [keeper]


def keep(shown: Shown, by: Viewer, at: datetime) -> None:
    """Write a look down. Raises LookNotKept."""
    if not _keepers:
        raise LookNotKept
    _keepers[0](shown, by, at)


def has_the_page(status: int) -> bool:
    """Whether an answer with this status shows what the page is about."""
    return status in _WITH_THE_PAGE
