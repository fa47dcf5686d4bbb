"""The form in which a municipality answers whether it can meet what a household has come to need."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fotfeste.platform.forms import ActForm, FreeText
from fotfeste.settlement.domain.types import Capability
from fotfeste.settlement.forms.request import NO, YES
from fotfeste.settlement.sentences_offers import capability_name


class NeedAnswersForm(ActForm):
    """Yes or no for each, and why not."""

    when_needed = frozenset({"text"})
    codes = "|".join(Capability)

    def __init__(self, *args: Any, asked: Iterable[Capability], **kwargs: Any) -> None:
        """One question for each need; the words come last."""
        super().__init__(*args, **kwargs)
        self._asked = list(asked)
        for capability in self._asked:
            self.fields[str(capability)] = forms.ChoiceField(
                label=_("Kan dere tilby %(what)s?") % {"what": capability_name(capability)},
                choices=[(YES, gettext_lazy("Ja")), (NO, gettext_lazy("Nei"))],
                widget=forms.RadioSelect,
                error_messages={"required": gettext_lazy("Velg ja eller nei.")},
            )
        self.fields["text"] = FreeText(
            label=_("Hvorfor?"),
            required=False,
            help_text=_("Fylles ut når dere svarer nei. Skriv ikke om helse eller andre følsomme forhold her."),
        )

    def answers(self) -> dict[Capability, bool]:
        """What was chosen."""
        return {capability: self.cleaned_data[str(capability)] == YES for capability in self._asked}
