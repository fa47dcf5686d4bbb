"""The page where a private stay that was registered wrongly is put right, and what that means in money."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment
from fotfeste.accommodation.actions.private_corrected import (
    correct_private_stay,
    latest_private_of,
    stays_to_correct,
)
from fotfeste.accommodation.domain.private import RightStay, corrected
from fotfeste.accommodation.forms.private_corrected import CorrectPrivateStayForm
from fotfeste.accommodation.household import place_of
from fotfeste.accommodation.models import Stay
from fotfeste.accommodation.money import Proposal
from fotfeste.accommodation.views.money_first import MoneyFirstView
from fotfeste.directory.public import OrganisationKind
from fotfeste.platform import words


class CorrectPrivateStayView(MoneyFirstView):
    """Other days or another municipality than was registered, or they never lived there; what was wrong, and why."""

    permission = "accommodation.end_private_stay"
    shows = MoneyFirstView.shows | {Compartment.STAYS}
    form_class = CorrectPrivateStayForm
    is_shown_late = False

    @cached_property
    def stays(self) -> dict[int, Stay]:
        """The private stays that the viewer may put right, by person: UDI any, a municipality its own that ended."""
        found = latest_private_of([member.subject_id for member in self.members], by=self.viewer)
        return {person: stay for person, stay in found.items() if self.is_udi or not stay.period.is_open}

    @property
    def is_udi(self) -> bool:
        """All can be put right by UDI."""
        return self.viewer.organisation_kind == OrganisationKind.UDI

    def too_late(self) -> Sequence[str]:
        """Somebody must live there privately, or have done."""
        return () if self.stays else (_("Ingen i husstanden har bodd privat slik at du kan rette det."),)

    def form_arguments(self) -> dict[str, Any]:
        """Who lives or lived privately, where, on which days as it stands."""
        return {
            "is_udi": self.is_udi,
            "has_ended": any(not stay.period.is_open for stay in self.stays.values()),
            "people": [
                (
                    member.subject_id,
                    _("%(name)s: %(place)s, %(days)s")
                    % {"name": member.name, "place": place_of(stay), "days": words.period(stay)},
                )
                for member in self.members
                if (stay := self.stays.get(member.subject_id))
            ],
        }

    def initial(self) -> dict[str, Any]:
        """Everyone who lived there with the first of them."""
        first = next(iter(self.stays.values()), None)
        together = (first.period, first.kind, first.municipality_id) if first else None
        chosen = [
            person for person, stay in self.stays.items() if (stay.period, stay.kind, stay.municipality_id) == together
        ]
        return super().initial() | {"persons": chosen}

    def context(self) -> dict[str, Any]:
        """What follows."""
        return super().context() | {
            "title": _("Rett hvor og når %(name)s bodde privat") % {"name": self.name_within},
            "intro": _("Skriv bare det som er feil. Det du lar stå tomt, blir som det er."),
            "submit_label": _("Rett opplysningene"),
            "consequences": [
                _("Det som sto, blir ikke borte. Det lagres at det var feil, hvorfor, og hvem som rettet det."),
                _("Tilskuddet regnes på nytt for månedene det gjelder, i neste beregning."),
                _("Kommunen får vite det. Er det en annen kommune enn før, får begge vite det."),
                _("Bodde de et annet sted til den dagen de begynte her, følger slutten der med."),
            ],
        }

    def proposed(self, form: CorrectPrivateStayForm) -> tuple[Sequence[int], Proposal]:
        """The stay of those chosen as it is to be."""
        persons = form.cleaned_data["persons"]
        stays = stays_to_correct(self.group_id, persons, by=self.viewer)
        right = self.right(form)
        if not right.never_was:
            corrected(stays[0].period, right, self.day)
        return persons, right

    def right(self, form: CorrectPrivateStayForm) -> RightStay:
        """What is other than it stands: the municipality that they lived in anyway is no correction."""
        right = form.right()
        lived_in = {self.stays[person].municipality_id for person in form.cleaned_data["persons"]}
        return replace(right, municipality_id=None) if lived_in == {right.municipality_id} else right

    def do(self, form: CorrectPrivateStayForm) -> tuple[str, str]:
        """Put it right."""
        correct_private_stay(self.group_id, form.cleaned_data["persons"], self.right(form), **self.reasoned(form))
        return self.back_url, _("Opplysningene om hvor de bodde privat, er rettet.")
