"""What the household page shows of applications to live privately, in few words, and the way to them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment
from fotfeste.alternative.domain.states import LIVING
from fotfeste.alternative.models import Agreement, Application
from fotfeste.alternative.queries.applications import due_of, open_agreements, theirs
from fotfeste.alternative.words_applications import SCHEMES, STATE_COLOURS, STATES
from fotfeste.platform.panels import HouseholdContext, Panel, PossibleAct

ORDER = 21
_SEEN = "alternative.applications"


def application_panels(context: HouseholdContext) -> list[Panel]:
    """One panel, where there is an application or an agreement and the viewer's roles open it."""
    applications, agreements = _known(context)
    if not applications and not agreements:
        return []
    rows = [
        {
            "row": each,
            "scheme": SCHEMES[each.scheme],  # type: ignore[index]
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
            context={"rows": rows, "agreements": agreements, "day": context.day},
            order=ORDER,
            shows=frozenset({Compartment.HOUSING}),
        )
    ]


def application_acts(context: HouseholdContext) -> list[PossibleAct]:
    """Apply on their behalf; end the agreement."""
    applications, agreements = _known(context)
    viewer = context.viewer
    found = []
    sees = bool(context.reasons & viewer.opens.get(Compartment.HOUSING, frozenset()))
    if viewer.may("alternative.apply_for") and sees and not any(each.state in LIVING for each in applications):
        found.append(PossibleAct(_("Søk om å bo privat"), reverse("apply_for", args=[context.reference])))
    if viewer.may("accommodation.end_private_stay") and agreements:
        found.append(
            PossibleAct(_("Avslutt avtalen om å bo privat"), reverse("end_agreement", args=[context.reference]))
        )
    return found


def _known(context: HouseholdContext) -> tuple[list[Application], list[Agreement]]:
    """Read once for the page; nobody is asked for where the viewer's roles open nothing of it."""
    if not context.reasons & context.viewer.opens.get(Compartment.HOUSING, frozenset()):
        return [], []
    if _SEEN not in context.cache:
        rows = Application.objects.filter(theirs(context.viewer, context.day), subject_id=context.subject_id)
        applications = list(rows.select_related("municipality").order_by("-received_on", "-pk"))
        agreements = open_agreements(context.viewer, context.subject_id, context.day) if applications else []
        context.cache[_SEEN] = (applications, agreements)
    found: tuple[list[Application], list[Agreement]] = context.cache[_SEEN]  # type: ignore[assignment]
    return found
