"""The forms of what follows from a journey: messages to the travel agent, interruptions, money for an own car."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.platform.forms import ActForm, DayField, FreeText
from fotfeste.platform.words import capital
from fotfeste.settlement.forms.journey import KronerField
from fotfeste.settlement.forms.request import NO, YES
from fotfeste.settlement.sentences_travel import CHANNELS, INTERRUPTIONS

DROP = "drop"


class WriteBookingForm(ActForm):
    """What the agent must know beside the journey itself."""

    needs = FreeText(
        label=_("Det reisen må ta hensyn til"),
        required=False,
        rows=2,
        help_text=_("For eksempel plass til rullestol. Skriv hva de trenger på reisen, ikke hvorfor. Ingen navn."),
    )


class SendBookingForm(ActForm):
    """How the draft was sent, outside; or that it is dropped."""

    when_needed = frozenset({"sent_to", "sent_on"})

    channel = forms.ChoiceField(label=_("Hvordan er den sendt?"), widget=forms.RadioSelect)
    sent_to = forms.CharField(label=_("Til hvem i reisebyrået"), required=False, max_length=120)
    sent_on = DayField(label=_("Sendt dato"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The ways, and to drop it."""
        super().__init__(*args, **kwargs)
        ways = [(str(code), capital(words)) for code, words in CHANNELS.items()]
        self.let_choose("channel", [*ways, (DROP, _("Ikke sendt: forkast utkastet"))])
        self.fields["channel"].error_messages["required"] = _("Velg hvordan den er sendt.")

    def clean(self) -> dict[str, Any]:
        """What is sent is sent on a day."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if typed.get("channel") not in (None, DROP) and not typed.get("sent_on") and "sent_on" not in self.errors:
            self.add_error("sent_on", self.fields["sent_on"].error_messages["required"])
        return typed


class BookingAnswerForm(ActForm):
    """The agent's answer, with the price of each leg of the message."""

    when_needed = frozenset({"agent_reference", "text"})
    codes = r"price_\d+"

    answer = forms.ChoiceField(
        label=_("Har reisebyrået bekreftet?"),
        choices=[(YES, _("Ja")), (NO, _("Nei, det var ikke mulig"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg ja eller nei.")},
    )
    agent_reference = forms.CharField(label=_("Reisebyråets referanse"), required=False, max_length=60)
    text = FreeText(label=_("Hva reisebyrået sa"), required=False, rows=3)

    def __init__(self, *args: Any, legs: int = 0, **kwargs: Any) -> None:
        """A price for each leg."""
        super().__init__(*args, **kwargs)
        self.legs = legs
        for number in range(1, legs + 1):
            label = _("Pris for strekning %(number)d, i kroner") % {"number": number}
            self.fields[f"price_{number}"] = KronerField(label=label, required=False)
        self.order_fields(["answer", "agent_reference", *(f"price_{number}" for number in range(1, legs + 1)), "text"])

    @property
    def prices(self) -> list[int | None]:
        """What was typed, in øre."""
        return [self.cleaned_data[f"price_{number}"] for number in range(1, self.legs + 1)]


class InterruptionForm(ActForm):
    """What came between, and what became of it."""

    when_needed = frozenset({"new_on", "text"})

    kind = forms.ChoiceField(label=_("Hva skjedde?"), widget=forms.RadioSelect)
    happened_on = DayField(label=_("Dagen det skjedde"))
    has_new_day = forms.ChoiceField(
        label=_("Er en ny reisedag avtalt med kommunen?"),
        choices=[(YES, _("Ja")), (NO, _("Nei, ikke ennå"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg ja eller nei.")},
    )
    new_on = DayField(label=_("Ny reisedag"), required=False)
    text = FreeText(
        label=_("Utfyllende"),
        required=False,
        rows=3,
        help_text=_("Må fylles ut når dere velger «noe annet». Skriv ikke hvem som ble syk, eller av hva."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The kinds, in words."""
        super().__init__(*args, **kwargs)
        self.let_choose("kind", [(str(code), capital(words)) for code, words in INTERRUPTIONS.items()])
        self.fields["kind"].error_messages["required"] = _("Velg hva som skjedde.")

    def clean(self) -> dict[str, Any]:
        """A new day that is agreed is a day."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if typed.get("has_new_day") == YES and not typed.get("new_on") and "new_on" not in self.errors:
            self.add_error("new_on", self.fields["new_on"].error_messages["required"])
        return typed


class PayCarForm(ActForm):
    """When it was paid."""

    paid_on = DayField(label=_("Betalt dato"))


class SendCarClaimForm(ActForm):
    """Nothing but that it is sent."""


class ResendCarClaimForm(ActForm):
    """What the centre does with UDI's no."""

    when_needed = frozenset({"text"})

    answer = forms.ChoiceField(
        label=_("Hva gjør dere?"),
        choices=[(YES, _("Sender kravet en gang til")), (NO, _("Dekker det selv"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hva dere gjør.")},
    )
    text = FreeText(
        label=_("Det UDI ikke hadde"),
        required=False,
        help_text=_("Må fylles ut når dere sender på nytt: begrunnelsen, eller dokumentasjonen dere ettersender."),
    )


class DecideCarClaimForm(ActForm):
    """UDI's decision."""

    when_needed = frozenset({"text"})

    answer = forms.ChoiceField(
        label=_("Godkjenner UDI kravet?"),
        choices=[(YES, _("Ja")), (NO, _("Nei"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg ja eller nei.")},
    )
    text = FreeText(label=_("Begrunnelse"), required=False, help_text=_("Må fylles ut når kravet avslås."))


class RefundCarClaimForm(ActForm):
    """When it was refunded."""

    refunded_on = DayField(label=_("Refundert dato"))
