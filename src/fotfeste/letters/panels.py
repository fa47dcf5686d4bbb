"""What letters supply to the household page: the panel of what has been written to them and about them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.letters.queries import LIES_IN, letters_about
from fotfeste.letters.rows import rows_of
from fotfeste.platform.panels import HouseholdContext, Panel

ORDER = 60
MOST_SHOWN = 5


def household_panels(context: HouseholdContext) -> list[Panel]:
    """The last letters; no panel where there is none, or none that the viewer may see."""
    opened = {part for part in LIES_IN if context.reasons & context.viewer.opens.get(part, frozenset())}
    # What has happened is read for the page anyhow: nothing is asked where nothing was written.
    if not opened or all(event.type != "letters.written" for event in context.events):
        return []
    letters = list(letters_about(context.subject_id)[: MOST_SHOWN + 1])
    if not letters:
        return []
    panel = Panel(
        code="letters",
        title=_("Brev"),
        template="letters/panel.html",
        context={
            "rows": rows_of(letters[:MOST_SHOWN], context.day),
            "all_url": reverse("household_letters", args=[context.reference]) if len(letters) > MOST_SHOWN else "",
        },
        order=ORDER,
        shows=frozenset(letter.compartment for letter in letters[:MOST_SHOWN]),
    )
    return [panel]
