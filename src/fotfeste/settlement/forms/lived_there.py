"""The form of settling people where they live."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.platform.forms import ActForm, DayField
from fotfeste.settlement.actions.lived_there import Agreed
from fotfeste.settlement.forms.answering import every_language, guardian_field
from fotfeste.settlement.forms.request import required


class SettleWhereTheyLiveForm(ActForm):
    """What IMDi and the municipality have agreed, and what the household says."""

    agreed_on = DayField(label=_("Dagen dere ble enige med kommunen"))
    agreed_with = forms.CharField(
        label=_("Hvem i kommunen"), max_length=120, error_messages=required("partner_missing")
    )
    on = DayField(
        label=_("Bosatt fra"),
        help_text=_("Dagen kan ha vært for lenge siden. Fra denne dagen bor de ikke lenger privat med støtte."),
    )
    answered_by_names = forms.CharField(
        label=_("Hvem i husstanden vet det, og vil bli boende"),
        max_length=200,
        error_messages=required("who_answered_missing"),
        help_text=_("Navnene på de voksne som svarte."),
    )
    guardian_name = guardian_field()
    answer_language = forms.ChoiceField(
        label=_("Språket de fikk vite det på"),
        error_messages=required("answer_language_missing"),
    )

    def __init__(self, *args: Any, languages: Iterable[str], is_unaccompanied: bool, **kwargs: Any) -> None:
        """`languages`: the residents' own, which stand first in the list. A minor alone answers with a guardian."""
        super().__init__(*args, **kwargs)
        if not is_unaccompanied:
            del self.fields["guardian_name"]
        self.let_choose("answer_language", every_language(languages))

    def agreed(self) -> Agreed:
        """What was typed, for the act."""
        typed = self.cleaned_data
        return Agreed(
            on=typed["on"],
            agreed_on=typed["agreed_on"],
            agreed_with=typed["agreed_with"],
            answered_by_names=typed["answered_by_names"],
            answer_language=typed["answer_language"],
            guardian_name=typed.get("guardian_name", ""),
        )
