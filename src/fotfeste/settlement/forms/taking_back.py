"""The form of what was passed on by mistake."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fotfeste.platform.forms import ActForm
from fotfeste.platform.words import day as in_words
from fotfeste.settlement.domain.types import NoteMistake
from fotfeste.settlement.models import SettlementNote

MISTAKES = {
    NoteMistake.WRONG_HOUSEHOLD: gettext_lazy("Den gjelder noen andre"),
    NoteMistake.TOO_MUCH: gettext_lazy("Den sier mer enn kommunen trenger å vite"),
    NoteMistake.NOT_TRUE: gettext_lazy("Den stemmer ikke"),
}


class TakeBackForm(ActForm):
    """Which text, and why it should not have been passed on."""

    note = forms.ChoiceField(
        label=gettext_lazy("Hvilken opplysning?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Velg hvilken opplysning som skal trekkes tilbake.")},
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Hvorfor?"),
        widget=forms.RadioSelect,
        choices=[(str(code), words) for code, words in MISTAKES.items()],
        error_messages={"required": gettext_lazy("Velg hvorfor opplysningen trekkes tilbake.")},
    )

    def __init__(self, *args: Any, notes: Iterable[SettlementNote], **kwargs: Any) -> None:
        """The texts, each with its day."""
        super().__init__(*args, **kwargs)
        dated = [
            (str(note.pk), _("%(day)s: %(text)s") % {"day": in_words(note.recorded_at), "text": note.text})
            for note in notes
        ]
        self.let_choose("note", dated)
