"""Applications as staff see them: the list, and one with how it stands, whose move it is, by when, what can be done."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment, Need, own_needs
from fotfeste.alternative.domain.states import LIVING
from fotfeste.alternative.domain.types import Scheme
from fotfeste.alternative.models import Application, ApplicationPerson, Confirmation
from fotfeste.alternative.queries.applications import (
    DEFAULT_SORT,
    OPEN,
    SORTS,
    UNKNOWN_PEOPLE,
    ApplicationFilter,
    application_of,
    applications_page,
    counts_of,
    latest_of_household,
    municipalities_with,
    parties_of,
    people_of,
)
from fotfeste.alternative.rows import acts_on, application_rows, scheme_rows
from fotfeste.alternative.words_applications import SCHEMES, STATE_COLOURS, STATES
from fotfeste.kernel.errors import NotFound
from fotfeste.letters.public import LetterRow, letters_of
from fotfeste.platform.files import file_answer, read
from fotfeste.platform.shown import Whom
from fotfeste.platform.views import StaffView
from fotfeste.registry.public import OfHousehold

DECIDES, ANSWERS, APPLIES = "alternative.decide", "alternative.answer", "alternative.apply_for"
# What the conditions are weighed by: their status, and how far their settlement has come.
WITH_CONDITIONS = frozenset({Compartment.IDENTITY, Compartment.SETTLEMENT})


class ApplicationsView(StaffView):
    """Who has applied, how long they have waited, whose move it is; filtered, 50 a page, the state in the address."""

    shows = frozenset({Compartment.HOUSING})

    @classmethod
    def permissions(cls) -> Sequence[str]:
        """UDI's case workers, and the municipality for its own."""
        return (DECIDES, ANSWERS)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page that the address asks for."""
        asked = request.GET
        sort = asked.get("sort", DEFAULT_SORT)
        wanted = ApplicationFilter(
            state=asked.get("state", OPEN),
            scheme=asked.get("scheme", "") if asked.get("scheme") in set(Scheme) else "",
            municipality=asked.get("municipality", ""),
            sort=sort if sort in SORTS else DEFAULT_SORT,
        )
        page, rows = applications_page(self.viewer, self.day, wanted, asked.get("page"))
        self.hits = page.paginator.count
        counts = counts_of(self.viewer, self.day)
        is_udi = self.viewer.may(DECIDES)
        context = {
            "page": page,
            "rows": [(row, STATES[row.application.state], STATE_COLOURS[row.application.state]) for row in rows],
            "wanted": wanted,
            "day": self.day,
            "counts": [(state, STATES[state], counts[state]) for state in STATES if state in counts],
            "open_count": counts[OPEN],
            "unknown_count": counts[UNKNOWN_PEOPLE],
            "schemes": list(SCHEMES.items()),
            "municipalities": municipalities_with(self.viewer, self.day) if is_udi else [],
            "is_udi": is_udi,
            "standing": scheme_rows(self.day),
        }
        return render(request, "alternative/applications/list.html", context)


class OfApplication(StaffView):
    """A page about the application whose reference is in the address. Names in it are those that were typed."""

    shows = frozenset({Compartment.HOUSING})

    @classmethod
    def permissions(cls) -> Sequence[str]:
        """Those who decide, answer, or apply on behalf."""
        return (DECIDES, ANSWERS, APPLIES)

    @cached_property
    def application(self) -> Application:
        """The application. NotFound where it is not the viewer's to know of."""
        return application_of(self.viewer, self.kwargs["application"], self.day)

    @cached_property
    def people(self) -> list[ApplicationPerson]:
        """Those in it."""
        return people_of(self.application)

    @cached_property
    def parties(self) -> list[Confirmation]:
        """Whose word is waited for, and what they said."""
        return parties_of(self.application)

    def whom(self) -> Whom | None:
        """The household, once it is known who they are; before that it is a list of one."""
        group_id = self.application.subject_id
        if group_id is None:
            self.hits = 1
            return None
        persons = tuple(each.subject_id for each in self.people if each.subject_id is not None)
        needs = Need.objects.filter(own_needs(self.viewer), subject_id=group_id, period__contains=self.day)
        return Whom(group_id, persons, frozenset(needs.values_list("reason", flat=True)))

    def asked_for(self) -> Mapping[str, str]:
        """Which application."""
        return super().asked_for() if "application" not in self.kwargs else {"application": self.kwargs["application"]}

    @property
    def page_url(self) -> str:
        """The application's own page."""
        return reverse("application", args=[self.application.reference])

    @property
    def name(self) -> str:
        """Whom it is about, in few words."""
        first = self.people[0].name if self.people else self.application.reference
        return (
            _("%(name)s og %(others)s til") % {"name": first, "others": len(self.people) - 1}
            if self.people[1:]
            else first
        )


class ApplicationView(OfApplication):
    """One application: what, how it stands, whose move, by when, what can I do."""

    shows = OfApplication.shows | WITH_CONDITIONS

    @cached_property
    def letters(self) -> Sequence[LetterRow]:
        """What has been written about the household, of what the viewer may see."""
        group_id = self.application.subject_id
        return letters_of(group_id, self.day) if group_id else ()

    def compartments_shown(self) -> frozenset[str]:
        """What the conditions rest on too, while they are weighed; and where each letter lies."""
        shown = self.shows if self.application.state in LIVING else OfApplication.shows
        return shown.union(letter.compartment for letter in self.letters)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The page."""
        application = self.application
        context = application_rows(application, self.people, self.parties, self.viewer, self.day)
        context |= {
            "name": self.name,
            "acts": acts_on(application, self.parties, self.viewer),
            "letters": self.letters,
            "day": self.day,
            "household_url": reverse("household", args=[application.subject.reference]) if application.subject else "",
        }
        return render(request, "alternative/applications/page.html", context)


class DocumentView(OfApplication):
    """A document of an application: saved, never opened in our pages."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The file. NotFound for one of another application."""
        found = self.application.documents.filter(file__reference=self.kwargs["document"]).first()
        if found is None:
            raise NotFound
        return file_answer(read(found.file_id))


class HouseholdApplicationView(OfHousehold):
    """Where a task about a household's application leads: to the application, or to the act on it."""

    shows = OfHousehold.shows | {Compartment.HOUSING}
    leads_to: ClassVar[str] = "application"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Lead there."""
        found = latest_of_household(self.viewer, self.group.pk, self.day)
        if found is None:
            raise NotFound
        target = self.leads_to if found.state in LIVING or self.leads_to in AFTER else "application"
        return redirect(target, application=found.reference)


AFTER = frozenset({"application_moved_in"})


class DecideTaskView(HouseholdApplicationView):
    """UDI decides: on the application's own page."""

    permission = DECIDES


class PreliminaryTaskView(HouseholdApplicationView):
    """UDI tells them that it takes time."""

    permission = DECIDES
    leads_to = "application_preliminary"


class AnswerTaskView(HouseholdApplicationView):
    """The municipality answers UDI."""

    permission = ANSWERS
    leads_to = "application_answer"


class MovedInTaskView(HouseholdApplicationView):
    """The municipality registers that they have moved in."""

    permission = "alternative.follow_up"
    leads_to = "application_moved_in"
