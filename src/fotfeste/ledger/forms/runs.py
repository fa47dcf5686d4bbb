"""The forms of a run."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from fotfeste.kernel.errors import Refused
from fotfeste.platform.forms import ActForm, FreeText
from fotfeste.platform.sentences import sentence_for


class ConfirmForm(ActForm):
    """Nothing to fill in: the act is confirmed by its button."""


class StopForm(ActForm):
    """Why a run is stopped."""

    reason = FreeText(label=_("Hvorfor stoppes kjøringen?"), rows=3, help_text=_("Ikke skriv navn på noen."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The sentence where nothing is written."""
        super().__init__(*args, **kwargs)
        self.fields["reason"].error_messages["required"] = sentence_for(Refused("stopped_run_says_why"))
