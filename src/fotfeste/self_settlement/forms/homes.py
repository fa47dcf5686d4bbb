"""The forms of a home and its rent contract: sent by the household, looked at by the municipality."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.platform.forms import ActForm, DayField, FreeText
from fotfeste.self_settlement.actions.homes import Found
from fotfeste.self_settlement.domain.empty_rent import PaidBy, empty_days
from fotfeste.self_settlement.domain.home import Contract, checks_of
from fotfeste.self_settlement.domain.types import Check, DepositBy
from fotfeste.self_settlement.words import CHECKS, DEPOSIT_BY, EMPTY_RENT_BY

YES, NO = "yes", "no"
APPROVE, CHANGE = "approve", "change"
_MOST = 500


def _number(label: Any, help_text: Any = "", **kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, help_text=help_text, min_value=0, max_value=_MOST, **kwargs)


def _kroner(label: Any, help_text: Any = "", **kwargs: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, help_text=help_text, min_value=Decimal(0), max_digits=9, decimal_places=2, localize=True, **kwargs
    )


class HomeForm(ActForm):
    """What is told of a home and its contract."""

    when_needed = frozenset({"empty_from", "empty_last", "empty_rent"})

    street = forms.CharField(label=_("Gate og nummer"), max_length=120)
    postal_code = forms.RegexField(
        r"^\d{4}$",
        label=_("Postnummer"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 6}),
        error_messages={"invalid": _("Et postnummer har fire sifre.")},
    )
    landlord_name = forms.CharField(label=_("Utleieren"), max_length=120)
    landlord_contact = forms.CharField(label=_("Utleierens telefon eller e-post"), max_length=120)
    rooms = forms.IntegerField(
        label=_("Antall rom"),
        min_value=1,
        max_value=_MOST,
        help_text=_("Soverom og stue. Kjøkken, bad og gang regnes ikke med."),
    )
    square_metres = _number(_("Størrelse i kvadratmeter"), _("Kan stå tom hvis dere ikke vet det."), required=False)
    others = _number(_("Hvor mange andre bor der?"), _("Uten husstanden selv. Skriv 0 hvis ingen."))
    is_single_room = forms.BooleanField(label=_("De leier bare ett rom (hybel)"), required=False)
    is_in_landlords_house = forms.BooleanField(label=_("Boligen er i utleierens eget hus"), required=False)
    rent = _kroner(_("Husleie i måneden, i kroner"))
    deposit = _kroner(_("Depositum, i kroner"), _("Skriv 0 hvis det ikke er depositum."))
    deposit_by = forms.TypedChoiceField(
        label=_("Hvem betaler depositumet?"),
        coerce=DepositBy,
        choices=list(DEPOSIT_BY.items()),
        widget=forms.RadioSelect,
    )
    notice_months = _number(_("Oppsigelsestid i måneder"))
    length_months = _number(_("Leietid i måneder"), _("Skriv 0 hvis den varer til noen sier opp."), required=True)
    starts_on = DayField(label=_("Leien begynner"))
    empty_rent_by = forms.TypedChoiceField(
        label=_("Må noen betale mens boligen står tom?"),
        coerce=PaidBy,
        empty_value=None,
        required=False,
        choices=[("", _("Ingen betaler for tomme dager")), *EMPTY_RENT_BY.items()],
        help_text=_("Tomgangsleie: husleie for dager før de kan flytte inn. Se kommunens vilkår."),
    )
    empty_from = DayField(label=_("Tom fra"), required=False)
    empty_last = DayField(label=_("Tom til og med"), required=False)
    empty_rent = _kroner(_("Husleie for de tomme dagene, i kroner"), required=False)
    is_signed = forms.ChoiceField(
        label=_("Er kontrakten signert?"),
        choices=[(NO, _("Nei")), (YES, _("Ja, den er signert allerede"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg ja eller nei.")},
        help_text=_("Kommunen skal godkjenne bolig og kontrakt før noen signerer."),
    )

    def found(self, persons: int) -> Found:
        """What was typed, for the act; `persons` are the household's."""
        typed = self.cleaned_data
        starts_on: date = typed["starts_on"]
        return Found(
            street=typed["street"],
            postal_code=typed["postal_code"],
            landlord_name=typed["landlord_name"],
            landlord_contact=typed["landlord_contact"],
            contract=Contract(
                rent_ore=int(typed["rent"] * 100),
                deposit_ore=int(typed["deposit"] * 100),
                deposit_by=typed["deposit_by"],
                notice_months=typed["notice_months"],
                length_months=typed["length_months"],
                starts_on=starts_on,
                rooms=typed["rooms"],
                square_metres=typed["square_metres"] or 0,
                persons=persons,
                others=typed["others"],
                is_single_room=typed["is_single_room"],
                is_in_landlords_house=typed["is_in_landlords_house"],
                is_signed=typed["is_signed"] == YES,
                empty_days=empty_days(
                    typed["empty_rent_by"],
                    typed["empty_from"],
                    typed["empty_last"],
                    int((typed["empty_rent"] or 0) * 100),
                    starts_on=starts_on,
                ),
            ),
        )


class CheckForm(ActForm):
    """What the municipality finds."""

    when_needed = frozenset({"must_change", "of_home", "of_contract"})

    of_home = forms.TypedMultipleChoiceField(
        label=_("Boligen"), coerce=Check, widget=forms.CheckboxSelectMultiple, required=False
    )
    of_contract = forms.TypedMultipleChoiceField(
        label=_("Kontrakten"), coerce=Check, widget=forms.CheckboxSelectMultiple, required=False
    )
    outcome = forms.ChoiceField(
        label=_("Hva kom dere til?"),
        choices=[
            (APPROVE, _("Vi godkjenner bolig og kontrakt: de kan signere når IMDi er enig")),
            (CHANGE, _("Noe må endres, eller de må finne en annen bolig")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hva dere kom til.")},
    )
    must_change = FreeText(
        label=_("Hva må endres?"),
        required=False,
        rows=4,
        help_text=_("Fylles ut når dere ikke godkjenner. Husstanden og mottaket ser det."),
    )

    def __init__(self, *args: Any, day: date, is_agreed: bool, **kwargs: Any) -> None:
        """The list is that of the day; once IMDi has agreed, the contract may be signed."""
        super().__init__(*args, **kwargs)
        if is_agreed:
            self.let_choose(
                "outcome",
                [
                    (APPROVE, _("Boligen passer for husstanden slik den er nå")),
                    (CHANGE, _("Noe må endres, eller de må finne en annen bolig")),
                ],
            )
        for name, checks in zip(("of_home", "of_contract"), checks_of(day), strict=True):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            looked_at = [check for check in checks if not (is_agreed and check is Check.UNSIGNED)]
            field.choices = [(check, CHECKS[check]) for check in looked_at]

    def seen(self) -> Sequence[Check]:
        """What is ticked."""
        return [*self.cleaned_data["of_home"], *self.cleaned_data["of_contract"]]
