"""What can be registered in a case: in which states, by whom, where, and in what words."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.directory.public import OrganisationKind
from fotfeste.platform.panels import HouseholdContext, PossibleAct
from fotfeste.settlement.models import SettlementCase
from fotfeste.settlement.queries.story import Story

_OF_THE_JOURNEY = frozenset({"settlement.arrange_journey", "settlement.approve_travel"})


@dataclass(frozen=True, slots=True)
class Step:
    """Something that can be registered in some states by somebody: where it is done, and in what words."""

    url_name: str
    permission: str
    states: tuple[str, ...]
    is_theirs: Callable[[Story, HouseholdContext], bool]
    label: Callable[[], str]
    is_primary: bool = False

    def is_open(self, story: Story, context: HouseholdContext) -> bool:
        """The case is in a state for it, and the viewer is who does it. Of a journey the state is the one that they
        have as those who travel.
        """
        return (
            story.case is not None
            and (story.travel_state if self.permission in _OF_THE_JOURNEY else story.case.state) in self.states
            and context.viewer.may(self.permission)
            and self.is_theirs(story, context)
        )


def possible_acts(context: HouseholdContext, *wanted: tuple[str, str, bool]) -> tuple[PossibleAct, ...]:
    """Links for those who may: address name, words, whether the viewer may and it is theirs."""
    found = [(name, label) for name, label, is_theirs in wanted if is_theirs]
    return tuple(
        PossibleAct(label, reverse(name, args=[context.reference]), is_primary=place == 0)
        for place, (name, label) in enumerate(found)
    )


def centre_name(case: SettlementCase) -> str:
    """The centre whose move it is, in words; where they live nowhere yet, in general."""
    return case.centre.name if case.centre else _("mottaket")


def is_at_centre(case: SettlementCase, context: HouseholdContext) -> bool:
    """Whether the case is at the viewer's own centre; IMDi's are those at none."""
    if context.viewer.organisation_kind == OrganisationKind.IMDI:
        return case.centre_id is None
    return case.centre_id == context.viewer.organisation_id
