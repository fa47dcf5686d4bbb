"""What the start page says of an organisation's own terms: tasks are about households, and these are about none."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.platform.panels import Reminder
from fotfeste.platform.viewer import Viewer
from fotfeste.platform.words import day as in_words
from fotfeste.self_settlement.actions.terms import PUBLISH_TERMS
from fotfeste.self_settlement.queries.terms import terms_of


def reminders_for(viewer: Viewer, day: date) -> list[Reminder]:
    """That the terms are due for review, to whoever may publish them. One query for those alone. Raises NoRule."""
    said = terms_of(viewer.organisation_id, day) if viewer.may(PUBLISH_TERMS) else None
    if said is None or not said.is_late:
        return []
    words = _(
        "Vilkårene deres for avtalt selvbosetting er ikke gjennomgått siden %(day)s. Alle som leser dem, ser det."
    )
    return [Reminder(words % {"day": in_words(said.review.last_on)}, _("Gå gjennom vilkårene"), reverse("own_terms"))]
