"""What every act on a refusal shares: whose it is, whether it can be done now, and why not yet."""

from datetime import date

from django.utils.translation import gettext as _

from fotfeste.platform.words import day as in_words
from fotfeste.refusal.domain.gates import Gate
from fotfeste.refusal.words_pages import reason_in_words, why_waits


def _in_words(found: Gate, day: date) -> list[str]:
    if found.never:
        return [reason_in_words(found.never)] if found.never.code != "child" else []
    told = why_waits(found.waits_for)
    if found.opens_on and day < found.opens_on:
        told.append(_("Dette kan tidligst gjøres %(day)s.") % {"day": in_words(found.opens_on)})
    return told
