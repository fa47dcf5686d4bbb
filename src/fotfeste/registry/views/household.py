"""What the pages of one household share, and the acts on it in all packages."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, TypedDict

from django.contrib import messages
from django.forms import Form
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment, Subject, subject_by_reference
from fotfeste.kernel.errors import Refused
from fotfeste.platform.sentences import sentence_for
from fotfeste.platform.shown import Whom
from fotfeste.platform.viewer import Viewer
from fotfeste.platform.views import ActView, StaffView
from fotfeste.registry.actions.lock import require_part
from fotfeste.registry.domain.registration import person_warnings
from fotfeste.registry.domain.types import Member, NewPerson
from fotfeste.registry.models import PlacementGroup
from fotfeste.registry.queries.members import household_name, household_name_within, members_of
from fotfeste.registry.words import NUMBER_WARNINGS


class Reasoned(TypedDict):
    """What an act that asks for a reason is given besides its object."""

    reason: str
    text: str
    by: Viewer
    at: datetime
    version: int | None


class OfHousehold(StaffView):
    """A page about the household whose reference is in the address."""

    shows = frozenset({Compartment.IDENTITY})

    @cached_property
    def _subject(self) -> Subject:
        return subject_by_reference(self.viewer, self.kwargs["reference"], self.day)

    @cached_property
    def group(self) -> PlacementGroup:
        """The placement group; NotFound also for those who have no need to know of it."""
        return get_object_or_404(PlacementGroup.objects.select_related("subject"), subject_id=self._subject.pk)

    @cached_property
    def members(self) -> list[Member]:
        """The members today, whom the viewer may see."""
        return members_of(self.group.pk, self.day)

    def whom(self) -> Whom:
        """The household and its members, and why the viewer's organisation knows of them."""
        persons = tuple(member.subject_id for member in self.members)
        return Whom(self.group.pk, persons, self._subject.known_because)

    @property
    def back_url(self) -> str:
        """The address of the household's page."""
        return reverse("household", kwargs={"reference": self.kwargs["reference"]})

    def ids_of(self, references: list[str]) -> list[int]:
        """The keys of the members with these references."""
        by_reference = {member.reference: member.subject_id for member in self.members}
        return [by_reference[reference] for reference in references]

    def back(self) -> dict[str, Any]:
        """The way back to the household."""
        return {"back_url": self.back_url, "back_label": household_name(self.members) or _("Husstanden")}


class ActOnHousehold(OfHousehold, ActView):
    """An act on the household in the address: the form carries the version that its page was opened on."""

    @property
    def group_id(self) -> int:
        """The household's subject. NotFound where the viewer has no need to know of it."""
        return int(self.group.pk)

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

    def way_back(self) -> tuple[str, str]:
        """The household's page."""
        return self.back_url, self.name

    def initial(self) -> dict[str, Any]:
        """The household's version now; after a refusal the page is made anew, and the next attempt counts from that."""
        return {"version": self.group.version}

    def reasoned(self, form: Form) -> Reasoned:
        """The reason and the words that were typed, and who acts, when, on which version."""
        typed = form.cleaned_data
        return Reasoned(
            reason=typed["reason"], text=typed["text"], by=self.viewer, at=self.at, version=typed["version"]
        )

    def context(self) -> dict[str, Any]:
        """The way back, and the household."""
        return {"back_url": self.back_url, "back_label": self.name, "name": self.name}


class HouseholdAct(ActOnHousehold):
    """An act on what the registry knows of a household: for those who have a part in it."""

    is_shown_late = False

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
