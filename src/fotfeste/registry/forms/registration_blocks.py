"""The forms that the registration page is made of: when, each person, how two of them stand to each other."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fotfeste.platform.forms import ActForm, DayField
from fotfeste.registry.forms import choices
from fotfeste.registry.forms.person import PersonForm

FOLDED_AWAY = ("d_number", "national_id", "guardian_name", "guardian_phone", "guardian_email")


class HeadForm(ActForm):
    """When they were registered and applied."""

    registered_on = DayField(label=gettext_lazy("Registrert"))
    applied_on = DayField(
        label=gettext_lazy("Søkte om beskyttelse"),
        required=False,
        help_text=gettext_lazy("La feltet stå tomt hvis de ikke har søkt ennå."),
    )
    # The reference that the household will have: the same page sent twice is one household.
    reference = forms.CharField(widget=forms.HiddenInput, required=False)
    persons = forms.IntegerField(widget=forms.HiddenInput, required=False)
    ties = forms.IntegerField(widget=forms.HiddenInput, required=False)


class PersonBlock(PersonForm):
    """One person on the page; from the second on with how they stand to the first."""

    to_first = forms.ChoiceField(label=gettext_lazy("Forhold til person 1"), choices=choices.relations, required=False)

    def __init__(self, *args: Any, number: int, **kwargs: Any) -> None:
        """`number` counts from 0."""
        super().__init__(*args, prefix=str(number), **kwargs)
        self.number = number
        del self.fields["version"], self.fields["opened"]
        if number == 0:
            del self.fields["to_first"]

    @property
    def title(self) -> str:
        """What the block is called."""
        return _("Person %(number)s") % {"number": self.number + 1}

    @property
    def has_more(self) -> bool:
        """Something is typed, or wrong, among the fields that are folded away."""
        return any(self[name].value() or (self.is_bound and self[name].errors) for name in FOLDED_AWAY)


class TieForm(ActForm):
    """How two of the persons on the page stand to each other."""

    first = forms.TypedChoiceField(label=gettext_lazy("Den ene"), coerce=int, required=False, empty_value=None)
    kind = forms.ChoiceField(label=gettext_lazy("er"), choices=choices.relations, required=False)
    second = forms.TypedChoiceField(label=gettext_lazy("Den andre"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, number: int, names: list[str], **kwargs: Any) -> None:
        """`number` counts from 0; `names` are what the persons are called on the page."""
        super().__init__(*args, prefix=f"tie-{number}", **kwargs)
        del self.fields["version"], self.fields["opened"]
        for name in ("first", "second"):
            self.let_choose(name, [("", _("Velg")), *((str(place), label) for place, label in enumerate(names))])

    def clean(self) -> dict[str, Any]:
        """All three or none."""
        typed = super().clean() or {}
        given = [typed.get("first") is not None, bool(typed.get("kind")), typed.get("second") is not None]
        if any(given) and not all(given):
            self.add_error(
                "first", ValidationError(_("Velg begge personene og hva de er for hverandre."), "incomplete")
            )
        return typed
