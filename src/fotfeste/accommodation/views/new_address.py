"""The page where an address that became known after a departure is registered."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.accommodation.actions.annulled import Departed, departures_of
from fotfeste.accommodation.actions.new_address import MAY_BE_KNOWN_LATER, register_new_address
from fotfeste.accommodation.forms.new_address import NewAddressForm
from fotfeste.accommodation.views.household import HouseholdActView
from fotfeste.directory.public import OrganisationKind
from fotfeste.platform import words


class NewAddressView(HouseholdActView):
    """Who lives where now."""

    permission = "accommodation.annul_departure"
    form_class = NewAddressForm
    is_shown_late = False

    @cached_property
    def departed(self) -> dict[int, Departed]:
        """Those whose address the viewer may register, by person."""
        departed = departures_of([member.subject_id for member in self.members])
        is_udi = self.viewer.organisation_kind == OrganisationKind.UDI
        return {
            each.stay.subject_id: each
            for each in departed
            if each.reason in MAY_BE_KNOWN_LATER
            and each.stay.annulled_at is None
            and (is_udi or each.centre_id == self.viewer.organisation_id)
        }

    def too_late(self) -> Sequence[str]:
        """There must be somebody who has left on their own."""
        return () if self.departed else (_("Ingen i husstanden har reist til en adresse som dere kan registrere."),)

    def form_arguments(self) -> dict[str, Any]:
        """Who left, and when."""
        names = {member.subject_id: member.name for member in self.members}
        return {
            "people": [
                (person, _("%(name)s, reiste %(day)s") % {"name": names[person], "day": words.day(left.on)})
                for person, left in self.departed.items()
            ]
        }

    def initial(self) -> dict[str, Any]:
        """Everyone of the last departure."""
        last = max((left.on for left in self.departed.values()), default=None)
        return super().initial() | {"persons": [each for each, left in self.departed.items() if left.on == last]}

    def context(self) -> dict[str, Any]:
        """What follows."""
        return super().context() | {
            "title": _("Registrer ny adresse for %(name)s") % {"name": self.name_within},
            "submit_label": _("Registrer adressen"),
            "consequences": [
                _("Årsaken til avreisen står: Den sier hva de oppga da de reiste. Historikken viser hva som sto før."),
                _("Er IMDi fortsatt med i saken, får IMDi beskjed om adressen."),
                _("Var adressen ikke kjent før, får de brevet om Folkeregisteret på sitt språk. Dere gir dem det."),
            ],
        }

    def do(self, form: NewAddressForm) -> tuple[str, str]:
        """Register it."""
        typed = form.cleaned_data
        register_new_address(
            self.group_id,
            typed["persons"],
            typed["street"],
            typed["postal_code"],
            by=self.viewer,
            at=self.at,
            version=typed["version"],
        )
        return self.back_url, _("Adressen er registrert.")
