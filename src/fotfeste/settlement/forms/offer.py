"""The forms of the offer and of the household's answer."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.platform.forms import ActForm, DayField, FreeText, WeekField
from fotfeste.settlement.domain.types import Capability
from fotfeste.settlement.forms.answering import every_language, guardian_field
from fotfeste.settlement.forms.request import NO, YES, required
from fotfeste.settlement.sentences_offers import CAPABILITIES


class OfferForm(ActForm):
    """IMDi makes the offer."""

    week = WeekField(
        label=_("Bosettingsuke"),
        error_messages=required("week_missing"),
        help_text=_("Uke og år, for eksempel 12 2024"),
    )
    confirmed_since = forms.MultipleChoiceField(
        label=_("Kommunen har bekreftet dette etter at den svarte"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Kommunen svarte før dette behovet var kjent. Spør den, og kryss av for det den har."),
    )
    reasoning = FreeText(
        label=_("Begrunnelse"),
        required=False,
        help_text=_("Hvorfor denne kommunen. Tilknytning teller med, men avgjør ikke alene."),
    )

    def __init__(self, *args: Any, unconfirmed: Iterable[Capability] = (), **kwargs: Any) -> None:
        """`unconfirmed`: what they have come to need since the municipality said yes."""
        super().__init__(*args, **kwargs)
        choices = [(str(capability), CAPABILITIES[capability]) for capability in unconfirmed]
        if choices:
            self.let_choose("confirmed_since", choices)
        else:
            del self.fields["confirmed_since"]


class OfferAnswerForm(ActForm):
    """The household's answer, registered by the centre."""

    answer = forms.ChoiceField(
        label=_("Hva svarer husstanden?"),
        choices=[(YES, _("Ja, de tar imot tilbudet")), (NO, _("Nei, de tar ikke imot tilbudet"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg ja eller nei.")},
    )
    consequences_shown = forms.BooleanField(
        label=_("Vi har gått gjennom følgene av et nei, på et språk de forstår"), required=False
    )
    answered_by_names = forms.CharField(
        label=_("Hvem svarte"),
        max_length=200,
        error_messages=required("who_answered_missing"),
        help_text=_("Navnene på de voksne som svarte."),
    )
    guardian_name = guardian_field()
    answer_language = forms.ChoiceField(
        label=_("Språket svaret ble gitt på"),
        error_messages=required("answer_language_missing"),
    )
    answered_on = DayField(label=_("Dato for svaret"))

    def __init__(
        self, *args: Any, languages: Iterable[str] = (), is_unaccompanied: bool = False, **kwargs: Any
    ) -> None:
        """`languages`: the residents' own, which stand first in the list. A minor alone answers with a guardian."""
        super().__init__(*args, **kwargs)
        if is_unaccompanied:
            self.fields["consequences_shown"].label = _(
                "Vi har gått gjennom følgene av et nei med den unge og vergen, på et språk de forstår"
            )
            self.fields["answered_by_names"].help_text = _("Navnet på den eller de unge som svarte.")
        else:
            del self.fields["guardian_name"]
        self.let_choose("answer_language", every_language(languages))
