"""The last pages of an application without a login: what is attached, and that it is sent."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.alternative.forms.door_fields import LETTER_LANGUAGES, DoorForm, NameField
from fotfeste.platform.parameters import book as file_limits

KB_IN_A_MB = 1000


class DocumentForm(DoorForm):
    """A file, if there is one."""

    kind = forms.ChoiceField(
        label=_("Hva er det?"),
        choices=[("rent_contract", _("Leiekontrakt")), ("other", _("Noe annet"))],
        initial="rent_contract",
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label=_("Fil eller bilde"),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
        error_messages={
            "required": _("Velg en fil, eller gå videre uten."),
            "empty": _("Filen er tom. Velg en annen."),
        },
    )

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        """`day`: whose rule says how large a file may be."""
        super().__init__(*args, **kwargs)
        most = file_limits().get("file_size_kb", day).integer // KB_IN_A_MB
        self.fields["file"].help_text = _(
            "PDF, JPEG eller PNG, høyst %(most)s MB. Du kan ta bilde av arket med telefonen."
        ) % {"most": most}


class SendForm(DoorForm):
    """Look it over and send it."""

    signer_name = NameField(label=_("Skriv navnet ditt"), help_text=_("Det er det samme som å skrive under."))
    contact = forms.CharField(
        label=_("Telefonen til den som søker"),
        max_length=120,
        required=False,
        help_text=_("Så kan UDI ringe hvis noe mangler."),
    )
    language = forms.ChoiceField(
        label=_("Hvilket språk vil dere ha brevene på?"),
        help_text=_("Brevet kommer også på norsk."),
        choices=LETTER_LANGUAGES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg et språk.")},
    )
    is_right = forms.BooleanField(
        label=_("Det som står her, er riktig så langt jeg vet"),
        error_messages={"required": _("Kryss av for at det er riktig. Er noe feil, kan du rette det først.")},
    )
