"""Unusual looks of one's own staff: the administrator sees who, when and why it stands out, and says what it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fotfeste.access.public import (
    EMERGENCY_CAUSES,
    OF_EMERGENCY,
    SEE_UNUSUAL,
    EmergencyAccess,
    EmergencyCause,
    Finding,
    LookRule,
    Unusual,
    review_look,
    unusual_looks,
)
from fotfeste.kernel.errors import NotFound
from fotfeste.platform import words
from fotfeste.platform.forms import ActForm, FreeText
from fotfeste.platform.views import ActView, StaffView
from fotfeste.web.words import LOOK_RULES

_PROTECTED = frozenset({LookRule.PROTECTED, LookRule.PROTECTED_EMERGENCY})


@dataclass(frozen=True, slots=True)
class Row:
    """A finding in words."""

    found: Unusual
    why: str
    what: str
    review_url: str
    household: str  # its reference; of a protected one that it is one, and empty where it is about many
    said: Sequence[str] = ()  # of emergency access: what each was for, as whoever asked said it


class ReviewForm(ActForm):
    """What it was."""

    words = FreeText(
        label=gettext_lazy("Hva var det?"),
        rows=4,
        help_text=gettext_lazy("Hva du har undersøkt, og hva du fant. Ikke skriv noe om dem som bor der."),
        error_messages={"required": gettext_lazy("Skriv hva du fant ut.")},
    )


class UnusualLooksView(StaffView):
    """What stands out in the last days, first what nobody has said anything of."""

    permission = SEE_UNUSUAL

    def get(self, request: HttpRequest) -> HttpResponse:
        """Both lists."""
        rows = [row_of(found) for found in unusual_looks(self.viewer, self.at)]
        context = {
            "open": [row for row in rows if row.found.review is None],
            "reviewed": [row for row in rows if row.found.review is not None],
        }
        return render(request, "web/unusual_looks.html", context)


class ReviewLookView(ActView):
    """Say of one of them what it was."""

    permission = SEE_UNUSUAL
    form_class = ReviewForm

    @cached_property
    def row(self) -> Row:
        """The one in the address: by its first look and its rule. NotFound where there is none any more."""
        for found in unusual_looks(self.viewer, self.at):
            if (found.finding.reference, str(found.finding.rule)) == (self.kwargs["look"], self.kwargs["rule"]):
                return row_of(found)
        raise NotFound("not_found")

    def context(self) -> dict[str, Any]:
        """Who, when, and why it stands out."""
        found = self.row.found
        title = _("Nødinnsyn: %(name)s") if self._is_emergency else _("Uvanlig innsyn: %(name)s")
        return {
            "title": title % {"name": found.user_name},
            "intro": f"{words.day(found.finding.looked_on)}. {self.row.why}. {self.row.what}.",
            "consequences": self.row.said,
            "consequences_title": _("Det som ble skrevet"),
            "submit_label": _("Marker som sett"),
            "back_url": reverse("unusual_looks"),
            "back_label": _("Uvanlig innsyn"),
        }

    @property
    def _is_emergency(self) -> bool:
        return self.row.found.finding.rule in OF_EMERGENCY

    def do(self, form: ReviewForm) -> tuple[str, str]:
        """Keep what was said."""
        review_look(self.row.found.finding, words=form.cleaned_data["words"], by=self.viewer, at=self.at)
        return reverse("unusual_looks"), _("Lagret. Innsynet står nå under det som er sett.")


def row_of(found: Unusual) -> Row:
    """A finding in words."""
    finding = found.finding
    return Row(
        found=found,
        why=str(LOOK_RULES[finding.rule]),
        what=_what(finding),
        review_url=reverse("review_look", args=[finding.reference, finding.rule]),
        household=_("Husstand med adressesperre") if finding.rule in _PROTECTED else found.household_reference,
        said=[_said(each) for each in found.asked],
    )


def _said(asked: EmergencyAccess) -> str:
    """When, what for, in which words; what was typed only where it found nobody, who have no reference."""
    said = {
        "when": words.instant(asked.opened_at),
        "cause": EMERGENCY_CAUSES[EmergencyCause(asked.cause)],
        "words": asked.words,
        "asked": asked.asked,
    }
    if asked.is_found:
        return _("%(when)s, %(cause)s: %(words)s") % said
    return _("%(when)s, «%(asked)s», %(cause)s: %(words)s") % said


def _what(finding: Finding) -> str:
    known = {"count": finding.looks}
    if finding.rule is LookRule.EMERGENCY and finding.household_id is None:
        return (
            ngettext("%(count)d forsøk som ikke fant noen", "%(count)d forsøk som ikke fant noen", finding.looks)
            % known
        )
    if finding.rule in OF_EMERGENCY:
        return ngettext("%(count)d gang", "%(count)d ganger", finding.looks) % known
    pages = ngettext("%(count)d side vist", "%(count)d sider vist", finding.looks) % known
    if finding.rule is not LookRule.MANY_WITHOUT_WORK:
        return pages
    several = ngettext("%(count)d husstand", "%(count)d husstander", finding.households)
    return f"{several % {'count': finding.households}}, {pages}"
