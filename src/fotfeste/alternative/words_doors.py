"""The words of the pages without a login: what can be chosen, and where an application stands."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fotfeste.alternative.domain.door_rules import Step
from fotfeste.alternative.domain.types import FamilyTie, HomeKind, HostRelation, Party

STEP_TITLES: Mapping[Step, str | Promise] = {
    Step.WHO: _("Hvem søker?"),
    Step.PEOPLE: _("Hvem skal bo der?"),
    Step.MUNICIPALITY: _("Kommunen"),
    Step.PLACE: _("Hvor bor dere?"),
    Step.HOST: _("Hvem bor dere hos?"),
    Step.SITUATION: _("Noen spørsmål om hver av dere"),
    Step.DOCUMENTS: _("Har dere en leiekontrakt?"),
    Step.SEND: _("Se over og send"),
}

HOME_KINDS: Mapping[HomeKind, str | Promise] = {
    HomeKind.FAMILY: _("Hos familie"),
    HomeKind.PRIVATE: _("Hos venner eller andre privatpersoner"),
    HomeKind.VOLUNTARY: _("En bolig vi fikk gjennom en frivillig organisasjon"),
    HomeKind.MUNICIPALITY: _("En bolig vi fikk gjennom kommunen"),
}

HOST_RELATIONS: Mapping[HostRelation, str | Promise] = {
    HostRelation.FAMILY: _("Familie"),
    HostRelation.FRIEND: _("Venn"),
    HostRelation.ACQUAINTANCE: _("Bekjent"),
    HostRelation.STRANGER: _("Noen vi ikke kjente fra før"),
    HostRelation.ORGANISATION: _("En organisasjon eller et firma"),
}

FAMILY_TIES: Mapping[FamilyTie, str | Promise] = {
    FamilyTie.NONE: _("Nei"),
    FamilyTie.SPOUSE: _("Ja, gift med"),
    FamilyTie.COHABITANT: _("Ja, samboer med"),
    FamilyTie.CHILD: _("Ja, barn av"),
    FamilyTie.HOUSEHOLD: _("Ja, bodde sammen med dem i Ukraina"),
}

PARTIES: Mapping[Party, str | Promise] = {
    Party.APPLICANT: _("søkeren"),
    Party.HOST: _("verten"),
    Party.MUNICIPALITY: _("kommunen"),
}

# How it stands, as it is told to those who applied.
STANDS: Mapping[str, str | Promise] = {
    "draft": _("Søknaden er ikke sendt."),
    "waiting_for_parties": _("Søknaden er sendt. Vi venter på svar fra dem som må bekrefte."),
    "submitted": _("UDI har søknaden og ser på den nå."),
    "at_municipality": _("UDI har spurt kommunen. Vi venter på svar fra kommunen."),
    "granted": _("Søknaden er innvilget. Dere kan bo der med støtte."),
    "refused": _("Søknaden er avslått. Dere kan likevel bli boende der dere bor."),
    "withdrawn": _("Søknaden er trukket."),
}

DOCUMENT_KINDS: Mapping[str, str | Promise] = {"rent_contract": _("Leiekontrakt"), "other": _("Noe annet")}
