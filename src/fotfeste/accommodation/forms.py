"""The forms of accommodation. They ask and check what was typed; whether it can be done is the action's business."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fotfeste.accommodation.actions.beds import bed_field
from fotfeste.accommodation.advice import DepartureAdvice
from fotfeste.accommodation.domain.departure import REGISTERED_BY_CENTRE, reasons_to_choose
from fotfeste.accommodation.domain.types import (
    OPERATED_BY,
    CentreType,
    DepartureReason,
    LeaveWithdrawal,
    NewOperation,
    OperatorKind,
)
from fotfeste.accommodation.queries.free_beds import FreeBed
from fotfeste.accommodation.words import CENTRE_TYPES, DEPARTURE_REASONS, LEAVE_WITHDRAWALS, OPERATORS
from fotfeste.directory.public import Organisation
from fotfeste.platform import words
from fotfeste.platform.forms import ActForm, DayField, FreeText
from fotfeste.platform.typed import whole_number
from fotfeste.registry.public import Member, MistakeForm


class OpenChoiceField(forms.ChoiceField):
    """A choice that may have gone since the page was opened: the action says what happened to it, in a sentence."""

    def valid_value(self, value: Any) -> bool:
        """Whatever was on the page once."""
        return True


class PlaceGroupForm(ActForm):
    """Where a household is to stay, from when."""

    centre = OpenChoiceField(label=_("Mottak"))
    from_on = DayField(label=_("Bor der fra"))
    is_meant = forms.BooleanField(
        label=_("De skal bo på et mottak som ikke er for enslige mindreårige"),
        help_text=_("Bare når det er bestemt. Mottaket skal da ha individuell kartlegging og tiltaksplan for dem."),
        required=False,
    )

    def __init__(
        self, *args: Any, centres: Sequence[tuple[str, str]], are_minors_alone: bool = False, **kwargs: Any
    ) -> None:
        """`centres`: references and words of those with room."""
        super().__init__(*args, **kwargs)
        if not are_minors_alone:
            del self.fields["is_meant"]
        self.let_choose("centre", [("", _("Velg mottak")), *centres])


class AnnulDepartureForm(MistakeForm):
    """Who never left, and what was wrong."""

    persons = forms.MultipleChoiceField(
        label=_("Hvem gjelder det?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Velg minst én person.")},
    )
    field_order = ("version", "opened", "persons", "reason", "text")

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Those who left, in words."""
        super().__init__(*args, **kwargs)
        self.let_choose("persons", people)


class CorrectArrivalForm(ActForm):
    """Who came on another day, which, and why it was wrong."""

    persons = forms.TypedMultipleChoiceField(
        label=_("Hvem gjelder det?"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Velg minst én person.")},
    )
    right_on = DayField(label=_("Dagen de kom"))
    text = FreeText(
        label=_("Hvorfor er dagen feil?"),
        help_text=_("Skriv ikke om helse eller andre følsomme forhold."),
        error_messages={"required": _("Skriv hvorfor dagen er feil.")},
    )

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        """Those who live there, in words with the day that stands."""
        super().__init__(*args, **kwargs)
        self.let_choose("persons", people)


class BedsForm(ActForm):
    """A bed for each person of a household."""

    codes = r"bed_\d+"

    from_on = DayField(
        label=_("Fra"),
        help_text=_("Listene viser senger som er ledige fra denne dagen. Fra en senere dag kan flere være ledige."),
    )

    def __init__(
        self,
        *args: Any,
        people: Sequence[Member],
        beds: Iterable[FreeBed],
        present: Mapping[int, int],
        room_words: Mapping[tuple[str, str], str | Promise],
        **kwargs: Any,
    ) -> None:
        """`present`: the bed that each person has; `room_words`: what a room (building, name) is called."""
        super().__init__(*args, **kwargs)
        self.person_ids = [member.subject_id for member in people]
        self.when_needed = frozenset(map(bed_field, self.person_ids))  # somebody may wait for a bed
        grouped: dict[tuple[str, str], list[FreeBed]] = {}
        for bed in beds:
            grouped.setdefault((bed.building, bed.room), []).append(bed)
        for member in people:
            mine = present.get(member.subject_id)
            self.fields[bed_field(member.subject_id)] = OpenChoiceField(
                label=_("Seng til %(name)s, %(age)s år") % {"name": member.given_name, "age": member.age},
                required=False,
                initial=mine,
                choices=[
                    ("", _("Ingen seng ennå") if mine is None else _("Som nå")),
                    *(
                        (
                            room_words[room],
                            [(bed.bed_id, _bed_words(bed, is_mine=bed.bed_id == mine)) for bed in found],
                        )
                        for room, found in grouped.items()
                    ),
                ],
            )
        self.order_fields([*(bed_field(person) for person in self.person_ids), "from_on"])

    def clean(self) -> dict[str, Any]:
        """The beds by person, as `beds`; those without a choice are left out."""
        cleaned = super().clean() or {}
        chosen: dict[int, int] = {}
        for person in self.person_ids:
            typed = str(cleaned.get(bed_field(person)) or "")
            if (bed := whole_number(typed)) is not None:
                chosen[person] = bed
            elif typed:
                self.add_error(bed_field(person), _("Velg en seng fra listen."))
        return cleaned | {"beds": chosen}


def _bed_words(bed: FreeBed, *, is_mine: bool) -> str:
    """The room too: a closed select shows nothing else."""
    named: dict[str, object] = {"room": bed.room, "bed": bed.name}
    if bed.occupied_until is not None:
        day = words.day(bed.occupied_until)
        return str(_("Rom %(room)s, seng %(bed)s (ledig fra %(day)s)")) % (named | {"day": day})
    known = _("Rom %(room)s, seng %(bed)s (har den nå)") if is_mine else _("Rom %(room)s, seng %(bed)s")
    return str(known) % named


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
