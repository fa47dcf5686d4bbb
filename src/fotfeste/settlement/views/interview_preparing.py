"""The acts before the interview: information, plan, invitation."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from fotfeste.kernel.calendar import OSLO, legal_day
from fotfeste.settlement.actions.preparing import Information, InterviewPlan, give_information, invite, plan_interview
from fotfeste.settlement.domain.types import InformationMode
from fotfeste.settlement.forms.interview import InformationForm, InviteForm, PlanForm
from fotfeste.settlement.texts import LEAFLET_LANGUAGES
from fotfeste.settlement.views.interview_acts import InterviewActView


class GiveInformationView(InterviewActView):
    """Who was informed before the interview."""

    form_class = InformationForm
    is_before = True

    def title_words(self) -> str:
        """What the act is called."""
        return gettext("Registrer informasjon")

    def initial(self) -> dict[str, Any]:
        """In a group, today, by whoever registers."""
        preferred = next((m.languages[0] for m in self.page.members if m.languages), "")
        mode = InformationMode.INDIVIDUAL if self.page.has_group_session else InformationMode.GROUP
        return super().initial() | {
            "mode": mode,
            "language": preferred,
            "given_on": self.day,
            "given_by_name": self.viewer.name,
        }

    def form_arguments(self) -> dict[str, Any]:
        """Those who can be informed."""
        return {"members": self.page.members}

    def do(self, form: InformationForm) -> tuple[str, str]:
        """Register it."""
        typed = form.cleaned_data
        information = Information(
            mode=typed["mode"],
            language=typed["language"],
            given_on=typed["given_on"],
            given_by_name=typed["given_by_name"],
            with_interpreter=typed["with_interpreter"],
        )
        give_information(
            self.page.group_id, form.person_ids(), information, by=self.viewer, at=self.at, version=typed["version"]
        )
        return self.overview_url, gettext("Informasjonen er registrert.")


class PlanInterviewView(InterviewActView):
    """Time, place, language, interpreter."""

    form_class = PlanForm
    is_of_the_first = True

    def title_words(self) -> str:
        """What the act is called."""
        return gettext("Avtal bosettingssamtale")

    def initial(self) -> dict[str, Any]:
        """What is agreed already."""
        interview = self.page.interview
        needs = any(part.person.needs_interpreter for part in self.page.progress)
        preferred = next((m.languages[0] for m in self.page.members if m.languages), "")
        found: dict[str, Any] = {
            "place": interview.place,
            "language": interview.language or preferred,
            "interpreter": interview.interpreter if interview.planned_at or needs else "not_needed",
        }
        if interview.planned_at:
            found["planned_on"] = legal_day(interview.planned_at)
            found["clock"] = interview.planned_at.astimezone(OSLO).strftime("%H.%M")
        return super().initial() | found

    def form_arguments(self) -> dict[str, Any]:
        """The household, whose languages come first."""
        return {"members": self.page.members}

    def do(self, form: PlanForm) -> tuple[str, str]:
        """Agree it; next is the invitation."""
        typed = form.cleaned_data
        plan = InterviewPlan(form.planned_at(), typed["place"], typed["language"], typed["interpreter"])
        interview = plan_interview(self.page.group_id, plan, by=self.viewer, at=self.at, version=typed["version"])
        if interview.invited_on:
            return self.overview_url, gettext("Avtalen er lagret.")
        url = reverse("invite_to_interview", args=[self.page.reference])
        return url, gettext("Avtalen er lagret. Neste steg er å kalle inn og dele ut informasjonsarket.")


class InviteView(InterviewActView):
    """The household is invited, with the leaflet."""

    form_class = InviteForm
    is_of_the_first = True
    template_name = "settlement/interview/invite.html"

    def title_words(self) -> str:
        """What the act is called."""
        return gettext("Kall inn til bosettingssamtale")

    def initial(self) -> dict[str, Any]:
        """Today, with the leaflet in a language of theirs."""
        spoken = [language for member in self.page.members for language in member.languages]
        chosen = next((language for language in spoken if language in LEAFLET_LANGUAGES), "nb")
        return super().initial() | {"invited_on": self.day, "leaflet_language": chosen}

    def context(self) -> dict[str, Any]:
        """The leaflets to print."""
        return super().context() | {"leaflets": LEAFLET_LANGUAGES, "interview": self.page.interview}

    def do(self, form: InviteForm) -> tuple[str, str]:
        """Register it."""
        typed = form.cleaned_data
        invite(
            self.page.group_id,
            typed["invited_on"],
            typed["leaflet_language"],
            by=self.viewer,
            at=self.at,
            version=typed["version"],
        )
        return self.overview_url, gettext("Innkallingen er registrert.")
