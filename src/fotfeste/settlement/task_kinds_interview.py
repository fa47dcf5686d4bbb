"""The kinds of tasks around the interview: their words, and where they are done."""

from django.utils.translation import gettext

from fotfeste.directory.public import ContactTopic
from fotfeste.worklist.public import TaskKind

HOLD_INTERVIEW = "hold_interview"
READ_NOTE = "read_settlement_note"
SUPPLEMENT_INTERVIEW = "supplement_interview"
CORRECT_INTERVIEW = "correct_interview"
ASKED_AGAIN = (SUPPLEMENT_INTERVIEW, CORRECT_INTERVIEW)  # in an interview that is held
FIND_MUNICIPALITY = "find_municipality"  # declared with the queue; opened when the interview is registered

# Tasks of the centre where a household lives, by the state of the case that asks for them: they move with it.
CENTRES_TASK_IN = {
    "interview_due": HOLD_INTERVIEW,
    "offered": "register_offer_answer",
    "accepted": "arrange_journey",
    "journey_agreed": "register_departure",
}
TELL_WITHDRAWAL = "tell_withdrawal"  # whatever the state, until it is done
OF_THE_CENTRE = (*CENTRES_TASK_IN.values(), TELL_WITHDRAWAL, *ASKED_AGAIN)

INTERVIEW_KINDS: tuple[TaskKind, ...] = (
    TaskKind(HOLD_INTERVIEW, lambda: gettext("Hold bosettingssamtale"), "interview", ContactTopic.SETTLEMENT),
    TaskKind(SUPPLEMENT_INTERVIEW, lambda: gettext("Suppler bosettingssamtalen"), "interview", ContactTopic.SETTLEMENT),
    TaskKind(CORRECT_INTERVIEW, lambda: gettext("Rett bosettingssamtalen"), "interview", ContactTopic.SETTLEMENT),
    TaskKind(READ_NOTE, lambda: gettext("Les ny bosettingsmerknad"), "settlement_notes", ContactTopic.SETTLEMENT),
)
