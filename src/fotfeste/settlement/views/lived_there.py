"""The page where IMDi settles people in the municipality where they live privately already (SET-12)."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment
from fotfeste.accommodation.public import EndOn, money_moved
from fotfeste.directory.public import Organisation
from fotfeste.platform.forms import DayField
from fotfeste.registry.public import unaccompanied_among
from fotfeste.settlement.actions.lived_there import settle_where_they_live
from fotfeste.settlement.domain.states import CASE
from fotfeste.settlement.forms.lived_there import SettleWhereTheyLiveForm
from fotfeste.settlement.queries.private import private_home
from fotfeste.settlement.views.case import CaseActView
from fotfeste.settlement.words_offers import municipality_named


class SettleWhereTheyLiveView(CaseActView):
    """Agreed with the municipality: they stay, and are settled from a day."""

    shows = CaseActView.shows | {Compartment.STAYS}
    permission = "settlement.find_municipality"
    form_class = SettleWhereTheyLiveForm
    template_name = "settlement/lived_there.html"

    def is_untimely(self) -> bool:
        """There is a case on its way, or none yet; and they live privately in one municipality."""
        case = self.story.case
        steps = CASE.available(case.state) if case else ()
        is_possible = case is None or "settle_where_they_live" in {step.name for step in steps}
        return not is_possible or self.home is None

    def too_late(self) -> Sequence[str]:
        """Why not, where they live no more as they did."""
        if self.is_untimely() and self.home is None:
            return (_("Husstanden bor ikke privat samlet i én kommune nå. Da går bosettingen den vanlige veien."),)
        return super().too_late()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do it; the case is opened where there is none."""
        return self._kept(self.too_late()) if self.is_untimely() else super(CaseActView, self).post(request, **kwargs)

    @cached_property
    def home(self) -> Organisation | None:
        """The municipality where they live."""
        found = private_home(self.group_id, self.day)
        return Organisation.objects.get(pk=found) if found else None

    def initial(self) -> dict[str, Any]:
        """Today, unless another day is typed."""
        return super().initial() | {"agreed_on": self.day, "on": self.day}

    def form_arguments(self) -> dict[str, Any]:
        """Their languages first."""
        languages = [code for member in self.members for code in member.languages]
        return {"languages": languages, "is_unaccompanied": bool(unaccompanied_among(self.members, self.day))}

    def context(self) -> dict[str, Any]:
        """Where, what the date means, and what will happen."""
        name = municipality_named(self.home.name) if self.home else ""
        persons = [member.subject_id for member in self.members]
        return super().context() | {
            "title": _("Bosett %(name)s der de bor") % {"name": self.name_within},
            "intro": _("De bor privat i %(name)s. Er dere og kommunen enige, blir de boende og er bosatt der.")
            % {"name": name},
            "submit_label": _("Bosett dem"),
            "moved": money_moved(self.viewer, persons, EndOn(self._typed_day()), at=self.at),
            "consequences": [
                _("De er bosatt i %(name)s fra dagen dere skriver, også når den er uker siden.") % {"name": name},
                _("Avtalen om å bo privat slutter den dagen. Dagen selv gir ikke tilskudd."),
                _("Er det betalt for mye, rettes det i neste utbetaling."),
                _("Bosettingssaken er ferdig, og oppgavene i den lukkes. Kommunen ser boligen på nytt."),
                _("Trenger de en annen kommune, går bosettingen den vanlige veien i stedet."),
            ],
        }

    def _typed_day(self) -> date:
        """The day that is typed, where it is one; today otherwise."""
        try:
            typed: date | None = DayField(required=False).clean(self.request.POST.get("on", ""))
        except ValidationError:
            return self.day
        return typed or self.day

    def do(self, form: SettleWhereTheyLiveForm) -> tuple[str, str]:
        """Settle them."""
        settle_where_they_live(
            self.group_id, form.agreed(), by=self.viewer, at=self.at, version=form.cleaned_data["version"]
        )
        return self.back_url, _("Husstanden er bosatt der den bor. Kommunen ser det, og følger dem opp videre.")
