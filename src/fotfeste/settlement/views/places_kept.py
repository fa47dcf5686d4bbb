"""The page where places are kept for people of an integration centre (SET-11)."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from fotfeste.directory.public import Organisation
from fotfeste.kernel.errors import NotAllowed
from fotfeste.platform.typed import kept_page
from fotfeste.platform.words import number as in_figures
from fotfeste.settlement.actions.places import reservation_version, reserve_places
from fotfeste.settlement.forms.places import ReservationForm
from fotfeste.settlement.queries.places import integration_centres_near, reservations_of
from fotfeste.settlement.views.places import PlacesView


class ReservePlacesView(PlacesView):
    """Places are kept for people of an integration centre: by the municipality or by IMDi."""

    permission = "settlement.see_municipalities"
    form_class = ReservationForm
    is_shown_late = False

    def refuse_strangers(self) -> None:
        """It is for the municipality and IMDi."""
        is_own = self.place.pk == self.viewer.organisation_id and self.viewer.may("settlement.declare_capabilities")
        if not (is_own or self.viewer.may("settlement.find_municipality")):
            raise NotAllowed("not_allowed")

    def too_late(self) -> Sequence[str]:
        """There is no integration centre to keep places for."""
        if self.centres:
            return ()
        return [
            _(
                "Det er ingen integreringsmottak i kommunen eller i nabokommunene nå. "
                "Plasser holdes bare av for dem som bor på et slikt mottak."
            )
        ]

    def _over(self, reasons: Sequence[str]) -> HttpResponse:
        """Why there is nobody to keep places for."""
        title = _("Ingen å holde av plasser for")
        return kept_page(self.request, status=200, title=title, sentences=reasons, back=self.way_back())

    def form_arguments(self) -> dict[str, Any]:
        """The centres near by, and the years."""
        return {"centres": self.centres, "years": self.years}

    @cached_property
    def centres(self) -> Sequence[Organisation]:
        """The integration centres that places can be kept for."""
        return integration_centres_near(self.number, self.day)

    def initial(self) -> dict[str, Any]:
        """This year."""
        return {"year": self.year, "version": reservation_version(self.place.pk)}

    def context(self) -> dict[str, Any]:
        """What is kept already, and what follows."""
        kept = [
            _("I %(year)s holdes %(persons)s plasser av for %(centre)s.")
            % {"year": each.year, "persons": in_figures(each.persons), "centre": each.centre.name}
            for each in reservations_of(self.place.pk, self.day.year)
        ]
        return super().context() | {
            "title": _("Hold av plasser for et integreringsmottak"),
            "intro": _("De som bor på integreringsmottaket, bosettes først i vertskommunen og så i nabokommunene."),
            "submit_label": _("Hold av plassene"),
            "consequences": [
                *kept,
                _("Plassene kan bare brukes av dem som bor på mottaket når kommunen blir spurt."),
                _("Hver husstand derfra tar av dem. 0 slipper resten fri for andre."),
            ],
        }

    def do(self, form: ReservationForm) -> tuple[str, str]:
        """Keep them."""
        typed = form.cleaned_data
        kept = reserve_places(
            self.place.pk,
            typed["centre"],
            typed["persons"],
            year=typed["year"],
            by=self.viewer,
            at=self.at,
            version=typed["version"],
        )
        return self.back_url, _("%(persons)s plasser holdes av for %(centre)s i %(year)s.") % {
            "persons": in_figures(kept.persons),
            "centre": kept.centre.name,
            "year": kept.year,
        }
