"""The pages of municipalities: the list, one's own, each one's public side, and what one can offer."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment
from fotfeste.directory.public import may_keep, reached_lines
from fotfeste.platform.views import ActView, StaffView
from fotfeste.platform.words import capital
from fotfeste.settlement.actions.capabilities import capabilities_version, declare_capabilities
from fotfeste.settlement.forms.local_offers import CapabilitiesForm
from fotfeste.settlement.forms.request import NO, YES
from fotfeste.settlement.queries.declared import offerables_of
from fotfeste.settlement.queries.declines import own_noes
from fotfeste.settlement.queries.municipality import Incoming, MunicipalityPage, municipality_lines, municipality_page
from fotfeste.settlement.rows import more_or_fewer, week_text
from fotfeste.settlement.rows_declines import own_no_rows
from fotfeste.settlement.rows_places import capacity_context
from fotfeste.settlement.sentences_offers import CAPABILITIES, LOCAL_SERVICES, capability_name
from fotfeste.settlement.words_interview import CASE_STATES
from fotfeste.settlement.words_offers import CASE_TONES, case_next, municipality_named

PER_PAGE = 50


class MunicipalitiesView(StaffView):
    """All municipalities with their figures; searched, sorted, 50 a page."""

    permission = "settlement.see_municipalities"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page that the address asks for."""
        text, sort = request.GET.get("text", ""), request.GET.get("sort", "name")
        lines = municipality_lines(self.day, text=text, sort=sort)
        page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
        rows = [
            (line, [capability_name(code) for code, is_offered in sorted(line.declared.items()) if is_offered])
            for line in page.object_list
        ]
        context = {"page": page, "rows": rows, "text": text, "year": self.day.year, "count": len(lines)}
        return render(request, "settlement/municipality/municipalities.html", context)


class MunicipalityView(StaffView):
    """A municipality: its own page, IMDi's, and for everyone else its public side."""

    permission = "settlement.see_municipalities"
    shows = frozenset({Compartment.IDENTITY, Compartment.SETTLEMENT, Compartment.NEEDS})

    def compartments_shown(self) -> frozenset[str]:
        """Its public side has nobody in it."""
        return frozenset() if self.hits is None else self.shows

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        """The page of the municipality with this number."""
        return self.page_of(request, number)

    def page_of(self, request: HttpRequest, number: str | None) -> HttpResponse:
        """Draw it."""
        page = municipality_page(self.viewer, number, self.day)
        if page.is_inside:
            self.hits = len(page.to_answer) + len(page.incoming) + len(page.settled) + len(page.held)
        is_own = page.organisation.pk == self.viewer.organisation_id
        reached = reached_lines(page.reach)
        context = {
            "page": page,
            "name": municipality_named(page.organisation.name),
            "municipality": page.organisation.municipality,
            "is_own": is_own,
            "is_insider": is_own or self.viewer.may("settlement.find_municipality"),
            "may_declare": is_own and self.viewer.may("settlement.declare_capabilities"),
            "may_answer": is_own and self.viewer.may("settlement.answer_request"),
            "to_answer": [_row(each) for each in page.to_answer],
            "incoming": [_row(each) for each in page.incoming],
            "settled": [_row(each) for each in page.settled],
            "held": [_row(each) | {"asked_on": task.basis_on, "until_on": task.due_on} for each, task in page.held],
            "noes": own_no_rows(own_noes(self.day)) if is_own else [],
            "capabilities": [_offerable(capability_name(code), page.declared.get(code)) for code in CAPABILITIES],
            "services": _services(page),
            **capacity_context(page, self.viewer, self.day),
            "day": self.day,
            "reached": reached,
            "has_gaps": any(line.gaps for line in reached),
            "keeps_contacts": may_keep(self.viewer, page.organisation.pk),
        }
        return render(request, "settlement/municipality/municipality.html", context)


def _row(incoming: Incoming) -> dict[str, Any]:
    """A household in words."""
    request, journey = incoming.request, incoming.journey
    offer_week = incoming.offer.week if incoming.offer else ""
    return {
        "reference": incoming.reference,
        "name": incoming.name,
        "size": request.size,
        "other_size": "" if request.state == "fulfilled" else more_or_fewer(request.size, request.case.size),
        "sent_on": request.sent_on,
        "due_on": incoming.deadline.due_on,
        "week": week_text(offer_week or request.possible_week or request.wanted_week),
        "travels_on": journey.travels_on if journey else None,
        "hub": journey.hub if journey else "",
        "receiver": journey.receiver if journey else "",
        "state": str(CASE_STATES[request.case.state]),
        "tone": CASE_TONES[request.case.state],
        "next": "" if journey else case_next(request.case.state, is_at_centre=request.case.centre_id is not None),
        "since_on": request.case.state_since_on,
        "has_missed": journey is not None and journey.missed_on is not None,
        "lived_there": request.state == "fulfilled" and journey is None and not request.is_self_found,
        "has_moved_in": request.state == "fulfilled" and request.is_self_found,
        "has_arrived": journey is not None and journey.arrived_on is not None,
        "needs": [capability_name(code) for code in incoming.needs],
    }


def _services(page: MunicipalityPage) -> list[dict[str, str]]:
    """Services as the municipality has said of them; to those alone who find municipalities, and itself."""
    if page.places is None:
        return []
    return [_offerable(str(words), page.places.services.get(code)) for code, words in LOCAL_SERVICES.items()]


def _offerable(name: str, is_offered: bool | None) -> dict[str, str]:
    words = {True: (_("ja"), "success"), False: (_("nei"), "neutral"), None: (_("ikke meldt"), "warning")}
    said, tone = words[is_offered]
    return {"name": capital(name), "said": said, "tone": tone}


class MyMunicipalityView(MunicipalityView):
    """The viewer's own municipality."""

    permission = "settlement.answer_request"

    def get(self, request: HttpRequest) -> HttpResponse:  # type: ignore[override]
        """The page of the municipality that the viewer works in. NotFound where they work in none."""
        return self.page_of(request, None)


class DeclareCapabilitiesView(ActView):
    """The municipality says what it can offer."""

    permission = "settlement.declare_capabilities"
    form_class = CapabilitiesForm
    template_name = "settlement/municipality/capabilities.html"

    def initial(self) -> dict[str, Any]:
        """What it has said."""
        said = offerables_of(self.viewer.organisation_id, self.day)
        shown = {str(code): YES if is_offered else NO for code, is_offered in said.items()}
        return {**shown, "version": capabilities_version(self.viewer.organisation_id)}

    def context(self) -> dict[str, Any]:
        """Words of the page."""
        return {
            "title": _("Hva kommunen kan tilby"),
            "submit_label": _("Lagre"),
            "back_url": reverse("my_municipality"),
            "back_label": _("Vår kommune"),
            "intro": _("IMDi ser dette når de leter etter en kommune."),
        }

    def do(self, form: CapabilitiesForm) -> tuple[str, str]:
        """Say it."""
        declare_capabilities(form.said(), by=self.viewer, at=self.at, version=form.cleaned_data["version"])
        return reverse("my_municipality"), _("Lagret. IMDi ser det fra i dag.")
