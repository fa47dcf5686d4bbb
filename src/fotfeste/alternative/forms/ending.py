"""Why an agreement ends, and from which day."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.alternative.domain.deciding import check_cause
from fotfeste.alternative.domain.types import EndCause
from fotfeste.alternative.rules import book
from fotfeste.alternative.words_applications import END_CAUSES
from fotfeste.kernel.errors import Refused
from fotfeste.platform.forms import ActForm, DayField


class EndForm(ActForm):
    """The cause and the first day without support."""

    cause = forms.ChoiceField(
        label=_("Hvorfor slutter avtalen?"), widget=forms.RadioSelect, error_messages={"required": _("Velg en grunn.")}
    )
    on = DayField(label=_("Første dag uten støtte"))

    def __init__(self, *args: Any, is_udi: bool, day: date, **kwargs: Any) -> None:
        """`is_udi`: whether all causes can be chosen."""
        super().__init__(*args, **kwargs)
        causes = [cause for cause in EndCause if _may_end(cause, day, is_udi=is_udi)]
        self.let_choose("cause", [(each, END_CAUSES[each]) for each in causes])


def _may_end(cause: EndCause, day: date, *, is_udi: bool) -> bool:
    """Whether the rules let an agreement be ended for a cause by somebody."""
    try:
        check_cause(cause, day, book(), is_udi=is_udi)
    except Refused:
        return False
    return True
