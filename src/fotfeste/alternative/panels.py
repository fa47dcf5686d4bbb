"""What alternative supplies to the household page."""

from fotfeste.alternative.panels_applications import application_acts, application_panels
from fotfeste.alternative.panels_local import local_acts, local_panels
from fotfeste.platform.panels import HouseholdContext, Panel, PossibleAct, TimelineEntry


def household_panels(context: HouseholdContext) -> list[Panel]:
    """Its panels."""
    return [*application_panels(context), *local_panels(context)]


def household_acts(context: HouseholdContext) -> list[PossibleAct]:
    """What the viewer can do."""
    return [*application_acts(context), *local_acts(context)]


def household_timeline(context: HouseholdContext) -> list[TimelineEntry]:
    """Where they live stands in the lane of their stays."""
    return []
