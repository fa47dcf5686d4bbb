"""The form in which a centre says that the interpreter or the journey is cancelled."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.platform.forms import ActForm
from fotfeste.settlement.forms.request import required


class CancelledForm(ActForm):
    """What is cancelled."""

    kinds = forms.MultipleChoiceField(
        label=_("Hva er avbestilt"),
        widget=forms.CheckboxSelectMultiple,
        error_messages=required("nothing_chosen_to_cancel"),
    )

    def __init__(self, *args: Any, booked: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """`booked`: what is still to be cancelled, by kind of task, in words."""
        super().__init__(*args, **kwargs)
        self.let_choose("kinds", booked)
