"""What every act on some or all of those who stay at the viewer's centre shares."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.accommodation.domain.missing import still_to_tell
from fotfeste.accommodation.models import Absence
from fotfeste.accommodation.queries.missing import missing_among, told_of
from fotfeste.accommodation.views.household import HouseholdActView
from fotfeste.platform import words
from fotfeste.registry.public import Member


class PersonsActView(HouseholdActView):
    """An act on some or all of those who stay at the viewer's centre."""

    def choosable(self) -> list[Member]:
        """Those it can be done to."""
        return self.here

    def form_arguments(self) -> dict[str, Any]:
        """Who can be chosen."""
        return {"people": self.choosable()}

    def too_late(self) -> Sequence[str]:
        """There must be somebody whom it can be done to."""
        return () if self.choosable() else (_("Ingen i husstanden kan velges her nå."),)

    def context(self) -> dict[str, Any]:
        """Whether there is anybody at all."""
        return super().context() | {"nobody_here": not self.choosable()}


def since_when(member: Member, absence: Absence, day: date) -> str:
    """Since when somebody is away, and when they are to be back or should have been, in a sentence."""
    known = {"name": member.name, "since": words.day(absence.period.start)}
    if absence.expected_return_on is None:
        return _("%(name)s har vært borte uten permisjon siden %(since)s.") % known
    known["back"] = words.day(absence.expected_return_on)
    if absence.expected_return_on >= day:
        return _("%(name)s har permisjon fra %(since)s, og skal være tilbake %(back)s.") % known
    return _("%(name)s har vært borte siden %(since)s, og skulle vært tilbake %(back)s.") % known


def report_url(members: Sequence[Member], reference: str, day: date) -> str:
    """Where it is written down who was told of the household's minors who are away, as long as somebody is to be."""
    since = {person: absence.period.start for person, absence in missing_among(members, day).items()}
    is_open = any(still_to_tell(told) for told in told_of(since).values()) if since else False
    return reverse("report_missing", args=[reference]) if is_open else ""
