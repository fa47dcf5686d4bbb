"""What the views of acts on one household share."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from fotfeste.access.public import SubjectKind, subject_by_reference
from fotfeste.kernel.errors import Refused
from fotfeste.platform.sentences import sentence_for
from fotfeste.platform.views import ActView, StaffView
from fotfeste.registry.actions.lock import require_part
from fotfeste.registry.domain.registration import person_warnings
from fotfeste.registry.domain.types import Member, NewPerson
from fotfeste.registry.models import PlacementGroup
from fotfeste.registry.queries.members import household_name, members_of
from fotfeste.registry.words import NUMBER_WARNINGS


class OfHousehold(StaffView):
    """A page about the household whose reference is in the address."""

    @cached_property
    def group(self) -> PlacementGroup:
        """The placement group; NotFound also for those who have no need to know of it."""
        subject = subject_by_reference(self.viewer, self.kwargs["reference"], self.day)
        if subject.kind != SubjectKind.GROUP:
            raise Http404
        return PlacementGroup.objects.select_related("subject").get(subject_id=subject.pk)

    @cached_property
    def members(self) -> list[Member]:
        """The members today, whom the viewer may see."""
        return members_of(self.group.pk, self.day)

    @property
    def household_url(self) -> str:
        """The address of the household's page."""
        return reverse("household", kwargs={"reference": self.kwargs["reference"]})

    def ids_of(self, references: list[str]) -> list[int]:
        """The keys of the members with these references."""
        by_reference = {member.reference: member.subject_id for member in self.members}
        return [by_reference[reference] for reference in references]

    def back(self) -> dict[str, Any]:
        """The way back to the household."""
        return {"back_url": self.household_url, "back_label": household_name(self.members) or _("Husstanden")}


class HouseholdAct(OfHousehold, ActView):
    """An act on a household: the form carries the version that its page was opened on."""

    @property
    def household_id(self) -> int:
        """Its events are told where somebody else was quicker."""
        return int(self.group.pk)

    def initial(self) -> dict[str, Any]:
        """The household's version now."""
        return {"version": self.group.version}

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The form; for who has nothing to register any more, why."""
        reasons = self.too_late()
        return self._over(reasons) if reasons else super().get(request, **kwargs)

    def too_late(self) -> Sequence[str]:
        """Who knows of the household only from before has nothing to register about it any more."""
        try:
            require_part([self.group.pk], by=self.viewer, at=self.at)
        except Refused as refused:
            return [sentence_for(refused)]
        return ()

    def context(self) -> dict[str, Any]:
        """The way back."""
        return self.back()

    def warn_about(self, person: NewPerson, on: date) -> None:
        """Say what somebody should look at again in what was saved."""
        for sentence in warnings_about(person, on):
            messages.warning(self.request, sentence)


def warnings_about(person: NewPerson, on: date) -> list[str]:
    """What somebody should look at again, in sentences with the person's name; it is saved all the same."""
    name = f"{person.given_name} {person.family_name}".strip()
    return [
        _("%(name)s: %(warning)s") % {"name": name, "warning": NUMBER_WARNINGS[code]}
        for code in person_warnings(person, on)
    ]
