"""The page of money for an own car: the centre has paid the household, or had it paid back."""

from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.platform.words import kroner
from fotfeste.settlement.actions.car_claim import (
    pay_own_car,
)
from fotfeste.settlement.actions.travel_case import with_due
from fotfeste.settlement.forms.travel import (
    PayCarForm,
)
from fotfeste.settlement.queries.travel import Travel
from fotfeste.settlement.views.travel import TravelActView


class PayOwnCarView(TravelActView):
    """The centre has paid the household, or had it paid back."""

    form_class = PayCarForm

    @cached_property
    def travel(self) -> Travel:
        """Of the oldest case in which something is due: it may be over, and another begun."""
        before = with_due(self.group_id, self.viewer, self.day) if self.story.has_car_before else None
        return before or super().travel

    def is_open(self) -> bool:
        """Something is due."""
        return self.travel.due_ore != 0

    def initial(self) -> dict[str, Any]:
        """Today."""
        return super().initial() | {"paid_on": self.day}

    def context(self) -> dict[str, Any]:
        """How much, and why."""
        due, owed = self.travel.due_ore, self.travel.owed_ore
        said = _("Husstanden skal ha %(owed)s i alt for egen bil. Dere skal betale %(due)s nå.")
        if due < 0:
            said = _("Husstanden skal ha %(owed)s i alt for egen bil, og har fått %(due)s for mye.")
        if self.travel.case.pk != self.case.pk:
            said = " ".join((_("Dette gjelder reisen i en sak som er avsluttet."), said))
        return super().context() | {
            "title": _("Oppgjør for egen bil: %(name)s") % {"name": self.name_within},
            "submit_label": _("Registrer utbetaling") if due > 0 else _("Registrer tilbakebetaling"),
            "intro": " ".join([*self.more_in_car(), said % {"owed": kroner(owed), "due": kroner(abs(due))}]),
            "consequences": [_("Det samme kan ikke betales to ganger."), _after_payment(due)],
        }

    def do(self, form: PayCarForm) -> tuple[str, str]:
        """Pay."""
        typed = form.cleaned_data
        claim = pay_own_car(
            self.group_id, paid_on=typed["paid_on"], by=self.viewer, at=self.at, version=typed["version"]
        )
        said = _("%(sum)s er registrert. Send kravet til UDI.")
        if claim.amount_ore < 0:
            said = _("%(sum)s er registrert som betalt tilbake. Meld fra til UDI.")
        return self.back_url, said % {"sum": kroner(abs(claim.amount_ore))}


def _after_payment(due: int) -> str:
    if due > 0:
        return _("Dere sender kravet til UDI etterpå. UDI refunderer det som en direkte refunderbar ytelse.")
    return _("Dere melder fra til UDI etterpå. UDI skal ikke ha mer tilbake enn det UDI har dekket.")
