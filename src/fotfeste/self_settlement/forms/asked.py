"""The forms of a request for agreed self-settlement: asking, answering, agreeing, moving in, withdrawing."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.platform.forms import ActForm, DayField, FreeText
from fotfeste.self_settlement.domain.types import CAUSES_OF_THEIRS, WhyThere
from fotfeste.self_settlement.sentences_asked import ASKED_SENTENCES
from fotfeste.self_settlement.words import END_CAUSES, NO_REASONS, WHY_THERE

YES, NO, AGAIN = "yes", "no", "again"


def required(code: str) -> dict[str, Any]:
    """The rule's own sentence where a field is left empty."""
    return {"required": ASKED_SENTENCES[code]}


class AskForm(ActForm):
    """The household asks a municipality."""

    municipality = forms.ChoiceField(
        label=_("Kommunen de vil bo i"), error_messages={"required": _("Velg en kommune.")}
    )
    why_there = forms.TypedMultipleChoiceField(
        label=_("Hvorfor vil de bo der?"),
        coerce=WhyThere,
        choices=list(WHY_THERE.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages=required("why_there_missing"),
    )
    message = FreeText(
        label=_("Hva de vil si til kommunen"),
        required=False,
        rows=4,
        help_text=_("Kommunen ser navn, alder, språk og status. Ikke skriv om helse: det får kommunen av IMDi."),
    )
    wanted_from = DayField(label=_("Når kan de flytte?"), required=False)

    def __init__(self, *args: Any, municipalities: Sequence[tuple[str, Iterable[Any]]], **kwargs: Any) -> None:
        """`municipalities`: by what they have said in public, each with its organisation's key."""
        super().__init__(*args, **kwargs)
        groups = [(words, list(those)) for words, those in municipalities]
        self.let_choose("municipality", [("", _("Velg kommune")), *[each for each in groups if each[1]]])


class AnswerForm(ActForm):
    """The municipality says yes or no."""

    when_needed = frozenset({"reason", "text"})

    answer = forms.ChoiceField(
        label=_("Svaret"),
        choices=[(YES, _("Ja, de kan lete etter bolig her")), (NO, _("Nei"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg ja eller nei.")},
    )
    reason = forms.ChoiceField(
        label=_("Hvorfor nei?"), choices=list(NO_REASONS.items()), widget=forms.RadioSelect, required=False
    )
    text = FreeText(
        label=_("Til husstanden og mottaket"),
        required=False,
        rows=4,
        help_text=_("Ved ja: hvem de kontakter hos dere, og hva dere hjelper med. Ved nei: utfyllende grunn."),
    )

    def __init__(self, *args: Any, may_say_yes: bool, **kwargs: Any) -> None:
        """After the yes only a no is left to say."""
        super().__init__(*args, **kwargs)
        if not may_say_yes:
            self.let_choose("answer", [(NO, _("Nei, vi må likevel si nei"))])


class AgreeForm(ActForm):
    """IMDi has agreed with the municipality, or not."""

    when_needed = frozenset({"agreed_with", "text"})

    answer = forms.ChoiceField(
        label=_("Er dere enige?"),
        choices=[(YES, _("Ja, vi er enige")), (NO, _("Nei, vi ble ikke enige"))],
        widget=forms.RadioSelect,
        error_messages=required("agree_or_not_missing"),
    )
    agreed_with = forms.CharField(label=_("Ved ja: hvem i kommunen dere er enige med"), max_length=120, required=False)
    text = FreeText(
        label=_("Ved nei: hvorfor ikke"),
        required=False,
        rows=3,
        help_text=_("Mottaket leser det og forteller det til husstanden."),
    )

    def __init__(self, *args: Any, is_for_others: bool, **kwargs: Any) -> None:
        """A home that was approved for others is not agreed about before the municipality has looked again."""
        super().__init__(*args, **kwargs)
        if is_for_others:
            again = (AGAIN, _("Kommunen må se på boligen på nytt"))
            self.let_choose("answer", [again, (NO, _("Nei, vi ble ikke enige"))])
            del self.fields["agreed_with"]


class MoveInForm(ActForm):
    """The day they moved in."""

    on = DayField(
        label=_("Dagen de flyttet inn"),
        error_messages={"required": _("Skriv dagen.")},
        help_text=_("De er bosatt fra denne dagen."),
    )
    is_meant = forms.BooleanField(
        label=_("De flyttet inn før leien begynte"),
        help_text=_("Bare når dette er ment: de slapp inn i boligen før den dagen som står i kontrakten."),
        required=False,
    )

    def __init__(self, *args: Any, may_be_early: bool, **kwargs: Any) -> None:
        """Nobody is asked whether they moved in before a day that had come when IMDi agreed."""
        super().__init__(*args, **kwargs)
        if not may_be_early:
            del self.fields["is_meant"]


class WithdrawForm(ActForm):
    """The household does not go on."""

    cause = forms.ChoiceField(
        label=_("Hvorfor?"),
        choices=[(cause, END_CAUSES[cause]) for cause in CAUSES_OF_THEIRS],
        widget=forms.RadioSelect,
        error_messages=required("self_settlement_cause_missing"),
    )
    text = FreeText(label=_("Utfyllende"), required=False, rows=3)


class ConfirmForm(ActForm):
    """Nothing to type."""
