"""The form with which staff apply on behalf of a household: the questions of the door, on one page."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.alternative.domain.types import FamilyTie, Procedure, Scheme
from fotfeste.alternative.forms.door import HostForm, PlaceForm
from fotfeste.alternative.forms.door_fields import LETTER_LANGUAGES, Question
from fotfeste.alternative.words_applications import PROCEDURES, SCHEME_NAMES
from fotfeste.alternative.words_doors import FAMILY_TIES
from fotfeste.platform.forms import ActForm, VersionField


class OnBehalfForm(PlaceForm, HostForm):
    """Who, which scheme, where, since when, with whom. What nobody knows is left unanswered: UDI asks."""

    when_needed = frozenset({"living_there_since", "wanted_from"})
    field_order = (
        "persons",
        "scheme",
        "procedure",
        "municipality",
        "lives_there",
        "living_there_since",
        "wanted_from",
        "street",
        "postal_code",
    )

    persons = forms.TypedMultipleChoiceField(
        label=_("Hvem søker"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Velg minst én person.")},
    )
    scheme = forms.ChoiceField(label=_("Ordning"), widget=forms.RadioSelect)
    procedure = forms.ChoiceField(
        label=_("Framgangsmåte"),
        choices=[(each, PROCEDURES[each]) for each in (Procedure.ALONE, Procedure.FAST)],
        initial=Procedure.ALONE,
        widget=forms.RadioSelect,
    )
    municipality = forms.ChoiceField(label=_("Hvilken kommune?"))
    lived_in_ukraine = Question(label=_("Bodde de i Ukraina før 24. februar 2022?"), required=False)
    had_protection = Question(label=_("Hadde de beskyttelse (asyl) i Ukraina før 24. februar 2022?"), required=False)
    family_tie = forms.ChoiceField(
        label=_("Er de nær familie av noen i målgruppen?"),
        choices=[("", _("Vet ikke")), *((each, FAMILY_TIES[each]) for each in FamilyTie)],
        required=False,
    )
    has_d_number = Question(label=_("Har de fått D-nummer?"), required=False)
    has_near_family = Question(label=_("Bor det nær familie i kommunen?"), required=False)
    has_carer = Question(label=_("Enslig mindreårig: bor det en egnet omsorgsperson der?"), required=False)
    needs_adaptation = Question(label=_("Trenger de noe et vanlig mottak ikke kan gi?"), required=False)
    adaptation = forms.CharField(
        label=_("Hva da? Noen få ord"), max_length=300, required=False, help_text=_("Skriv ikke diagnoser.")
    )
    contact = forms.CharField(label=_("Telefonen til den som søker"), max_length=120, required=False)
    language = forms.ChoiceField(label=_("Språket brevene skal være på"), choices=LETTER_LANGUAGES)
    version = VersionField(widget=forms.HiddenInput, required=False)
    opened = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        people: Sequence[tuple[int, str]],
        schemes: Sequence[Scheme],
        municipalities: Sequence[tuple[str, str]],
        day: date,
        **kwargs: Any,
    ) -> None:
        """`people`: the household; `schemes`: those that are open; `municipalities`: number and name of each."""
        ActForm.__init__(self, *args, **kwargs)
        self.day = day
        self.let_choose("persons", people)
        self.fields["persons"].initial = [key for key, _name in people]
        self.let_choose("scheme", [(each, SCHEME_NAMES[each]) for each in schemes])
        self.let_choose("municipality", [("", _("Velg kommune")), *municipalities])
