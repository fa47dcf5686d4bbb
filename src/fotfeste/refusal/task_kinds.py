"""The kinds of tasks of a refusal: their words, and where they are done. IMDi's first is settlement's: it has that of
households at no centre, too.
"""

from django.utils.translation import gettext

from fotfeste.directory.public import ContactTopic
from fotfeste.refusal.domain.moves import TaskOf
from fotfeste.refusal.tasks import SEE_WITHDRAWN
from fotfeste.worklist.public import TaskKind

_TOPIC = ContactTopic.SETTLEMENT

TASK_KINDS: tuple[TaskKind, ...] = (
    TaskKind(TaskOf.HELD, lambda: gettext("Hold tilbudet til husstanden, eller trekk det"), "refusal", _TOPIC),
    TaskKind(TaskOf.TALK, lambda: gettext("Snakk med husstanden om bosettingsnekt"), "refusal_talk", _TOPIC),
    TaskKind(
        TaskOf.FIRST_LETTER, lambda: gettext("Send første brev om bosettingsnekt"), "refusal_first_letter", _TOPIC
    ),
    TaskKind(
        TaskOf.MINORS, lambda: gettext("Varsle verge og barnevern, og tilby barnet plass"), "refusal_minors", _TOPIC
    ),
    TaskKind(TaskOf.NOTICE, lambda: gettext("Send varsel om utkastelse"), "refusal_notice", _TOPIC),
    TaskKind(TaskOf.PETITION, lambda: gettext("Begjær tvangsfravikelse hos namsmannen"), "refusal_petition", _TOPIC),
    TaskKind(TaskOf.EVICTION_DAY, lambda: gettext("Registrer dagen namsmannen setter"), "refusal_eviction_day", _TOPIC),
    TaskKind(TaskOf.OFFICER, lambda: gettext("Fortell namsmannen hvordan begjæringen står"), "refusal_officer", _TOPIC),
    TaskKind(TaskOf.EVICTION, lambda: gettext("Møt for UDI når namsmannen kommer"), "refusal", _TOPIC),
    TaskKind(TaskOf.DAYS, lambda: gettext("Fortell hva som er endret i saken"), "refusal_days", _TOPIC),
    TaskKind(TaskOf.APART, lambda: gettext("La dem som ikke fikk tilbudet, bli en egen husstand"), "refusal", _TOPIC),
    TaskKind(SEE_WITHDRAWN, lambda: gettext("Se at tilbudet til husstanden er trukket"), "refusal_withdrawn", _TOPIC),
    TaskKind(TaskOf.CLOSE, lambda: gettext("Avslutt bosettingsnektsaken"), "refusal_close", _TOPIC),
)
