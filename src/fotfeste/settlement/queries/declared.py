"""What municipalities have said that they can and cannot offer."""

from collections.abc import Mapping
from datetime import date

from fotfeste.settlement.domain.types import Capability, Offerable, offerable
from fotfeste.settlement.models import (
    MunicipalityCapability,
)


def offerables_by_all(day: date) -> Mapping[int, Mapping[Offerable, bool]]:
    """What municipalities have said that they can and cannot offer on a day, services too. One query."""
    found: dict[int, dict[Offerable, bool]] = {}
    said = MunicipalityCapability.objects.current().filter(period__contains=day)
    for organisation_id, code, is_offered in said.values_list("organisation_id", "capability", "is_offered"):
        found.setdefault(organisation_id, {})[offerable(code)] = is_offered
    return found


def declared_by_all(day: date) -> Mapping[int, dict[Capability, bool]]:
    """The same without services: what somebody must have. One query."""
    return {place: capabilities_among(said) for place, said in offerables_by_all(day).items()}


def capabilities_among(said: Mapping[Offerable, bool]) -> dict[Capability, bool]:
    """Of what a municipality has said, what somebody must have."""
    return {each: has for each, has in said.items() if isinstance(each, Capability)}


def offerables_of(organisation_id: int, day: date) -> Mapping[Offerable, bool]:
    """What one municipality has said that it can and cannot offer on a day, services too. One query."""
    said = MunicipalityCapability.objects.current().filter(organisation_id=organisation_id, period__contains=day)
    return {offerable(code): is_offered for code, is_offered in said.values_list("capability", "is_offered")}
