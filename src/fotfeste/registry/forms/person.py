"""The fields of one person."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.kernel.identifiers import IdentifierKind
from fotfeste.platform.forms import ActForm, DayField
from fotfeste.registry.domain.registration import PERSON_NUMBERS
from fotfeste.registry.domain.types import Member, NewGuardian, NewPerson, Sex
from fotfeste.registry.forms import choices
from fotfeste.registry.models import OutsideContact

NO_AUTOCOMPLETE = {"autocomplete": "off"}
DIGITS = NO_AUTOCOMPLETE | {"inputmode": "numeric"}


def _name(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=80, required=False, widget=forms.TextInput(attrs=NO_AUTOCOMPLETE), **more
    )


def _number(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=40, required=False, widget=forms.TextInput(attrs=DIGITS), **more)


class PersonForm(ActForm):
    """Who somebody is: name, birth date, sex, citizenship, languages, numbers, guardian (REG-01, 04, 06)."""

    given_name = _name(_("Fornavn"))
    family_name = _name(_("Etternavn"))
    original_name = forms.CharField(
        label=_("Navnet slik personen selv skriver det"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs=NO_AUTOCOMPLETE | {"dir": "auto"}),
    )
    birth_date = DayField(label=_("Fødselsdato"))
    sex = forms.ChoiceField(label=_("Kjønn"), choices=choices.sexes)
    citizenship = forms.ChoiceField(label=_("Statsborgerskap"), choices=choices.citizenships)
    duf = _number(_("DUF-nummer"))
    reg_nr = forms.CharField(
        label=_("Reg.nr."), max_length=40, required=False, widget=forms.TextInput(attrs=NO_AUTOCOMPLETE)
    )
    d_number = _number(_("D-nummer"))
    national_id = _number(_("Fødselsnummer"))
    language_1 = forms.ChoiceField(label=_("Språk personen helst bruker"), choices=choices.languages, required=False)
    language_2 = forms.ChoiceField(label=_("Et annet språk"), choices=choices.languages, required=False)
    needs_interpreter = forms.BooleanField(label=_("Trenger tolk"), required=False, initial=True)
    is_unaccompanied_minor = forms.BooleanField(label=_("Enslig mindreårig"), required=False)
    guardian_name = forms.CharField(
        label=_("Verge eller representant"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs=NO_AUTOCOMPLETE),
    )
    guardian_phone = forms.CharField(
        label=_("Telefon til verge"), max_length=20, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    guardian_email = forms.EmailField(label=_("E-post til verge"), required=False)

    def clean_guardian_name(self) -> str:
        """A name without the spaces around it."""
        return str(self.cleaned_data["guardian_name"]).strip()

    def person(self) -> NewPerson:
        """The person as typed; the form is valid."""
        typed = self.cleaned_data
        languages = [typed[field] for field in ("language_1", "language_2") if typed[field]]
        guardian = NewGuardian(typed["guardian_name"], typed["guardian_phone"], typed["guardian_email"])
        return NewPerson(
            given_name=typed["given_name"],
            family_name=typed["family_name"],
            original_name=typed["original_name"],
            birth_date=typed["birth_date"],
            sex=Sex(typed["sex"]),
            citizenship=typed["citizenship"],
            languages=tuple(languages),
            needs_interpreter=typed["needs_interpreter"],
            is_unaccompanied_minor=typed["is_unaccompanied_minor"],
            identifiers={kind: typed[kind] for kind in PERSON_NUMBERS if typed[kind].strip()},
            guardian=guardian if any((guardian.name, guardian.phone, guardian.email)) else None,
        )

    def field_of(self, code_field: str) -> str:
        """The form's field for a field that an act or a rule speaks of."""
        return "language_2" if code_field == "languages" else code_field


class CorrectDetailsForm(PersonForm):
    """A person's details as they should be, and why they are corrected."""

    reason = forms.ChoiceField(label=_("Hvorfor retter du?"), choices=choices.reasons)

    more_languages: tuple[str, ...] = ()

    def person(self) -> NewPerson:
        """The person as typed; languages beyond the two of the form stay."""
        typed = super().person()
        kept = tuple(code for code in self.more_languages if code not in typed.languages)
        return replace(typed, languages=typed.languages + kept)


def values_of(member: Member, guardian: OutsideContact | None) -> dict[str, Any]:
    """What the form starts with for somebody who is registered."""
    first, second = (*member.languages, "", "")[:2]
    values: dict[str, Any] = {
        name: getattr(member, name)
        for name in (
            "given_name",
            "family_name",
            "original_name",
            "birth_date",
            "sex",
            "citizenship",
            "needs_interpreter",
            "is_unaccompanied_minor",
        )
    }
    values |= {"language_1": first, "language_2": second}
    values |= {str(kind): member.identifiers.get(kind, "") for kind in IdentifierKind if kind in PERSON_NUMBERS}
    if guardian is not None:
        values |= {
            "guardian_name": guardian.name,
            "guardian_phone": guardian.phone,
            "guardian_email": guardian.email,
        }
    return values
