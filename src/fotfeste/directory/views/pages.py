"""The list of organisations, and an organisation's page: its units, its contact persons, who is reached for what."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from fotfeste.directory.actions.units import ANY, may_keep
from fotfeste.directory.domain.types import OrganisationKind
from fotfeste.directory.models import User
from fotfeste.directory.queries.organisations import Wanted, organisation_by_reference, organisations
from fotfeste.directory.queries.routes import reach
from fotfeste.directory.rows import reached_lines
from fotfeste.directory.words import ORGANISATION_KINDS, TOPICS, UNIT_KINDS
from fotfeste.platform.forms import DayForm
from fotfeste.platform.views import StaffView

PER_PAGE = 50


class OrganisationsView(StaffView):
    """All organisations, by name; searched, by kind, 50 a page."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page that the address asks for."""
        kind = request.GET.get("kind", "")
        wanted = Wanted(request.GET.get("text", ""), kind if kind in set(OrganisationKind) else "")
        page = Paginator(organisations(wanted), PER_PAGE).get_page(request.GET.get("page"))
        context = {
            "page": page,
            "wanted": wanted,
            "kinds": [(str(kind), words) for kind, words in ORGANISATION_KINDS.items()],
            "rows": [(each, ORGANISATION_KINDS[each.kind]) for each in page.object_list],
            "may_add": self.viewer.may(ANY),
        }
        return render(request, "directory/organisations.html", context)


@login_required
def own_organisation(request: HttpRequest) -> HttpResponse:
    """The page of the organisation that one works in."""
    user = request.user
    if not isinstance(user, User):
        raise PermissionDenied
    return redirect("organisation", reference=user.organisation.reference)


class OrganisationView(StaffView):
    """An organisation on a day: who is reached for what, each unit with its mailbox and contact persons."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """The page."""
        organisation = organisation_by_reference(reference)
        form = DayForm(request.GET if "dag" in request.GET else None, initial={"dag": self.day})
        day = form.cleaned_data["dag"] if form.is_valid() else self.day
        found = reach(organisation, day)
        context = {
            "organisation": organisation,
            "kind": ORGANISATION_KINDS[organisation.kind],
            "form": form,
            "day": day,
            "is_today": day == self.day,
            "lines": reached_lines(found),
            "units": [
                {
                    "unit": unit,
                    "kind": UNIT_KINDS[unit.kind],
                    "topics": [TOPICS[topic] for topic in TOPICS if topic in unit.topics],
                    "contacts": [(each, TOPICS[each.topic]) for each in found.contacts_at(unit.id)],
                }
                for unit in found.units
            ],
            "may_keep": may_keep(self.viewer, organisation.pk) and day == self.day,
        }
        return render(request, "directory/organisation.html", context)
