"""The forms of a request to a municipality and its answer."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from fotfeste.kernel.calendar import Week
from fotfeste.platform.forms import ActForm, FreeText, WeekField
from fotfeste.platform.words import week as week_in_words
from fotfeste.settlement.domain.types import AfterDecline, AfterGrowth, Capability
from fotfeste.settlement.sentences import SENTENCES
from fotfeste.settlement.sentences_declines import DECLINE_SENTENCES
from fotfeste.settlement.sentences_offers import CAPABILITIES, DECLINE_REASONS

YES, NO = "yes", "no"
# A need that the page was opened with may have ended since.
_TOLD_NO_MORE: dict[str, Any] = {"invalid_choice": DECLINE_SENTENCES["need_not_told"]}
_NO_CHOICE: dict[str, Any] = {"invalid_choice": DECLINE_SENTENCES["what_follows_missing"]}


def required(code: str) -> dict[str, Any]:
    """The rule's own sentence where a field is left empty."""
    return {"required": SENTENCES[code]}


class RequestForm(ActForm):
    """IMDi asks a municipality."""

    when_needed = frozenset({"reasoning"})

    wanted_week = WeekField(
        label=_("Ønsket bosettingsuke"), required=False, help_text=_("Uke og år, for eksempel 12 2024")
    )
    message = FreeText(
        label=_("Melding til kommunen"),
        required=False,
        help_text=_("Ikke gjenta det som står i bosettingssamtalen: kommunen ser det som angår dem."),
    )
    reasoning = FreeText(
        label=_("Hvorfor denne kommunen"),
        required=False,
        help_text=_(
            "Bare IMDi ser dette. Må fylles ut når kommunen ikke ser ut til å passe, eller uken dere ønsker, er full: "
            "da spørres den om flere enn den tar imot i uken."
        ),
    )


FOLLOWS = [
    (AfterDecline.NOT_THIS_WEEK, _("Ikke denne uken: dere kan spørres igjen om en senere uke")),
    (
        AfterDecline.NOT_THIS_NEED,
        _(
            "Ikke dette behovet: dere kan spørres igjen når dere ikke lenger melder at dere mangler det, "
            "eller når husstanden ikke lenger trenger det"
        ),
    ),
    (
        AfterDecline.NOT_UNTIL_REASSESSED,
        _("Ikke før ny vurdering: dere kan spørres igjen når husstanden er vurdert på nytt"),
    ),
]


class AnswerForm(ActForm):
    """The municipality answers."""

    when_needed = frozenset({"possible_week", "confirmed", "decline_reason", "follows", "again_from", "unmet"})

    answer = forms.ChoiceField(
        label=_("Kan kommunen bosette husstanden?"),
        choices=[(YES, _("Ja")), (NO, _("Nei"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg ja eller nei.")},
    )
    possible_week = WeekField(
        label=_("Tidligste uke dere kan ta imot dem"),
        required=False,
        help_text=_("Uke og år, for eksempel 12 2024"),
    )
    confirmed = forms.MultipleChoiceField(
        label=_("Bekreft at kommunen har dette"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=_TOLD_NO_MORE,
    )
    decline_reason = forms.ChoiceField(
        label=_("Hvorfor svarer dere nei?"),
        required=False,
        choices=[("", _("Velg grunn")), *((str(code), words) for code, words in DECLINE_REASONS.items())],
    )
    follows = forms.ChoiceField(
        label=_("Når kan IMDi spørre dere om husstanden igjen?"),
        required=False,
        choices=FOLLOWS,
        widget=forms.RadioSelect,
        error_messages=_NO_CHOICE,
    )
    again_from = WeekField(label=_("Tidligste uke dere kan spørres om igjen"), required=False)
    unmet = forms.MultipleChoiceField(
        label=_("Hva kommunen ikke kan tilby"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "For «Ikke dette behovet». Det meldes som noe kommunen ikke kan tilby, "
            "og gjelder alle husstander til dere melder noe annet."
        ),
        error_messages=_TOLD_NO_MORE,
    )
    answer_text = FreeText(
        label=_("Utfyllende"),
        required=False,
        help_text=_("Skriv ikke om helse eller andre følsomme forhold her."),
    )

    def __init__(self, *args: Any, needs: Iterable[Capability] = (), again_from: Week, **kwargs: Any) -> None:
        """`needs`: what the household needs and the municipality confirms, or cannot meet, one by one. `again_from`:
        the week from which it may be asked again after a no, where it names none.
        """
        super().__init__(*args, **kwargs)
        choices = [(str(capability), CAPABILITIES[capability]) for capability in needs]
        self.fields["again_from"].help_text = format_lazy(
            _("For «Ikke denne uken». Uke og år, for eksempel 12 2024. Står feltet tomt, gjelder det fra {week}."),
            week=week_in_words(again_from),
        )
        if choices:
            self.let_choose("confirmed", choices)
            self.let_choose("unmet", choices)
        else:
            del self.fields["confirmed"], self.fields["unmet"]
            self.let_choose("follows", [each for each in FOLLOWS if each[0] != AfterDecline.NOT_THIS_NEED])
            self.fields["follows"].error_messages["invalid_choice"] = str(DECLINE_SENTENCES["no_need_left"])


class ConfirmForm(ActForm):
    """Nothing to fill in: the act is confirmed by its button."""


OUTCOMES = [
    (AfterGrowth.SUPPLEMENT, _("Samtalen må suppleres: mottaket spør dem som er kommet til")),
    (AfterGrowth.GOES_ON, _("Saken går videre som den er")),
]


class AgainForm(ActForm):
    """IMDi has looked at a household that has changed since its interview."""

    when_needed = frozenset({"reasoning"})

    outcome = forms.ChoiceField(
        label=_("Hva skal skje?"),
        choices=OUTCOMES,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Velg hva som skal skje."),
            "invalid_choice": _("Alle i husstanden er med i bosettingssamtalen. Velg på nytt."),
        },
    )
    reasoning = FreeText(
        label=_("Hvorfor saken går videre"),
        required=False,
        help_text=_("Må fylles ut når saken går videre. Mottaket og IMDi ser det som intern bosettingsmerknad."),
    )

    def __init__(self, *args: Any, can_be_supplemented: bool, **kwargs: Any) -> None:
        """The interview is supplemented only where somebody has not been asked in it."""
        super().__init__(*args, **kwargs)
        if not can_be_supplemented:
            self.let_choose("outcome", OUTCOMES[1:])
