"""The kinds of tasks from the queue to the municipality: their words, and where they are done."""

from django.utils.translation import gettext

from fotfeste.worklist.public import TaskKind

OFFER_KINDS: tuple[TaskKind, ...] = (
    TaskKind("find_municipality", lambda: gettext("Finn bosettingskommune"), "find_municipality"),
    TaskKind("answer_request", lambda: gettext("Svar på forespørsel om bosetting"), "answer_request"),
    TaskKind("make_offer", lambda: gettext("Gi tilbud om bosetting"), "make_offer"),
    TaskKind("register_offer_answer", lambda: gettext("Registrer svar på tilbudet"), "register_offer_answer"),
    TaskKind("arrange_journey", lambda: gettext("Avtal reisen med kommunen"), "arrange_journey"),
    TaskKind("approve_travel", lambda: gettext("Svar på spørsmål om reisemåte"), "approve_travel"),
    TaskKind("register_departure", lambda: gettext("Registrer avreise samme dag"), "register_departure"),
    TaskKind("prepare_arrival", lambda: gettext("Forbered mottak av husstanden"), "household"),
    TaskKind("receive_household", lambda: gettext("Bekreft at husstanden er kommet"), "confirm_arrival"),
)
