"""The forms of steering: a municipality, and why."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.allocation.domain.steering import LONGEST_REASON
from fotfeste.kernel.errors import Refused
from fotfeste.platform.forms import ActForm, FreeText
from fotfeste.platform.sentences import sentence_for


class ConfirmForm(ActForm):
    """Nothing to fill in: the act is confirmed by its button."""


class MunicipalityForm(ActForm):
    """A municipality, and why."""

    municipality = forms.ChoiceField(label=_("Kommune"), error_messages={"required": _("Velg en kommune.")})
    reason = FreeText(label=_("Hvorfor?"), rows=4)

    def __init__(self, *args: Any, choices: Sequence[tuple[str, Any]] = (), about: str = "", **kwargs: Any) -> None:
        """`choices`: the municipalities, in groups where there are any. `about`: what to write, and what not."""
        super().__init__(*args, **kwargs)
        self.let_choose("municipality", [("", _("Velg kommune")), *choices])
        self.fields["reason"].help_text = about
        self.fields["reason"].error_messages["required"] = sentence_for(
            Refused("steering_reason_missing", "reason", {"most": LONGEST_REASON})
        )
