"""The page where a departure that was registered by mistake is taken back."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.accommodation.actions.annulled import Departed, annul_departure, departures_of
from fotfeste.accommodation.forms.correcting import AnnulDepartureForm
from fotfeste.accommodation.views.household import HouseholdActView
from fotfeste.accommodation.words import DEPARTURE_REASONS
from fotfeste.directory.public import OrganisationKind
from fotfeste.platform import words
from fotfeste.registry.public import Member


class AnnulDepartureView(HouseholdActView):
    """Who never left, and what was wrong."""

    permission = "accommodation.annul_departure"
    form_class = AnnulDepartureForm
    is_shown_late = False

    @cached_property
    def departed(self) -> dict[int, Departed]:
        """The departures that the viewer may take back, by person."""
        departed = departures_of([member.subject_id for member in self.members])
        is_udi = self.viewer.organisation_kind == OrganisationKind.UDI
        own = self.viewer.organisation_id
        return {each.stay.subject_id: each for each in departed if is_udi or each.centre_id == own}

    @cached_property
    def gone(self) -> list[Member]:
        """Those who can be chosen."""
        return [member for member in self.members if member.subject_id in self.departed]

    def too_late(self) -> Sequence[str]:
        """There must be a departure to take back."""
        return () if self.departed else (_("Ingen i husstanden har en avreise som dere kan ta tilbake."),)

    def form_arguments(self) -> dict[str, Any]:
        """Who left, when and why."""
        said = {
            person: {"day": words.day(left.on), "reason": str(DEPARTURE_REASONS[left.reason])}
            for person, left in self.departed.items()
        }
        return {
            "people": [
                (
                    str(member.subject_id),
                    _("%(name)s: %(reason)s, %(day)s") % {"name": member.name, **said[member.subject_id]},
                )
                for member in self.gone
            ]
        }

    def initial(self) -> dict[str, Any]:
        """Everyone of the last departure."""
        last = max(left.on for left in self.departed.values()) if self.departed else None
        chosen = [str(person) for person, left in self.departed.items() if left.on == last]
        return super().initial() | {"persons": chosen}

    def context(self) -> dict[str, Any]:
        """What follows."""
        return super().context() | {
            "title": _("Ta tilbake avreisen til %(name)s") % {"name": self.name_within},
            "intro": _("Bare når de ikke har reist, eller avreisen er registrert feil. Registrer den så på nytt."),
            "submit_label": _("Ta avreisen tilbake"),
            "is_severe": True,
            "consequences": [
                _("De bor på mottaket som om avreisen aldri var registrert, og får sengene sine hvis de er ledige."),
                _("Fravær og permisjon står som før avreisen."),
                _("Er en seng gitt til andre, får mottaket oppgaven å gi en ny."),
                _("Var de bosatt, er de det ikke lenger. Reisen er avtalt som før, og kommunen får beskjed."),
                _(
                    "Ble bosettingssaken avsluttet, åpnes den igjen. En kommune som var spurt, har fått vite at det er "
                    "slutt. IMDi finner en kommune på nytt."
                ),
                _(
                    "Takket de nei til tilbudet, følger IMDi det opp igjen. Har kommunen sett at de reiste, holder den "
                    "ikke lenger av boligen til dem."
                ),
                _("Har kommunen bekreftet at de er kommet, kan avreisen ikke tas tilbake."),
                _("Avreisen kan heller ikke tas tilbake hvis mottaket er lagt ned eller fullt."),
            ],
        }

    def do(self, form: AnnulDepartureForm) -> tuple[str, str]:
        """Take it back."""
        persons = [int(person) for person in form.cleaned_data["persons"]]
        on = annul_departure(self.group_id, persons, **self.reasoned(form))
        return self.back_url, _("Avreisen %(day)s er tatt tilbake.") % {"day": words.day(on)}
