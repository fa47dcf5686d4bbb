"""The pages where a municipality says how many homes and places it has, and what it has of education and work."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.platform.words import number as in_figures
from fotfeste.settlement.actions.local_offers import declare_local_offers, local_offers_version
from fotfeste.settlement.actions.resources import declare_resources, resources_version
from fotfeste.settlement.domain.candidates import Resource
from fotfeste.settlement.forms.local_offers import LocalOffersForm
from fotfeste.settlement.forms.places import ResourcesForm
from fotfeste.settlement.queries.load import resources_of
from fotfeste.settlement.queries.places import offered_by
from fotfeste.settlement.sentences_places import PLACE_KINDS
from fotfeste.settlement.views.places import PlacesView


class DeclareResourcesView(PlacesView):
    """The municipality says how many homes and places it has, beside persons."""

    permission = "settlement.declare_capabilities"
    form_class = ResourcesForm

    @cached_property
    def said(self) -> Sequence[Resource]:
        """What it has said, and what is used of it."""
        return resources_of(self.place.pk, self.day)

    def initial(self) -> dict[str, Any]:
        """What it has said."""
        shown = {str(each.kind): each.number for each in self.said}
        return {**shown, "version": resources_version(self.place.pk)}

    def form_arguments(self) -> dict[str, Any]:
        """What is used of each kind, beside its number."""
        told = _("%(used)s av %(number)s %(kind)s er lovet bort, holdt av eller brukt.")
        used = {
            each.kind: told
            % {"used": in_figures(each.used), "number": in_figures(each.number), "kind": PLACE_KINDS[each.kind]}
            for each in self.said
        }
        return {"used": used}

    def context(self) -> dict[str, Any]:
        """What follows."""
        return super().context() | {
            "title": _("Boliger og plasser"),
            "intro": _(
                "Skriv hvor mange dere har fra i dag, medregnet dem som allerede er lovet bort. "
                "La stå tomt når dere ikke vil melde noe tall: da må IMDi spørre."
            ),
            "consequences": [
                _("En forespørsel som trenger noe av dette, tar av det så lenge den er åpen."),
                _("Tallet kan ikke settes lavere enn det som er lovet bort og holdt av."),
            ],
        }

    def do(self, form: ResourcesForm) -> tuple[str, str]:
        """Say it."""
        declare_resources(form.said(), by=self.viewer, at=self.at, version=form.cleaned_data["version"])
        return self.back_url, _("Lagret. IMDi ser det fra i dag.")


class DeclareLocalOffersView(PlacesView):
    """The municipality says in which fields and occupations it offers education, and wants people for
    work.
    """

    permission = "settlement.declare_capabilities"
    form_class = LocalOffersForm
    template_name = "settlement/municipality/local_offers.html"

    def initial(self) -> dict[str, Any]:
        """What it has said."""
        said = offered_by(self.place.pk, self.day)
        shown = {str(kind): sorted(each.code for each in offerings) for kind, offerings in said.items()}
        return {**shown, "version": local_offers_version(self.place.pk)}

    def context(self) -> dict[str, Any]:
        """What follows."""
        return super().context() | {
            "title": _("Utdanning og arbeid i kommunen"),
            "intro": _(
                "Kryss av der kommunen har utdanning og opplæring, og der det trengs folk til arbeid: for hele fag, "
                "og for enkelte yrker når dere vet hvilke. "
                "Utdanning for et yrke er det som fører fram til arbeid i det: studier, fagbrev, autorisasjon."
            ),
            "consequences": [
                _("IMDi ser det fra i dag, ved siden av det beboerne har sagt om utdanning og yrke."),
                _("Det teller når IMDi velger kommune, men avgjør ikke noe alene."),
                _("Et yrke teller mer enn et helt fag for den som har akkurat det yrket."),
            ],
        }

    def do(self, form: LocalOffersForm) -> tuple[str, str]:
        """Say it."""
        declare_local_offers(form.said(), by=self.viewer, at=self.at, version=form.cleaned_data["version"])
        return self.back_url, _("Lagret. IMDi ser det fra i dag.")
