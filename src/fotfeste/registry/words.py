"""The words of sexes, relations, statuses, numbers and reasons, in the viewer's language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fotfeste.access.public import ProtectionLevel, UnnamingReason
from fotfeste.kernel.identifiers import IdentifierKind
from fotfeste.registry.domain.types import CorrectionReason, Mistake, RelationKind, Sex, StatusKind

SEXES: Mapping[Sex, Promise] = {
    Sex.FEMALE: _("kvinne"),
    Sex.MALE: _("mann"),
    Sex.UNKNOWN: _("ukjent"),
}
STATUSES: Mapping[StatusKind, Promise] = {
    StatusKind.REGISTERED_BY_POLICE: _("registrert av politiet"),
    StatusKind.APPLIED_FOR_PROTECTION: _("søkt beskyttelse"),
    StatusKind.TEMPORARY_COLLECTIVE_PROTECTION: _("midlertidig kollektiv beskyttelse"),
    StatusKind.RESIDENCE_PERMIT: _("oppholdstillatelse"),
    StatusKind.LIMITED_PERMIT: _("begrenset tillatelse"),
    StatusKind.REFUSAL: _("avslag"),
    StatusKind.LEFT: _("reist"),
    StatusKind.SETTLED: _("bosatt"),
}
# How a state is told by shape as well as by word.
STATUS_TONES: Mapping[StatusKind, str] = {
    StatusKind.REGISTERED_BY_POLICE: "neutral",
    StatusKind.APPLIED_FOR_PROTECTION: "info",
    StatusKind.TEMPORARY_COLLECTIVE_PROTECTION: "success",
    StatusKind.RESIDENCE_PERMIT: "success",
    StatusKind.LIMITED_PERMIT: "warning",
    StatusKind.REFUSAL: "danger",
    StatusKind.LEFT: "neutral",
    StatusKind.SETTLED: "success",
}
NUMBERS: Mapping[IdentifierKind, Promise] = {
    IdentifierKind.DUF: _("DUF-nummer"),
    IdentifierKind.D_NUMBER: _("D-nummer"),
    IdentifierKind.NATIONAL_ID: _("Fødselsnummer"),
    IdentifierKind.REG_NR: _("Reg.nr."),
}
NUMBER_WARNINGS: Mapping[str, Promise] = {
    "duf_check_digits": _("Kontrollsifrene i DUF-nummeret stemmer ikke. Nummeret godtas likevel. Se om det er riktig."),
    "duf_year_in_future": _("DUF-nummeret begynner med et år som ikke har vært ennå. Se om det er riktig."),
    "duf_placeholder": _("DUF-nummeret ser ut som et nummer for ukjente. Se om det er riktig."),
    "d_number_birth_date_differs": _("D-nummeret sier en annen fødselsdato. Se om det er riktig persons nummer."),
    "d_number_sex_differs": _("D-nummeret sier et annet kjønn. Se om det er riktig persons nummer."),
    "national_id_birth_date_differs": _(
        "Fødselsnummeret sier en annen fødselsdato. Se om det er riktig persons nummer."
    ),
    "national_id_sex_differs": _("Fødselsnummeret sier et annet kjønn. Se om det er riktig persons nummer."),
    "d_number_ambiguous_synthetic": _("D-nummeret kan være oppdiktet: måneden er lagt til 40."),
    "national_id_ambiguous_synthetic": _("Fødselsnummeret kan være oppdiktet: måneden er lagt til 40."),
}
# The first is the second's ...
RELATIONS: Mapping[RelationKind, Promise] = {
    RelationKind.SPOUSE: _("gift med"),
    RelationKind.COHABITANT: _("samboer med"),
    RelationKind.PARENT: _("forelder til"),
    RelationKind.SIBLING: _("søsken til"),
    RelationKind.ACCOMPANYING_ADULT: _("følgeperson for"),
    RelationKind.GUARDIAN: _("verge for"),
    RelationKind.PRIVATE_HOST: _("privat vert for"),
    RelationKind.OTHER_FAMILY: _("i familie med"),
}
# ... and the second is the first's.
INVERSE_RELATIONS: Mapping[RelationKind, Promise] = {
    RelationKind.SPOUSE: _("gift med"),
    RelationKind.COHABITANT: _("samboer med"),
    RelationKind.PARENT: _("barn av"),
    RelationKind.SIBLING: _("søsken til"),
    RelationKind.ACCOMPANYING_ADULT: _("følges av"),
    RelationKind.GUARDIAN: _("har som verge"),
    RelationKind.PRIVATE_HOST: _("bor privat hos"),
    RelationKind.OTHER_FAMILY: _("i familie med"),
}
REASONS: Mapping[CorrectionReason, Promise] = {
    CorrectionReason.TYPING_ERROR: _("Det var skrevet feil"),
    CorrectionReason.NEW_DOCUMENT: _("Personen har vist et nytt dokument"),
    CorrectionReason.TOLD_BY_PERSON: _("Personen har fortalt at det er feil"),
    CorrectionReason.CHANGED: _("Det var riktig før, men har endret seg"),
}
MISTAKES: Mapping[Mistake, Promise] = {
    Mistake.WRONG_PERSON: _("Det gjaldt en annen person eller husstand"),
    Mistake.WRONG_DAY: _("Dagen var feil"),
    Mistake.WRONG_CHOICE: _("Noe annet skulle vært valgt"),
    Mistake.OTHER: _("Noe annet var feil"),
}
UNNAMING_REASONS: Mapping[UnnamingReason, Promise] = {
    UnnamingReason.OTHER_WORK: _("Har fått andre oppgaver"),
    UnnamingReason.AWAY: _("Slutter, eller er lenge borte"),
    UnnamingReason.TOO_CLOSE: _("Står husstanden for nær"),
    UnnamingReason.MISTAKE: _("Ble navngitt ved en feil"),
}
PROTECTIONS: Mapping[ProtectionLevel, Promise] = {
    ProtectionLevel.CONFIDENTIAL: _("fortrolig"),
    ProtectionLevel.STRICTLY_CONFIDENTIAL: _("strengt fortrolig"),
}
# What happened, by type of event (and transition, after a colon); why a task came, by its cause.
EVENT_WORDS: Mapping[str, str | Promise] = {
    "registry.group_registered": _("Registrert som plasseringsgruppe"),
    "registry.status_registered": _("Status registrert"),
    "registry.status_registered:applied_for_protection": _("Søkte beskyttelse"),
    "registry.status_registered:temporary_collective_protection": _("Fikk midlertidig kollektiv beskyttelse"),
    "registry.status_registered:residence_permit": _("Fikk oppholdstillatelse"),
    "registry.status_registered:limited_permit": _("Fikk begrenset tillatelse"),
    "registry.status_registered:refusal": _("Fikk avslag"),
    "registry.status_registered:left": _("Registrert som reist"),
    "registry.status_registered:settled": _("Bosatt"),
    "registry.status_annulled": _("En status ble tatt tilbake eller rettet"),
    "registry.status_annulled:refusal": _("Avslag ble tatt tilbake eller rettet"),
    "registry.status_annulled:temporary_collective_protection": _("Tillatelse ble tatt tilbake eller rettet"),
    "registry.status_annulled:residence_permit": _("Tillatelse ble tatt tilbake eller rettet"),
    "registry.status_annulled:limited_permit": _("Tillatelse ble tatt tilbake eller rettet"),
    "registry.member_added": _("Noen ble med i plasseringsgruppen"),
    "registry.member_removed": _("Noen gikk ut av plasseringsgruppen"),
    "registry.group_formed": _("Ble en egen plasseringsgruppe"),
    "registry.group_emptied": _("Plasseringsgruppen ble tom"),
    "registry.details_corrected": _("Opplysninger ble rettet"),
    "registry.identifier_registered": _("Et nummer ble registrert"),
    "registry.relation_registered": _("Et forhold ble registrert"),
    "registry.relation_annulled": _("Et forhold ble tatt bort"),
    "registry.duplicate_answered": _("UDI svarte på en mulig dublett"),
    "registry.protected": _("Adressen ble beskyttet"),
    "registry.protected:confidential": _("Adressen ble fortrolig"),
    "registry.protected:strictly_confidential": _("Adressen ble strengt fortrolig"),
    "registry.protection_ended": _("Adressesperren ble opphevet"),
    "registry.follower_named": _("Noen ble navngitt til å følge opp en husstand med adressesperre"),
    "registry.follower_ended": _("Noen følger ikke lenger opp en husstand med adressesperre"),
}
CAUSES: Mapping[str, str | Promise] = {
    "registry.group_registered": _("registrert av politiet eller ankomstsenteret"),
    "registry.likely_duplicate": _("ligner på noen som er registrert fra før"),
    "registry.protected": _("adressen er beskyttet, og ingen er navngitt"),
}


def reg_nr_notice(code: str, name: str, desk: str) -> str:
    """What to do about a Reg.nr. that is missing or differs (GUIDE 2.3). `desk` is an address, or `ask`."""
    if desk == "ask":
        if code == "reg_nr_missing":
            return str(_("{name} mangler Reg.nr. Spør UDI hvem som retter det.")).format(name=name)
        return str(_("Familien har ulike Reg.nr. Spør UDI hvem som retter det."))
    if code == "reg_nr_missing":
        return str(_("{name} mangler Reg.nr. Kontakt {desk}.")).format(name=name, desk=desk)
    return str(_("Familien har ulike Reg.nr. Kontakt {desk}.")).format(desk=desk)
