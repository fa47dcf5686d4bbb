"""The acts of the interview: children are heard, mapping notes, finishing; and what they share with those before it."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from fotfeste.platform.shown import Whom
from fotfeste.platform.views import ActView
from fotfeste.settlement.actions.finishing import finish_interview, finish_supplement
from fotfeste.settlement.actions.interview import register_participants, save_mapping_notes
from fotfeste.settlement.actions.reopened import finish_correction
from fotfeste.settlement.domain.interview import capabilities_needed
from fotfeste.settlement.forms.interview import (
    CorrectionForm,
    FinishForm,
    MappingNoteForm,
    ParticipantsForm,
    SupplementForm,
)
from fotfeste.settlement.queries.interview import contents_of
from fotfeste.settlement.queries.interview_page import OF_THE_INTERVIEW, InterviewPage, Progress, interview_page
from fotfeste.settlement.sentences_interview import Missing
from fotfeste.settlement.sentences_offers import CAPABILITIES
from fotfeste.settlement.views.interview_steps import ended_words


class InterviewActView(ActView):
    """An act on one household's interview; the way back is the overview."""

    shows = OF_THE_INTERVIEW
    permission = "settlement.hold_interview"
    title = ""
    submit_label = ""
    is_of_the_first = False  # not done again for those who came after the interview was held
    is_before = False  # nothing of it is corrected afterwards

    @cached_property
    def page(self) -> InterviewPage:
        """The interview of the household in the address."""
        return interview_page(self.viewer, self.kwargs["reference"], self.day)

    def whom(self) -> Whom:
        """The household, and why the viewer's organisation knows of it."""
        return self.page.whom

    @property
    def overview_url(self) -> str:
        """The overview of the interview."""
        return reverse("interview", args=[self.page.reference])

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form; a finished interview has only its overview."""
        if not self.is_timely():
            return redirect(self.overview_url)
        return super().get(request, **kwargs)

    @property
    def household_id(self) -> int:
        """Its events are told where somebody else was quicker."""
        return self.page.group_id

    def too_late(self) -> Sequence[str]:
        """An interview that is registered, or whose case is closed, takes no more."""
        return () if self.is_timely() else (ended_words(self.page),)

    def is_timely(self) -> bool:
        """The interview takes it now. Time and invitation are of the interview that was held: they stand."""
        is_over = (self.is_of_the_first and self.page.is_again) or (self.is_before and self.page.is_correction)
        return self.page.is_open and not is_over

    def way_back(self) -> tuple[str, str]:
        """The overview: also where the page itself cannot be made any more."""
        return self.overview_url, gettext("Bosettingssamtalen")

    def initial(self) -> dict[str, Any]:
        """The household's version when the page was opened."""
        return {"version": self.page.version}

    def context(self) -> dict[str, Any]:
        """Title, button and the way back."""
        return {
            "title": f"{self.title_words()}: {self.page.name}",
            "submit_label": self.submit_words(),
            "back_url": self.overview_url,
            "back_label": gettext("Bosettingssamtalen"),
            "page": self.page,
            "day": self.day,
        }

    def title_words(self) -> str:
        """What the act is called."""
        raise NotImplementedError

    def submit_words(self) -> str:
        """What its button says."""
        return gettext("Lagre")


class ParticipantsView(InterviewActView):
    """Children are heard."""

    form_class = ParticipantsForm

    @property
    def children(self) -> list[Progress]:
        """The accompanied children."""
        return [part for part in self.page.progress if not part.is_interviewed]

    def title_words(self) -> str:
        """What the act is called."""
        return gettext("Barn blir hørt")

    def initial(self) -> dict[str, Any]:
        """What is registered already."""
        found = super().initial()
        for child in self.children:
            if how := self.page.state.participation.get(child.member.subject_id):
                found[f"heard-{child.member.reference}"] = how.was_heard
                found[f"talk-{child.member.reference}"] = how.own_talk
        return found

    def form_arguments(self) -> dict[str, Any]:
        """The accompanied children."""
        return {"children": self.children}

    def context(self) -> dict[str, Any]:
        """Why children are heard."""
        intro = gettext(
            "Barn skal få si sin mening og bli orientert om det som angår dem. "
            "Fra de fyller 12 år, får de tilbud om egen samtale hvis de ønsker det."
        )
        return super().context() | {"intro": intro}

    def do(self, form: ParticipantsForm) -> tuple[str, str]:
        """Register it."""
        register_participants(
            self.page.group_id,
            form.participation(),
            by=self.viewer,
            at=self.at,
            version=form.cleaned_data["version"],
        )
        return self.overview_url, gettext("Deltakelsen til barna er registrert.")


class MappingNoteView(InterviewActView):
    """What of an unaccompanied minor's mapping bears on settlement."""

    form_class = MappingNoteForm

    def title_words(self) -> str:
        """What the act is called."""
        return gettext("Bosettingsmerknad fra kartlegging")

    def initial(self) -> dict[str, Any]:
        """What is written already."""
        return super().initial() | {f"mapping_note-{minor.reference}": text for minor, text in self.page.mapped}

    def form_arguments(self) -> dict[str, Any]:
        """Those who are there alone."""
        alone = {each.subject_id for each in self.page.state.persons if each.is_unaccompanied_minor}
        return {"minors": [minor for minor in self.page.members if minor.subject_id in alone]}

    def do(self, form: MappingNoteForm) -> tuple[str, str]:
        """Save it."""
        version = form.cleaned_data["version"]
        save_mapping_notes(self.page.group_id, form.texts(), by=self.viewer, at=self.at, version=version)
        return self.overview_url, gettext("Merknaden er lagret.")


class FinishInterviewView(InterviewActView):
    """The interview goes to IMDi; or what those answered who came after it."""

    template_name = "settlement/interview/finish.html"

    @property
    def form_class(self) -> type[FinishForm | SupplementForm | CorrectionForm]:  # type: ignore[override]
        """The day that it was held; for those who came later there is none to tell."""
        if self.page.is_correction:
            return CorrectionForm
        return SupplementForm if self.page.is_again else FinishForm

    def title_words(self) -> str:
        """What the act is called."""
        return gettext("Fullfør bosettingssamtalen")

    def submit_words(self) -> str:
        """What its button says."""
        return gettext("Registrer samtalen og send til IMDi")

    def initial(self) -> dict[str, Any]:
        """The agreed day, if it has come."""
        return super().initial() | {"held_on": min(self.page.on, self.day)}

    def form_arguments(self) -> dict[str, Any]:
        """Whether it is asked who was with a minor alone."""
        if self.page.is_again:
            return {}
        return {"is_unaccompanied": any(part.person.is_unaccompanied_minor for part in self.page.progress)}

    def context(self) -> dict[str, Any]:
        """What is missing, and what will follow."""
        needed = capabilities_needed(
            contents_of(self.page.state.answers), is_unaccompanied=self.page.case.is_unaccompanied_on(self.page.on)
        )
        needs = ", ".join(str(CAPABILITIES[each]) for each in sorted(needed)) or gettext("ingen særskilte behov")
        follows = [
            self._what_imdi_does(),
            gettext("Kommunen må ha: %(needs)s.") % {"needs": needs},
            gettext(
                "Er et svar feil, kan samtalen åpnes igjen. Nye opplysninger skrives som intern bosettingsmerknad."
            ),
        ]
        return super().context() | {"missing": Missing(self.page.decision.reasons).in_words(), "consequences": follows}

    def _what_imdi_does(self) -> str:
        """Whose move it is afterwards."""
        if not self.page.is_again:
            return gettext("Husstanden kommer i køen hos IMDi, som finner kommune. IMDi har neste trekk.")
        if self.page.is_correction and self.page.case.state == "queued":
            return gettext("IMDi finner kommune etter de rettede svarene.")
        return gettext("IMDi ser husstanden på nytt, og avgjør hva som følger.")

    def do(self, form: Any) -> tuple[str, str]:
        """Register it."""
        typed = form.cleaned_data
        household = reverse("household", args=[self.page.reference])
        if self.page.is_correction:
            finish_correction(
                self.page.group_id, held_on=typed["held_on"], by=self.viewer, at=self.at, version=typed["version"]
            )
            return household, gettext("Samtalen er rettet og sendt IMDi.")
        if isinstance(form, SupplementForm):
            finish_supplement(self.page.group_id, by=self.viewer, at=self.at, version=typed["version"])
            return household, gettext("Samtalen er supplert. IMDi har fått oppgaven med å se husstanden på nytt.")
        finish_interview(
            self.page.group_id,
            typed["held_on"],
            accompanied_by=typed.get("accompanied_by", ""),
            by=self.viewer,
            at=self.at,
            version=typed["version"],
        )
        return household, gettext("Bosettingssamtalen er registrert. IMDi har fått oppgaven med å finne kommune.")
