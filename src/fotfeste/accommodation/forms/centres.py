"""A centre: its operation, rooms and beds."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.accommodation.domain.types import OPERATED_BY, CentreType, NewOperation, OperatorKind
from fotfeste.accommodation.words import CENTRE_TYPES, OPERATORS
from fotfeste.directory.public import Organisation
from fotfeste.platform.forms import ActForm, DayField


class OperationForm(ActForm):
    """A centre in operation (ACC-01)."""

    from_on = DayField(label=_("Fra"))
    type = forms.TypedChoiceField(label=_("Type mottak"), coerce=CentreType, choices=list(CENTRE_TYPES.items()))
    operator = forms.TypedChoiceField(
        label=_("Driftsoperatør"), coerce=OperatorKind, choices=list(OPERATORS.items()), widget=forms.RadioSelect
    )
    operated_by = forms.TypedChoiceField(
        label=_("Hvem driver det"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Kommunen, stiftelsen eller selskapet."),
    )
    is_decentralised = forms.BooleanField(label=_("Boligene ligger spredt (desentralisert)"), required=False)
    places = forms.IntegerField(label=_("Plasser i drift"), min_value=1, max_value=5000)
    places_maximum = forms.IntegerField(label=_("Kan utvides til"), min_value=1, max_value=5000)
    source = forms.CharField(
        label=_("Hvor opplysningen kommer fra"),
        max_length=200,
        help_text=_("For eksempel avtalen med driftsoperatøren."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Every operator and municipality can be chosen."""
        super().__init__(*args, **kwargs)
        kinds = {str(kind) for kind in OPERATED_BY.values()}
        # Companies first: there are few of them.
        found = Organisation.objects.filter(kind__in=kinds).order_by("-kind", "sort_key", "pk")
        self.let_choose("operated_by", [("", _("Ikke meldt")), *found.values_list("pk", "name")])

    def operation(self) -> NewOperation:
        """What was typed, for the action."""
        typed = self.cleaned_data
        return NewOperation(
            type=typed["type"],
            operator=typed["operator"],
            operated_by_id=typed["operated_by"],
            is_decentralised=typed["is_decentralised"],
            places=typed["places"],
            places_maximum=typed["places_maximum"],
            source=typed["source"],
        )


class ClosingForm(ActForm):
    """A centre that closes."""

    on = DayField(label=_("Første dag uten drift"))


class RoomsForm(ActForm):
    """Rooms to be added."""

    names = forms.CharField(
        label=_("Romnavn"), max_length=2000, help_text=_("Ett eller flere, med komma mellom. 201-210 gir ti rom.")
    )
    building = forms.CharField(label=_("Bygning"), max_length=60, required=False)
    beds = forms.IntegerField(label=_("Senger i hvert rom"), min_value=1, max_value=20, initial=2)
    is_adapted = forms.BooleanField(label=_("Tilpasset rullestol"), required=False)


class BedsAddedForm(ActForm):
    """Beds to be added to a room."""

    beds = forms.IntegerField(label=_("Antall nye senger"), min_value=1, max_value=20, initial=1)


class BlockForm(ActForm):
    """A bed that cannot be used."""

    from_on = DayField(label=_("Sperret fra"))
    until_on = DayField(label=_("Kan brukes igjen fra"), required=False)
    cause = forms.CharField(label=_("Hvorfor"), max_length=200)


class UnblockForm(ActForm):
    """A bed that can be used again."""

    on = DayField(label=_("Kan brukes fra"))
