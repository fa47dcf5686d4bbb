"""The component gallery: every component in every state, for those who build pages and for the checks of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fotfeste.kernel.calendar import Week
from fotfeste.kernel.periods import Period
from fotfeste.platform import words
from fotfeste.platform.forms import ActForm, DayField, FreeText, WeekField
from fotfeste.platform.panels import TimelineEntry
from fotfeste.platform.viewer import Viewer

TODAY = date(2024, 3, 14)  # the gallery's day: it always looks the same
LANGUAGES = ("uk", "en", "ru", "ar", "ti", "so", "fa", "ps", "prs", "kmr", "tr", "fr", "sw", "es", "pl")


@dataclass(frozen=True, slots=True)
class MenuLine:
    """A line of the frame's menu, as `web` gives it."""

    label: str
    url: str
    is_current: bool = False
    count: int | None = None


class GalleryForm(ActForm):
    """Each kind of field, required and optional."""

    name = forms.CharField(label=_("Navn"), max_length=80)
    note = FreeText(
        label=_("Merknad"),
        required=False,
        help_text=_("Skriv bare det mottaket trenger å vite."),
    )
    departed_on = DayField(label=_("Reisedag"))
    planned_week = WeekField(label=_("Ønsket uke"), required=False)
    persons = forms.IntegerField(label=_("Antall personer"), min_value=1)
    clock = forms.TimeField(label=_("Klokkeslett"), required=False, help_text=_("For eksempel 10.30"))
    centre = forms.ChoiceField(label=_("Mottak"), choices=[("", _("Velg")), ("1", "Voss"), ("2", "Råde")])
    language = forms.ChoiceField(label=_("Språk"), required=False)
    answer = forms.ChoiceField(
        label=_("Svar på tilbudet"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Ja takk")), ("no", _("Nei takk"))],
        help_text=_("Et nei kan få følger. Les dem høyt før du registrerer svaret."),
    )
    needs = forms.MultipleChoiceField(
        label=_("Behov"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("wheelchair", _("Rullestol")), ("interpreter", _("Tolk")), ("school", _("Skole i nærheten"))],
    )
    is_told = forms.BooleanField(label=_("Familien har fått vite hva et nei fører til"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Languages are named in the language of the request."""
        super().__init__(*args, **kwargs)
        languages = [
            ("", gettext("Velg")),
            *sorted(((code, words.language_name(code)) for code in LANGUAGES), key=lambda choice: choice[1]),
        ]
        self.let_choose("language", languages)


def timeline_entries() -> list[TimelineEntry]:
    """An invented household's time from arrival to request."""
    stays, steps = gettext("Bosted"), gettext("Sak")
    arrival = date(2023, 11, 20)

    def happened(label: str, on: date, source: str) -> TimelineEntry:
        return TimelineEntry(steps, label, on, is_point=True, source=source, known_on=min(on, TODAY))

    return [
        TimelineEntry(stays, gettext("Råde ankomstsenter"), arrival, date(2024, 2, 12), source="UDI", known_on=arrival),
        TimelineEntry(stays, "Voss akuttinnkvartering", date(2024, 2, 12), source="UDI", known_on=date(2024, 2, 9)),
        happened(gettext("Søknad om beskyttelse"), arrival, "PU"),
        happened(gettext("Vedtak om opphold"), date(2024, 3, 2), "UDI"),
        happened(gettext("Bosettingssamtale"), date(2024, 3, 11), "Voss"),
        happened(gettext("Planlagt utreise"), date(2024, 4, 8), "IMDi"),
    ]


def gallery(request: HttpRequest) -> HttpResponse:
    """The page. In a demo everybody may see it; elsewhere one must be logged in. POST shows the forms with errors."""
    if not (settings.IS_DEMO or request.user.is_authenticated):
        raise Http404
    if request.method == "POST":
        messages.success(request, gettext("Utreisen er registrert. Levanger kommune har fått beskjed."))
        messages.warning(request, gettext("Reisen er registrert etter fristen."))
    bound = GalleryForm({"name": "", "departed_on": "31.2.2024", "persons": "0", "planned_week": "54 2024"})
    page = Paginator(range(1, 264), 50).get_page(request.GET.get("page"))
    return render(request, "platform/gallery.html", _shown(request) | {"bound": bound, "page": page})


def act_gallery(request: HttpRequest) -> HttpResponse:
    """The page of one act, with the fields of the gallery; POST shows it with errors."""
    if not (settings.IS_DEMO or request.user.is_authenticated):
        raise Http404
    form = (
        GalleryForm(request.POST)
        if request.method == "POST"
        else GalleryForm(initial={"version": 3, "departed_on": TODAY})
    )
    context = _shown(request) | {
        "form": form,
        "title": gettext("Registrer utreise for familien Kovalenko"),
        "back_url": "#",
        "back_label": gettext("Familien Kovalenko"),
        "submit_label": gettext("Registrer utreise"),
        "intro": gettext("Registrer utreisen samme dag som den skjer."),
        "consequences": [
            gettext("Familien regnes som bosatt i Levanger fra reisedagen."),
            gettext("Oppholdet på Voss avsluttes, og sengene blir ledige."),
        ],
    }
    return render(request, "platform/act.html", context, status=422 if form.is_bound else 200)


def _shown(request: HttpRequest) -> dict[str, object]:
    menu = [
        MenuLine(gettext("Oppgaver"), "#oppgaver", True, 12),
        MenuLine(gettext("Beboere"), "#beboere"),
        MenuLine(gettext("Rom"), "#rom"),
        MenuLine(gettext("Bosetting"), "#bosetting", count=1250),
        MenuLine(gettext("Kommuner"), "#kommuner"),
    ]
    return {
        "viewer": Viewer(user_id=None, organisation_id=0, organisation_kind="centre", name="Kari Nordmann"),
        "organisation_name": "Voss akuttinnkvartering",
        "role_name": gettext("bosettingsansvarlig"),
        "menu": menu,
        "empty_form": GalleryForm(initial={"version": 3, "departed_on": TODAY, "planned_week": Week(2024, 12)}),
        "today": TODAY,
        "entries": timeline_entries(),
        "no_entries": [],
        "stay": Period(date(2024, 2, 12), date(2024, 3, 4)),
        "open_stay": Period(date(2024, 2, 12)),
        "days_due": [date(2024, 3, 11), TODAY, date(2024, 3, 15), date(2024, 3, 21)],
        "bars": [(12, 90), (87, 90), (90, 90), (131, 90), (400, 90)],
        "tones": [
            ("neutral", gettext("Ikke begynt")),
            ("info", gettext("Venter på svar")),
            ("success", gettext("Bosatt")),
            ("warning", gettext("Frist i dag")),
            ("danger", gettext("Over fristen")),
        ],
    }
