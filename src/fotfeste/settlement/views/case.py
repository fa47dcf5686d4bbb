"""What every act on a household's case shares: whose it is, the story so far, and whether its time has come."""

from functools import cached_property
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.public import subject_by_reference
from fotfeste.platform.forms import ActForm
from fotfeste.platform.panels import HouseholdContext
from fotfeste.platform.views import ActView
from fotfeste.registry.public import Member, PlacementGroup, household_name, members_of
from fotfeste.settlement.models import SettlementCase
from fotfeste.settlement.now import now_and_next
from fotfeste.settlement.queries.story import Story, story_of
from fotfeste.worklist.public import open_tasks_about


class CaseActView(ActView):
    """An act on the case of the household in the address.

    `states` are those in which the form makes sense; in others the page says what happens now instead.
    """

    states: ClassVar[tuple[str, ...]] = ()

    @property
    def reference(self) -> str:
        """The household's public reference."""
        return str(self.kwargs["reference"])

    @cached_property
    def group_id(self) -> int:
        """The household's subject. NotFound where the viewer has no need to know of it."""
        return subject_by_reference(self.viewer, self.reference, self.day).pk

    @cached_property
    def members(self) -> list[Member]:
        """Who belongs to it today."""
        return members_of(self.group_id, self.day)

    @property
    def name(self) -> str:
        """What the household is called."""
        return household_name(self.members) or _("husstanden")

    @cached_property
    def story(self) -> Story:
        """The case with what belongs to it."""
        return story_of(self.group_id)

    @property
    def case(self) -> SettlementCase:
        """The household's case."""
        if self.story.case is None:
            raise LookupError("no case: the page is shown only where there is one")
        return self.story.case

    @property
    def back_url(self) -> str:
        """The household's page."""
        return reverse("household", args=[self.reference])

    def initial(self) -> dict[str, Any]:
        """The version that a form is opened on, read anew: after a refusal the next attempt counts from it."""
        return {"version": get_object_or_404(PlacementGroup, subject_id=self.group_id).version}

    def context(self) -> dict[str, Any]:
        """The way back, and the household."""
        return {"back_url": self.back_url, "back_label": self.name, "name": self.name}

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The form, or what happens now where its time has not come or is over."""
        if self.is_untimely():
            return self.not_now(request)
        return super().get(request, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do the act; where there is no case there is none to do, and the page says what happens now."""
        if self.story.case is None:
            return self.not_now(request, status=422)
        return super().post(request, **kwargs)

    def is_untimely(self) -> bool:
        """Whether the case is in a state in which this cannot be done."""
        return self.story.case is None or self.story.case.state not in self.states

    def not_now(self, request: HttpRequest, status: int = 200) -> HttpResponse:
        """A page that says what happens now instead."""
        household = HouseholdContext(
            viewer=self.viewer,
            day=self.day,
            subject_id=self.group_id,
            reference=self.reference,
            version=CaseActView.initial(self)["version"],  # an act's own starts from a case that may not be there
            person_ids=tuple(member.subject_id for member in self.members),
            names={member.subject_id: member.given_name for member in self.members},
            members=self.members,
            tasks=tuple(open_tasks_about(self.group_id)),
        )
        now = now_and_next(household)
        return render(request, "settlement/not_now.html", self.context() | {"now": now, "day": self.day}, status=status)

    def _page(self, request: HttpRequest, form: ActForm, status: int = 200) -> HttpResponse:
        """The form with its refusals; what happens now where there is not even a case any more."""
        if self.story.case is None:
            return self.not_now(request, status)
        return super()._page(request, form, status)
