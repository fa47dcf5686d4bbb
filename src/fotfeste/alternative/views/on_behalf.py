"""Staff apply on behalf of a household that they know of, and are named as such; who they are is known already."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.alternative.actions.applying import apply_for
from fotfeste.alternative.domain.schemes import open_schemes
from fotfeste.alternative.domain.types import (
    FamilyTie,
    FilledInBy,
    HomeKind,
    HostRelation,
    NewApplicant,
    NewApplication,
    NewHost,
    Procedure,
    Scheme,
)
from fotfeste.alternative.doors.answers import municipality_choices, municipality_organisation
from fotfeste.alternative.forms.door_fields import as_claim
from fotfeste.alternative.forms.on_behalf import OnBehalfForm
from fotfeste.alternative.rules import book
from fotfeste.directory.public import Organisation
from fotfeste.kernel.identifiers import IdentifierKind
from fotfeste.registry.public import ActOnHousehold, Member


class ApplyView(ActOnHousehold):
    """The same questions as without a login, on one page, with what is registered filled in."""

    permission = "alternative.apply_for"
    form_class = OnBehalfForm
    template_name = "alternative/applications/apply.html"

    def form_arguments(self) -> dict[str, Any]:
        """The people of the household, the schemes that are open, the municipalities."""
        return {
            "people": [(each.subject_id, each.name) for each in self.members],
            "schemes": open_schemes(self.day, book()),
            "municipalities": municipality_choices(),
            "day": self.day,
        }

    def initial(self) -> dict[str, Any]:
        """A municipality applies to itself."""
        own = Organisation.objects.filter(pk=self.viewer.organisation_id).values_list("municipality_id", "kind").first()
        known = {"municipality": own[0]} if own and own[1] == "municipality" else {}
        return super().initial() | known

    def context(self) -> dict[str, Any]:
        """What follows."""
        return super().context() | {
            "title": _("Søk om å bo privat med støtte for %(name)s") % {"name": self.name_within},
            "submit_label": _("Send søknaden"),
            "consequences": [
                _("Du står som den som har fylt ut. De må selv si at søknaden stemmer, med egen lenke eller hos dere."),
                _("UDI får søknaden når alle som må bekrefte, har svart."),
            ],
        }

    def do(self, form: OnBehalfForm) -> tuple[str, str]:
        """Apply."""
        typed = form.cleaned_data
        chosen = [member for member in self.members if member.subject_id in typed["persons"]]
        new = NewApplication(
            scheme=Scheme(typed["scheme"]),
            procedure=Procedure(typed["procedure"]),
            municipality_id=municipality_organisation(typed["municipality"]).pk,
            applicants=tuple(_applicant(each, typed) for each in chosen),
            filled_in_by=FilledInBy.STAFF,
            language=typed["language"],
            contact=typed["contact"],
            living_there_since=typed["living_there_since"],
            wanted_from=typed["wanted_from"],
            street=typed["street"],
            postal_code=typed["postal_code"],
            home_kind=HomeKind(typed["home_kind"]),
            is_centre_housing=as_claim(typed["is_centre_housing"]),
            host=NewHost(
                name=typed["host_name"],
                relation=HostRelation(typed["host_relation"]),
                is_tenant=as_claim(typed["is_tenant"]),
                contact=typed["host_contact"],
            ),
        )
        applied = apply_for(new, by=self.viewer, at=self.at, group_id=self.group_id)
        target = reverse("application", args=[applied.application.reference])
        return target, _("Søknaden er sendt. Gi dem lenken sin under «De som bekrefter», eller skriv ned svaret.")


def _applicant(member: Member, typed: dict[str, Any]) -> NewApplicant:
    return NewApplicant(
        name=member.name,
        duf=member.identifiers.get(IdentifierKind.DUF, ""),
        birth_date=member.birth_date,
        citizenship=member.citizenship,
        has_d_number=True if IdentifierKind.D_NUMBER in member.identifiers else as_claim(typed["has_d_number"]),
        lived_in_ukraine=as_claim(typed["lived_in_ukraine"]),
        had_protection=as_claim(typed["had_protection"]),
        family_tie=FamilyTie(typed["family_tie"]) if typed["family_tie"] else None,
        has_near_family=as_claim(typed["has_near_family"]),
        has_carer=as_claim(typed["has_carer"]),
        needs_adaptation=as_claim(typed["needs_adaptation"]),
        adaptation=typed["adaptation"],
        subject_id=member.subject_id,
    )
