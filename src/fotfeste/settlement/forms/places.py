"""The forms of what is said of a municipality's places."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.directory.public import Organisation
from fotfeste.platform.forms import ActForm, DayField
from fotfeste.platform.words import capital
from fotfeste.settlement.domain.places import MOST_PERSONS, SaidFigure
from fotfeste.settlement.domain.types import PlaceKind
from fotfeste.settlement.sentences_places import PLACE_KINDS


class Persons(forms.IntegerField):
    """A number of persons."""

    def __init__(self, *, least: int = 0, **kwargs: Any) -> None:
        super().__init__(
            min_value=least,
            max_value=MOST_PERSONS,
            error_messages={
                "invalid": _("Skriv antallet med tall, for eksempel 25."),
                "min_value": _("Skriv %(limit_value)d eller mer."),
                "max_value": _("Skriv høyst %(limit_value)d."),
            },
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            **kwargs,
        )


def _minors(**words: Any) -> Persons:
    return Persons(label=_("Av dem enslige mindreårige"), required=False, **words)


def _source(**words: Any) -> forms.CharField:
    return forms.CharField(label=_("Hvor det står"), max_length=120, **words)


class FigureForm(ActForm):
    """A figure for a year: the council's decision, or IMDi's request."""

    when_needed = frozenset({"source"})

    year = forms.TypedChoiceField(label=_("År"), coerce=int)
    persons = Persons(label=_("Personer i alt"))
    minors = _minors(
        help_text=_("La stå tomt når vedtaket ikke sier noe om dem. 0 betyr at det ikke er plass til noen.")
    )
    decided_on = DayField(label=_("Vedtatt"), help_text=_("Dagen vedtaket ble gjort, for eksempel 14.3.2024"))
    source = _source(
        help_text=_("Saksnummer eller møtebok, for eksempel kommunestyret sak 24/117"),
        error_messages={"required": _("Skriv hvor vedtaket står, for eksempel saksnummeret.")},
    )

    def __init__(self, *args: Any, years: Iterable[int], **kwargs: Any) -> None:
        """`years`: those that a figure can be registered for."""
        super().__init__(*args, **kwargs)
        self.let_choose("year", [(str(year), str(year)) for year in years])

    def said(self) -> SaidFigure:
        """What was typed, for the act."""
        typed = self.cleaned_data
        return SaidFigure(typed["persons"], typed["minors"], typed["decided_on"], typed["source"])


class YearRequestForm(FigureForm):
    """IMDi's request for a year: sent by letter, where a council decides."""

    minors = _minors(
        help_text=_("La stå tomt når anmodningen ikke sier noe om dem. 0 betyr at IMDi ikke ber om plass til noen.")
    )
    decided_on = DayField(label=_("Sendt"), help_text=_("Dagen anmodningen ble sendt, for eksempel 14.3.2024"))
    source = _source(
        help_text=_("Saksnummeret hos IMDi, for eksempel 24/117"),
        error_messages={"required": _("Skriv hvor anmodningen står, for eksempel saksnummeret.")},
    )


class WeekLimitForm(ActForm):
    """The most that a municipality receives in one week."""

    persons = Persons(
        least=1,
        label=_("Høyst så mange personer i en uke"),
        required=False,
        help_text=_("La stå tomt når kommunen ikke har noen grense."),
    )


class ResourcesForm(ActForm):
    """How many homes and places there are of each kind, beside persons."""

    codes = "|".join(PLACE_KINDS)

    def __init__(self, *args: Any, used: Mapping[PlaceKind, str], **kwargs: Any) -> None:
        """One question for each kind. `used`: how many of it are used, in a sentence, where a number was said."""
        super().__init__(*args, **kwargs)
        for kind, words in PLACE_KINDS.items():
            self.fields[str(kind)] = Persons(label=capital(words), required=False, help_text=used.get(kind, ""))

    def said(self) -> dict[PlaceKind, int | None]:
        """What was typed, for the act."""
        return {kind: self.cleaned_data[str(kind)] for kind in PLACE_KINDS}


class ReservationForm(ActForm):
    """Places that are kept for people of an integration centre."""

    centre = forms.TypedChoiceField(
        label=_("Integreringsmottak"),
        coerce=int,
        error_messages={"required": _("Velg integreringsmottaket."), "invalid_choice": _("Velg et mottak fra lista.")},
    )
    year = forms.TypedChoiceField(label=_("År"), coerce=int)
    persons = Persons(label=_("Plasser som holdes av"), help_text=_("0 slipper plassene fri."))

    def __init__(self, *args: Any, centres: Iterable[Organisation], years: Iterable[int], **kwargs: Any) -> None:
        """`centres`: those near by; `years`: those that places can be kept in."""
        super().__init__(*args, **kwargs)
        self.let_choose("centre", [("", str(_("Velg mottak"))), *((str(each.pk), each.name) for each in centres)])
        self.let_choose("year", [(str(year), str(year)) for year in years])
