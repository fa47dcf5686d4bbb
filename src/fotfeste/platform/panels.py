"""What the domains supply to the household page: panels, entries of the timeline, next steps, acts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fotfeste.platform.viewer import Viewer


@dataclass(frozen=True, slots=True)
class HouseholdContext:
    """Whose page it is, for whom and on which day. Persons are those whom the viewer may see."""

    viewer: Viewer
    day: date
    subject_id: int
    reference: str
    version: int
    person_ids: tuple[int, ...]
    names: Mapping[int, str]  # given name by person, as shown
    reasons: frozenset[str] = frozenset()  # why the viewer's organisation needs to know of the household today
    members: Sequence[Any] = ()  # the registry's rows of the persons, fetched once for the page
    tasks: Sequence[Any] = ()  # the worklist's open tasks about the household, fetched once for the page
    events: Sequence[Any] = ()  # what the viewer may know has happened, the newest first, with `organisation_name`
    protection: Mapping[str, str] | None = None  # level and first day, where the household's address is protected
    private_living: frozenset[str] = frozenset()  # what there is of it, asked once for the page
    cache: dict[str, object] = field(default_factory=dict, compare=False)  # what a domain has fetched for this page


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the page: a title, a template and what it shows."""

    code: str
    title: str
    template: str
    context: Mapping[str, object]
    order: int = 50
    shows: frozenset[str] = frozenset()  # compartments, for the log of looks


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """Something that lasted (`end_on` or open) or happened (`is_point`), in a lane, with who told and when."""

    lane: str
    label: str
    start_on: date
    end_on: date | None = None
    is_point: bool = False
    source: str = ""
    known_on: date | None = None


@dataclass(frozen=True, slots=True)
class PossibleAct:
    """Something that the viewer can do now: words (verb first) and address."""

    label: str
    url: str
    is_primary: bool = False


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something about an organisation itself that its start page says until it is done: what, and where it is done."""

    sentence: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class NowAndNext:
    """What happens now: a sentence; whose move it is; by when; what comes after."""

    sentence: str
    whose_move: str = ""
    due_on: date | None = None
    afterwards: str = ""
    acts: tuple[PossibleAct, ...] = field(default=())
