"""The forms of what a municipality sees to: the home, a contact person, contact, the yearly report."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.alternative.actions.housing import Home
from fotfeste.alternative.domain.local import (
    CONTACT_WORDS,
    CheckOccasion,
    CheckResult,
    CheckWay,
    ContactInterpreter,
    ContactSubject,
    ContactWay,
    FollowedUp,
    SharedRoom,
)
from fotfeste.alternative.domain.types import HostRelation
from fotfeste.alternative.forms.local import postal_code
from fotfeste.alternative.words_local import (
    CHECK_OCCASIONS,
    CHECK_RESULTS,
    CHECK_WAYS,
    CONTACT_INTERPRETERS,
    CONTACT_SUBJECTS,
    CONTACT_WAYS,
    FOLLOWED_UP,
    HOST_RELATIONS,
    SHARED_ROOMS,
)
from fotfeste.platform.forms import ActForm, DayField

YES, NO = "yes", "no"
_YES_NO = [(YES, _("Ja")), (NO, _("Nei"))]


class HousingForm(ActForm):
    """What was found of a home: simple but acceptable (MAMOT 4.2.5, 7.2.5, 7.2.9)."""

    when_needed = frozenset({"must_be_done", "follow_up_on"})

    occasion = forms.TypedChoiceField(
        label=_("Hvorfor sjekker dere boligen?"),
        coerce=CheckOccasion,
        choices=list(CHECK_OCCASIONS.items()),
        widget=forms.RadioSelect,
    )
    checked_on = DayField(label=_("Når"))
    way = forms.TypedChoiceField(
        label=_("Hvordan"), coerce=CheckWay, choices=list(CHECK_WAYS.items()), widget=forms.RadioSelect
    )
    street = forms.CharField(label=_("Gate og nummer"), max_length=120)
    postal_code = postal_code()
    host_name = forms.CharField(label=_("Verten"), max_length=120, help_text=_("Den de bor hos eller leier av."))
    host_contact = forms.CharField(
        label=_("Vertens telefon eller e-post"),
        max_length=120,
        required=False,
        help_text=_("Brukes også til å se om verten har andre boende hos seg i kommunen."),
    )
    relation = forms.TypedChoiceField(
        label=_("Hvem er verten for dem?"),
        coerce=HostRelation,
        choices=list(HOST_RELATIONS.items()),
        widget=forms.RadioSelect,
    )
    has_own_entrance = forms.ChoiceField(
        label=_("Har de egen inngang?"),
        choices=_YES_NO,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg ja eller nei.")},
    )
    shared_rooms = forms.TypedMultipleChoiceField(
        label=_("Rom de deler med andre enn egen husstand"),
        coerce=SharedRoom,
        choices=list(SHARED_ROOMS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    others_living_there = forms.IntegerField(
        label=_("Hvor mange andre bor der?"), min_value=0, max_value=500, help_text=_("Uten husstanden selv.")
    )
    rent = forms.DecimalField(
        label=_("Husleie i måneden, i kroner"),
        min_value=Decimal(0),
        max_digits=9,
        decimal_places=2,
        localize=True,
        help_text=_("Det de selv må betale. Skriv 0 hvis de ikke betaler."),
    )
    is_told_of_choice = forms.BooleanField(
        label=_("De vet at de ikke må bo hos noen de ikke kjenner, og hvem de kan si fra til"), required=False
    )
    result = forms.TypedChoiceField(
        label=_("Hva kom dere til?"),
        coerce=CheckResult,
        choices=list(CHECK_RESULTS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hva dere kom til.")},
    )
    must_be_done = forms.CharField(
        label=_("Hva må gjøres?"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Fylles ut når boligen ikke er god nok ennå."),
    )
    follow_up_on = DayField(
        label=_("Ny sjekk"),
        required=False,
        help_text=_("Fylles ut når boligen ikke er god nok ennå. Ellers settes dagen av regelen."),
    )

    def home(self) -> Home:
        """What was typed, for the act."""
        typed = self.cleaned_data
        return Home(
            occasion=typed["occasion"],
            checked_on=typed["checked_on"],
            way=typed["way"],
            street=typed["street"],
            postal_code=typed["postal_code"],
            host_name=typed["host_name"],
            host_contact=typed["host_contact"],
            relation=typed["relation"],
            has_own_entrance=typed["has_own_entrance"] == YES,
            shared_rooms=typed["shared_rooms"],
            others_living_there=typed["others_living_there"],
            rent_ore=int(typed["rent"] * 100),
            result=typed["result"],
            must_be_done=typed["must_be_done"],
            follow_up_on=typed["follow_up_on"],
            is_told_of_choice=typed["is_told_of_choice"],
        )


class ContactPersonForm(ActForm):
    """Who of the staff."""

    user = forms.TypedChoiceField(
        label=_("Kontaktperson"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Velg en kollega."),
            "invalid_choice": _("Denne kollegaen kan ikke velges lenger. Velg en annen."),
        },
    )

    def __init__(self, *args: Any, colleagues: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        """`colleagues`: who does case work here today."""
        super().__init__(*args, **kwargs)
        self.let_choose("user", list(colleagues))


class ContactForm(ActForm):
    """A contact with the household."""

    held_on = DayField(label=_("Når"))
    way = forms.TypedChoiceField(
        label=_("Hvordan"), coerce=ContactWay, choices=list(CONTACT_WAYS.items()), widget=forms.RadioSelect
    )
    interpreter = forms.TypedChoiceField(
        label=_("Tolk"),
        coerce=ContactInterpreter,
        choices=list(CONTACT_INTERPRETERS.items()),
        widget=forms.RadioSelect,
    )
    subjects = forms.TypedMultipleChoiceField(
        label=_("Hva det handlet om"),
        coerce=ContactSubject,
        choices=list(CONTACT_SUBJECTS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Velg hva det handlet om.")},
    )
    words = forms.CharField(
        label=_("Avtalt, kort"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The number is filled in here: a lazy text with `%` is translated when it is read, for everybody alike."""
        super().__init__(*args, **kwargs)
        help_text = _(
            "Høyst %(most)s tegn, bare det dere må huske. Skriv ikke om helse, tro, politikk eller andre folk."
        )
        self.fields["words"].help_text = help_text % {"most": CONTACT_WORDS}


class ReportForm(ActForm):
    """The yearly report of one person."""

    when_needed = frozenset({"words"})

    person = forms.ChoiceField(
        label=_("Hvem og hvilket år"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Velg hvem rapporten handler om."),
            "invalid_choice": _("Denne rapporten er sendt eller skal ikke skrives. Velg en annen."),
        },
    )
    followed_up = forms.TypedMultipleChoiceField(
        label=_("Oppfølging personen har fått"),
        coerce=FollowedUp,
        choices=list(FOLLOWED_UP.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    lives_as_before = forms.ChoiceField(
        label=_("Bor personen der avtalen sier?"),
        choices=_YES_NO,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg ja eller nei.")},
    )
    words = forms.CharField(
        label=_("Annet UDI bør vite"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Må fylles ut når personen ikke har fått oppfølging. Skriv ikke om helse."),
    )

    def __init__(self, *args: Any, wanted: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """`wanted`: what is to be written, by `year-person`."""
        super().__init__(*args, **kwargs)
        self.let_choose("person", list(wanted))
