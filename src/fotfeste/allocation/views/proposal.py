"""What a plan proposes for one household, and what steers it."""

from collections.abc import Sequence
from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fotfeste.allocation.domain.explanation import Explanation
from fotfeste.allocation.domain.kept import from_json
from fotfeste.allocation.domain.states import PLAN_PERMISSION
from fotfeste.allocation.domain.types import SteeringKind
from fotfeste.allocation.explained import for_case_worker, for_resident
from fotfeste.allocation.models import Proposal, SteeredGroup
from fotfeste.allocation.queries.plans import municipality_names, others_sent_to, proposal_of, standing_of
from fotfeste.allocation.queries.steering import held_for, steered_groups
from fotfeste.allocation.views.plans import OF_HOUSEHOLDS, computed_plan, standing_words, title_of
from fotfeste.allocation.words_steering import decided_by, what_is_decided
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import OfHousehold, household_name
from fotfeste.settlement.public import no_sentence

STILL_TO_STEER = ("to_send", "waiting")


class ProposalView(OfHousehold):
    """Why a household is proposed where it is: the parts, what came second, what was not possible, what steered it."""

    permission: ClassVar[str] = PLAN_PERMISSION
    shows = OF_HOUSEHOLDS

    def get(self, request: HttpRequest, plan: str, reference: str) -> HttpResponse:
        """The proposal."""
        made = computed_plan(self.viewer, plan)
        proposal = proposal_of(made, self.group.pk)
        why = from_json(Explanation, proposal.explanation)
        steered = steering_rows(self.viewer, proposal)
        context = {
            "plan": made,
            "title": title_of(made),
            "reference": reference,
            "name": household_name(self.members),
            "proposal": proposal,
            "sections": for_case_worker(why, municipality_names(), made.week, others_sent_to(proposal)),
            "told": for_resident(why),
            "no": no_sentence(proposal.request, proposal.municipality.name if proposal.municipality else ""),
            "steered": steered,
            "is_pinned": any(each.kind == SteeringKind.PINNED and each.ended_at is None for each, *_words in steered),
            "standing": standing_words(proposal),
            "can_send": made.state == "proposed" and standing_of(proposal) == "to_send",
            "can_steer": made.state == "proposed" and standing_of(proposal) in STILL_TO_STEER,
        }
        return render(request, "allocation/proposal.html", context)


def steering_rows(viewer: Viewer, proposal: Proposal) -> Sequence[tuple[SteeredGroup, str, str, str]]:
    """What the proposal was steered by, and what holds for the household now: in words, by whom, and since when."""
    held = {each.pk: each for each in held_for(proposal.steered)}
    now = {each.pk: each for each in steered_groups(viewer, proposal.subject_id)}
    found = sorted((held | now).values(), key=lambda each: (each.kind, each.pk), reverse=True)
    return [
        (each, what_is_decided(each), decided_by(each), _told(each.pk in held, each.ended_at is None)) for each in found
    ]


def _told(is_in_the_plan: bool, is_standing: bool) -> str:
    if not is_in_the_plan:
        return _("Gjelder fra neste plan")
    return _("Planen fulgte det") if is_standing else _("Planen fulgte det. Gjelder ikke lenger")
