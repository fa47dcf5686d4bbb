"""The pages where a municipality's places are said: decision, request, limit of a week."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.directory.public import Organisation, OrganisationKind
from fotfeste.kernel.errors import NotFound
from fotfeste.platform.views import ActView
from fotfeste.platform.words import number as in_figures
from fotfeste.settlement.actions.figures import figure_version, register_decision, register_request_of_year
from fotfeste.settlement.actions.places import (
    declare_week_limit,
    week_limit_version,
)
from fotfeste.settlement.domain.candidates import Figures
from fotfeste.settlement.domain.types import FigureKind
from fotfeste.settlement.forms.places import FigureForm, WeekLimitForm, YearRequestForm
from fotfeste.settlement.queries.load import NO_LOAD, load_of_all
from fotfeste.settlement.queries.places import (
    said_for,
    week_limit_on,
)
from fotfeste.settlement.words_offers import municipality_named


class PlacesView(ActView):
    """An act about a municipality's places. The address names it by number; without one it is the viewer's own."""

    @cached_property
    def place(self) -> Organisation:
        """The municipality. NotFound where there is none."""
        number = self.kwargs.get("number")
        wanted = {"municipality_id": number} if number else {"pk": self.viewer.organisation_id}
        found = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY, **wanted).first()
        if found is None or found.municipality_id is None:
            raise NotFound("not_found")
        return found

    @property
    def number(self) -> str:
        """Its number."""
        return str(self.place.municipality_id)

    @property
    def name(self) -> str:
        """What it is called on its own."""
        return str(municipality_named(self.place.name))

    @property
    def years(self) -> Sequence[int]:
        """The years that something can be said of on a page: this one and the next two."""
        return range(self.day.year, self.day.year + 3)

    @cached_property
    def year(self) -> int:
        """The year in the address, else this one."""
        typed = self.request.GET.get("year", "")
        return int(typed) if typed.isdecimal() and int(typed) in self.years else self.day.year

    @property
    def back_url(self) -> str:
        """The municipality's page."""
        return reverse("municipality", args=[self.number])

    def context(self) -> dict[str, Any]:
        """The way back."""
        return {"back_url": self.back_url, "back_label": self.name}

    def used(self, year: int) -> Figures:
        """What is used and kept of a year's places, whatever was decided."""
        load = load_of_all(year, self.day).get(self.place.pk, NO_LOAD)
        return Figures(
            year=year,
            decided_year=None,
            decided=None,
            decided_minors=None,
            settled=load.settled,
            promised=load.promised,
            held=load.held,
            kept=load.kept,
        )


class _FigureView(PlacesView):
    """A figure of a year is registered."""

    form_class = FigureForm
    kind: FigureKind

    def form_arguments(self) -> dict[str, Any]:
        """The years."""
        return {"years": self.years}

    def initial(self) -> dict[str, Any]:
        """The year. Its numbers are told beside: filled in they would stand also when another year is chosen."""
        return {"year": self.year, "version": figure_version(self.number, self.kind)}

    @property
    def standing(self) -> Sequence[str]:
        """What stands for each of the years, in a sentence each."""
        return [_standing_sentence(year, *said_for(self.number, year, self.kind)) for year in self.years]


class RegisterDecisionView(_FigureView):
    """The municipality registers what its council has decided."""

    permission = "settlement.declare_capabilities"
    kind = FigureKind.DECISION

    def context(self) -> dict[str, Any]:
        """What is used already, and what follows."""
        used = self.used(self.year)
        return super().context() | {
            "title": _("Kommunestyrets vedtak"),
            "submit_label": _("Registrer vedtaket"),
            "intro": " ".join(
                [
                    _("Vedtaket er grensen for hvor mange kommunen kan si ja til. Bare kommunen kan endre det."),
                    *self.standing,
                ]
            ),
            "consequences": [
                _("IMDi ser vedtaket og hvor mye som er ledig, fra nå av."),
                _used_sentence(self.year, used),
                _("Vedtaket kan ikke settes lavere enn det. Det som var registrert før, blir stående i historikken."),
            ],
        }

    def do(self, form: FigureForm) -> tuple[str, str]:
        """Register it."""
        figure = register_decision(
            form.cleaned_data["year"],
            form.said(),
            by=self.viewer,
            at=self.at,
            version=form.cleaned_data["version"],
        )
        return self.back_url, _("Vedtaket for %(year)s er registrert: %(persons)s personer. IMDi ser det nå.") % {
            "year": figure.year,
            "persons": in_figures(figure.persons or 0),
        }


def _used_sentence(year: int, used: Figures) -> str:
    return _(
        "Av plassene i %(year)s er %(used)s brukt eller holdt av: %(settled)s bosatt, %(promised)s lovet bort, "
        "%(held)s i forespørsler uten svar, %(kept)s for integreringsmottak."
    ) % {
        "year": year,
        "used": in_figures(used.used),
        "settled": in_figures(used.settled),
        "promised": in_figures(used.promised),
        "held": in_figures(used.held),
        "kept": in_figures(used.kept),
    }


def _standing_sentence(year: int, persons: int | None, minors: int | None) -> str:
    """What stands for a year."""
    if persons is None:
        return _("%(year)s: ikke registrert.") % {"year": year}
    if minors is None:
        return _("%(year)s: %(persons)s personer er registrert nå.") % {"year": year, "persons": in_figures(persons)}
    return _("%(year)s: %(persons)s personer er registrert nå, av dem %(minors)s enslige mindreårige.") % {
        "year": year,
        "persons": in_figures(persons),
        "minors": in_figures(minors),
    }


class RegisterYearRequestView(_FigureView):
    """IMDi registers how many it asks a municipality to settle in a year."""

    permission = "settlement.find_municipality"
    form_class = YearRequestForm
    kind = FigureKind.REQUEST

    def context(self) -> dict[str, Any]:
        """What follows."""
        return super().context() | {
            "title": _("IMDis anmodning til %(name)s") % {"name": self.name},
            "submit_label": _("Registrer anmodningen"),
            "intro": " ".join(self.standing),
            "consequences": [
                _("%(name)s ser anmodningen ved siden av sitt eget vedtak.") % {"name": self.name},
                _("Anmodningen begrenser ingenting: det gjør kommunestyrets vedtak."),
                _("Det som var registrert før, blir stående i historikken."),
            ],
        }

    def do(self, form: FigureForm) -> tuple[str, str]:
        """Register it."""
        figure = register_request_of_year(
            self.place.pk,
            form.cleaned_data["year"],
            form.said(),
            by=self.viewer,
            at=self.at,
            version=form.cleaned_data["version"],
        )
        return self.back_url, _("Anmodningen for %(year)s er registrert: %(persons)s personer.") % {
            "year": figure.year,
            "persons": in_figures(figure.persons or 0),
        }


class WeekLimitView(PlacesView):
    """The municipality says how many it receives in one week at the most."""

    permission = "settlement.declare_capabilities"
    form_class = WeekLimitForm

    def initial(self) -> dict[str, Any]:
        """What it has said."""
        said = week_limit_on(self.place.pk, self.day)
        return {"persons": said.persons if said else None, "version": week_limit_version(self.place.pk)}

    def context(self) -> dict[str, Any]:
        """What follows."""
        return super().context() | {
            "title": _("Hvor mange kommunen tar imot i en uke"),
            "consequences": [
                _("IMDi kan ikke gi tilbud om en uke der det da kommer flere enn dette."),
                _("En husstand deles aldri: er den alene om uken, kan den være større enn grensen."),
                _("Tilbud som allerede er gitt, står."),
            ],
        }

    def do(self, form: WeekLimitForm) -> tuple[str, str]:
        """Say it."""
        persons = form.cleaned_data["persons"]
        declare_week_limit(persons, by=self.viewer, at=self.at, version=form.cleaned_data["version"])
        if persons is None:
            return self.back_url, _("Kommunen har ingen grense for en uke nå.")
        return self.back_url, _("Lagret. Fra i dag tar kommunen imot høyst %(persons)s i en uke.") % {
            "persons": in_figures(persons)
        }
