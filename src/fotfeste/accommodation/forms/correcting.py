"""What was registered wrong of an arrival or a departure."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.platform.forms import ActForm, DayField, FreeText
from fotfeste.registry.public import MistakeForm


class AnnulDepartureForm(MistakeForm):
    """Who never left, and what was wrong."""

    persons = forms.MultipleChoiceField(
        label=_("Hvem gjelder det?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Velg minst én person.")},
    )
    field_order = ("version", "opened", "persons", "reason", "text")

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Those who left, in words."""
        super().__init__(*args, **kwargs)
        self.let_choose("persons", people)


class CorrectArrivalForm(ActForm):
    """Who came on another day, which, and why it was wrong."""

    persons = forms.TypedMultipleChoiceField(
        label=_("Hvem gjelder det?"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Velg minst én person.")},
    )
    right_on = DayField(label=_("Dagen de kom"))
    text = FreeText(
        label=_("Hvorfor er dagen feil?"),
        help_text=_("Skriv ikke om helse eller andre følsomme forhold."),
        error_messages={"required": _("Skriv hvorfor dagen er feil.")},
    )

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        """Those who live there, in words with the day that stands."""
        super().__init__(*args, **kwargs)
        self.let_choose("persons", people)
