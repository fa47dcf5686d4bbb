"""The pages of an application without a login: one thing at a time, in short sentences, for somebody who is tired."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.alternative.domain.types import FamilyTie, FilledInBy, HomeKind, HostRelation, Procedure, Scheme
from fotfeste.alternative.forms.door_fields import NO, YES, DoorForm, NameField, Question
from fotfeste.alternative.words_doors import FAMILY_TIES, HOME_KINDS, HOST_RELATIONS
from fotfeste.kernel.identifiers import IdentifierKind, check_identifier, normalise_digits
from fotfeste.platform.forms import DayField
from fotfeste.registry.public import citizenships

OLDEST = 120


class WhoForm(DoorForm):
    """Who fills it in, and for which scheme where there is a choice."""

    when_needed = frozenset({"helper_name", "helper_relation"})

    filled_in_by = forms.ChoiceField(
        label=_("Hvem søker du for?"),
        choices=[
            (FilledInBy.APPLICANT, _("Meg selv, alene eller med familien min")),
            (FilledInBy.HELPER, _("Noen andre. Jeg hjelper dem")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hvem du søker for.")},
    )
    helper_name = NameField(label=_("Navnet ditt"), required=False)
    helper_relation = forms.CharField(
        label=_("Hvem er du for dem?"),
        max_length=60,
        required=False,
        help_text=_("For eksempel nabo, frivillig i Røde Kors, ansatt i kommunen"),
    )
    is_from_ukraine = Question(
        label=_("Har den eller de som søker, flyktet fra Ukraina?"),
        can_be_unsure=False,
        error_messages={"required": _("Svar ja eller nei.")},
    )

    def __init__(self, *args: Any, schemes: Collection[Scheme], **kwargs: Any) -> None:
        """`schemes`: those that are open today."""
        super().__init__(*args, **kwargs)
        if Scheme.MAMOT not in schemes:
            del self.fields["is_from_ukraine"]

    def clean(self) -> dict[str, Any]:
        """A helper says who they are: they are named in the application."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if typed.get("filled_in_by") == FilledInBy.HELPER:
            self.need("helper_name", _("Skriv navnet ditt. Den du hjelper, ser hvem som har fylt ut."))
            self.need("helper_relation", _("Skriv hvem du er for dem, for eksempel nabo."))
        return typed

    @property
    def scheme(self) -> Scheme:
        """The scheme that the answers lead to."""
        return Scheme.MAMOT if self.cleaned_data.get("is_from_ukraine") == YES else Scheme.AMOT


class PersonForm(DoorForm):
    """Somebody who is to live there."""

    name = NameField(label=_("Navn"), help_text=_("Fornavn og etternavn, slik det står i passet eller asylbeviset"))
    birth_date = DayField(label=_("Fødselsdato"))
    citizenship = forms.ChoiceField(label=_("Statsborgerskap"), error_messages={"required": _("Velg et land.")})
    duf = forms.CharField(
        label=_("DUF-nummer"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Tolv sifre. Det står i brev fra UDI og på asylbeviset. Har du det ikke ennå, la feltet stå tomt."),
    )

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        """`day`: today."""
        super().__init__(*args, **kwargs)
        self.day = day
        self.let_choose("citizenship", citizenships())

    def clean_birth_date(self) -> date | None:
        """Nobody is born tomorrow, and nobody here is that old."""
        born: date | None = self.cleaned_data["birth_date"]
        if born and (born > self.day or self.day.year - born.year > OLDEST):
            raise forms.ValidationError(_("Se om fødselsdatoen er riktig."), code="birth_date")
        return born

    def clean_duf(self) -> str:
        """Twelve digits. Whether it is anybody's is not asked here, and nobody is told."""
        typed = normalise_digits(self.cleaned_data["duf"])
        if typed and check_identifier(IdentifierKind.DUF, typed, self.day).errors:
            message = _("Et DUF-nummer har tolv sifre. Se om alle er med, eller la feltet stå tomt.")
            raise forms.ValidationError(message, code="duf")
        return typed


class MunicipalityForm(DoorForm):
    """Which municipality, and whether it has said yes already."""

    municipality = forms.ChoiceField(
        label=_("Hvilken kommune?"), error_messages={"required": _("Velg kommunen dere vil bo i.")}
    )
    procedure = forms.ChoiceField(
        label=_("Har dere avtalt med kommunen at dere kan bo der?"),
        choices=[
            (Procedure.FAST, _("Ja, kommunen har sagt ja")),
            (Procedure.ALONE, _("Nei, eller vi vet ikke")),
        ],
        widget=forms.RadioSelect,
        help_text=_("Det er ikke nødvendig. Har kommunen sagt ja, går det fortere."),
        error_messages={"required": _("Svar ja eller nei. Vet du det ikke, velg det siste.")},
    )

    def __init__(
        self, *args: Any, municipalities: Sequence[tuple[str, str]], may_agree_first: bool, **kwargs: Any
    ) -> None:
        """`municipalities`: number and name of each. `may_agree_first`: whether the scheme has the fast procedure."""
        super().__init__(*args, **kwargs)
        if not may_agree_first:
            del self.fields["procedure"]
        self.let_choose("municipality", [("", _("Velg kommune")), *municipalities])


class PlaceForm(DoorForm):
    """Where they live or are to live, and since when. That they live there already is the normal case (ALT-14)."""

    when_needed = frozenset({"living_there_since", "wanted_from"})

    lives_there = Question(
        label=_("Bor dere der allerede?"),
        can_be_unsure=False,
        help_text=_("Det er lov å bo der før dere har fått svar."),
        error_messages={"required": _("Svar ja eller nei.")},
    )
    living_there_since = DayField(
        label=_("Hvis ja: fra hvilken dag?"), required=False, help_text=_("Omtrent er godt nok. Dag.måned.år")
    )
    wanted_from = DayField(
        label=_("Hvis nei: når vil dere flytte inn?"),
        required=False,
        help_text=_("Dag.måned.år, for eksempel 14.3.2024"),
    )
    street = forms.CharField(label=_("Gate og nummer"), max_length=120)
    postal_code = forms.RegexField(
        r"^\d{4}$",
        label=_("Postnummer"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 6}),
        error_messages={"invalid": _("Et postnummer har fire sifre.")},
    )

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        """`day`: today."""
        super().__init__(*args, **kwargs)
        self.day = day

    def clean(self) -> dict[str, Any]:
        """The day that belongs to the answer; the other one counts for nothing."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if typed.get("lives_there") == YES:
            typed["wanted_from"] = None
            self.need("living_there_since", _("Skriv fra hvilken dag dere har bodd der."))
            since = typed.get("living_there_since")
            if since and since > self.day:
                self.add_error("living_there_since", _("Denne dagen er ikke kommet ennå. Bor dere der ikke, svar nei."))
        elif typed.get("lives_there") == NO:
            typed["living_there_since"] = None
            self.need("wanted_from", _("Skriv når dere vil flytte inn."))
        return typed


class HostForm(DoorForm):
    """Whom they live with. The host may be a tenant, and answers for themselves with a link of their own."""

    home_kind = forms.ChoiceField(
        label=_("Hva slags sted er det?"),
        choices=[(each, HOME_KINDS[each]) for each in HomeKind],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg det som passer best.")},
    )
    host_name = NameField(
        label=_("Navn på den dere bor hos eller leier av"),
        help_text=_("Vi kaller denne personen verten. Verten får en egen lenke og svarer selv."),
    )
    host_relation = forms.ChoiceField(
        label=_("Hvem er verten for dere?"),
        choices=[(each, HOST_RELATIONS[each]) for each in HostRelation],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg det som passer best.")},
    )
    is_tenant = Question(
        label=_("Leier verten selv boligen?"),
        help_text=_("Det er i orden at verten leier."),
        error_messages={"required": _("Svar ja, nei eller vet ikke.")},
    )
    is_centre_housing = Question(
        label=_("Er boligen en del av et mottak?"), error_messages={"required": _("Svar ja, nei eller vet ikke.")}
    )
    host_contact = forms.CharField(
        label=_("Telefon eller e-post til verten"),
        max_length=120,
        required=False,
        help_text=_("Bare for å spørre om boligen."),
    )


class SituationForm(DoorForm):
    """What the scheme asks about one person; not to know is an answer, and then UDI finds out."""

    when_needed = frozenset({"adaptation"})

    lived_in_ukraine = Question(label=_("Bodde personen i Ukraina før 24. februar 2022?"))
    had_protection = Question(label=_("Hadde personen beskyttelse (asyl) i Ukraina før 24. februar 2022?"))
    family_tie = forms.ChoiceField(
        label=_("Er personen i nær familie med noen som svarer ja på dette?"),
        choices=[(each, FAMILY_TIES[each]) for each in FamilyTie],
        widget=forms.RadioSelect,
    )
    has_near_family = Question(label=_("Bor det nær familie av personen i denne kommunen?"))
    has_carer = Question(
        label=_("Er personen under 18 år og uten foreldre her: bor det en voksen der som kan ta omsorgen?")
    )
    needs_adaptation = Question(label=_("Trenger personen noe som et vanlig mottak ikke kan gi?"))
    adaptation = forms.CharField(
        label=_("Hva da? Noen få ord"),
        max_length=300,
        required=False,
        help_text=_("Skriv hva som trengs i boligen. Skriv ikke diagnoser."),
    )
    has_d_number = Question(label=_("Har personen fått D-nummer?"), help_text=_("Elleve sifre, fra Skatteetaten."))

    OF: dict[Scheme, tuple[str, ...]] = {
        Scheme.MAMOT: ("lived_in_ukraine", "had_protection", "family_tie", "has_d_number"),
        Scheme.AMOT: ("has_near_family", "has_carer", "needs_adaptation", "adaptation"),
    }

    def __init__(self, *args: Any, scheme: Scheme, is_minor: bool, **kwargs: Any) -> None:
        """The questions of the scheme; of a carer only for somebody under age."""
        super().__init__(*args, **kwargs)
        asked = set(self.OF[scheme]) - (set() if is_minor else {"has_carer"})
        for name in set(self.fields) - asked:
            del self.fields[name]
        for name in asked & set(self.fields) - {"adaptation"}:
            self.fields[name].error_messages["required"] = _("Velg et svar. Du kan svare «Vet ikke».")

    def clean(self) -> dict[str, Any]:
        """Who needs something says what."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if typed.get("needs_adaptation") == YES:
            self.need("adaptation", _("Skriv med noen få ord hva som trengs."))
        return typed
