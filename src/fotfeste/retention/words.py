"""The words of retention: purposes, what counts, what goes, what kept somebody, what has happened."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fotfeste.retention.domain import rules
from fotfeste.retention.domain.types import Outcome, Purpose


@dataclass(frozen=True, slots=True)
class RuleWords:
    """A rule in words: what it was kept for, from when the period counts, what goes, who must decide the period."""

    purpose: Promise
    counts_from: Promise
    goes: Promise
    decides: Promise


_OVER = _("etter dagen alt var over")
_WHO = _("alt som sier hvem de er. Tall, dager og kommuner blir igjen til statistikken")
_UDI = _("Ingen kilde har en frist. UDI må bestemme den.")
_IMDI = _("Ingen kilde har en frist. IMDi må bestemme den.")
_EACH = _("Ingen kilde har en frist. Hver organisasjon må bestemme den.")
_OURS = _("Valgt av oss: det er ikke til nytte for noen.")
RULES: Mapping[str, RuleWords] = {
    rules.CONTACTS: RuleWords(_("Verge, vert og andre utenfor husstanden"), _OVER, _("navn, telefon og e-post"), _UDI),
    rules.TEXTS: RuleWords(
        _("Samtale, kartlegging og merknader"), _OVER, _("svar, notater, meldinger og begrunnelser med egne ord"), _IMDI
    ),
    rules.OF_PURPOSE[Purpose.SETTLED]: RuleWords(
        _("Husstand som er bosatt: oppfølging og oppgjør"),
        _OVER,
        _WHO,
        _("Ingen kilde har en frist. IMDi og UDI må bestemme den."),
    ),
    rules.OF_PURPOSE[Purpose.LEFT]: RuleWords(_("Husstand som reiste uten å bli bosatt"), _OVER, _WHO, _UDI),
    rules.OF_PURPOSE[Purpose.EMPTIED]: RuleWords(
        _("Husstand som er tømt: alle er i en annen"),
        _OVER,
        _("husstandens eget. Menneskene er i den andre"),
        _UDI,
    ),
    rules.LOOKS: RuleWords(
        _("Loggen over hvem som har sett hva"),
        _("etter at det ble sett"),
        _("hvem, når, hvilken side og hvorfor"),
        _UDI,
    ),
    rules.LOOK_WORDS: RuleWords(
        _("Det som ble skrevet i søk"),
        _("etter søket"),
        _("ordene. At det ble søkt, av hvem og når, står igjen"),
        _UDI,
    ),
    rules.EMERGENCY: RuleWords(
        _("Nødinnsyn"), _("etter at det ble åpnet"), _("hvem som åpnet det, hvorfor og for hvem"), _UDI
    ),
    rules.LOOK_REVIEWS: RuleWords(
        _("Det administratorer skrev om uvanlig innsyn"), _("etter at det ble skrevet"), _("hele teksten"), _EACH
    ),
    rules.PRIVATE_REGISTER: RuleWords(
        _("Kommunens register over dem som bor privat uten å ha søkt"),
        _("etter at de ble skrevet opp"),
        _("alt. De som søker eller flytter, tas ut med en gang"),
        _EACH,
    ),
    rules.UNMATCHED: RuleWords(
        _("Søknader om å bo privat der ingen er funnet i registeret"), _("etter at de kom"), _("alt"), _UDI
    ),
    rules.WAITING_LIST: RuleWords(
        _("Kommunens venteliste for å bo privat"), _("etter at de ble skrevet opp"), _("alt"), _EACH
    ),
    rules.SESSIONS: RuleWords(_("Økter etter innlogging"), _("etter at økten var slutt"), _("alt"), _OURS),
    rules.LOGIN_ATTEMPTS: RuleWords(_("Forsøk på å logge inn"), _("etter forsøket"), _("alt"), _OURS),
    rules.DOOR_DRAFTS: RuleWords(
        _("Søknader om å bo privat som er påbegynt, men ikke sendt"), _("etter at adressen er utløpt"), _("alt"), _OURS
    ),
    rules.DOOR_ATTEMPTS: RuleWords(_("Forsøk på sidene uten innlogging"), _("etter forsøket"), _("alt"), _OURS),
}
KEPT: tuple[tuple[Promise, Promise], ...] = (
    (
        _("Tall til statistikken"),
        _("Nøkkelen til husstanden, stegene i saken, dager, mottak, kommuner, fødselsår og kjønn, uten navn."),
    ),
    (
        _("Ansatte, roller og ansettelser"),
        _("De sier hvem som gjorde hva, og hvem som kunne se hva."),
    ),
    (
        _("Regnskap"),
        _("Fotfeste har ikke noe regnskap ennå. Når det kommer, skal summene være de samme før og etter."),
    ),
)
OUTCOMES: Mapping[Outcome, Promise] = {
    Outcome.DONE: _("anonymisert eller slettet"),
    Outcome.ANNOUNCED: _("funnet for første gang, venter"),
    Outcome.WAITS: _("funnet før, venter"),
    Outcome.HELD: _("beholdt"),
    Outcome.NOT_CONFIRMED: _("fristen er ute, men regelen er ikke bekreftet"),
    Outcome.LEFT_OVER: _("flere enn det tas på én natt, venter"),
    Outcome.FAILED: _("gikk ikke, prøves igjen neste natt"),
    Outcome.SOON: _("fristen går snart ut"),
}
HELD_BECAUSE: Mapping[str, Promise] = {
    "lives_somewhere": _("noen av dem bor på et mottak"),
    "case_is_open": _("bosettingssaken er åpen"),
    "task_is_open": _("en oppgave er åpen"),
    "may_be_registered_twice": _("noen kan være registrert to ganger"),
    "has_not_left": _("de har ikke reist"),
    "need_is_open": _("noen har ennå grunn til innsyn"),
}
EVENT_WORDS: Mapping[str, str | Promise] = {
    "retention.contacts_deleted": _("Verge, vert og andre kontakter er slettet fordi fristen er ute"),
    "retention.texts_deleted": _("Svar, notater og andre tekster er slettet fordi fristen er ute"),
    "retention.anonymised": _("Husstanden er anonymisert fordi fristen er ute"),
}
