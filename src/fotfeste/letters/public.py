"""What other packages may use of letters."""

from fotfeste.letters.actions.following import mark_delivered, mark_opened, mark_returned, send_letter
from fotfeste.letters.actions.writing import write_letter
from fotfeste.letters.domain.types import (
    Language,
    LetterKind,
    LetterStatus,
    ReturnReason,
    language_of_municipality,
    language_to_people,
    languages_of,
)
from fotfeste.letters.models import Letter
from fotfeste.letters.panels import household_panels
from fotfeste.letters.queries import has_mailbox
from fotfeste.letters.rows import LetterRow, coded_words, first_words, letters_of
from fotfeste.letters.words import CAUSES, EVENT_WORDS

__all__ = [
    "CAUSES",
    "EVENT_WORDS",
    "Language",
    "Letter",
    "LetterKind",
    "LetterRow",
    "LetterStatus",
    "ReturnReason",
    "coded_words",
    "first_words",
    "has_mailbox",
    "household_panels",
    "language_of_municipality",
    "language_to_people",
    "languages_of",
    "letters_of",
    "mark_delivered",
    "mark_opened",
    "mark_returned",
    "send_letter",
    "write_letter",
]
