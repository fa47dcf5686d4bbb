"""Who moves from where to where in a plan, on a map and as a table."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fotfeste.access.public import Compartment
from fotfeste.allocation.domain.flows import UNKNOWN, Flow, gathered
from fotfeste.allocation.maps_flows import MOST_DRAWN, Drawn, flow_map
from fotfeste.allocation.queries.board import Narrowed
from fotfeste.allocation.queries.flows import flows_of
from fotfeste.allocation.views.board import OfPlan
from fotfeste.allocation.views.plans import computed_plan, paged
from fotfeste.directory.public import MAP_ATTRIBUTION
from fotfeste.directory.reference.projection import MapPoint
from fotfeste.directory.reference.read import borders, counties, municipalities
from fotfeste.platform.words import number

COUNTY_DIGITS = 2  # a municipality's number has four, and begins with its county's


class FlowsView(OfPlan):
    """Between counties, or into the municipalities of one county from each other and from other counties."""

    shows = frozenset({Compartment.SETTLEMENT, Compartment.NEEDS})

    def compartments_shown(self) -> frozenset[str]:
        """Whoever asks for those who have a need is told of it."""
        return self.shows if self.asked.need else self.shows - {Compartment.NEEDS}

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """The map and the table."""
        plan, asked = computed_plan(self.viewer, reference), self.asked
        found = flows_of(plan, asked)
        self.hits = sum(each.groups for each in found)
        flows = gathered(found, *_places_of(asked))
        page = paged(flows, request.GET.get("page"))
        context = {
            **self.context(plan, asked),
            "page": page,
            "rows": [(each, _name(each.origin), _name(each.target)) for each in page],
            "groups": self.hits,
            "persons": sum(each.persons for each in flows),
            "staying": sum(each.persons for each in flows if each.stays),
            "is_county": bool(asked.county),
            "more": max(0, sum(bool(each.origin) for each in flows) - MOST_DRAWN),
            "most_drawn": MOST_DRAWN,
            "map": _map_of(flows, asked) if flows else "",
            "attribution": MAP_ATTRIBUTION,
        }
        return render(request, "allocation/flows.html", context)


def _places_of(asked: Narrowed) -> tuple[Any, Any]:
    """Which place an origin and a target belong to: their county, or within the county that is chosen themselves."""
    county = asked.county
    if not county:
        return _county_of, _county_of
    return lambda origin: origin if _county_of(origin) == county else _county_of(origin), lambda target: target


def _county_of(municipality: str) -> str:
    return municipality[:COUNTY_DIGITS]


def _map_of(flows: Sequence[Flow], asked: Narrowed) -> Any:
    within = [each.number for each in municipalities() if each.county_number == asked.county]
    place = _name(asked.county) if asked.county else _("Norge")
    largest = next((each for each in flows if each.origin and not each.stays), None)
    says = _("Kart over %(place)s med streker fra der de bor nå til der planen foreslår.") % {"place": place}
    if largest is not None:
        says += " " + _("Flest: %(flow)s.") % {"flow": _says(largest)}
    return flow_map(Drawn(flows, _point, _name, _says), f"{says} {_('Tabellen sier det samme.')}", within)


def _says(flow: Flow) -> str:
    """A flow in words."""
    words = (
        ngettext("%(origin)s: %(many)s person blir der", "%(origin)s: %(many)s personer blir der", flow.persons)
        if flow.stays
        else ngettext(
            "%(origin)s til %(target)s: %(many)s person", "%(origin)s til %(target)s: %(many)s personer", flow.persons
        )
    )
    return words % {"origin": _name(flow.origin), "target": _name(flow.target), "many": number(flow.persons)}


def _name(place: str) -> str:
    """What a county or a municipality is called."""
    return _("ikke kjent") if place == UNKNOWN else _places()[place][0]


def _point(place: str) -> MapPoint:
    """Where a municipality lies; a county where the most people live in it."""
    return _places()[place][1]


@lru_cache(maxsize=1)
def _places() -> Mapping[str, tuple[str, MapPoint]]:
    """The name and the point of every municipality and county, by number."""
    drawn = borders().municipalities
    found = {each.number: (each.name, drawn[each.number].centre) for each in municipalities()}
    by_people = sorted(municipalities(), key=lambda each: each.population)
    largest = {each.county_number: each.number for each in by_people}
    return found | {each.number: (each.name, drawn[largest[each.number]].centre) for each in counties()}
