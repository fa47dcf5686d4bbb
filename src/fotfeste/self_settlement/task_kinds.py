"""The kinds of tasks that a request opens: their words, and where they are done."""

from django.utils.translation import gettext

from fotfeste.directory.public import ContactTopic
from fotfeste.self_settlement.domain.tasks import AGREE, ANSWER, CHECK_HOME, MOVE_IN, SEND_HOME, TELL_NO, TELL_OVER
from fotfeste.worklist.public import TaskKind

_SETTLEMENT = ContactTopic.SETTLEMENT
TASK_KINDS: tuple[TaskKind, ...] = (
    TaskKind(ANSWER, lambda: gettext("Svar om avtalt selvbosetting"), "answer_self_settlement", _SETTLEMENT),
    TaskKind(SEND_HOME, lambda: gettext("Send inn bolig og leiekontrakt"), "send_found_home", _SETTLEMENT),
    TaskKind(CHECK_HOME, lambda: gettext("Vurder bolig og leiekontrakt"), "check_found_home", _SETTLEMENT),
    TaskKind(AGREE, lambda: gettext("Bli enig med kommunen om selvbosetting"), "agree_self_settlement", _SETTLEMENT),
    TaskKind(MOVE_IN, lambda: gettext("Registrer at de har flyttet inn"), "register_moved_in", _SETTLEMENT),
    TaskKind(TELL_NO, lambda: gettext("Fortell husstanden at kommunen sa nei"), "tell_self_settlement_no", _SETTLEMENT),
    TaskKind(
        TELL_OVER, lambda: gettext("Fortell husstanden at det ikke ble noe av"), "tell_self_settlement_no", _SETTLEMENT
    ),
)
