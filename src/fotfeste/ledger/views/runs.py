"""UDI's pages of runs: the list, one run, its lines, what was refused, the spreadsheet."""

from typing import Any, ClassVar

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment
from fotfeste.ledger.domain.states import RUN
from fotfeste.ledger.models import Run
from fotfeste.ledger.queries.balances import claims_to_propose
from fotfeste.ledger.queries.letters import letters_of_run
from fotfeste.ledger.queries.lines import names_of
from fotfeste.ledger.queries.rows import line_rows
from fotfeste.ledger.queries.runs import lines_of_run, payable_of, refusals_of, run_of, runs_for, totals_of
from fotfeste.ledger.sheets import line_sheet, total_sheet
from fotfeste.ledger.words import REFUSALS, RUN_NEXT, RUN_STATES, SCHEMES, TONES
from fotfeste.platform.spreadsheet import as_answer, spreadsheet
from fotfeste.platform.views import StaffView
from fotfeste.platform.words import day

ROWS_PER_PAGE = 50
_OF_PERSONS = frozenset({Compartment.IDENTITY, Compartment.MONEY})


def paged(rows: QuerySet[Any], number: str | None) -> Page[Any]:
    """Fifty rows."""
    return Paginator(rows, ROWS_PER_PAGE).get_page(number)


def title_of(run: Run) -> str:
    """What a run is called."""
    return _("Kjøring %(scheme)s til %(day)s") % {"scheme": SCHEMES[run.scheme], "day": day(run.through)}


class RunsView(StaffView):
    """Every run, the latest first."""

    permission: ClassVar[str] = "ledger.see"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page of the list that the address asks for."""
        page = paged(runs_for(self.viewer), request.GET.get("page"))
        rows = [(run, SCHEMES[run.scheme], str(RUN_STATES[run.state]), TONES[run.state]) for run in page]
        return render(
            request, "ledger/runs.html", {"page": page, "rows": rows, "prepares": self.viewer.may("ledger.prepare")}
        )


class RunView(StaffView):
    """One run: state and whose move, what it comes to for each municipality, who did what."""

    permission: ClassVar[str] = "ledger.see"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """The run."""
        run = run_of(self.viewer, reference)
        page = paged(totals_of(run), request.GET.get("page"))
        letters = letters_of_run(run.pk, [total.municipality_id for total in page]) if run.state == "paid" else {}
        context = {
            "run": run,
            "title": title_of(run),
            "scheme": SCHEMES[run.scheme],
            "state": str(RUN_STATES[run.state]),
            "tone": TONES[run.state],
            "next": str(RUN_NEXT[run.state]),
            "page": page,
            "rows": [(total, letters.get(total.municipality_id, "")) for total in page],
            "payable_ore": payable_of(run),
            "steps": self._steps(run),
            "approves_own": self._approves_own(run),
            "owing": len(claims_to_propose(run.scheme)) if run.state == "paid" else 0,
        }
        return render(request, "ledger/run.html", context)

    def _approves_own(self, run: Run) -> bool:
        """Whether the viewer would approve their own work."""
        is_own = self.viewer.user_id in (run.computed_by_id, run.checked_by_id)
        return run.state == "checked" and self.viewer.may("ledger.approve") and is_own

    def _steps(self, run: Run) -> list[str]:
        """The steps that the viewer may take now, by name."""
        steps = [
            step.name
            for step in RUN.available(run.state)
            if any(self.viewer.may(permission) for permission in step.who)
        ]
        return [name for name in steps if name != "approve" or not self._approves_own(run)]


class RunLinesView(StaffView):
    """The lines of a run; of one municipality where the address says so."""

    permission: ClassVar[str] = "ledger.see"
    shows = _OF_PERSONS

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """The page of the lines that the address asks for."""
        run = run_of(self.viewer, reference)
        municipality = request.GET.get("municipality", "")
        page = paged(lines_of_run(run, municipality), request.GET.get("page"))
        self.hits = page.paginator.count
        rows = line_rows(page)
        name = rows[0].line.municipality.name if municipality and rows else ""
        context = {"run": run, "title": title_of(run), "page": page, "rows": rows, "municipality": name}
        return render(request, "ledger/lines.html", context)


class RunRefusalsView(StaffView):
    """What a run could not compute, and why."""

    permission: ClassVar[str] = "ledger.see"
    shows = _OF_PERSONS

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """The page of the list that the address asks for."""
        run = run_of(self.viewer, reference)
        page = paged(refusals_of(run), request.GET.get("page"))
        self.hits = page.paginator.count
        names = names_of(each.subject_id for each in page)
        rows = [(each, names.get(each.subject_id, ""), str(REFUSALS[each.reason])) for each in page]
        return render(request, "ledger/refusals.html", {"run": run, "title": title_of(run), "page": page, "rows": rows})


class RunSheetView(StaffView):
    """A run as a spreadsheet: the totals and the same lines as on the page."""

    permission: ClassVar[str] = "ledger.see"
    shows = _OF_PERSONS

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """The file."""
        run = run_of(self.viewer, reference)
        rows = line_rows(lines_of_run(run))
        self.hits = len(rows)
        name = f"{run.scheme}-{run.through.isoformat()}"
        return as_answer(name, spreadsheet([total_sheet(totals_of(run)), line_sheet(rows, with_municipality=True)]))
