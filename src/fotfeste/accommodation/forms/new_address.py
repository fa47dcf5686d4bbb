"""An address that became known after a departure."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.platform.forms import ActForm


class NewAddressForm(ActForm):
    """Who lives there, and where it is."""

    persons = forms.TypedMultipleChoiceField(
        label=_("Hvem gjelder det?"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Velg minst én person.")},
    )
    street = forms.CharField(
        label=_("Gate og nummer"), max_length=120, error_messages={"required": _("Skriv gate og nummer.")}
    )
    postal_code = forms.RegexField(
        r"^\d{4}$",
        label=_("Postnummer"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 6}),
        error_messages={
            "invalid": _("Et postnummer har fire sifre."),
            "required": _("Skriv postnummeret. Det har fire sifre."),
        },
    )

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        """Those who left, in words."""
        super().__init__(*args, **kwargs)
        self.let_choose("persons", people)
