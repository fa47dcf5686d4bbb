"""The forms of the journey: legs in rows, own car, UDI's approval, arrival."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.kernel.errors import Refused
from fotfeste.platform.forms import ActForm, DayField, FreeText
from fotfeste.settlement.domain.journey import NEEDS_APPROVAL, JourneyPlan, LegPlan, OwnCar
from fotfeste.settlement.domain.types import CarInsurance, TravelMode
from fotfeste.settlement.forms.request import NO, YES, required
from fotfeste.settlement.sentences_journey import MODES

LEGS = 8
HOW, WHERE = ("mode", "operator", "price"), ("start", "departs", "end", "arrives")  # a line of the page each
LEG_PARTS = (*HOW, *WHERE)
OPTIONAL = ("operator", "price")
_ORE_IN_A_KRONE = 100


class KronerField(forms.CharField):
    """An amount typed in kroner (`1 299` or `1 299,50`), given in øre."""

    default_error_messages = {"invalid": _("Skriv beløpet i kroner, for eksempel 1299 eller 1299,50.")}
    _TYPED = re.compile(r"^\d{1,9}([.,]\d{1,2})?$")

    def to_python(self, value: Any) -> Any:
        """The amount in øre; None where nothing was typed."""
        if value in self.empty_values:
            return None
        text = re.sub(r"\s|kr\.?$", "", str(value), flags=re.IGNORECASE)
        if not self._TYPED.match(text):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            return int(Decimal(text.replace(",", ".")) * _ORE_IN_A_KRONE)
        except InvalidOperation as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        """Show øre as kroner."""
        if not isinstance(value, int):
            return value
        kroner, ore = divmod(value, _ORE_IN_A_KRONE)
        return f"{kroner},{ore:02}" if ore else str(kroner)


class ClockField(forms.TimeField):
    """A time of the day (`8.05` or `08:05`), which may be left out."""

    default_error_messages = {"invalid": _("Skriv klokkeslettet som timer.minutter, for eksempel 8.05.")}

    def __init__(self, **kwargs: Any) -> None:
        """Typed with a point or a colon, shown with a point."""
        widget = forms.TimeInput(format="%H.%M", attrs={"inputmode": "decimal", "autocomplete": "off"})
        formats = ["%H.%M", "%H:%M", "%H"]
        super().__init__(required=False, input_formats=formats, widget=widget, **kwargs)


class JourneyForm(ActForm):
    """The journey as agreed with the municipality. The refusals of legs are shown at the leg they are about."""

    when_needed = frozenset(
        {
            *("hub", "hours", "minutes"),
            *(f"leg_{number}_{part}" for number in range(1, LEGS + 1) for part in LEG_PARTS if part not in OPTIONAL),
            *("persons_in_car", "ticket_price", "self_declaration_signed_on", "green_card_valid_until"),
            *("child_price", "car_insurance", "customs_issued_on"),
        }
    )

    codes = r"leg_\d+_mode"

    travels_on = DayField(label=_("Reisedag"))
    agreed_with = forms.CharField(
        label=_("Avtalt med (kontaktperson i kommunen)"),
        max_length=120,
        error_messages=required("agreed_with_missing"),
    )
    agreed_on = DayField(label=_("Avtalt dato"))
    hub = forms.CharField(
        label=_("Knutepunkt"),
        required=False,
        max_length=120,
        help_text=_("Flyplassen, stasjonen eller bussterminalen nærmest kommunen. Mottaket betaler hit."),
    )
    receiver = forms.CharField(
        label=_("Hvem møter dem"), required=False, max_length=160, help_text=_("Navn og telefon.")
    )
    hours = forms.IntegerField(
        label=_("Hele reisen: timer"),
        min_value=0,
        max_value=200,
        required=False,
        help_text=_(
            "Regnes ut når dere har skrevet første avreise og siste ankomst. Slutter strekningene på knutepunktet, "
            "skriver dere hele veien, også derfra til boligen."
        ),
    )
    minutes = forms.IntegerField(label=_("Hele reisen: minutter"), min_value=0, max_value=59, required=False)
    has_food = forms.BooleanField(label=_("Mat og drikke er ordnet"), required=False)
    luggage_pieces = forms.IntegerField(
        label=_("Kolli per person"), min_value=0, max_value=20, help_text=_("Spør reiseoperatøren om grensen.")
    )
    luggage_checked_on = DayField(
        label=_("Grensen er sjekket med selskapene"), required=False, help_text=_("Dagen dere spurte.")
    )
    booking_reference = forms.CharField(label=_("Bestillingsnummer"), required=False, max_length=60)
    is_own_car = forms.BooleanField(label=_("De kjører egen bil"), required=False)
    persons_in_car = forms.IntegerField(label=_("Personer i bilen"), required=False, min_value=0, max_value=20)
    ticket_price = KronerField(
        label=_("Billett med kollektivtransport, per person"),
        required=False,
        help_text=_("I kroner. Det er dette de får igjen for hver person i bilen."),
    )
    children_in_car = forms.IntegerField(
        label=_("Av dem barn med egen pris"), required=False, min_value=0, max_value=20
    )
    child_price = KronerField(label=_("Billett per barn"), required=False)
    infants_in_car = forms.IntegerField(
        label=_("Av dem spedbarn"), required=False, min_value=0, max_value=20, help_text=_("Reiser ofte gratis.")
    )
    infant_price = KronerField(label=_("Billett per spedbarn"), required=False)
    self_declaration_signed_on = DayField(label=_("Egenerklæring signert"), required=False)
    car_insurance = forms.ChoiceField(
        label=_("Forsikring"),
        choices=[
            (str(CarInsurance.GREEN_CARD), _("Grønt kort")),
            (str(CarInsurance.CUSTOMS), _("Forsikring fra Tolletaten, gratis i 30 dager")),
        ],
        widget=forms.RadioSelect,
        required=False,
        initial=str(CarInsurance.GREEN_CARD),
    )
    green_card_valid_until = DayField(
        label=_("Grønt kort gyldig til og med"),
        required=False,
        help_text=_(
            "Har Tolletaten forlenget forsikringen mot betaling, velger dere også «Grønt kort», og skriver siste dag "
            "som er betalt."
        ),
    )
    customs_issued_on = DayField(
        label=_("Tolletaten utstedte forsikringen"),
        required=False,
        help_text=_(
            "Siste dag regnes ut: dagen den ble utstedt, er den første av 30. Etterpå må de ta kontakt med Tolletaten."
        ),
    )
    note = FreeText(label=_("Merknad"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """A few rows of legs; those left empty are not there."""
        super().__init__(*args, **kwargs)
        modes = [("", _("Velg")), *((str(mode), words) for mode, words in MODES.items())]
        for number in range(1, LEGS + 1):
            self.fields[f"leg_{number}_mode"] = forms.ChoiceField(label=_("Reisemiddel"), choices=modes, required=False)
            self.fields[f"leg_{number}_operator"] = forms.CharField(
                label=_("Selskap"), required=False, max_length=60, widget=forms.TextInput(attrs={"list": "operators"})
            )
            self.fields[f"leg_{number}_start"] = forms.CharField(label=_("Fra"), required=False, max_length=120)
            self.fields[f"leg_{number}_departs"] = ClockField(label=_("Avreise kl."))
            self.fields[f"leg_{number}_end"] = forms.CharField(label=_("Til"), required=False, max_length=120)
            self.fields[f"leg_{number}_arrives"] = ClockField(label=_("Ankomst kl."))
            self.fields[f"leg_{number}_price"] = KronerField(label=_("Pris i kroner"), required=False)

    @property
    def leg_rows(self) -> list[dict[str, Any]]:
        """The fields of each leg, for the page, which shows one empty leg more than are filled (the style sheet)."""
        return [
            {"number": number, "lines": [[self[f"leg_{number}_{part}"] for part in line] for line in (HOW, WHERE)]}
            for number in range(1, LEGS + 1)
        ]

    def refuse(self, refused: Refused) -> None:
        """A refusal about the legs stands at the leg it is about, else at the first."""
        if refused.field == "legs":
            number = refused.params.get("number", 1)
            part = "departs" if refused.code == "hour_does_not_exist" else "end"
            refused = Refused(refused.code, f"leg_{number}_{part}", refused.params)
        super().refuse(refused)

    def clean(self) -> dict[str, Any]:
        """A leg that is begun has a way of travelling."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        for number in range(1, LEGS + 1):
            has_places = typed.get(f"leg_{number}_start") or typed.get(f"leg_{number}_end")
            if has_places and not typed.get(f"leg_{number}_mode") and f"leg_{number}_mode" not in self.errors:
                self.add_error(f"leg_{number}_mode", forms.ValidationError(_("Velg reisemiddel."), code="required"))
        return typed

    def plan(self) -> JourneyPlan:
        """What was typed, for the act."""
        typed = self.cleaned_data
        return JourneyPlan(
            travels_on=typed["travels_on"],
            agreed_with=typed["agreed_with"],
            agreed_on=typed["agreed_on"],
            hub=typed["hub"],
            legs=self._legs(),
            minutes=(typed["hours"] or 0) * 60 + (typed["minutes"] or 0),
            has_food=typed["has_food"],
            luggage_pieces=typed["luggage_pieces"],
            own_car=self._own_car() if typed["is_own_car"] else None,
            receiver=typed["receiver"],
            booking_reference=typed["booking_reference"],
            note=typed["note"],
            luggage_checked_on=typed["luggage_checked_on"],
        )

    def _legs(self) -> tuple[LegPlan, ...]:
        typed = self.cleaned_data
        return tuple(
            LegPlan(
                TravelMode(typed[f"leg_{number}_mode"]),
                typed[f"leg_{number}_start"],
                typed[f"leg_{number}_end"],
                typed[f"leg_{number}_price"],
                typed[f"leg_{number}_departs"],
                typed[f"leg_{number}_arrives"],
                typed[f"leg_{number}_operator"],
            )
            for number in range(1, LEGS + 1)
            if typed[f"leg_{number}_mode"]
        )

    def _own_car(self) -> OwnCar:
        typed = self.cleaned_data
        return OwnCar(
            typed["persons_in_car"],
            typed["ticket_price"],
            typed["self_declaration_signed_on"],
            typed["green_card_valid_until"],
            children=typed["children_in_car"] or 0,
            child_price_ore=typed["child_price"],
            infants=typed["infants_in_car"] or 0,
            infant_price_ore=typed["infant_price"] or 0,
            insurance=CarInsurance(typed["car_insurance"] or CarInsurance.GREEN_CARD),
            customs_issued_on=typed["customs_issued_on"],
        )


class TravelQuestionForm(ActForm):
    """The centre asks UDI."""

    modes = forms.MultipleChoiceField(
        label=_("Hva vil dere bestille?"),
        choices=[(str(mode), words) for mode, words in MODES.items() if mode in NEEDS_APPROVAL],
        widget=forms.CheckboxSelectMultiple,
        error_messages=required("modes_missing"),
        help_text=_("Svaret fra UDI gjelder bare det dere velger her."),
    )
    explanation = FreeText(
        label=_("Hvorfor er ikke kollektivtransport hensiktsmessig?"),
        error_messages=required("explanation_missing"),
        help_text=_("Ta bare med det UDI trenger for å vurdere det."),
    )


class TravelAnswerForm(ActForm):
    """UDI answers."""

    answer = forms.ChoiceField(
        label=_("Godkjenner UDI reisemåten?"),
        choices=[(YES, _("Ja")), (NO, _("Nei"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg ja eller nei.")},
    )
    udi_reference = forms.CharField(
        label=_("Referanse til den skriftlige godkjenningen"), required=False, max_length=60
    )
    answer_text = FreeText(label=_("Utfyllende"), required=False)


class ArrivalForm(ActForm):
    """The municipality says whether they have come."""

    when_needed = frozenset({"arrived_on", "text"})

    has_come = forms.ChoiceField(
        label=_("Er de kommet?"),
        choices=[(YES, _("Ja")), (NO, _("Nei, de kom ikke"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg ja eller nei.")},
    )
    arrived_on = DayField(label=_("Dagen de kom"), required=False)
    text = FreeText(
        label=_("Hva vet dere om hvorfor de ikke kom?"),
        required=False,
        help_text=_("Fylles ut når de ikke kom. Skriv ikke om helse eller andre følsomme forhold."),
    )

    def clean(self) -> dict[str, Any]:
        """Those who came did so on a day."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if typed.get("has_come") == YES and not typed.get("arrived_on") and "arrived_on" not in self.errors:
            self.add_error("arrived_on", self.fields["arrived_on"].error_messages["required"])
        return typed
