"""The words of roles and reasons, in the viewer's language."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fotfeste.access import public as access
from fotfeste.access.public import Compartment, LookRule, NeedReason, Role
from fotfeste.accommodation import public as accommodation
from fotfeste.allocation import public as allocation
from fotfeste.alternative import public as alternative
from fotfeste.ledger import public as ledger
from fotfeste.letters import public as letters
from fotfeste.refusal import public as refusal
from fotfeste.registry import public as registry
from fotfeste.retention import public as retention
from fotfeste.self_settlement import public as self_settlement
from fotfeste.settlement import public as settlement

REASONS: Mapping[NeedReason, Promise] = {
    NeedReason.REGISTERED_HERE: _("har registrert dem"),
    NeedReason.PROTECTION_CASE: _("behandler saken om beskyttelse og plass"),
    NeedReason.LIVES_HERE: _("de bor her"),
    NeedReason.LIVED_HERE: _("de har bodd her; oppfølging etter avreise"),
    NeedReason.SETTLEMENT_CASE: _("finner bosettingskommune"),
    NeedReason.ASKED_TO_SETTLE: _("er spurt om å bosette dem"),
    NeedReason.OFFERED_HERE: _("er tilbudt som bosettingskommune"),
    NeedReason.SETTLED_HERE: _("de er bosatt her"),
    NeedReason.WANTS_TO_SETTLE: _("de ber om avtalt selvbosetting her"),
    NeedReason.APPLIED_HERE: _("de har søkt om å bo privat her"),
    NeedReason.HOUSED_HERE: _("de bor privat her med støtte"),
    NeedReason.GRANT_CASE: _("tilskudd er betalt eller skal betales for dem"),
    NeedReason.EMERGENCY: _("nødinnsyn, én ansatt i høyst én time"),
}
# As they are told to those whom it is about.
COMPARTMENTS: Mapping[Compartment, Promise] = {
    Compartment.IDENTITY: _("hvem dere er: navn, alder, familie, numre og tillatelser"),
    Compartment.REGISTRATION: _("hva som ble registrert feil, og om noen er registrert to ganger"),
    Compartment.GUARDIAN: _("verge, vert og andre utenfor familien"),
    Compartment.MAPPING: _("notater om enslige mindreårige"),
    Compartment.STAYS: _("hvor dere bor og har bodd"),
    Compartment.ROOMS: _("rom, seng, fravær og permisjon"),
    Compartment.INTERVIEW: _("når bosettingssamtalen var"),
    Compartment.NEEDS: _("hva dere svarte og trenger"),
    Compartment.JOURNAL: _("hvem som var med i samtalen, hvilken informasjon dere har fått, og brevet om tilbudet"),
    Compartment.SETTLEMENT: _("forespørsler til kommuner, tilbud og reise"),
    Compartment.REFUSAL: _("brevene til den som ikke flytter til kommunen: penger på mottaket og utkastelse"),
    Compartment.MONEY: _("tilskudd kommunen får eller har fått for dere"),
    Compartment.LOOKS: _("denne siden: hvem som kan se hva, og hvem som har sett"),
}
LOOK_RULES: Mapping[LookRule, Promise] = {
    LookRule.WITHOUT_WORK: _("Ingen oppgave eller handling gjaldt husstanden rundt da"),
    LookRule.MANY_WITHOUT_WORK: _("Mange husstander uten oppgave eller handling på kort tid"),
    LookRule.EMERGENCY: _("Nødinnsyn"),
    LookRule.SAME_NAME: _(
        "Noen i husstanden har samme navn som en ansatt hos dere, nå eller før. Det er en likhet i navn, og beviser"
        " ingenting"
    ),
    LookRule.SAME_FAMILY_NAME: _(
        "Noen i husstanden har samme etternavn som den som så, og ingen oppgave eller handling gjaldt dem rundt da. Det"
        " er en likhet i navn, og beviser ingenting"
    ),
    LookRule.PROTECTED: _("Ingen oppgave eller handling gjaldt husstanden rundt da, og den har adressesperre"),
    LookRule.PROTECTED_EMERGENCY: _("Nødinnsyn i en husstand som nå har adressesperre"),
}
EVENT_WORDS: Mapping[str, str | Promise] = {
    **access.EVENT_WORDS,
    **registry.EVENT_WORDS,
    **accommodation.EVENT_WORDS,
    **letters.EVENT_WORDS,
    **alternative.EVENT_WORDS,
    **self_settlement.EVENT_WORDS,
    **settlement.EVENT_WORDS,
    **allocation.EVENT_WORDS,
    **refusal.EVENT_WORDS,
    **ledger.EVENT_WORDS,
    **retention.EVENT_WORDS,
}
CAUSES: Mapping[str, str | Promise] = {
    **registry.CAUSES,
    **accommodation.CAUSES,
    **letters.CAUSES,
    **alternative.CAUSES,
    **self_settlement.CAUSES,
    **settlement.CAUSES,
    **refusal.CAUSES,
    **ledger.CAUSES,
}


def role_name(role: Role) -> str:
    """What a role is called."""
    return str(access.ROLES[role])


def reason_name(reason: str) -> str:
    """Why an organisation has a need to know."""
    return str(REASONS[NeedReason(reason)])


def compartment_names(compartments: Iterable[str]) -> list[str]:
    """What of somebody is open or was shown, in the order in which it is told."""
    wanted = set(compartments)
    return [str(words) for compartment, words in COMPARTMENTS.items() if compartment in wanted]


def event_words(event_type: str, transition: str) -> str:
    """What happened; the transition's own words where the type has them."""
    words = EVENT_WORDS.get(f"{event_type}:{transition}") or EVENT_WORDS[event_type]
    return str(words)


def cause_words(code: str) -> str:
    """Why a task came."""
    return str(CAUSES[code])
