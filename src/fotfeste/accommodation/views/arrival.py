"""The page where the day on which they came is put right."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment
from fotfeste.accommodation.actions.arrival import arrivals_of, correct_arrival
from fotfeste.accommodation.forms.correcting import CorrectArrivalForm
from fotfeste.accommodation.models import Stay
from fotfeste.accommodation.views.household import HouseholdActView
from fotfeste.platform import words
from fotfeste.registry.public import TakenBack, corrections_of


class CorrectArrivalView(HouseholdActView):
    """Who came on another day than was registered, which, and why it was wrong."""

    shows = HouseholdActView.shows | {Compartment.REGISTRATION}

    permission = "accommodation.correct_arrival"
    form_class = CorrectArrivalForm

    @cached_property
    def arrived(self) -> dict[int, Stay]:
        """The stays whose first day the viewer may put right, by person."""
        stays = arrivals_of([member.subject_id for member in self.members], self.viewer, self.day)
        return {stay.subject_id: stay for stay in stays}

    def too_late(self) -> Sequence[str]:
        """Somebody must live there."""
        return () if self.arrived else (_("Ingen i husstanden kan velges her nå."),)

    def form_arguments(self) -> dict[str, Any]:
        """Who lives there, where, and since when as it stands."""
        return {
            "people": [
                (
                    member.subject_id,
                    _("%(name)s: %(centre)s, %(day)s")
                    % {"name": member.name, "centre": stay.centre.name, "day": words.day(stay.period.start)},
                )
                for member in self.members
                if (stay := self.arrived.get(member.subject_id)) and stay.centre
            ]
        }

    def initial(self) -> dict[str, Any]:
        """Everyone who came with the first of them."""
        first = next(iter(self.arrived.values()), None)
        came = (first.centre_id, first.period.start) if first else None
        chosen = [key for key, stay in self.arrived.items() if (stay.centre_id, stay.period.start) == came]
        return super().initial() | {"persons": chosen}

    def context(self) -> dict[str, Any]:
        """What follows, and what was put right before."""
        earlier = [
            _("Rettet før: De var registrert som kommet %(day)s. %(text)s")
            % {"day": words.day(each.holds_on), "text": each.text}
            for each in corrections_of(self.group_id, TakenBack.ARRIVAL)
        ]
        return super().context() | {
            "title": _("Rett dagen %(name)s kom") % {"name": self.name_within},
            "intro": _("Kom de ikke samtidig, velg bare dem som kom den dagen du skriver. Rett så de andre."),
            "submit_label": _("Rett dagen"),
            "consequences": [
                _("Det som sto, blir ikke borte. Det lagres at det var feil, hvorfor, og hvem som rettet det."),
                _("Senga de fikk da de kom, er deres fra den nye dagen, hvis ingen andre hadde den."),
                _("Frister som telles fra den dagen, telles på nytt: senger og bosettingssamtale."),
                _("Flyttet de fra et annet mottak, slutter oppholdet der den nye dagen. Den dagen retter UDI."),
                *earlier,
            ],
        }

    def do(self, form: CorrectArrivalForm) -> tuple[str, str]:
        """Put it right."""
        typed = form.cleaned_data
        was_on = correct_arrival(
            self.group_id,
            typed["persons"],
            typed["right_on"],
            text=typed["text"],
            by=self.viewer,
            at=self.at,
            version=typed["version"],
        )
        said = {"day": words.day(typed["right_on"]), "before": words.day(was_on)}
        return self.back_url, _("De kom %(day)s, ikke %(before)s.") % said
