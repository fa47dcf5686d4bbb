"""What every act on where a household stays shares: where each of them is today, and who is here."""

from functools import cached_property

from fotfeste.access.public import Compartment
from fotfeste.accommodation.models import Stay
from fotfeste.accommodation.queries.where import stays_on
from fotfeste.kernel.errors import Refused
from fotfeste.registry.public import ActOnHousehold, Member


class HouseholdActView(ActOnHousehold):
    """An act on the household in the address, and where it stays."""

    shows = ActOnHousehold.shows | {Compartment.STAYS}

    @cached_property
    def stays(self) -> dict[int, Stay]:
        """Where each of them stays today."""
        return stays_on([member.subject_id for member in self.members], self.day)

    @cached_property
    def here(self) -> list[Member]:
        """Those who stay at the viewer's own centre today."""
        return [
            member
            for member in self.members
            if (stay := self.stays.get(member.subject_id)) and stay.centre_id == self.viewer.organisation_id
        ]

    def require_somebody_here(self) -> None:
        """Refuse where nobody of the household stays at the viewer's centre."""
        if not self.here:
            raise Refused("not_staying_here")
