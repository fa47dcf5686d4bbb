"""Letters in words: kinds, languages, ways, how far they have come."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fotfeste.letters.domain.types import Language, LetterKind, LetterStatus, ReturnReason

KINDS: Mapping[LetterKind, str | Promise] = {
    LetterKind.GRANTED: _("Ja til å bo privat"),
    LetterKind.REFUSED: _("Nei til å bo privat"),
    LetterKind.REQUEST_TO_MUNICIPALITY: _("Akseptbrev til kommunen"),
    LetterKind.PRELIMINARY: _("Foreløpig svar"),
    LetterKind.ENDED: _("Opphør"),
    LetterKind.GRANT_LETTER: _("Tilskuddsbrev"),
    LetterKind.CLAIM_NOTICE: _("Varsel om tilbakebetaling"),
    LetterKind.CLAIM_DECISION: _("Vedtak om tilbakebetaling"),
    LetterKind.OFFER: _("Tilbud om bosetting"),
    LetterKind.POPULATION_REGISTER: _("Påminnelse om Folkeregisteret"),
    LetterKind.DEADLINE_TO_MOVE: _("IMDis frist for å flytte"),
    LetterKind.REFUSAL_FIRST: _("Første varselbrev ved bosettingsnekt"),
    LetterKind.EVICTION_NOTICE: _("Varsel om utkastelse"),
    LetterKind.EVICTION_PETITION: _("Brev om begjæringen til namsmannen"),
    LetterKind.DAYS_CHANGED: _("Endringer i bosettingsnektsaken"),
    LetterKind.REFUSAL_VOID: _("Brev om bosettingsnekt som ikke gjelder"),
    LetterKind.PETITION: _("Begjæring om tvangsfravikelse"),
    LetterKind.PETITION_CHANGED: _("Hvordan begjæringen om tvangsfravikelse står"),
    LetterKind.MINOR_TOLD: _("Varsel til verge eller barneverntjeneste"),
}
LANGUAGES: Mapping[Language, str | Promise] = {
    Language.NB: _("bokmål"),
    Language.NN: _("nynorsk"),
    Language.EN: _("engelsk"),
    Language.UK: _("ukrainsk"),
    Language.RU: _("russisk"),
}
STATUSES: Mapping[LetterStatus, str | Promise] = {
    LetterStatus.DRAFT: _("Ikke sendt"),
    LetterStatus.SENT: _("Sendt"),
    LetterStatus.DELIVERED: _("Kommet fram"),
    LetterStatus.OPENED: _("Åpnet"),
    LetterStatus.RETURNED: _("Kommet i retur"),
}
TONES: Mapping[LetterStatus, str] = {
    LetterStatus.DRAFT: "neutral",
    LetterStatus.SENT: "info",
    LetterStatus.DELIVERED: "info",
    LetterStatus.OPENED: "success",
    LetterStatus.RETURNED: "danger",
}
WAYS: Mapping[str, str | Promise] = {
    "unit": _("til enhetens postkasse i Fotfeste"),
    "post": _("i posten, fordi ingen enhet er navngitt for dette"),
    "by_hand": _("leveres til dem av den som følger dem opp"),
    "outside": _("sendes av avsenderen utenfor Fotfeste"),
}
RETURN_REASONS: Mapping[ReturnReason, str | Promise] = {
    ReturnReason.WRONG_ADDRESS: _("adressen er feil"),
    ReturnReason.MOVED: _("mottakeren har flyttet"),
    ReturnReason.NOT_COLLECTED: _("brevet er ikke hentet"),
    ReturnReason.WRONG_RECEIVER: _("det gjelder en annen"),
}
STEPS: Mapping[str, str | Promise] = {
    "send": _("Send brevet"),
    "deliver": _("Brevet er kommet fram"),
    "return": _("Brevet er kommet i retur"),
}
# Why a task was opened.
CAUSES: Mapping[str, str | Promise] = {"letters.sent": _("Et brev kom i posten")}
EVENT_WORDS: Mapping[str, str | Promise] = {
    "letters.written": _("Et brev ble skrevet"),
    "letters.sent": _("Et brev ble sendt"),
    "letters.delivered": _("Et brev kom fram"),
    "letters.opened": _("Et brev ble åpnet av mottakeren"),
    "letters.returned": _("Et brev kom i retur"),
}
