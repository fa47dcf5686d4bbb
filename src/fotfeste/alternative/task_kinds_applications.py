"""The kinds of tasks that applications and agreements open."""

from django.utils.translation import gettext

from fotfeste.alternative.domain.tasks import ANSWER, DECIDE, MOVE_IN, PRELIMINARY, SEND_END
from fotfeste.directory.public import ContactTopic
from fotfeste.worklist.public import TaskKind

APPLICATION_KINDS: tuple[TaskKind, ...] = (
    TaskKind(DECIDE, lambda: gettext("Avgjør søknad om å bo privat"), DECIDE, ContactTopic.ALTERNATIVE),
    TaskKind(PRELIMINARY, lambda: gettext("Send foreløpig svar på søknad"), PRELIMINARY, ContactTopic.ALTERNATIVE),
    TaskKind(ANSWER, lambda: gettext("Svar UDI om noen kan bo privat hos dere"), ANSWER, ContactTopic.ALTERNATIVE),
    TaskKind(MOVE_IN, lambda: gettext("Registrer når de har flyttet inn"), MOVE_IN, ContactTopic.ALTERNATIVE),
    TaskKind(SEND_END, lambda: gettext("Send brev om at støtten har sluttet"), SEND_END, ContactTopic.ALTERNATIVE),
)
