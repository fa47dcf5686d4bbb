"""What every act on a household's case shares: whose it is, the story so far, and whether its time has come."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment
from fotfeste.directory.public import OrganisationKind
from fotfeste.kernel.errors import NotFound
from fotfeste.platform.panels import HouseholdContext, NowAndNext
from fotfeste.platform.typed import Typed
from fotfeste.registry.public import ActOnHousehold
from fotfeste.settlement.models import SettlementCase
from fotfeste.settlement.now import now_and_next
from fotfeste.settlement.queries.story import Story, story_of
from fotfeste.settlement.queries.withdrawals import withdrawals_for
from fotfeste.worklist.public import open_tasks_about

_WITH_THE_HOUSEHOLD = frozenset({"settlement.register_offer_answer", "settlement.arrange_journey"})


class CaseActView(ActOnHousehold):
    """An act on the case of the household in the address.

    `states` are those in which the form makes sense; in others the page says what happens now instead.
    """

    shows = ActOnHousehold.shows | {Compartment.INTERVIEW, Compartment.NEEDS, Compartment.SETTLEMENT}

    states: ClassVar[tuple[str, ...]] = ()
    also_shown: frozenset[str] = frozenset()

    def compartments_shown(self) -> frozenset[str]:
        """What the act is about, and what is told of instead where it cannot be done now."""
        return super().compartments_shown() | self.also_shown

    @property
    def reference(self) -> str:
        """The household's public reference."""
        return str(self.kwargs["reference"])

    def sees_household(self) -> bool:
        """Whether the viewer's organisation has a need to know of it."""
        try:
            return self.group_id > 0
        except NotFound:
            return False

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

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The form, or what happens now where its time has not come or is over. A municipality that has no part any
        more is shown what it was told.
        """
        if not self.sees_household() and withdrawals_for(self.viewer, self.reference):
            return redirect("withdrawn_request", reference=self.reference)
        if self.is_untimely():
            return self.not_now(request)
        return super().get(request, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do the act; where there is no case there is none to do, and the page says so beside what was typed."""
        if self.story.case is None:
            return self._kept(self.too_late())
        return super().post(request, **kwargs)

    def typed_in_form(self) -> Sequence[Typed]:
        """What was sent; without a case the form itself cannot be made."""
        return super().typed_in_form() if self.story.case else self.typed()

    def is_untimely(self) -> bool:
        """Whether the case is in a state in which this cannot be done."""
        return self.story.case is None or self.state_now() not in self.states or self._is_the_centres()

    def state_now(self) -> str:
        """The state that this is asked of: of the case."""
        return str(self.case.state)

    def _is_the_centres(self) -> bool:
        """What is done with the household itself is the centre's, where they live at one; IMDi's where they do not."""
        is_imdi = self.viewer.organisation_kind == OrganisationKind.IMDI
        return is_imdi and self.permission in _WITH_THE_HOUSEHOLD and self.case.centre_id is not None

    def too_late(self) -> Sequence[str]:
        """Where the case is now, if that is not where the act belongs."""
        if not self.is_untimely():
            return ()
        return (_("Dette kan ikke gjøres nå. Saken er på et annet steg."), self._now().sentence)

    def not_now(self, request: HttpRequest) -> HttpResponse:
        """A page that says what happens now instead."""
        about = ActOnHousehold.context(self)  # an act's own tells of a case that may not be there
        return render(request, "settlement/not_now.html", about | {"now": self._now(), "day": self.day})

    def _now(self) -> NowAndNext:
        """What happens now in the household's case."""
        household = HouseholdContext(
            viewer=self.viewer,
            day=self.day,
            subject_id=self.group_id,
            reference=self.reference,
            version=self.group.version,
            person_ids=tuple(member.subject_id for member in self.members),
            names={member.subject_id: member.given_name for member in self.members},
            members=self.members,
            tasks=tuple(open_tasks_about(self.group_id)),
        )
        if self.story.case is not None and self.story.case.state == "settled":
            self.also_shown = frozenset({Compartment.STAYS})  # it says where they moved to, if not as agreed
        return now_and_next(household)
