"""The pages where organisations and units are added, changed and ended by those who keep them."""

from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.directory.actions.organisations import add_organisation
from fotfeste.directory.actions.units import ANY, add_unit, change_unit, end_unit, may_keep, unit_version
from fotfeste.directory.domain.types import OrganisationKind, UnitOnDay
from fotfeste.directory.forms import EndForm, NewUnitForm, OrganisationForm, UnitForm
from fotfeste.directory.models import Organisation, Unit
from fotfeste.directory.queries.organisations import organisation_by_reference
from fotfeste.directory.queries.routes import units_on
from fotfeste.kernel.errors import NotAllowed, NotFound
from fotfeste.platform import words
from fotfeste.platform.views import ActView


class KeepView(ActView):
    """An act on the organisation, unit or contact person in the address, by those who keep its contacts."""

    @cached_property
    def organisation(self) -> Organisation:
        """The organisation whose page one came from."""
        return organisation_by_reference(self.kwargs["reference"])

    @property
    def back_url(self) -> str:
        """The organisation's page."""
        return reverse("organisation", args=[self.organisation.reference])

    def refuse_strangers(self) -> None:
        """Only those who keep the contacts. NotAllowed for others."""
        if not may_keep(self.viewer, self.organisation.pk):
            raise NotAllowed

    def form_arguments(self) -> dict[str, Any]:
        """The kind of organisation decides what can be chosen."""
        return {"of": OrganisationKind(self.organisation.kind)}

    def initial(self) -> dict[str, Any]:
        """From today."""
        return {"from_on": self.day}

    def context(self) -> dict[str, Any]:
        """The way back."""
        return {"back_url": self.back_url, "back_label": self.organisation.name}


class EndView(KeepView):
    """An act by which something ends on a day, and that asks for nothing else."""

    form_class = EndForm

    def form_arguments(self) -> dict[str, Any]:
        """None."""
        return {}

    def initial(self) -> dict[str, Any]:
        """From today."""
        return {"on": self.day}


class AddUnitView(KeepView):
    """One more unit."""

    form_class = NewUnitForm

    def context(self) -> dict[str, Any]:
        """Words of the page."""
        title = _("Ny enhet i %(name)s") % {"name": self.organisation.name}
        return super().context() | {"title": title, "submit_label": _("Legg til enheten")}

    def do(self, form: NewUnitForm) -> tuple[str, str]:
        """Add it."""
        typed = form.cleaned_data
        add_unit(self.organisation.pk, typed["kind"], form.unit(), typed["from_on"], by=self.viewer, at=self.at)
        return self.back_url, _("%(name)s er lagt til fra %(day)s. Saker går dit fra da av.") % {
            "name": typed["name"],
            "day": words.day(typed["from_on"]),
        }


class UnitView(KeepView):
    """An act on the unit in the address."""

    @cached_property
    def row(self) -> Unit:
        """The unit. NotFound where there is none."""
        unit = (
            Unit.objects.filter(reference=self.kwargs["reference"])
            .select_related("organisation__municipality__county")
            .first()
        )
        if unit is None:
            raise NotFound("not_found")
        return unit

    @cached_property
    def organisation(self) -> Organisation:
        """Whose unit it is."""
        return self.row.organisation

    @cached_property
    def unit(self) -> UnitOnDay:
        """The unit as it is today. NotFound where it is ended."""
        units = units_on([self.organisation.pk], self.day)[self.organisation.pk]
        found = next((unit for unit in units if unit.id == self.row.pk), None)
        if found is None:
            raise NotFound("not_found")
        return found


class ChangeUnitView(UnitView):
    """Another name, another mailbox, other topics."""

    form_class = UnitForm

    def initial(self) -> dict[str, Any]:
        """As it is."""
        unit = self.unit
        return {
            "name": unit.name,
            "mailbox": unit.mailbox,
            "topics": list(unit.topics),
            "from_on": self.day,
            "version": unit_version(self.row),
        }

    def context(self) -> dict[str, Any]:
        """Words of the page."""
        title = _("Endre %(name)s") % {"name": self.unit.name}
        return super().context() | {"title": title, "submit_label": _("Lagre")}

    def do(self, form: UnitForm) -> tuple[str, str]:
        """Change it."""
        typed = form.cleaned_data
        how = {"by": self.viewer, "at": self.at, "version": typed["version"]}
        change_unit(self.row.reference, form.unit(), typed["from_on"], **how)
        return self.back_url, _("%(name)s gjelder slik fra %(day)s.") % {
            "name": typed["name"],
            "day": words.day(typed["from_on"]),
        }


class EndUnitView(EndView, UnitView):
    """A unit that is there no more."""

    def context(self) -> dict[str, Any]:
        """What will happen."""
        return super().context() | {
            "title": _("Avslutt %(name)s") % {"name": self.unit.name},
            "submit_label": _("Avslutt enheten"),
            "is_severe": True,
            "consequences": [
                _("Saker og oppgaver går til den enheten som tar imot det ingen annen har."),
                _("Kontaktpersonene i enheten slutter samme dag."),
            ],
        }

    def do(self, form: EndForm) -> tuple[str, str]:
        """End it."""
        name = self.unit.name
        end_unit(self.row.reference, form.cleaned_data["on"], by=self.viewer, at=self.at)
        day = words.day(form.cleaned_data["on"])
        return self.back_url, _("%(name)s er avsluttet fra %(day)s.") % {"name": name, "day": day}


class AddOrganisationView(ActView):
    """An organisation that no reference gives."""

    permission = ANY
    form_class = OrganisationForm

    def initial(self) -> dict[str, Any]:
        """From today."""
        return {"from_on": self.day}

    def context(self) -> dict[str, Any]:
        """Words of the page."""
        return {
            "title": _("Ny organisasjon"),
            "submit_label": _("Legg til organisasjonen"),
            "back_url": reverse("organisations"),
            "back_label": _("Organisasjoner"),
        }

    def do(self, form: OrganisationForm) -> tuple[str, str]:
        """Add it."""
        made = add_organisation(form.organisation(), form.cleaned_data["from_on"], by=self.viewer, at=self.at)
        sentence = _("%(name)s er lagt til. Legg til kontaktpersoner nå.") % {"name": made.name}
        return reverse("organisation", args=[made.reference]), sentence
