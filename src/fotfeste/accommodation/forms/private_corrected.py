"""How a private stay was in truth, and what was wrong with what was registered."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fotfeste.accommodation.domain.private import RightStay
from fotfeste.directory.public import Organisation, OrganisationKind
from fotfeste.platform.forms import DayField
from fotfeste.registry.public import MistakeForm


class CorrectPrivateStayForm(MistakeForm):
    """Who, what is right where something was wrong, and why: what is left empty is right as it is registered."""

    persons = forms.TypedMultipleChoiceField(
        label=_("Hvem gjelder det?"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Velg minst én person.")},
    )
    start = DayField(label=_("Riktig dag de begynte å bo der"), required=False)
    municipality = forms.TypedChoiceField(label=_("Riktig kommune"), coerce=int, empty_value=None, required=False)
    end = DayField(
        label=_("Riktig første dag uten støtte"), required=False, help_text=_("Bare når de har sluttet å bo der.")
    )
    goes_on = forms.BooleanField(label=_("De bor der fortsatt. Slutten er feil."), required=False)
    never_was = forms.BooleanField(label=_("De bodde aldri der med støtte."), required=False)
    field_order = (
        "version", "opened", "persons", "start", "municipality", "end", "goes_on", "never_was", "reason", "text",
    )  # fmt: skip

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], is_udi: bool, has_ended: bool, **kwargs: Any):
        """`people`: those who live or lived privately, in words. The end is for all to correct, the rest for UDI."""
        super().__init__(*args, **kwargs)
        self.let_choose("persons", people)
        if not has_ended:
            del self.fields["end"], self.fields["goes_on"]
        if not is_udi:
            del self.fields["start"], self.fields["municipality"], self.fields["never_was"]
            return
        municipalities = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY).order_by("sort_key", "pk")
        self.let_choose("municipality", [("", _("Som registrert")), *municipalities.values_list("pk", "name")])

    def clean(self) -> dict[str, Any]:
        """What contradicts itself is asked about."""
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("goes_on") and typed.get("end"):
            self.add_error("goes_on", gettext("Skriv en dag, eller kryss av for at de bor der fortsatt. Ikke begge."))
        if typed.get("never_was") and any(typed.get(name) for name in ("start", "end", "municipality", "goes_on")):
            self.add_error("never_was", gettext("Bodde de aldri der, er det ikke noe annet å rette. Fjern resten."))
        return typed

    def right(self) -> RightStay:
        """What was typed, for the action."""
        typed = self.cleaned_data
        return RightStay(
            start=typed.get("start"),
            end=typed.get("end"),
            municipality_id=typed.get("municipality"),
            goes_on=bool(typed.get("goes_on")),
            never_was=bool(typed.get("never_was")),
        )
