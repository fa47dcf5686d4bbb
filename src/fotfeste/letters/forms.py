"""The form of what has happened to a letter."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.letters.domain.types import ReturnReason
from fotfeste.letters.words import RETURN_REASONS, STEPS
from fotfeste.platform.forms import ActForm
from fotfeste.platform.words import capital


class FollowLetterForm(ActForm):
    """What is done with a letter, or has happened to it; why, where it came back."""

    when_needed = frozenset({"reason"})

    step = forms.ChoiceField(
        label=_("Hva har skjedd?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hva som har skjedd med brevet.")},
    )
    reason = forms.ChoiceField(
        label=_("Hvorfor kom det i retur?"),
        required=False,
        help_text=_("Må velges når brevet er kommet i retur."),
    )

    def __init__(self, *args: Any, steps: Sequence[str], **kwargs: Any) -> None:
        """`steps`: what can happen to the letter now."""
        super().__init__(*args, **kwargs)
        self.let_choose("step", [(step, str(STEPS[step])) for step in steps])
        reasons = [(str(code), capital(words)) for code, words in RETURN_REASONS.items()]
        self.let_choose("reason", [("", _("Ikke i retur")), *reasons])

    def clean(self) -> dict[str, Any]:
        """A letter that came back came back for a reason."""
        typed = super().clean() or self.cleaned_data
        if typed.get("step") == "return" and not typed.get("reason") and "reason" not in self.errors:
            self.add_error("reason", forms.ValidationError(_("Velg hvorfor brevet kom i retur.")))
        return typed

    def chosen_reason(self) -> ReturnReason:
        """Why it came back."""
        return ReturnReason(self.cleaned_data["reason"])
