"""The forms around the interview: information, time and place, invitation, children, finishing, notes."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.kernel.calendar import on_the_wall
from fotfeste.platform.forms import ActForm, DayField, FreeText
from fotfeste.platform.words import language_name
from fotfeste.registry.public import Member
from fotfeste.settlement.domain.interview import Participation
from fotfeste.settlement.domain.types import InformationMode, OwnTalk
from fotfeste.settlement.queries.interview_page import Progress
from fotfeste.settlement.texts import LEAFLET_LANGUAGES
from fotfeste.settlement.words_interview import INTERPRETERS, MODES, OWN_TALKS

# Languages that residents and interpreters use most; those of the household come first in every list.
COMMON_LANGUAGES = ("uk", "ru", "en", "ar", "ti", "am", "so", "fa", "prs", "ps", "kmr", "sw", "fr", "es", "tr", "nb")


def language_choices(members: Iterable[Member]) -> list[tuple[str, str]]:
    """Languages to choose from, those of the household first."""
    own = [language for member in members for language in member.languages]
    codes = dict.fromkeys([*own, *COMMON_LANGUAGES])
    return [("", str(_("Velg språk"))), *((code, language_name(code)) for code in codes)]


class InformationForm(ActForm):
    """Who was told about the settlement process, how, in what language, by whom."""

    people = forms.MultipleChoiceField(label=_("Hvem har fått informasjon?"), widget=forms.CheckboxSelectMultiple)
    mode = forms.TypedChoiceField(
        label=_("Hvordan?"), choices=list(MODES.items()), coerce=InformationMode, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(label=_("På hvilket språk?"), help_text=_("Et språk de forstår."))
    with_interpreter = forms.BooleanField(label=_("Gjennom tolk"), required=False)
    given_on = DayField(label=_("Når?"))
    given_by_name = forms.CharField(label=_("Hvem ga informasjonen?"), max_length=120)

    def __init__(self, *args: Any, members: Sequence[Member], **kwargs: Any) -> None:
        """`members`: those of the household."""
        super().__init__(*args, **kwargs)
        self._by_reference = {member.reference: member for member in members}
        self.let_choose("people", [(m.reference, f"{m.name} ({m.age})") for m in members])
        self.let_choose("language", language_choices(members))
        self.fields["people"].initial = list(self._by_reference)

    def person_ids(self) -> list[int]:
        """Those who were chosen."""
        return [self._by_reference[reference].subject_id for reference in self.cleaned_data["people"]]


class PlanForm(ActForm):
    """When and where the interview is, in what language, and the interpreter."""

    planned_on = DayField(label=_("Dag"))
    clock = forms.TimeField(
        label=_("Klokkeslett"),
        help_text=_("For eksempel 10.30"),
        input_formats=["%H:%M", "%H.%M", "%H"],
        widget=forms.TextInput(attrs={"autocomplete": "off", "size": 6}),
        error_messages={"invalid": _("Skriv klokkeslettet som timer og minutter, for eksempel 10.30.")},
    )
    place = forms.CharField(label=_("Sted"), max_length=120)
    language = forms.ChoiceField(label=_("Språk i samtalen"))
    interpreter = forms.ChoiceField(label=_("Tolk"), choices=list(INTERPRETERS.items()), widget=forms.RadioSelect)

    def __init__(self, *args: Any, members: Sequence[Member], **kwargs: Any) -> None:
        """`members`: those of the household, whose languages come first."""
        super().__init__(*args, **kwargs)
        self.let_choose("language", language_choices(members))

    def planned_at(self) -> datetime:
        """The chosen instant: day and time on the wall in Norway. Raises Refused `hour_does_not_exist`."""
        day: date = self.cleaned_data["planned_on"]
        clock: time = self.cleaned_data["clock"]
        return on_the_wall(day, clock, field="clock")


class InviteForm(ActForm):
    """The household is invited and has the leaflet."""

    invited_on = DayField(label=_("Innkallingen er gitt"))
    leaflet_language = forms.ChoiceField(
        label=_("Informasjonsarket de fikk"),
        help_text=_("Forstår de ingen av språkene, les arket høyt sammen med tolken."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The languages in which there is a leaflet."""
        super().__init__(*args, **kwargs)
        self.let_choose("leaflet_language", [(code, language_name(code)) for code in LEAFLET_LANGUAGES])


class ParticipantsForm(ActForm):
    """Children are heard, and from the 12th birthday answer to the offer of a talk of their own."""

    codes = r"(heard|talk)-\w+"

    def __init__(self, *args: Any, children: Sequence[Progress], **kwargs: Any) -> None:
        """`children`: the accompanied children of the household."""
        super().__init__(*args, **kwargs)
        self._children = children
        for child in children:
            name = child.person.name
            self.fields[f"heard-{child.member.reference}"] = forms.BooleanField(
                label=_("{name} ({age}) har fått si sin mening og er orientert").format(
                    name=name, age=child.person.age
                ),
                required=False,
            )
            if child.is_offered_own_talk:
                self.fields[f"talk-{child.member.reference}"] = forms.TypedChoiceField(
                    label=_("Egen samtale for {name}").format(name=name),
                    choices=list(OWN_TALKS.items()),
                    coerce=OwnTalk,
                    widget=forms.RadioSelect,
                )

    def participation(self) -> dict[int, Participation]:
        """How each child took part."""
        return {
            child.member.subject_id: Participation(
                was_heard=self.cleaned_data[f"heard-{child.member.reference}"],
                own_talk=self.cleaned_data.get(f"talk-{child.member.reference}") or OwnTalk.NOT_OFFERED,
            )
            for child in self._children
        }


class MappingNoteForm(ActForm):
    """What of each unaccompanied minor's individual mapping bears on settlement: a field for each."""

    def __init__(self, *args: Any, minors: Sequence[Member], **kwargs: Any) -> None:
        """`minors`: those of the household who are there alone."""
        super().__init__(*args, **kwargs)
        self._minors = {f"mapping_note-{minor.reference}": minor for minor in minors}
        self.when_needed = frozenset(self._minors)  # before the interview is finished; taken back when left empty
        for name, minor in self._minors.items():
            one = _("Bosettingsmerknad")
            self.fields[name] = FreeText(
                label=one if len(minors) == 1 else _("Bosettingsmerknad for {name}").format(name=minor.given_name),
                help_text=_(
                    "Skriv bare det som har noe å si for bosettingen. Merknaden går til IMDi sammen med svarene."
                ),
                rows=8,
                required=False,
            )

    def texts(self) -> dict[int, str]:
        """What is written of each minor."""
        return {minor.subject_id: self.cleaned_data[name] for name, minor in self._minors.items()}


class FinishForm(ActForm):
    """The interview is registered and goes to IMDi."""

    held_on = DayField(label=_("Dagen samtalen ble holdt"))
    accompanied_by = forms.CharField(
        label=_("Hvem var med den unge i samtalen?"),
        help_text=_("Navnet på vergen, representanten eller følgepersonen. La feltet stå tomt hvis ingen var med."),
        max_length=160,
        required=False,
    )

    def __init__(self, *args: Any, is_unaccompanied: bool, **kwargs: Any) -> None:
        """Asked of those who come alone only."""
        super().__init__(*args, **kwargs)
        if not is_unaccompanied:
            del self.fields["accompanied_by"]


class SupplementForm(ActForm):
    """Those who came after the interview are asked: confirmed by its button."""


class CorrectionForm(ActForm):
    """Answers, or the day, of an interview that is held are corrected."""

    held_on = DayField(label=_("Dagen samtalen ble holdt"), help_text=_("Endre den bare hvis dagen er feil."))


class ReopenForm(ActForm):
    """Why a finished interview is opened again."""

    reason = FreeText(
        label=_("Hva er feil?"),
        help_text=_("Mottaket og IMDi ser det som intern bosettingsmerknad. Kommunen ser det ikke."),
        rows=5,
        error_messages={"required": _("Skriv hva som er feil.")},
    )


class NoteForm(ActForm):
    """A note to IMDi after the interview."""

    text = FreeText(
        label=_("Intern bosettingsmerknad"),
        help_text=_("Bare det som har noe å si for bosted, bolig eller tjenester. Merknaden går til IMDi."),
        rows=5,
    )


class ReadNotesForm(ActForm):
    """IMDi has read the notes, and says what the municipality gets to know of them."""

    passed_on = FreeText(
        label=_("Dette gis videre til kommunen"),
        help_text=_("Skriv det kommunen trenger å vite. La feltet stå tomt hvis ingenting skal videre."),
        rows=5,
        required=False,
    )


class PassOnForm(ActForm):
    """What IMDi tells the municipality, in its own words."""

    text = FreeText(
        label=_("Dette gis videre til kommunen"),
        help_text=_("Skriv det kommunen trenger å vite for å bosette dem. Kommunen ser ikke mottakets merknader."),
        rows=8,
    )
