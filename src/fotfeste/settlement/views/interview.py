"""The pages of the interview that are read: the overview with its steps, the leaflet, the centre's live list."""

from collections.abc import Sequence
from functools import cached_property

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from fotfeste.access.public import Compartment
from fotfeste.platform.shown import Whom
from fotfeste.platform.views import StaffView
from fotfeste.platform.words import instant_in, language
from fotfeste.settlement.corrected import earlier_answers
from fotfeste.settlement.domain.interview import interview_due_on
from fotfeste.settlement.domain.states import CASE
from fotfeste.settlement.queries.interview_page import (
    OF_THE_INTERVIEW,
    READING,
    InterviewPage,
    interview_page,
    settlement_coordinators,
)
from fotfeste.settlement.queries.ready import ready_for_settlement, ready_rows
from fotfeste.settlement.queries.ruled import training_on
from fotfeste.settlement.rows import guardian_rows
from fotfeste.settlement.sentences_interview import Missing
from fotfeste.settlement.texts import LEAFLET_LANGUAGES, general_information, leaflet
from fotfeste.settlement.views.interview_steps import (
    ended_words,
    information_rows,
    notices_of,
    steps_of,
    who_was_with_them,
)
from fotfeste.settlement.words_interview import CASE_STATES, INTERPRETERS
from fotfeste.worklist.public import task_kinds

ROWS_A_PAGE = 50


class InterviewReadView(StaffView):
    """A page about one household's interview, for the centre that holds it and for IMDi."""

    shows = OF_THE_INTERVIEW

    @classmethod
    def permissions(cls) -> Sequence[str]:
        """Who holds the interview, or reads it."""
        return READING

    @cached_property
    def page(self) -> InterviewPage:
        """The interview of the household in the address."""
        return interview_page(self.viewer, self.kwargs["reference"], self.day)

    def whom(self) -> Whom:
        """The household, and why the viewer's organisation knows of it."""
        return self.page.whom


class InterviewView(InterviewReadView):
    """What is done, what is missing, and the way to each step."""

    shows = OF_THE_INTERVIEW | {Compartment.GUARDIAN}

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        """Show the overview."""
        page = self.page
        context = {
            "page": page,
            "case": page.case,
            "interview": page.interview,
            "state_words": CASE_STATES[page.case.state],
            "interpreter_words": INTERPRETERS[page.interview.interpreter],
            "due_on": interview_due_on(page.case.due_since_on, None),
            "day": self.day,
            "may_hold": self.viewer.may("settlement.hold_interview") and page.is_open,
            "steps": steps_of(page),
            "information_rows": information_rows(page),
            "notices": notices_of(page) if page.is_open else [],
            "ended_words": "" if page.is_open or page.was_held else ended_words(page),
            "missing": Missing(page.decision.reasons).in_words() if page.is_open else [],
            "accompanied_by": who_was_with_them(page),
            "guardians": guardian_rows(page.members, self.day),
            "earlier": earlier_answers(page.interview, {each.subject_id: each.name for each in page.members}),
            "may_reopen": page.was_held and not page.is_open and page.case.state not in CASE.final,
            "topics": general_information(language(), training_on(self.day)),
            "leaflets": LEAFLET_LANGUAGES,
        }
        return render(request, "settlement/interview/overview.html", context)


class LeafletView(InterviewReadView):
    """The leaflet before the interview, to be printed, with the time and place that are agreed."""

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        """Show the leaflet in one of its languages."""
        if kwargs["language"] not in LEAFLET_LANGUAGES:
            raise Http404
        sheet, interview = leaflet(kwargs["language"], training_on(self.day)), self.page.interview
        planned = instant_in(interview.planned_at, sheet.language) if interview.planned_at else ""
        context = {"page": self.page, "interview": interview, "planned": planned, "sheet": sheet}
        return render(request, "settlement/interview/leaflet.html", context)


class ReadyForSettlementView(StaffView):
    """The centre's live list of households on the way to settlement, with status (SET-16)."""

    permission = "settlement.hold_interview"
    shows = frozenset({Compartment.IDENTITY, Compartment.INTERVIEW})

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show a page of the list, sorted and filtered as the address says."""
        state, sort = request.GET.get("state", ""), request.GET.get("sort", "")
        open_states = [(code, words) for code, words in CASE_STATES.items() if code not in CASE.final]
        cases = ready_for_settlement(self.viewer, state=state if state in dict(open_states) else "", sort=sort)
        page = Paginator(cases, ROWS_A_PAGE).get_page(request.GET.get("page"))
        self.hits = page.paginator.count
        kinds = task_kinds()
        rows = [
            {
                "row": row,
                "state": CASE_STATES[row.case.state],
                "next": kinds[row.next_task.kind].title() if row.next_task and row.next_task.kind in kinds else "",
            }
            for row in ready_rows(list(page.object_list), self.day)
        ]
        context = {
            "title": gettext("Klare for bosetting"),
            "page": page,
            "rows": rows,
            "day": self.day,
            "states": open_states,
            "state": state,
            "coordinators": settlement_coordinators(self.viewer.organisation_id, self.day),
        }
        return render(request, "settlement/interview/ready.html", context)
