"""The page of MAMOT's figures, its pictures and its spreadsheet (INS-01). Counts: nobody's own page is shown."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fotfeste.insight.cells import in_words
from fotfeste.insight.domain.pictures import Figure
from fotfeste.insight.figures import figures_of
from fotfeste.insight.queries.scheme import SchemeFigures, scheme_figures
from fotfeste.insight.views.answers import picture, sheet
from fotfeste.platform import words
from fotfeste.platform.views import StaffView

SCHEME = "mamot"


class _OfMamot(StaffView):
    """UDI and IMDi see the country; a municipality its own beside it."""

    permission = "insight.see_schemes"

    def found(self) -> tuple[SchemeFigures, tuple[Figure, ...]]:
        """The figures as they are now."""
        figures = scheme_figures(self.viewer, SCHEME)
        return figures, figures_of(figures)


class MamotView(_OfMamot):
    """Pictures with the tables beside them."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        found, figures = self.found()
        return render(
            request, "insight/mamot.html", {"found": found, "people": in_words(found.people), "figures": figures}
        )


class MamotPictureView(_OfMamot):
    """One of the pictures."""

    def get(self, request: HttpRequest, figure: str) -> HttpResponse:
        """SVG."""
        _found, figures = self.found()
        chosen = next((each for each in figures if each.code == figure), None)
        if chosen is None:
            raise Http404
        return picture(chosen)


class MamotSheetView(_OfMamot):
    """The tables as a spreadsheet."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """xlsx."""
        _found, figures = self.found()
        heading = _("MAMOT i tall, hentet %(day)s") % {"day": words.day(self.day)}
        return sheet(figures, heading, f"mamot-{self.day.isoformat()}")
