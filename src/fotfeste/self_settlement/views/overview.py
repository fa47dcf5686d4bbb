"""The national overview of terms: for staff, as a spreadsheet, and for residents without a login in their language."""

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import override
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views import View

from fotfeste.directory.public import OrganisationKind
from fotfeste.kernel.errors import NotFound
from fotfeste.platform.public_ids import is_reference
from fotfeste.platform.spreadsheet import Sheet, Value, as_answer, spreadsheet
from fotfeste.platform.viewer import Viewer
from fotfeste.platform.views import StaffView
from fotfeste.self_settlement.actions.terms import PUBLISH_TERMS
from fotfeste.self_settlement.domain.states import ASK
from fotfeste.self_settlement.overview import asked_in, overview
from fotfeste.self_settlement.queries.terms import MunicipalityTerms, all_terms, narrowed, terms_of_number
from fotfeste.self_settlement.texts import LANGUAGES, Texts, texts
from fotfeste.self_settlement.words_terms import in_line, next_home_in, own_texts, row_of, targets_in

SEE_TERMS = "self_settlement.see_terms"
ORIGINAL = "nb"
HOUSEHOLD = "husstand"  # the field of an address that says for whom a municipality is looked for


class TermsOverviewView(StaffView):
    """All municipalities and where they stand: searched, filtered, on a map, 20 a page."""

    permission: ClassVar[str] = SEE_TERMS

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page that the address asks for."""
        t = own_texts()
        own_id = self.viewer.organisation_id if self.viewer.may(PUBLISH_TERMS) else None
        reference = asked_for(request.GET, self.viewer)
        context = overview(request.GET, self.day, t, lambda number: _page_of_staff(number, reference), own_id)
        context |= {"reference": reference, "ask_url": _asking_page(reference)}
        context |= {"is_imdi": self.viewer.organisation_kind == OrganisationKind.IMDI}
        context |= {"sheet_url": f"{reverse('terms_sheet')}?{request.GET.urlencode()}"}
        return render(request, "self_settlement/terms/overview.html", context)


class TermsSheetView(StaffView):
    """The same municipalities as a spreadsheet."""

    permission: ClassVar[str] = SEE_TERMS

    def get(self, request: HttpRequest) -> HttpResponse:
        """The file."""
        t = own_texts()
        lines = narrowed(all_terms(self.day), asked_in(request.GET))
        sheet = Sheet(t["page"]["list"], _headings(t), [_cells(line, t) for line in lines])
        return as_answer(f"selvbosetting-{self.day.isoformat()}", spreadsheet([sheet]))


class MunicipalityTermsView(StaffView):
    """What one municipality has published."""

    permission: ClassVar[str] = SEE_TERMS

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        """The page of the municipality with this number."""
        t, line = own_texts(), terms_of_number(number, self.day)
        reference = asked_for(request.GET, self.viewer)
        context = {
            "t": t,
            "row": row_of(line, t),
            "is_own": line.organisation_id == self.viewer.organisation_id,
            "back_url": reverse("terms_overview") + _query_of(reference),
            "ask_url": _asking_page(reference, number),
        }
        return render(request, "self_settlement/terms/municipality.html", context)


class OpenView(View):
    """A page for everybody, in a language that stands in its address: no login, no cookie, nothing kept."""

    http_method_names = ["get", "head"]

    def page(self, request: HttpRequest, language: str, template: str, context: dict[str, Any]) -> HttpResponse:
        """The page in its frame. What a date or a number needs beside our own words is English, or Norwegian."""
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        match = request.resolver_match
        assert match is not None
        addresses = [
            (each, texts(each)["name"], reverse(match.view_name, kwargs={**match.kwargs, "language": each}) + query)
            for each in LANGUAGES
        ]
        frame = {"language": language, "addresses": addresses}
        with override("en" if language == "en" else ORIGINAL):
            return render(request, template, frame | context)

    def texts_in(self, language: str) -> Texts:
        """The words of a language. Raises Http404 for one that the page is not written in."""
        if language not in LANGUAGES:
            raise Http404
        return texts(language)


class OpenStartView(View):
    """The address to give away: leads to the overview in the language of the browser, bokmål where it has none of ours.
    The other languages stand on top of it.
    """

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Lead there."""
        return redirect("open_terms_overview", language=language_wanted(request.headers.get("Accept-Language", "")))


def language_wanted(header: str) -> str:
    """The first of the languages a browser asks for that the overview is written in; `no` is bokmål."""
    wanted = [code.partition("-")[0] for code, _weight in parse_accept_lang_header(header.lower())]
    return next(
        (each for each in (ORIGINAL if code == "no" else code for code in wanted) if each in LANGUAGES), ORIGINAL
    )


class OpenOverviewView(OpenView):
    """The overview for residents."""

    def get(self, request: HttpRequest, language: str) -> HttpResponse:
        """The page that the address asks for."""
        t = self.texts_in(language)
        day = request.day  # type: ignore[attr-defined]
        context = overview(request.GET, day, t, lambda number: reverse("open_terms", args=[language, number]))
        return self.page(request, language, "self_settlement/terms/open_overview.html", context)


class OpenTermsView(OpenView):
    """What one municipality has published, for residents."""

    def get(self, request: HttpRequest, language: str, number: str) -> HttpResponse:
        """The page of the municipality with this number."""
        t = self.texts_in(language)
        try:
            line = terms_of_number(number, request.day)  # type: ignore[attr-defined]
        except NotFound as error:
            raise Http404 from error
        context = {"t": t, "row": row_of(line, t), "back_url": reverse("open_terms_overview", args=[language])}
        return self.page(request, language, "self_settlement/terms/open_municipality.html", context)


def asked_for(query: QueryDict, viewer: Viewer) -> str:
    """The reference of the household for which the viewer looks for a municipality to ask; nothing of it is shown here,
    and the page that asks sees to whether it is theirs. Empty without one.
    """
    reference = query.get(HOUSEHOLD, "")
    return reference if viewer.may(ASK) and is_reference(reference) else ""


def _page_of_staff(number: str, reference: str) -> str:
    return reverse("municipality_terms", args=[number]) + _query_of(reference)


def _query_of(reference: str) -> str:
    return f"?{HOUSEHOLD}={reference}" if reference else ""


def _asking_page(reference: str, number: str = "") -> str:
    """Where a municipality is asked for the household, with this one chosen; empty without a household."""
    if not reference:
        return ""
    return reverse("ask_self_settlement", args=[reference]) + (f"?kommune={number}" if number else "")


def _headings(t: Texts) -> list[str]:
    words = t["page"]
    return [
        words["number"],
        words["municipality"],
        words["county"],
        words["stand"],
        words["target"],
        words["more_of_targets"],
        words["deposit"],
        words["empty_rent"],
        words["next_home"],
        words["other"],
        words["contact"],
        words["phone"],
        words["email"],
        words["since"],
        words["reviewed"],
        words["made_up"],
    ]


def _cells(line: MunicipalityTerms, t: Texts) -> list[Value]:
    place: list[Value] = [line.number, line.name, line.county, t["stand"][line.stand]]
    if line.said is None:
        return [*place, *[None] * 12]
    terms = line.said.terms
    return [
        *place,
        in_line(targets_in(terms, t)),
        terms.target_words,
        t["deposit"][terms.deposit] if terms.deposit else "",
        t["empty_rent"][terms.empty_rent] if terms.empty_rent else "",
        next_home_in(terms, t),
        terms.other_words,
        terms.office,
        terms.phone,
        terms.email,
        line.said.period.start,
        line.said.review.last_on,
        "x" if line.said.is_demo else "",
    ]
