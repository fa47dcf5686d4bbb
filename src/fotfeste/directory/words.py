"""The words of the directory: kinds of organisations and units, topics, and why a matter goes where it goes."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fotfeste.directory.domain.types import ContactTopic, OrganisationKind, UnitKind
from fotfeste.kernel.decisions import Reason
from fotfeste.platform.sentences import filled

type Words = Mapping[str, str | Promise]

ORGANISATION_KINDS: Words = {
    OrganisationKind.UDI: _("UDI"),
    OrganisationKind.IMDI: _("IMDi"),
    OrganisationKind.POLICE: _("politiet"),
    OrganisationKind.CENTRE: _("mottak"),
    OrganisationKind.MUNICIPALITY: _("kommune"),
    OrganisationKind.OPERATOR: _("driftsoperatør"),
    OrganisationKind.COUNTY_GOVERNOR: _("statsforvalter"),
    OrganisationKind.CAREER_CENTRE: _("karrieresenter"),
    OrganisationKind.VOLUNTARY: _("frivillig organisasjon"),
}
UNIT_KINDS: Words = {
    UnitKind.MAIN: _("administrasjon"),
    UnitKind.SETTLEMENT_UNIT: _("bosettingsenhet"),
    UnitKind.LOGISTICS: _("logistikk"),
    UnitKind.REGION: _("regional enhet"),
    UnitKind.REGISTRATION: _("registrering"),
    UnitKind.REFUGEE_SERVICE: _("flyktningtjeneste"),
    UnitKind.ADULT_EDUCATION: _("voksenopplæring"),
    UnitKind.NAV: _("NAV"),
    UnitKind.CHILD_WELFARE: _("barneverntjeneste"),
    UnitKind.HOUSING_OFFICE: _("boligkontor"),
    UnitKind.HEALTH_STATION: _("helsestasjon"),
}
TOPICS: Words = {
    ContactTopic.REGISTRATION: _("Registrering"),
    ContactTopic.PLACEMENT: _("Plassering på mottak"),
    ContactTopic.SETTLEMENT: _("Bosetting"),
    ContactTopic.TRAVEL: _("Reisen til kommunen"),
    ContactTopic.ARRIVAL: _("Ankomsten til kommunen"),
    ContactTopic.REFUSAL: _("Bosettingsnekt"),
    ContactTopic.ALTERNATIVE: _("Alternativ mottaksplass"),
    ContactTopic.HOUSING: _("Bolig"),
    ContactTopic.EDUCATION: _("Opplæring"),
    ContactTopic.BENEFITS: _("Økonomi og ytelser"),
    ContactTopic.CHILD_WELFARE: _("Barnevern"),
    ContactTopic.HEALTH: _("Helse"),
    ContactTopic.CAREER: _("Karriereveiledning"),
    ContactTopic.ACTIVITIES: _("Frivillige aktiviteter"),
    ContactTopic.GENERAL: _("Alt annet"),
}
# Why there, where it is not plain: a unit of its own for the topic needs no words.
FALLBACKS: Words = {
    "default_unit": _("Ingen enhet er meldt for dette. {unit} tar det."),
    "unit_of_the_region": _("UDIs regionale enhet for fylket."),
    "contact_of_unit": _("Ingen er meldt for dette. {name} svarer for enheten."),
    "contact_of_other_topic": _("Ingen er meldt for dette. {name} svarer for noe annet i enheten."),
}
GAPS: Words = {
    "no_unit": _("Ingen enhet er meldt, så saken har ikke noe sted å gå."),
    "no_mailbox": _("{unit} har ikke meldt noe saksmottak."),
    "no_contact": _("{unit} har ikke meldt noen kontaktperson."),
}
MENDED_BY: Words = {
    OrganisationKind.MUNICIPALITY: _("Kommunens administrator kan legge det inn, eller IMDi."),
    OrganisationKind.CENTRE: _("Administratoren på mottaket kan legge det inn, eller UDI."),
}
_MENDED_BY_OTHERS = _("De som har ansvar for katalogen i UDI og IMDi, kan legge det inn.")


def topic_name(topic: str) -> str:
    """What a topic is called."""
    return str(TOPICS[topic])


def reason_words(reason: Reason | None) -> str:
    """Why there and why them; empty where it is plain."""
    words = FALLBACKS.get(reason.code) if reason else None
    return filled(str(words), reason.fields) if words and reason else ""


def gap_words(gap: Reason) -> str:
    """What is missing."""
    return filled(str(GAPS[gap.code]), gap.fields)


def mended_by(kind: str) -> str:
    """Who can put in what is missing at an organisation of a kind."""
    return str(MENDED_BY.get(kind, _MENDED_BY_OTHERS))
