"""The kinds of tasks around the interview: their words, and where they are done."""

from django.utils.translation import gettext

from fotfeste.worklist.public import TaskKind

HOLD_INTERVIEW = "hold_interview"
READ_NOTE = "read_settlement_note"
FIND_MUNICIPALITY = "find_municipality"  # declared with the queue; opened when the interview is registered

# Tasks of the centre where a household lives: they move with the household.
OF_THE_CENTRE = (HOLD_INTERVIEW, "register_offer_answer", "arrange_journey", "register_departure")

INTERVIEW_KINDS: tuple[TaskKind, ...] = (
    TaskKind(HOLD_INTERVIEW, lambda: gettext("Hold bosettingssamtale"), "interview"),
    TaskKind(READ_NOTE, lambda: gettext("Les ny bosettingsmerknad"), "settlement_notes"),
)
