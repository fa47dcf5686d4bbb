"""The words of the pages of a refusal: steps, parties, acts, how a talk was interpreted."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fotfeste.kernel.decisions import Reason
from fotfeste.platform.sentences import filled
from fotfeste.refusal.domain.moves import TaskOf
from fotfeste.refusal.domain.types import TO_OFFICER, Cause, Happening, Party, TalkInterpreter
from fotfeste.refusal.sentences import SENTENCES

type Words = Mapping[str, str | Promise]

STEPS: Words = {
    "opened": _("ingen brev sendt"),
    "first_letter": _("trinn 1: første brev sendt"),
    "eviction_notice": _("trinn 2: varsel om utkastelse sendt"),
    "petition": _("trinn 3: tvangsfravikelse begjært"),
    "everybody_out": _("ingen igjen i saken"),
    "closed": _("avsluttet"),
}
STEP_TONES: Mapping[str, str] = {
    "opened": "info",
    "first_letter": "warning",
    "eviction_notice": "warning",
    "petition": "danger",
    "everybody_out": "neutral",
    "closed": "neutral",
}
MEANINGS: Words = {
    "opened": _("Ingen har fått brev ennå. De kan si ja når som helst til de har flyttet."),
    "first_letter": _(
        "UDI har skrevet til de voksne om hva de mister. Basisutbetalingen stopper når de 14 dagene er ute. De kan"
        " fortsatt si ja."
    ),
    "eviction_notice": _("UDI har varslet om utkastelse. De kan fortsatt si ja til de har flyttet."),
    "petition": _("UDI har bedt namsmannen om å kaste dem ut. De kan fortsatt si ja til de har flyttet."),
    "everybody_out": _("Alle har sagt ja eller flyttet. UDI avslutter saken."),
    "closed": _("Saken er over. Ingenting mer kan registreres i den."),
}
OPENED_BY: Words = {
    Cause.DECLINED: _("Husstanden sa nei til tilbudet."),
    Cause.NOT_MOVED: _("Husstanden sa ja, men flyttet ikke den avtalte dagen."),
}
PARTIES: Words = {
    Party.CENTRE: _("mottaket"),
    Party.IMDI: "IMDi",
    Party.UDI: "UDI",
    Party.MUNICIPALITY: _("kommunen"),
    Party.ENFORCEMENT_OFFICER: _("namsmannen"),
    Party.GUARDIAN: _("vergen"),
    Party.CHILD_WELFARE: _("barnevernet"),
}
TASKS: Words = {
    TaskOf.HOLD_ASKED: _("ber kommunen holde tilbudet, og melder fra til UDI"),
    TaskOf.HELD: _("holder tilbudet, eller trekker det"),
    TaskOf.TALK: _("snakker med husstanden"),
    TaskOf.FIRST_LETTER: _("sender første brev"),
    TaskOf.MINORS: _("varsler verge og barnevern, og tilbyr barnet plass"),
    TaskOf.NOTICE: _("sender varsel om utkastelse"),
    TaskOf.PETITION: _("begjærer tvangsfravikelse"),
    TaskOf.EVICTION_DAY: _("registrerer dagen namsmannen setter"),
    TaskOf.OFFICER: _("forteller namsmannen hvordan begjæringen står"),
    TaskOf.EVICTION: _("møter for UDI når namsmannen kommer"),
    TaskOf.DAYS: _("forteller hva som er endret i saken"),
    TaskOf.APART: _("lar dem som ikke fikk tilbudet, bli en egen husstand"),
    TaskOf.CLOSE: _("avslutter saken"),
}
ACTS: Words = {
    Happening.HOLD_ASKED: _("Be kommunen holde tilbudet"),
    Happening.IMDI_MESSAGE: _("Meld til UDI at de ikke flytter"),
    Happening.TALK: _("Skriv ned en samtale om bosettingsnekt"),
    Happening.FIRST_LETTER: _("Send første brev om bosettingsnekt"),
    Happening.GUARDIAN_TOLD: _("Varsle vergen"),
    Happening.CHILD_WELFARE_TOLD: _("Varsle barnevernet"),
    Happening.MINORS_PLACE_OFFERED: _("Tilby plass i mottak for enslige mindreårige"),
    Happening.EVICTION_NOTICE: _("Send varsel om utkastelse"),
    Happening.PETITION: _("Begjær tvangsfravikelse"),
    Happening.EVICTION_DAY_SET: _("Registrer dagen namsmannen setter"),
    **dict.fromkeys(TO_OFFICER, _("Fortell namsmannen hvordan begjæringen står")),
    Happening.IMDI_DEADLINE_EXTENDED: _("Forleng fristen for å flytte"),
    Happening.FORTNIGHT_EXTENDED: _("Forleng fristen på 14 dager"),
    Happening.DAYS_TOLD: _("Fortell hva som er endret i saken"),
    Happening.SUSPENDED: _("Still bosettingsnektsaken i bero"),
    Happening.RESUMED: _("Gjenoppta bosettingsnektsaken"),
    Happening.WITHDRAWN: _("Trekk tilbudet dere holder"),
    Happening.ACCEPTED: _("Registrer at noen sier ja likevel"),
    Happening.CLOSED: _("Avslutt bosettingsnektsaken"),
}
DAYS: Words = {
    "imdi_deadline": _("IMDis frist"),
    "fortnight": _("den siste av de 14 dagene"),
    "benefit_stop": _("den første dagen uten basisutbetaling"),
}
PAGES_OF_SEVERAL: Words = {"refusal_minors": _("Varsle om barn i saken, eller tilby plass")}
"""What a page is called on which one of several acts is done."""

INTERPRETERS: Words = {
    TalkInterpreter.NOT_NEEDED: _("trengte ikke tolk"),
    TalkInterpreter.PRESENT: _("tolk til stede"),
    TalkInterpreter.REMOTE: _("tolk på telefon eller skjerm"),
    TalkInterpreter.MISSING: _("trengte tolk, men det var ingen"),
}


def why_waits(reasons: Iterable[Reason]) -> list[str]:
    """What something waits for, in sentences, each once."""
    return list(dict.fromkeys(reason_in_words(each) for each in reasons))


def reason_in_words(reason: Reason) -> str:
    """Why something cannot be done, or not yet. Raises KeyError for one without words."""
    days = (value for value in reason.fields.values() if isinstance(value, date))
    values: dict[str, object] = {"day": next(days, None), "count": reason.fields.get("count")}
    return filled(str(SENTENCES[f"refusal_{reason.code}"]), values)


def listed(names: Iterable[str]) -> str:
    """`Olena, Andrij og Sofia`."""
    *first, last = list(names) or [""]
    return _now("%(first)s og %(last)s") % {"first": ", ".join(first), "last": last} if first else last
