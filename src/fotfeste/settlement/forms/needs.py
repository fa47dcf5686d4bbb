"""The form of what the municipality must have, changed after the interview."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fotfeste.platform.forms import ActForm, FreeText
from fotfeste.settlement.domain.types import Capability
from fotfeste.settlement.sentences_offers import capability_name

ADD, END = "add", "end"


class NeedForm(ActForm):
    """Which need has come or gone, and why."""

    need = forms.ChoiceField(
        label=gettext_lazy("Hva er endret?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Velg hva som er endret."),
            "invalid_choice": gettext_lazy("Behovene er endret siden du åpnet siden. Velg på nytt."),
        },
    )
    reason = FreeText(
        label=gettext_lazy("Hvorfor?"),
        help_text=gettext_lazy("Mottaket og IMDi ser det som intern bosettingsmerknad. Kommunen ser det ikke."),
        rows=5,
        error_messages={"required": gettext_lazy("Skriv hvorfor behovet er endret.")},
    )

    def __init__(self, *args: Any, present: Collection[Capability], **kwargs: Any) -> None:
        """`present`: what they need now; that can end, the rest can come."""
        super().__init__(*args, **kwargs)
        changes = [
            (f"{END}-{each}", _("Trenger ikke lenger %(what)s") % {"what": capability_name(each)})
            if each in present
            else (f"{ADD}-{each}", _("Trenger også %(what)s") % {"what": capability_name(each)})
            for each in Capability
            if each != Capability.UNACCOMPANIED_MINORS
        ]
        self.let_choose("need", changes)
