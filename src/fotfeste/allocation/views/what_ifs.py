"""IMDi's pages of what-ifs: the list, one while it is computed and as it was answered."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.allocation.domain.places import Against
from fotfeste.allocation.domain.policy import Policy
from fotfeste.allocation.domain.states import PLAN_PERMISSION, WHAT_IF
from fotfeste.allocation.models import WhatIf
from fotfeste.allocation.queries.board import DEFAULT_SORT, in_order
from fotfeste.allocation.queries.plans import municipality_names
from fotfeste.allocation.queries.policies import policy_for
from fotfeste.allocation.queries.what_ifs import (
    ANSWERED,
    answer_of,
    others_to_compare,
    question_of,
    rows_of,
    what_if_of,
    what_ifs_for,
)
from fotfeste.allocation.views.board import ROWS_PER_PAGE, OfPlan, map_of_rows, sums_of, with_bar
from fotfeste.allocation.views.plans import ProgressView, paged
from fotfeste.allocation.words_what_ifs import (
    WHAT_IF_NEXT,
    WHAT_IF_STATES,
    WHAT_IF_STEPS,
    WHAT_IF_TONES,
    in_a_sentence,
    in_short,
    lines_of,
    otherwise,
)
from fotfeste.directory.public import MAP_ATTRIBUTION
from fotfeste.kernel.errors import Refused
from fotfeste.platform.sentences import sentence_for
from fotfeste.platform.words import capital, instant


class OfWhatIfs(OfPlan):
    """A page of what-ifs: they are called by what they ask, with the words of today."""

    permission: ClassVar[str] = PLAN_PERMISSION

    @cached_property
    def policy(self) -> Policy:
        """The policy in force today, which gives the units."""
        return policy_for(self.viewer.organisation_id, self.day)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What municipalities are called, by number."""
        return municipality_names()

    def otherwise(self, what_if: WhatIf) -> list[str]:
        """What it asks to be otherwise, a phrase for each."""
        return list(otherwise(question_of(what_if), self.policy, self.names))

    def title(self, what_if: WhatIf) -> str:
        """What it is called: by what is otherwise."""
        return capital(", ".join(in_short(question_of(what_if), self.policy, self.names))) or _("Slik det er i dag")

    def named(self, others: Sequence[WhatIf]) -> list[tuple[str, str]]:
        """Those that can be chosen: reference and title, with when it was asked, for there may be several alike."""
        return [(each.reference, f"{self.title(each)} ({instant(each.ordered_at)})") for each in others]


class WhatIfsView(OfWhatIfs):
    """Every what-if, the latest first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page of the list that the address asks for."""
        page = paged(what_ifs_for(self.viewer), request.GET.get("page"))
        rows = [(each, self.title(each), str(WHAT_IF_STATES[each.state]), WHAT_IF_TONES[each.state]) for each in page]
        return render(request, "allocation/what_ifs.html", {"page": page, "rows": rows})


class WhatIfView(OfWhatIfs):
    """One what-if: how far it has come, or what it came to."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """The what-if."""
        what_if = what_if_of(self.viewer, reference)
        context = progress_of(what_if) | {
            "title": self.title(what_if),
            "otherwise": self.otherwise(what_if),
            "state": str(WHAT_IF_STATES[what_if.state]),
            "tone": WHAT_IF_TONES[what_if.state],
            "next": str(WHAT_IF_NEXT[what_if.state]),
            "why_failed": sentence_for(Refused(what_if.refusal)) if what_if.refusal else "",
        }
        if what_if.state != ANSWERED:
            return render(request, "allocation/what_if_computing.html", context)
        return render(request, "allocation/what_if.html", context | self._answered(what_if))

    def _answered(self, what_if: WhatIf) -> dict[str, Any]:
        answer, asked = answer_of(self.viewer, what_if.reference), self.asked
        all_rows = rows_of(answer)
        rows = [row for row in all_rows if asked.county in ("", row.county)]
        ordered = in_order(rows, self.request.GET.get("sort", DEFAULT_SORT), Against.DECIDED)
        page = paged(ordered, self.request.GET.get("page"), ROWS_PER_PAGE)
        return {
            "answer": in_a_sentence(answer),
            "lines": lines_of(answer),
            "found": answer.found,
            "requests_count": answer.requests_count,
            "counties": self.counties,
            "asked": asked,
            "drawn": map_of_rows(all_rows, rows, asked.county, Against.DECIDED),
            "attribution": MAP_ATTRIBUTION,
            "page": page,
            "rows": [with_bar(row, Against.DECIDED) for row in page],
            "sums": sums_of(rows),
            "others": self.named(others_to_compare(self.viewer, what_if)),
        }


class WhatIfProgressView(ProgressView):
    """How far a what-if has come."""

    def progress(self, reference: str) -> dict[str, Any]:
        """The what-if's."""
        return progress_of(what_if_of(self.viewer, reference))


def progress_of(what_if: WhatIf) -> dict[str, Any]:
    """How far a what-if has come, for the part of the page that tells it."""
    return {
        "what_if": what_if,
        "is_computing": what_if.state == WHAT_IF.initial,
        "step": str(WHAT_IF_STEPS[what_if.step]),
        "progress_url": reverse("what_if_progress", args=[what_if.reference]),
        "page_url": reverse("what_if", args=[what_if.reference]),
        "see_label": _("Vis svaret"),
    }
