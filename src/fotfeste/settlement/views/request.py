"""The pages of a request that is sent: how it stands, the answer, taking it back."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.public import Subject
from fotfeste.kernel.calendar import Week
from fotfeste.kernel.errors import Refused
from fotfeste.platform.sentences import sentence_for
from fotfeste.platform.typed import kept_page
from fotfeste.settlement.actions.request import (
    accept_request,
    decline_request,
    refuse_withdrawn,
    release_municipality,
    withdraw_request,
)
from fotfeste.settlement.domain.declines import first_week_again
from fotfeste.settlement.domain.states import CASE
from fotfeste.settlement.domain.types import Capability
from fotfeste.settlement.forms.request import YES, AnswerForm, ConfirmForm
from fotfeste.settlement.queries.declared import offerables_of
from fotfeste.settlement.queries.interview_page import notes_of
from fotfeste.settlement.queries.needs import needs_of_case, unconfirmed
from fotfeste.settlement.queries.withdrawals import withdrawals_for
from fotfeste.settlement.rows import more_or_fewer, request_rows, week_text
from fotfeste.settlement.rows_needs import need_rows
from fotfeste.settlement.sentences_declines import needs_listed
from fotfeste.settlement.sentences_offers import capability_name
from fotfeste.settlement.views.case import CaseActView
from fotfeste.settlement.views.finding import receiver_at
from fotfeste.settlement.words_offers import municipality_named


class SettlementRequestView(CaseActView):
    """The requests of a household: sent, due, answered; withdraw or release the living one."""

    permission = "settlement.find_municipality"
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The requests, the newest first."""
        living = self.story.living_request
        context = {
            "title": _("Forespørsler for %(name)s") % {"name": self.name_within},
            "rows": request_rows(self.story, self.viewer, self.day),
            "reference": self.reference,
            "living": living.request if living else None,
            "receiver": receiver_at(living.request.organisation, self.day) if living else None,
            "unconfirmed": self._unconfirmed(),
            "asked_needs": need_rows(self.story, self.day),
            "state": self.story.case.state if self.story.case else "",
        }
        return render(request, "settlement/request/requests.html", self.context() | context)

    def _unconfirmed(self) -> list[str]:
        """What they have come to need since the municipality said yes, as long as the case is open."""
        living = self.story.living_request
        if living is None or living.request.state != "accepted" or self.case.state in CASE.final:
            return []
        needed = needs_of_case(self.case, self.day).capabilities
        return [capability_name(each) for each in unconfirmed(living.request, needed)]


class TakeBackView(CaseActView):
    """IMDi takes a request back, or lets a municipality that said yes go."""

    permission = "settlement.find_municipality"
    form_class = ConfirmForm

    @property
    def municipality(self) -> str:
        """Who was asked."""
        living = self.story.living_request
        return municipality_named(living.request.organisation.name) if living else _("kommunen")

    def context(self) -> dict[str, Any]:
        """What will happen."""
        return super().context() | {
            "is_severe": True,
            "consequences": [
                _("%(name)s mister innsynet i husstanden med en gang.") % {"name": self.municipality},
                _("Husstanden står igjen i køen, og IMDi må finne en annen kommune."),
            ],
        }


class WithdrawRequestView(TakeBackView):
    """Take an unanswered request back."""

    states = ("requested",)

    def context(self) -> dict[str, Any]:
        """Words of the page."""
        title = _("Trekk forespørselen til %(name)s tilbake") % {"name": self.municipality}
        return super().context() | {"title": title, "submit_label": _("Trekk tilbake")}

    def do(self, form: ConfirmForm) -> tuple[str, str]:
        """Withdraw."""
        name = self.municipality
        withdraw_request(self.group_id, by=self.viewer, at=self.at, version=form.cleaned_data["version"])
        return reverse("find_municipality", args=[self.reference]), _(
            "Forespørselen til %(name)s er trukket tilbake. Finn en annen kommune."
        ) % {"name": name}


class ReleaseMunicipalityView(TakeBackView):
    """Let a municipality that said yes go, before the offer."""

    states = ("municipality_found",)

    def context(self) -> dict[str, Any]:
        """Words of the page."""
        title = _("Løs %(name)s fra forespørselen") % {"name": self.municipality}
        return super().context() | {"title": title, "submit_label": _("Løs kommunen")}

    def do(self, form: ConfirmForm) -> tuple[str, str]:
        """Release."""
        name = self.municipality
        release_municipality(self.group_id, by=self.viewer, at=self.at, version=form.cleaned_data["version"])
        return reverse("find_municipality", args=[self.reference]), _(
            "%(name)s er løst fra forespørselen. Finn en annen kommune."
        ) % {"name": name}


class AnswerRequestView(CaseActView):
    """The municipality answers. A request that is gone has a page that says so, with what was typed."""

    permission = "settlement.answer_request"
    states = ("requested",)
    form_class = AnswerForm
    template_name = "settlement/request/answer.html"

    @cached_property
    def needs(self) -> list[Capability]:
        """What the household needs and the municipality must confirm."""
        return sorted(needs_of_case(self.case, self.day).capabilities) if self.story.case else []

    def form_arguments(self) -> dict[str, Any]:
        """One box for each need, and the week from which the municipality may be asked again."""
        asked = self.story.open_request
        wanted = asked.request.wanted_week if asked else ""
        again_from = first_week_again(Week.parse(wanted) if wanted else None, self.day)
        return {"needs": self.needs, "again_from": again_from}

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The form, what the municipality was told, or that the request is gone."""
        if not self.sees_household() and withdrawals_for(self.viewer, self.reference):
            return redirect("withdrawn_request", reference=self.reference)
        return self._asked_no_more() or super().get(request, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Answer, or be told that the request is gone."""
        return self._asked_no_more() or super().post(request, **kwargs)

    def resumed(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """What was typed, or that the request is gone."""
        return self._asked_no_more() or super().resumed(request, **kwargs)

    def _asked_no_more(self) -> HttpResponse | None:
        """The page for a municipality that was asked and is not any more; None for everyone else."""
        if self.sees_household():
            return None
        subject = Subject.objects.filter(reference=self.reference).first()
        try:
            # Asked also where there is nobody behind the reference: both take as long.
            refuse_withdrawn(subject.pk if subject else 0, by=self.viewer, day=self.day)
        except Refused as refused:
            return kept_page(
                self.request,
                status=410,
                title=_("Forespørselen er ikke lenger hos dere"),
                sentences=[sentence_for(refused)],
                typed=self.typed(),
                back=(reverse("my_municipality"), _("Vår kommune")),
            )
        return None

    def context(self) -> dict[str, Any]:
        """The request, the people, and what will happen."""
        asked = self.story.open_request
        return super().context() | {
            "title": _("Svar om bosetting av %(name)s") % {"name": self.name_within},
            "submit_label": _("Send svaret"),
            "members": self.members,
            "asked": asked,
            "wanted_week": week_text(asked.request.wanted_week) if asked else "",
            "is_late": asked.is_late_on(self.day) if asked else False,
            "other_size": more_or_fewer(asked.request.size, self.case.size) if asked else "",
            "told": list(notes_of(asked.request.case_id)) if asked else [],
            "needs": [capability_name(code) for code in self.needs],
            "day": self.day,
            "consequences": [
                _("Svarer dere ja, gir IMDi husstanden tilbud om kommunen deres."),
                _("Svarer dere nei, spør IMDi en annen kommune, og dere mister innsynet i husstanden."),
                _("Dere sier selv når IMDi kan spørre dere om husstanden igjen."),
            ],
        }

    def do(self, form: AnswerForm) -> tuple[str, str]:
        """Say yes or no."""
        typed = form.cleaned_data
        if typed["answer"] == YES:
            accept_request(
                self.group_id,
                possible_week=typed["possible_week"],
                confirmed=[Capability(code) for code in typed.get("confirmed", ())],
                text=typed["answer_text"],
                by=self.viewer,
                at=self.at,
                version=typed["version"],
            )
            return self.back_url, _("Svaret er sendt. IMDi gir husstanden tilbud, og dere får beskjed her.")
        said = offerables_of(self.viewer.organisation_id, self.day)
        request = decline_request(
            self.group_id,
            reason=typed["decline_reason"],
            follows=typed["follows"],
            again_from=typed["again_from"],
            unmet=[Capability(code) for code in typed.get("unmet", ())],
            text=typed["answer_text"],
            by=self.viewer,
            at=self.at,
            version=typed["version"],
        )
        sentence = _("Svaret er sendt. IMDi spør en annen kommune.")
        if overturned := [each for each in request.unmet if said.get(Capability(each))]:
            overturns = _("Kommunen hadde meldt at den har %(needs)s. Det er endret til nei.")
            sentence = f"{sentence} {overturns % {'needs': needs_listed(overturned)}}"
        return reverse("my_municipality"), sentence
