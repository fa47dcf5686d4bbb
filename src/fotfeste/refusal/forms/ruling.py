"""The form in which UDI rules."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.platform.forms import ActForm, DayField, FreeText
from fotfeste.refusal.models import Ruling
from fotfeste.refusal.words_rulings import ANSWERS
from fotfeste.settlement.public import Training

_LONGEST_NAME = Ruling._meta.get_field("ruled_by").max_length
_LONGEST_SOURCE = Ruling._meta.get_field("source").max_length


class RulingForm(ActForm):
    """Whether training is kept or lost, from when, who answers for it, and why."""

    answer = forms.ChoiceField(
        label=_("Hva gjelder for norskopplæringen etter et nei?"),
        choices=[(str(code), words) for code, words in ANSWERS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hva som gjelder.")},
    )
    valid_from = DayField(label=_("Gjelder fra"), help_text=_("I dag eller senere."))
    ruled_by = forms.CharField(
        label=_("Hvem har avklart det?"),
        max_length=_LONGEST_NAME,
        help_text=_("Navn og stilling på den som svarer for avklaringen."),
        error_messages={"required": _("Skriv hvem som har avklart det.")},
    )
    source = forms.CharField(
        label=_("Hva bygger den på?"),
        max_length=_LONGEST_SOURCE,
        help_text=_("For eksempel en lovbestemmelse eller et brev med dato."),
        error_messages={"required": _("Skriv hva avklaringen bygger på.")},
    )
    reasoning = FreeText(
        label=_("Begrunnelse"),
        rows=4,
        help_text=_("Alle som er logget inn, kan lese den. Skriv ikke om beboere."),
        error_messages={"required": _("Skriv begrunnelsen.")},
    )

    def chosen(self) -> Training:
        """What is ruled."""
        return Training(self.cleaned_data["answer"])
