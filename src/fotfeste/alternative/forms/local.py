"""The forms of the municipality's lists: conditions, waiting list, register."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.alternative.domain.local import LocalConditionKind, ResidentGone, ToldBy, WaitingOutcome
from fotfeste.alternative.words_local import CONDITION_KINDS, RESIDENT_GONE, TOLD_BY, WAITING_OUTCOMES
from fotfeste.platform.forms import ActForm, DayField


def postal_code(**kwargs: Any) -> forms.RegexField:
    """A postal code as it is typed."""
    return forms.RegexField(
        r"^\d{4}$",
        label=_("Postnummer"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 6}),
        error_messages={"invalid": _("Et postnummer har fire sifre.")},
        **kwargs,
    )


class ConditionsForm(ActForm):
    """What the municipality asks for before it accepts somebody, each with its own words."""

    codes = "|".join(LocalConditionKind)
    when_needed = frozenset({"other_words"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """A box and words for each kind."""
        super().__init__(*args, **kwargs)
        for kind, words in CONDITION_KINDS.items():
            self.fields[str(kind)] = forms.BooleanField(label=str(words), required=False)
            self.fields[f"{kind}_words"] = forms.CharField(
                label=_("Med egne ord: %(what)s") % {"what": str(words).lower()},
                max_length=400,
                required=False,
                # A municipality writes Norwegian, and its words are shown as that, whoever reads them.
                widget=forms.Textarea(attrs={"rows": 2, "lang": "nb"}),
            )

    def said(self) -> dict[LocalConditionKind, str | None]:
        """What was chosen, for the act."""
        typed = self.cleaned_data
        return {kind: typed[f"{kind}_words"] if typed[str(kind)] else None for kind in LocalConditionKind}


class WaitingForm(ActForm):
    """Somebody who wants to live in the municipality."""

    name = forms.CharField(label=_("Navn på den som spør"), max_length=120)
    persons = forms.IntegerField(label=_("Hvor mange ønsker å flytte"), min_value=1, max_value=200, initial=1)
    reached_by = forms.CharField(label=_("Telefon eller e-post"), max_length=120)
    wanted_from = DayField(label=_("Ønsker å flytte inn fra"))


class AnswerWaitingForm(ActForm):
    """Whether there is room."""

    when_needed = frozenset({"possible_from"})

    outcome = forms.TypedChoiceField(
        label=_("Hva svarer dere?"),
        coerce=WaitingOutcome,
        choices=list(WAITING_OUTCOMES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hva dere svarer.")},
    )
    possible_from = DayField(label=_("Kan flytte inn fra"), required=False, help_text=_("Fylles ut når det er plass."))


class ResidentForm(ActForm):
    """Somebody who lives privately in the municipality and has not applied."""

    name = forms.CharField(label=_("Navn"), max_length=120)
    duf_number = forms.CharField(
        label=_("DUF-nummer"),
        max_length=20,
        required=False,
        help_text=_("Tolv sifre. La det stå tomt hvis dere ikke vet det."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    street = forms.CharField(label=_("Gate og nummer"), max_length=120)
    postal_code = postal_code()
    lives_with = forms.CharField(label=_("Hvem de bor hos"), max_length=120)
    told_by = forms.TypedChoiceField(
        label=_("Hvem fortalte det"), coerce=ToldBy, choices=list(TOLD_BY.items()), widget=forms.RadioSelect
    )
    told_on = DayField(label=_("Når dere fikk vite det"))


class EndResidentForm(ActForm):
    """Why somebody is taken out of the register."""

    reason = forms.TypedChoiceField(
        label=_("Hvorfor?"), coerce=ResidentGone, choices=list(RESIDENT_GONE.items()), widget=forms.RadioSelect
    )


class ConfirmForm(ActForm):
    """Nothing to fill in: the act is confirmed by its button."""
