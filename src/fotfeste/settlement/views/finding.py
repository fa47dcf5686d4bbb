"""The pages of finding a municipality: candidates, and the request to one of them."""

from datetime import date
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fotfeste.directory.public import ContactTopic, Organisation, OrganisationKind, ReachedLine, reached_line, route
from fotfeste.kernel.calendar import Week
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.platform import words
from fotfeste.settlement.actions.request import send_request
from fotfeste.settlement.domain.candidates import Candidate, reasons_to_tell
from fotfeste.settlement.domain.goals import answer_deadline
from fotfeste.settlement.domain.parameters import book
from fotfeste.settlement.forms.request import RequestForm
from fotfeste.settlement.queries.candidates import candidates
from fotfeste.settlement.queries.needs import needs_of_case
from fotfeste.settlement.rows import request_rows
from fotfeste.settlement.rows_places import week_limit_told
from fotfeste.settlement.sentences_declines import candidate_sentence
from fotfeste.settlement.sentences_offers import capability_name
from fotfeste.settlement.views.candidates import CandidateList, line_of
from fotfeste.settlement.views.case import CaseActView
from fotfeste.settlement.words_offers import municipality_named

IN_THE_QUEUE = ("queued",)


def receiver_at(municipality: Organisation, day: date) -> ReachedLine:
    """The unit of a municipality that a request goes to, in words."""
    return reached_line(municipality, route(municipality, ContactTopic.SETTLEMENT, day))


class FindingView(CaseActView):
    """Finding a municipality: for a household in the queue where nobody has had their one offer."""

    permission = "settlement.find_municipality"
    states = IN_THE_QUEUE

    def is_untimely(self) -> bool:
        """Also where nobody has a permit or somebody has had an offer: the page says so, and whose move it is."""
        return super().is_untimely() or self.story.is_without_permit or bool(self.story.offered_before)


class FindMunicipalityView(FindingView):
    """All municipalities for one household: those that fit, with why, and those that do not, with why not."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The candidates, filtered by county and text, for a week if one is asked for."""
        if self.is_untimely():
            return self.not_now(request)
        shown = CandidateList.from_query(request.GET)
        group = needs_of_case(self.case, self.day)
        asked = [each.request for each in self.story.requests]
        found = candidates(self.viewer, self.case, self.day, week=shown.week, group=group, requests=asked)
        context = {
            "title": _("Finn kommune til %(name)s") % {"name": self.name_within},
            "waiting": self.story.waiting_on(self.day),
            "needs": [capability_name(code) for code in sorted(group.capabilities)],
            "is_unaccompanied": group.is_unaccompanied,
            "size": group.size,
            "members": self.members,
            "requests": request_rows(self.story, self.viewer, self.day),
            "reference": self.reference,
            "may_plan": self.viewer.may("allocation.plan"),
            **shown.context(found),
        }
        return render(request, "settlement/request/find.html", self.context() | context)


class SendRequestView(FindingView):
    """IMDi asks one municipality."""

    form_class = RequestForm
    template_name = "settlement/request/send.html"

    @cached_property
    def candidate(self) -> Candidate:
        """The municipality in the address. NotFound where there is none."""
        number = self.kwargs["number"]
        asked = [each.request for each in self.story.requests]
        found = candidates(self.viewer, self.case, self.day, week=self.week, requests=asked)
        candidate = next((each for each in found if each.number == number), None)
        if candidate is None:
            raise NotFound("not_found")
        return candidate

    @property
    def _municipality(self) -> Organisation:
        """The candidate as an organisation, from what is fetched already."""
        return Organisation(
            pk=self.candidate.organisation_id, kind=OrganisationKind.MUNICIPALITY, name=self.candidate.name
        )

    def initial(self) -> dict[str, Any]:
        """The week that the list of candidates was for."""
        return super().initial() | ({"wanted_week": self.week} if self.week else {})

    @property
    def week(self) -> Week | None:
        """The week in the address; None where there is none."""
        try:
            return Week.parse(self.request.GET.get("week", ""))
        except Refused:
            return None

    def context(self) -> dict[str, Any]:
        """The municipality, why it fits or not, and what will happen."""
        deadline = answer_deadline(self.day, book())
        name = municipality_named(self.candidate.name)
        return super().context() | {
            "title": _("Spør %(name)s") % {"name": name},
            "submit_label": _("Send forespørselen"),
            "back_url": reverse("find_municipality", args=[self.reference]),
            "back_label": _("Finn kommune"),
            "intro": ngettext("%(name)s, %(count)d person", "%(name)s, %(count)d personer", self.case.size)
            % {"name": self.name, "count": self.case.size},
            "line": line_of(self.candidate),
            "receiver": receiver_at(self._municipality, self.day),
            "reasons": [candidate_sentence(reason) for reason in reasons_to_tell(self.candidate)],
            "consequences": [
                _("%(name)s får innsyn i husstanden og en oppgave om å svare.") % {"name": name},
                _("Fristen for svar er %(day)s.") % {"day": words.day(deadline.due_on)},
                _("Vedtaket har ikke plass: kommunen kan bare si ja når det blir plass, eller vedtaket blir høyere.")
                if self.candidate.room.is_no
                else _("Plassene holdes av til kommunen har svart."),
                *week_limit_told(self.candidate.organisation_id, name, self.day),
                _("Bare én kommune spørres om gangen."),
            ],
        }

    def do(self, form: RequestForm) -> tuple[str, str]:
        """Send it."""
        typed = form.cleaned_data
        request = send_request(
            self.group_id,
            self.candidate.organisation_id,
            wanted_week=typed["wanted_week"],
            message=typed["message"],
            reasoning=typed["reasoning"],
            by=self.viewer,
            at=self.at,
            version=typed["version"],
        )
        return self.back_url, _("Forespørselen er sendt til %(name)s. Kommunen har frist til %(day)s med å svare.") % {
            "name": municipality_named(self.candidate.name),
            "day": words.day(answer_deadline(request.sent_on, book()).due_on),
        }
