"""The forms of acts on an application."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.alternative.domain.types import ConfirmationWay, PartyAnswer, RefusalGround, WithdrawalCause
from fotfeste.alternative.forms.door_fields import NameField
from fotfeste.alternative.words_applications import GROUNDS, WAYS, WITHDRAWALS
from fotfeste.alternative.words_pages import DECLINED_BECAUSE
from fotfeste.platform.forms import ActForm, DayField, FreeText

YES, NO = "yes", "no"
LONGEST_WORDS = 300


class MatchForm(ActForm):
    """Which person each in the application is; not to know is an answer."""

    codes = r"row_\d+"

    def __init__(
        self, *args: Any, rows: Sequence[tuple[int, str]], people: Sequence[tuple[int, str]], **kwargs: Any
    ) -> None:
        """`rows`: those in the application by key; `people`: the persons to choose among, by key."""
        super().__init__(*args, **kwargs)
        self.rows = rows
        for key, name in rows:
            self.fields[f"row_{key}"] = forms.TypedChoiceField(
                label=name,
                required=False,
                coerce=int,
                empty_value=None,
                choices=[("", _("Ikke funnet")), *((str(person), words) for person, words in people)],
            )

    @property
    def chosen(self) -> dict[int, int]:
        """The person for each row that one was chosen for."""
        found = {key: self.cleaned_data.get(f"row_{key}") for key, _name in self.rows}
        return {key: person for key, person in found.items() if person is not None}


class SureForm(ActForm):
    """Nothing to fill in: what follows stands beside the button."""


class AnswerForm(ActForm):
    """The municipality answers UDI: yes, or no with a reason from the list and words."""

    when_needed = frozenset({"reason", "text"})

    answer = forms.ChoiceField(
        label=_("Kan de bo privat hos dere med støtte?"),
        choices=[(YES, _("Ja")), (NO, _("Nei"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg ja eller nei.")},
    )
    reason = forms.ChoiceField(
        label=_("Hvis nei: hvorfor?"),
        required=False,
        choices=[("", _("Velg grunn")), *DECLINED_BECAUSE.items()],
    )
    text = FreeText(
        label=_("Utfyllende"), required=False, help_text=_("Skriv ikke om helse eller andre følsomme forhold.")
    )

    def clean(self) -> dict[str, Any]:
        """A no needs a reason; the reason other needs words."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if typed.get("answer") == NO:
            if not typed.get("reason"):
                self.add_error("reason", _("Velg hvorfor kommunen svarer nei."))
            elif typed["reason"] == "other" and not typed.get("text"):
                self.add_error("text", _("Skriv hvorfor."))
        return typed


class PartyForm(ActForm):
    """What a party said to staff, written down; the municipality's own staff answer as themselves."""

    when_needed = frozenset({"reason"})

    answer = forms.ChoiceField(
        label=_("Hva svarer de?"),
        choices=[(PartyAnswer.YES, _("Ja")), (PartyAnswer.NO, _("Nei"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg ja eller nei.")},
    )
    way = forms.ChoiceField(
        label=_("Hvordan ble det sagt?"),
        choices=[
            (each, WAYS[each]) for each in (ConfirmationWay.PAPER, ConfirmationWay.IN_PERSON, ConfirmationWay.PHONE)
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hvordan det ble sagt.")},
    )
    signer_name = NameField(label=_("Hvem svarte"))
    reason = forms.CharField(label=_("Hvis nei: hvorfor?"), max_length=LONGEST_WORDS, required=False)

    def __init__(self, *args: Any, is_own: bool, **kwargs: Any) -> None:
        """`is_own`: the municipality answers for itself, logged in."""
        super().__init__(*args, **kwargs)
        if is_own:
            del self.fields["way"], self.fields["signer_name"]

    def clean(self) -> dict[str, Any]:
        """A no needs a reason."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if typed.get("answer") == PartyAnswer.NO and not typed.get("reason"):
            self.add_error("reason", _("Skriv hvorfor svaret er nei."))
        return typed


class GrantForm(ActForm):
    """Who is granted a place, and from which day."""

    persons = forms.TypedMultipleChoiceField(
        label=_("Hvem"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Velg minst én person.")},
    )
    starts_on = DayField(
        label=_("Første dag"),
        required=False,
        help_text=_("La feltet stå tomt for dagen de begynte å bo der, så langt regelen tillater."),
    )

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        """`people`: those in the application who are known, all chosen to begin with."""
        super().__init__(*args, **kwargs)
        self.let_choose("persons", people)
        self.fields["persons"].initial = [key for key, _name in people]


class RefuseForm(ActForm):
    """On which ground it is refused; what the letter says first stands beside each."""

    ground = forms.ChoiceField(
        label=_("Hvorfor avslås søknaden?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg en grunn.")},
    )

    def __init__(self, *args: Any, grounds: Iterable[RefusalGround], **kwargs: Any) -> None:
        """`grounds`: those that something in the application stands behind."""
        super().__init__(*args, **kwargs)
        self.let_choose("ground", [(each, GROUNDS[each]) for each in RefusalGround if each in set(grounds)])


class WithdrawForm(ActForm):
    """Why the applicants take it back."""

    cause = forms.ChoiceField(
        label=_("Hvorfor?"),
        choices=[(each, WITHDRAWALS[each]) for each in WithdrawalCause],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg en grunn.")},
    )


class MovedInForm(ActForm):
    """When they moved in."""

    on = DayField(label=_("Dagen de flyttet inn"))
