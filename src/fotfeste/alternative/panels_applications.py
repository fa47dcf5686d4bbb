"""What the household page shows of applications to live privately, in few words, and the way to them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment
from fotfeste.alternative.domain.states import LIVING
from fotfeste.alternative.queries.applications import due_of, with_agreements
from fotfeste.alternative.queries.there import There
from fotfeste.alternative.words_applications import SCHEMES, STATE_COLOURS, STATES
from fotfeste.platform.panels import HouseholdContext, Panel, PossibleAct

ORDER = 21
_SEEN = "alternative.applications"


def application_panels(context: HouseholdContext) -> list[Panel]:
    """One panel, where there is an application and the viewer's roles open it."""
    applications = _known(context)
    if not applications:
        return []
    rows = [
        {
            "row": each,
            "scheme": SCHEMES[each.scheme],
            "state": STATES[each.state],
            "tone": STATE_COLOURS[each.state],
            "due_on": due_of(each),
        }
        for each in applications
    ]
    return [
        Panel(
            code="applications",
            title=_("Søknad om å bo privat"),
            template="alternative/applications/panel.html",
            context={"rows": rows, "agreements": _agreements(applications), "day": context.day},
            order=ORDER,
            shows=frozenset({Compartment.HOUSING}),
        )
    ]


def application_acts(context: HouseholdContext) -> list[PossibleAct]:
    """Apply on their behalf; end the agreement."""
    applications = _known(context)
    viewer = context.viewer
    found = []
    sees = bool(context.reasons & viewer.opens.get(Compartment.HOUSING, frozenset()))
    if viewer.may("alternative.apply_for") and sees and not any(each.state in LIVING for each in applications):
        found.append(PossibleAct(_("Søk om å bo privat"), reverse("apply_for", args=[context.reference])))
    if viewer.may("accommodation.end_private_stay") and _agreements(applications):
        found.append(
            PossibleAct(_("Avslutt avtalen om å bo privat"), reverse("end_agreement", args=[context.reference]))
        )
    return found


def _agreements(applications: Sequence[Any]) -> list[tuple[str, date]]:
    """Where they live by an agreement today, and since when."""
    found = [row for each in applications for row in each.lived_by]
    return [(row["municipality"], date.fromisoformat(row["since"])) for row in found]


def _known(context: HouseholdContext) -> list[Any]:
    """Read once for the page; nothing is asked where there is none, or the viewer's roles open nothing of it."""
    opens = context.reasons & context.viewer.opens.get(Compartment.HOUSING, frozenset())
    if not opens or There.APPLICATION not in context.private_living:
        return []
    found = context.cache.get(_SEEN)
    if not isinstance(found, list):
        found = context.cache[_SEEN] = with_agreements(context.viewer, context.subject_id, context.day)
    return found
