"""The notes after the interview, and what IMDi passes on to the municipality."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from fotfeste.platform.words import day as day_words
from fotfeste.settlement.actions.notes import add_note, pass_on, read_notes
from fotfeste.settlement.domain.states import CASE
from fotfeste.settlement.forms.interview import NoteForm, PassOnForm, ReadNotesForm
from fotfeste.settlement.queries.interview_page import notes_of
from fotfeste.settlement.views.interview_acts import InterviewActView
from fotfeste.settlement.views.interview_steps import ended_words


def take_back_url(view: InterviewActView) -> str:
    """Where IMDi takes back what it has passed on; empty for others."""
    is_imdi = view.viewer.may("settlement.find_municipality")
    return reverse("take_back_passed_on", args=[view.page.reference]) if is_imdi else ""


def needs_url(view: InterviewActView) -> str:
    """Where IMDi changes what the municipality must have; empty for others, and before and after its time."""
    is_imdi = view.viewer.may("settlement.find_municipality")
    is_time = view.page.case.state not in {CASE.initial, *CASE.final}
    return reverse("change_needs", args=[view.page.reference]) if is_imdi and is_time else ""


class NotesView(InterviewActView):
    """The notes after the interview: the centre writes to IMDi, IMDi passes on to the municipality."""

    template_name = "settlement/interview/notes.html"

    @classmethod
    def permissions(cls) -> Sequence[str]:
        """Who writes, and who reads."""
        return ("settlement.hold_interview", "settlement.find_municipality")

    @property
    def form_class(self) -> type[NoteForm | ReadNotesForm]:  # type: ignore[override]
        """The centre writes; IMDi reads and passes on."""
        return NoteForm if self.viewer.may("settlement.hold_interview") else ReadNotesForm

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the notes and the form."""
        return super(InterviewActView, self).get(request, **kwargs)

    def too_late(self) -> Sequence[str]:
        """A case that has ended takes no notes."""
        return (ended_words(self.page),) if self.page.case.state in CASE.final else ()

    def title_words(self) -> str:
        """What the page is called."""
        return gettext("Interne bosettingsmerknader")

    def submit_words(self) -> str:
        """What its button says."""
        return gettext("Send til IMDi") if self.form_class is NoteForm else gettext("Merk som lest")

    def context(self) -> dict[str, Any]:
        """The notes, the latest first."""
        return super().context() | {
            "notes": list(notes_of(self.page.case.pk)),
            "take_back_url": take_back_url(self),
            "needs_url": needs_url(self),
            "is_centre": self.form_class is NoteForm,
        }

    def do(self, form: Any) -> tuple[str, str]:
        """Write or read."""
        typed, here = form.cleaned_data, reverse("settlement_notes", args=[self.page.reference])
        if isinstance(form, NoteForm):
            add_note(self.page.group_id, typed["text"], by=self.viewer, at=self.at, version=typed["version"])
            return here, gettext("Merknaden er sendt til IMDi.")
        note = read_notes(self.page.group_id, typed["passed_on"], by=self.viewer, at=self.at, version=typed["version"])
        if note is None:
            return here, gettext("Merknadene er merket som lest. Kommunen har ikke fått noe.")
        return here, gettext("Merknaden er gitt videre %(day)s.") % {"day": day_words(self.day)}


class PassOnView(InterviewActView):
    """IMDi passes on to the municipality what it needs to know; the centre's notes stand beside, to write from."""

    permission = "settlement.find_municipality"
    form_class = PassOnForm
    template_name = "settlement/interview/pass_on.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form; before the interview is finished there is only its overview."""
        if self.page.case.state == CASE.initial:
            return redirect(self.overview_url)
        return super(InterviewActView, self).get(request, **kwargs)

    def too_late(self) -> Sequence[str]:
        """A case that has ended has nobody to pass on to."""
        return (ended_words(self.page),) if self.page.case.state in CASE.final else ()

    def title_words(self) -> str:
        """What the act is called."""
        return gettext("Gi opplysninger videre til kommunen")

    def submit_words(self) -> str:
        """What its button says."""
        return gettext("Gi opplysningene videre")

    def context(self) -> dict[str, Any]:
        """What the centre wrote, what is passed on already, and what follows."""
        return super().context() | {
            "back_url": self.household_url,
            "back_label": self.page.name,
            "notes": list(notes_of(self.page.case.pk)),
            "take_back_url": take_back_url(self),
            "consequences": [
                gettext("Kommunen som er spurt, ser teksten, at den kommer fra IMDi, hvem som skrev den og når."),
                gettext("Spørres en annen kommune senere, ser den teksten også."),
            ],
        }

    @property
    def household_url(self) -> str:
        """The household's page."""
        return reverse("household", args=[self.page.reference])

    def do(self, form: PassOnForm) -> tuple[str, str]:
        """Pass it on."""
        typed = form.cleaned_data
        pass_on(self.page.group_id, typed["text"], by=self.viewer, at=self.at, version=typed["version"])
        return self.household_url, gettext("Opplysningene er gitt videre til kommunen.")
