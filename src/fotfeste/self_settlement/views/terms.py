"""A municipality's own page of its terms: what it has published, its history, and the two acts."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.platform.forms import ActForm
from fotfeste.platform.views import ActView, StaffView
from fotfeste.self_settlement.actions.terms import PUBLISH_TERMS, publish_terms, review_terms, terms_version
from fotfeste.self_settlement.forms.terms import TermsForm, typed_of
from fotfeste.self_settlement.queries.terms import MunicipalityTerms, earlier_terms, own_terms, terms_of
from fotfeste.self_settlement.words_terms import day_in, own_texts, row_of


class OwnTermsView(StaffView):
    """What the viewer's municipality has published, with what to do now."""

    permission: ClassVar[str] = PUBLISH_TERMS

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        t, line = own_texts(), own_terms(self.viewer.organisation_id, self.day)
        history = earlier_terms(line.organisation_id, self.day)
        context = {
            "t": t,
            "row": row_of(line, t),
            "may_review": _may_review(line, self),
            "history": [(row_of_earlier(line, each, t), [day_in(t, day) for day in days]) for each, days in history],
        }
        return render(request, "self_settlement/terms/own.html", context)


def row_of_earlier(line: MunicipalityTerms, said: Any, t: Any) -> dict[str, Any]:
    """What a municipality said then, as the list shows it."""
    then = MunicipalityTerms(line.organisation_id, line.number, line.name, line.county, line.county_number, said)
    return row_of(then, t)


def _may_review(line: MunicipalityTerms, view: StaffView) -> bool:
    return line.said is not None and line.said.review.last_on < view.day


class OwnTermsActView(ActView):
    """An act of the municipality on its own terms."""

    permission: ClassVar[str] = PUBLISH_TERMS

    def initial(self) -> dict[str, Any]:
        """What is published now."""
        said = terms_of(self.viewer.organisation_id, self.day)
        typed = typed_of(said.terms) if said else {}
        return typed | {"version": terms_version(self.viewer.organisation_id)}

    def context(self) -> dict[str, Any]:
        """The way back."""
        return {"back_url": reverse("own_terms"), "back_label": _("Vårt svar om selvbosetting")}


class PublishTermsView(OwnTermsActView):
    """Whether the municipality allows agreed self-settlement, and on what terms."""

    form_class = TermsForm

    def context(self) -> dict[str, Any]:
        """Words of the page, and what will happen."""
        return super().context() | {
            "title": _("Publiser vilkår for avtalt selvbosetting"),
            "intro": _("Alle ser svaret fra i dag: beboere, mottak, IMDi, UDI og andre kommuner."),
            "submit_label": _("Publiser"),
            "consequences": [
                _("Svaret vises i den nasjonale oversikten, også uten innlogging og på flere språk."),
                _("Det dere skriver med egne ord, vises på norsk slik det står."),
                _("Det dere har publisert før, slutter å gjelde i dag og blir stående i historikken."),
                _("Kommunen vurderer hver forespørsel selv, også når svaret er ja."),
            ],
        }

    def do(self, form: TermsForm) -> tuple[str, str]:
        """Publish it."""
        publish_terms(form.said(), by=self.viewer, at=self.at, version=form.cleaned_data["version"])
        return reverse("own_terms"), _("Publisert. Alle ser det fra i dag.")


class ReviewForm(ActForm):
    """Nothing to fill in: the act is confirmed by its button."""


class ReviewTermsView(OwnTermsActView):
    """The terms were looked at, and they stand."""

    form_class = ReviewForm
    template_name = "self_settlement/terms/review.html"

    def context(self) -> dict[str, Any]:
        """Words of the page, and what stands."""
        t, line = own_texts(), own_terms(self.viewer.organisation_id, self.day)
        return super().context() | {
            "title": _("Gjennomgått, uendret"),
            "intro": _(
                "Les det som står. Stemmer det fortsatt, bekrefter du det her. Stemmer det ikke, publiserer du på nytt."
            ),
            "submit_label": _("Bekreft at det stemmer"),
            "t": t,
            "row": row_of(line, t),
        }

    def do(self, form: ActForm) -> tuple[str, str]:
        """Note it."""
        review_terms(by=self.viewer, at=self.at, version=form.cleaned_data["version"])
        return reverse("own_terms"), _("Notert. Oversikten viser at vilkårene er gått gjennom i dag.")
