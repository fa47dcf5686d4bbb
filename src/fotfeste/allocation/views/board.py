"""The planning board of a plan: every municipality's places with a map of the country, and who is hardest to place."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment
from fotfeste.allocation.bars import places_bar
from fotfeste.allocation.domain.places import Against, Fill, fill_of, percent_used
from fotfeste.allocation.domain.states import PLAN_PERMISSION
from fotfeste.allocation.maps import Area, map_of, swatch
from fotfeste.allocation.models import Plan
from fotfeste.allocation.queries.board import (
    DEFAULT_SORT,
    BoardRow,
    Narrowed,
    board_rows,
    hardest_in,
    in_order,
    narrowed,
)
from fotfeste.allocation.views.plans import computed_plan, paged, standing_words, title_of
from fotfeste.allocation.words_plans import AGAINST, FILLS
from fotfeste.directory.public import MAP_ATTRIBUTION
from fotfeste.directory.reference.read import counties
from fotfeste.directory.reference.records import CountyRecord
from fotfeste.kernel.names import norwegian_sort_key
from fotfeste.platform.views import StaffView
from fotfeste.platform.words import number
from fotfeste.settlement.public import NEEDS, why_hard

ROWS_PER_PAGE = 20  # beside a map and another list


class OfPlan(StaffView):
    """A page of what a plan proposes, narrowed to a county and a need that the address names."""

    permission: ClassVar[str] = PLAN_PERMISSION

    @cached_property
    def counties(self) -> Sequence[CountyRecord]:
        """Those that can be chosen, by name."""
        return sorted(counties(), key=lambda each: norwegian_sort_key(each.name))

    @property
    def asked(self) -> Narrowed:
        """What is looked at; what the address does not name rightly is not asked for."""
        county, need = self.request.GET.get("county", ""), self.request.GET.get("need", "")
        is_county = any(each.number == county for each in self.counties)
        return Narrowed(county if is_county else "", need if need in NEEDS else "")

    def context(self, plan: Plan, asked: Narrowed) -> dict[str, Any]:
        """What the page says of the plan, and what it lets choose."""
        return {
            "plan": plan,
            "title": title_of(plan),
            "asked": asked,
            "counties": self.counties,
            "needs": [(code, str(words)) for code, words in NEEDS.items()],
        }


class BoardView(OfPlan):
    """What a plan uses of each municipality's places, and the households that are hardest to place."""

    shows = frozenset({Compartment.IDENTITY, Compartment.SETTLEMENT, Compartment.NEEDS})

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """The board."""
        plan, asked = computed_plan(self.viewer, reference), self.asked
        against = Against.REQUESTED if request.GET.get("against") == Against.REQUESTED else Against.DECIDED
        all_rows = board_rows(plan)
        rows = narrowed(all_rows, plan, asked)
        ordered = in_order(rows, request.GET.get("sort", DEFAULT_SORT), against)
        page = paged(ordered, request.GET.get("page"), ROWS_PER_PAGE)
        context = {
            **self.context(plan, asked),
            "against": [(code, str(words), code == against) for code, words in AGAINST.items()],
            "drawn": map_of_rows(all_rows, rows, asked.county, against),
            "attribution": MAP_ATTRIBUTION,
            "page": page,
            "rows": [with_bar(row, against) for row in page],
            "sums": sums_of(rows),
            "has_earlier": any(row.places.decided_year for row in page),
            **self._hardest(plan, asked),
        }
        return render(request, "allocation/board.html", context)

    def _hardest(self, plan: Plan, asked: Narrowed) -> dict[str, Any]:
        hardest, self.hits = hardest_in(plan, asked, self.day)
        households = [
            (row, proposal, [why_hard(each) for each in row.reasons], *standing_words(proposal))
            for row, proposal in hardest
        ]
        return {"households": households, "many_households": self.hits}


def sums_of(rows: Sequence[BoardRow]) -> dict[str, int]:
    """What the municipalities come to together; those whose figure is not known count as nothing."""
    return {
        "decided": sum(row.places.decided or 0 for row in rows),
        "requested": sum(row.places.requested or 0 for row in rows),
        "taken": sum(row.places.taken for row in rows),
        "groups": sum(row.planned.groups for row in rows),
        "persons": sum(row.planned.persons for row in rows),
        "kept": sum(row.kept_after for row in rows),
        "left": sum(row.left_after for row in rows),
    }


def map_of_rows(
    all_rows: Sequence[BoardRow], rows: Sequence[BoardRow], county: str, against: Against
) -> dict[str, Any]:
    """The map of a county (by its number) or the country, what its classes are, and how many municipalities are in
    each; `rows` are those of them that are looked at.
    """
    is_county, looked_at = bool(county), {row.number for row in rows}
    on_it = in_order([row for row in all_rows if county in ("", row.county)], DEFAULT_SORT, against)
    fills = {row.number: fill_of(row.places, row.planned, against) for row in rows}
    many = Counter(fills.values())
    areas = [
        Area(
            row.number,
            row.name,
            fills.get(row.number),
            stands_out=row.number in looked_at and row.planned.persons > 0,
            says=_("%(name)s: %(fill)s, %(persons)s i planen")
            % {"name": row.name, "fill": _filled(row, against), "persons": number(row.planned.persons)},
        )
        for row in on_it
    ]
    place = on_it[0].county_name if is_county and on_it else _("Norge")
    says = _("Kart over %(place)s: hvor mye av plassene i hver kommune som er brukt etter planen. %(classes)s.") % {
        "place": place,
        "classes": ", ".join(f"{FILLS[fill]}: {number(many[fill])}" for fill in Fill),
    }
    numbers = {row.number for row in on_it}
    return {
        "map": map_of(areas, f"{says} {_('Tabellen sier det samme.')}", is_county=is_county),
        "classes": [(swatch(fill, numbers, is_county=is_county), str(FILLS[fill]), many[fill]) for fill in Fill],
    }


def _filled(row: BoardRow, against: Against) -> str:
    """How full a municipality is, in words."""
    percent = percent_used(row.places, row.planned, against)
    return str(FILLS[Fill.UNKNOWN]) if percent is None else _("%(percent)d %%") % {"percent": percent}


def with_bar(row: BoardRow, against: Against) -> tuple[BoardRow, Any, str]:
    """A row with its bar, and how full it is in words."""
    return row, places_bar(row), _filled(row, against)
