"""Departure, leave, absence and return."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fotfeste.accommodation.advice import DepartureAdvice
from fotfeste.accommodation.domain.departure import REGISTERED_BY_CENTRE, reasons_to_choose
from fotfeste.accommodation.domain.types import DepartureReason, LeaveWithdrawal, ReturnMoved
from fotfeste.accommodation.words import DEPARTURE_REASONS, LEAVE_WITHDRAWALS, RETURNS_MOVED
from fotfeste.platform.forms import ActForm, DayField
from fotfeste.registry.public import Member


class PersonsForm(ActForm):
    """Some or all of a household."""

    persons = forms.TypedMultipleChoiceField(
        label=_("Hvem"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Velg minst én person.")},
    )

    def __init__(self, *args: Any, people: Sequence[Member], **kwargs: Any) -> None:
        """`people`: those who can be chosen; all of them are, to begin with."""
        super().__init__(*args, **kwargs)
        in_words = [
            (member.subject_id, _("%(name)s, %(age)s år") % {"name": _name(member), "age": member.age})
            for member in people
        ]
        self.let_choose("persons", in_words)
        self.fields["persons"].initial = [member.subject_id for member in people]


def _name(member: Member) -> str:
    return f"{member.given_name} {member.family_name}".strip()


class DepartureForm(PersonsForm):
    """Who left, when, why, and where to (GUIDE 2.4)."""

    when_needed = frozenset({"street", "postal_code"})

    on = DayField(label=_("Dagen de reiste"), help_text=_("Registrer avreisen samme dag som de reiser."))
    reason = forms.TypedChoiceField(
        label=_("Årsak"),
        coerce=DepartureReason,
        widget=forms.RadioSelect,
        choices=[(reason, DEPARTURE_REASONS[reason]) for reason in REGISTERED_BY_CENTRE],
    )
    street = forms.CharField(label=_("Gate og nummer"), max_length=120, required=False)
    postal_code = forms.RegexField(
        r"^\d{4}$",
        label=_("Postnummer"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 6}),
        error_messages={"invalid": _("Et postnummer har fire sifre.")},
    )
    place = forms.CharField(
        label=_("Poststed"), max_length=60, required=False, help_text=_("Fylles ut fra postnummeret når det står tomt.")
    )
    county = forms.CharField(
        label=_("Fylke"), max_length=60, required=False, help_text=_("Fylles ut fra postnummeret når det står tomt.")
    )
    is_meant = forms.BooleanField(
        label=_("De ble bosatt på en annen måte enn avtalt"),
        help_text=_(
            "Bare når dette er ment: De reiste før den avtalte dagen, eller til en adresse i en annen kommune "
            "enn den de har takket ja til."
        ),
        required=False,
    )

    def __init__(self, *args: Any, advice: DepartureAdvice | None = None, **kwargs: Any) -> None:
        """The postal code shows its place at once where htmx is there; saving fills it in anyway. `advice`: what their
        case says; only who has said no can be registered as one who has.
        """
        super().__init__(*args, **kwargs)
        if advice is None or advice.agreed is None:
            del self.fields["is_meant"]
        has_refused = advice is not None and advice.has_refused
        reasons = reasons_to_choose(has_refused=has_refused)
        self.let_choose("reason", [(code, DEPARTURE_REASONS[code]) for code in reasons])
        self.fields["postal_code"].widget.attrs |= {
            "hx-get": reverse("postal_place"),
            "hx-trigger": "change",
            "hx-target": "#postal-place",
        }


class LeaveForm(PersonsForm):
    """Leave with its days."""

    from_on = DayField(label=_("Første dag borte"))
    return_on = DayField(label=_("Tilbake senest"), help_text=_("Den dagen de skal være på mottaket igjen."))
    is_abroad = forms.BooleanField(label=_("De reiser til utlandet"), required=False)
    note = forms.CharField(
        label=_("Merknad"), max_length=200, required=False, help_text=_("Skriv ikke noe om helse her.")
    )


class AbsenceForm(PersonsForm):
    """Absence without leave."""

    from_on = DayField(label=_("Første dag borte"))
    is_abroad = forms.BooleanField(label=_("De er i utlandet"), required=False)
    note = forms.CharField(
        label=_("Merknad"), max_length=200, required=False, help_text=_("Skriv ikke noe om helse her.")
    )


class ReturnForm(PersonsForm):
    """Back again."""

    on = DayField(label=_("Dagen de kom tilbake"))


class LeaveWithdrawalForm(PersonsForm):
    """Leave that is taken back before it begins."""

    reason = forms.TypedChoiceField(
        label=_("Årsak"), coerce=LeaveWithdrawal, widget=forms.RadioSelect, choices=list(LEAVE_WITHDRAWALS.items())
    )


class MoveReturnForm(PersonsForm):
    """Another day of return from leave."""

    return_on = DayField(label=_("Ny dag, tilbake senest"), help_text=_("Den dagen de skal være på mottaket igjen."))
    reason = forms.TypedChoiceField(
        label=_("Hvorfor dagen flyttes"),
        coerce=ReturnMoved,
        widget=forms.RadioSelect,
        choices=list(RETURNS_MOVED.items()),
    )
