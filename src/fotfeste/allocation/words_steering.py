"""What is steered, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fotfeste.allocation.domain.types import SteeringKind
from fotfeste.allocation.models import ClosedMunicipality, SteeredGroup
from fotfeste.platform import words

type Words = Mapping[str, str | Promise]

WHAT: Words = {
    SteeringKind.PINNED: _("Festet til {place}"),
    SteeringKind.FORBIDDEN: _("{place} er utelukket"),
}


def what_is_decided(steered: SteeredGroup) -> str:
    """`Festet til Levanger`."""
    return str(WHAT[steered.kind]).format(place=steered.municipality.name)


def decided_by(steered: SteeredGroup | ClosedMunicipality) -> str:
    """`Kari Nordmann, 14. mars 2024 kl. 10.30`."""
    return f"{steered.steered_by.name}, {words.instant(steered.steered_at)}"
