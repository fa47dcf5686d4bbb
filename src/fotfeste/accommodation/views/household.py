"""What every act on a household shares: whose it is, who they are, where one goes afterwards."""

from functools import cached_property
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.public import subject_by_reference
from fotfeste.accommodation.models import Stay
from fotfeste.accommodation.queries.where import stays_on
from fotfeste.kernel.errors import Refused
from fotfeste.platform.views import ActView
from fotfeste.registry.public import Member, PlacementGroup, household_name, household_name_within, members_of


class HouseholdActView(ActView):
    """An act on the household in the address."""

    @cached_property
    def group_id(self) -> int:
        """The household's subject. NotFound where the viewer has no need to know of it."""
        return subject_by_reference(self.viewer, self.kwargs["reference"], self.day).pk

    @cached_property
    def members(self) -> list[Member]:
        """Who belongs to it today."""
        return members_of(self.group_id, self.day)

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

    @property
    def household_id(self) -> int:
        """Its events are told where somebody else was quicker."""
        return self.group_id

    @property
    def name(self) -> str:
        """What the household is called."""
        return household_name(self.members) or _("husstanden")

    @property
    def name_within(self) -> str:
        """What the household is called inside a sentence."""
        return household_name_within(self.members) or _("husstanden")

    @property
    def back_url(self) -> str:
        """The household's page."""
        return reverse("household", args=[self.kwargs["reference"]])

    def way_back(self) -> tuple[str, str]:
        """The household's page."""
        return self.back_url, self.name

    def initial(self) -> dict[str, Any]:
        """The version, read anew each time: after a refusal it is the one that the next attempt counts from."""
        return {"version": get_object_or_404(PlacementGroup, subject_id=self.group_id).version}

    def context(self) -> dict[str, Any]:
        """The way back."""
        return {"back_url": self.back_url, "back_label": self.name, "name": self.name}

    def require_somebody_here(self) -> None:
        """Refuse where nobody of the household stays at the viewer's centre."""
        if not self.here:
            raise Refused("not_staying_here")
