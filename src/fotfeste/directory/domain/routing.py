"""To which unit of an organisation a matter goes, and whom one calls about it (REG-07).

Letters of UDI's went to the municipalities' general postboxes and did not always reach those who should have had them
(MAMOT 7.2.8). So a matter goes to a named unit, and where none is named that is said, with who can mend it.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from fotfeste.directory.domain.types import (
    DEFAULT_UNIT,
    KIND_ANSWERS_FOR,
    ContactOnDay,
    ContactTopic,
    OrganisationKind,
    UnitKind,
    UnitOnDay,
)
from fotfeste.kernel.decisions import Decision, Reason, RuleRef

RULE = RuleRef("directory.route", "1", "REG-07; GUIDE 2.1 and 3; MAMOT 7.2.8", "secondary")
# UDI's regional unit is told of those who refuse to move, beside the central one (GUIDE Vedlegg 6).
OF_THE_REGION = frozenset({ContactTopic.REFUSAL})
# The first part of addresses that reach everybody and nobody (postmottak).
GENERAL_POSTBOX = "post|postmottak|firmapost|epost|e-post|mail|info|kontakt|contact|office|postboks|kommune|servicetorg"
_GENERAL_POSTBOX = re.compile(rf"^(?:{GENERAL_POSTBOX})@", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Route:
    """Where a matter goes. `decision` says by which step, `contact_reason` whom one calls and why them.

    `gaps` are what is missing: no unit, no case mailbox, nobody to call.
    """

    topic: ContactTopic
    unit: UnitOnDay | None
    contacts: tuple[ContactOnDay, ...]
    decision: Decision
    contact_reason: Reason | None
    gaps: tuple[Reason, ...]

    @property
    def is_fallback(self) -> bool:
        """The unit takes it because no other is named for it."""
        return any(reason.code == "default_unit" for reason in self.decision.reasons)

    @property
    def contact(self) -> ContactOnDay | None:
        """Whom one calls first."""
        return self.contacts[0] if self.contacts else None


def is_general_postbox(address: str) -> bool:
    """Whether an address is an organisation's general postbox (`postmottak@...`), which no case may be sent to."""
    return _GENERAL_POSTBOX.match(address.strip()) is not None


def route(
    kind: OrganisationKind,
    units: Iterable[UnitOnDay],
    contacts: Iterable[ContactOnDay],
    topic: ContactTopic,
    *,
    county: str = "",
) -> Route:
    """The unit of an organisation that a matter goes to on the day of these facts, and its contact persons.

    In order: the region's unit (`county` is the county's number), the unit that the organisation has named for the
    topic, the one whose kind answers for it, the named default, the default of the kind of organisation, the only one.
    The decision is no, with what is missing, where there is none. Source: REG-07, MAMOT 7.2.8.
    """
    units = sorted(units, key=lambda unit: unit.id)
    unit, reason = _unit(kind, units, topic, county)
    inputs: dict[str, object] = {"topic": topic, "units": len(units), "county": county}
    if unit is None:
        missing = Reason("no_unit", {"topic": str(topic)})
        return Route(topic, None, (), Decision.no(RULE, missing, inputs=inputs), None, (missing,))
    found, contact_reason = _contacts([each for each in contacts if each.unit_id == unit.id], topic)
    gaps = () if unit.mailbox else (Reason("no_mailbox", {"unit": unit.name}),)
    if not found:
        gaps = (*gaps, Reason("no_contact", {"unit": unit.name}))
    return Route(topic, unit, found, Decision.yes(RULE, reason, inputs=inputs), contact_reason, gaps)


def unit_for(kind: OrganisationKind, units: Iterable[UnitOnDay], topic: ContactTopic) -> UnitOnDay | None:
    """Only the unit of `route`, for many at once; None where no unit is named."""
    return _unit(kind, sorted(units, key=lambda unit: unit.id), topic, "")[0]


def _unit(
    kind: OrganisationKind, units: Sequence[UnitOnDay], topic: ContactTopic, county: str
) -> tuple[UnitOnDay | None, Reason]:
    default = DEFAULT_UNIT.get(kind, UnitKind.MAIN)
    steps: tuple[tuple[str, Callable[[UnitOnDay], bool]], ...] = (
        ("unit_of_the_region", lambda unit: topic in OF_THE_REGION and county in unit.counties),
        ("unit_named_for_topic", lambda unit: topic in unit.topics),
        ("unit_of_its_kind", lambda unit: topic in KIND_ANSWERS_FOR.get(unit.kind, ())),
        ("default_unit", lambda unit: ContactTopic.GENERAL in unit.topics),
        ("default_unit", lambda unit: unit.kind is default),
        ("default_unit", lambda unit: len(units) == 1),
    )
    for code, takes in steps:
        unit = next((unit for unit in units if takes(unit)), None)
        if unit is not None:
            # What nobody else has is the default unit's own, not a way round.
            own = code == "default_unit" and topic is ContactTopic.GENERAL
            return unit, Reason("unit_for_the_rest" if own else code, {"topic": str(topic), "unit": unit.name})
    return None, Reason("no_unit", {"topic": str(topic)})


def _contacts(contacts: Sequence[ContactOnDay], topic: ContactTopic) -> tuple[tuple[ContactOnDay, ...], Reason | None]:
    """Those named for the topic; else the unit's for everything; else whoever the unit has named for something."""
    steps: tuple[tuple[str, Callable[[ContactOnDay], bool]], ...] = (
        ("contact_for_topic", lambda contact: contact.topic is topic),
        ("contact_of_unit", lambda contact: contact.topic is ContactTopic.GENERAL),
        ("contact_of_other_topic", lambda contact: True),
    )
    for code, answers in steps:
        found = sorted((each for each in contacts if answers(each)), key=lambda each: (each.name, each.reference))
        if code == "contact_of_other_topic":
            # Somebody may answer for several things: named once.
            found = list({each.name: each for each in found}.values())
        if found:
            return tuple(found), Reason(code, {"topic": str(topic), "name": found[0].name})
    return (), None
