"""The worklist: what the organisation must do, the latest first; take it, hand it over, do it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment, works_on_cases
from fotfeste.directory.public import User
from fotfeste.kernel.calendar import Week
from fotfeste.kernel.errors import Refused
from fotfeste.platform.sentences import sentence_for
from fotfeste.platform.typed import whole_number
from fotfeste.platform.views import StaffView
from fotfeste.platform.words import days_left
from fotfeste.registry.public import household_names
from fotfeste.self_settlement.public import reminders_for
from fotfeste.web.doing import may_do, who_does
from fotfeste.web.emergency import EmergencyView
from fotfeste.web.words import cause_words
from fotfeste.worklist.public import OwnUnits, Task, hand_over_task, open_tasks_for, own_units, take_task, task_kinds

ROWS_PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A task as it is shown: what to do, for whom, why it came, by when, who has it."""

    task: Task
    title: str
    household: str
    household_url: str  # empty where there is none that the viewer may open
    url: str  # empty where somebody else of the organisation does it
    roles: str  # who does, then
    cause: str
    due_words: str
    is_mine: bool
    is_shared: bool  # nobody takes it for themselves
    unit: str  # of one's own organisation; empty where it has named none


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Late, this week, or later."""

    code: str
    title: str
    rows: Sequence[Row]


class WorklistView(StaffView):
    """The first page after login."""

    shows = frozenset({Compartment.IDENTITY})

    def get(self, request: HttpRequest) -> HttpResponse:
        """The open tasks in three groups, filtered by kind, by unit and by who has taken them."""
        kind, taken_by, unit = (request.GET.get(name, "") for name in ("kind", "taken_by", "unit"))
        own = own_units(self.viewer, self.day)
        tasks = open_tasks_for(
            self.viewer, self.day, kind=kind, taken_by=taken_by, kinds=own.kinds_of(unit) if unit else None
        )
        page: Page[Task] = Paginator(tasks, ROWS_PER_PAGE).get_page(request.GET.get("page"))
        self.hits = page.paginator.count
        rows = self._rows(page.object_list, own)
        context = {
            "page": page,
            "reminders": reminders_for(self.viewer, self.day),
            "groups": grouped(rows, self.day),
            "kinds": sorted(
                ((code, known.title()) for code, known in task_kinds().items()), key=lambda choice: choice[1]
            ),
            "kind": kind,
            "taken_by": taken_by,
            "units": own.units if len(own.units) > 1 else (),
            "unit": unit,
            "colleagues": User.objects.filter(
                works_on_cases(OuterRef("pk"), self.day), organisation_id=self.viewer.organisation_id, is_active=True
            )
            .exclude(pk=self.viewer.user_id or 0)
            .order_by("name", "pk"),
            "emergency_url": reverse("emergency") if EmergencyView.is_open_to(self.viewer) else "",
        }
        return render(request, "web/worklist.html", context)

    def _rows(self, tasks: Iterable[Task], own: OwnUnits) -> list[Row]:
        found = list(tasks)
        kinds = task_kinds()
        named = _names_without_households(found)
        names = household_names([task.subject_id for task in found if task.pk not in named], self.day)
        return [
            Row(
                task=task,
                title=kinds[task.kind].title(),
                household=named.get(task.pk) or names.get(task.subject_id) or _("Husstand uten navn"),
                # Whose name one does not see one has no page of: a colleague with another role has.
                household_url=self._url_for(kinds[task.kind].url_name if task.pk in named else "household", task)
                if task.pk in named or names.get(task.subject_id)
                else "",
                url=self._url_for(kinds[task.kind].url_name, task),
                roles=", ".join(who_does(self.viewer, kinds[task.kind].url_name)),
                cause=cause_words(task.cause),
                due_words=days_left(task.due_on, self.day) if task.due_on else "",
                is_mine=task.taken_by_id == self.viewer.user_id,
                is_shared=kinds[task.kind].is_shared,
                unit=own.of_kind[task.kind].name if task.kind in own.of_kind else "",
            )
            for task in found
        ]

    def _url_for(self, url_name: str, task: Task) -> str:
        return reverse(url_name, args=[task.subject.reference]) if may_do(self.viewer, url_name) else ""


def _names_without_households(tasks: Iterable[Task]) -> dict[int, str]:
    """What a task is called where its own kind says so: whoever does it may not see the household. A query for each
    such kind."""
    objects: dict[str, dict[int, int]] = {}
    for task in tasks:
        if task_kinds()[task.kind].name_of is not None and task.object_id is not None:
            objects.setdefault(task.kind, {})[task.pk] = task.object_id
    found: dict[int, str] = {}
    for kind, of in objects.items():
        if (name_of := task_kinds()[kind].name_of) is not None:
            names = name_of(of.values())
            found |= {task: names[about] for task, about in of.items() if about in names}
    return found


def grouped(rows: Sequence[Row], day: date) -> list[RowGroup]:
    """Late (deadline before today), this week (by Sunday) and later; only the groups that have rows on this page."""
    last = Week.of(day).last_day
    late = [row for row in rows if row.task.due_on and row.task.due_on < day]
    this_week = [row for row in rows if row.task.due_on and day <= row.task.due_on <= last]
    later = [row for row in rows if row.task.due_on is None or row.task.due_on > last]
    groups = [
        RowGroup("late", _("Forsinket"), late),
        RowGroup("this_week", _("Denne uken"), this_week),
        RowGroup("later", _("Senere"), later),
    ]
    return [group for group in groups if group.rows]


class TakeView(StaffView):
    """Take a task; a colleague who was quicker is named."""

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Take it."""
        try:
            take_task(reference, by=self.viewer, at=self.at)
            messages.success(request, _("Du har tatt oppgaven."))
        except Refused as refused:
            messages.error(request, sentence_for(refused))
        return redirect("worklist")


class HandOverView(StaffView):
    """Hand a task over to a colleague, or give it back to everyone."""

    codes = "to"

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Hand it over."""
        to = request.POST.get("to", "")
        try:
            hand_over_task(reference, to_user_id=whole_number(to), by=self.viewer, at=self.at)
            messages.success(request, _("Oppgaven er gitt videre."))
        except Refused as refused:
            messages.error(request, sentence_for(refused))
        return redirect("worklist")
