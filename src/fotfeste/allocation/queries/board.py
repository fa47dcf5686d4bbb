"""The planning board: what a plan makes of every municipality's places, and the households in it that are hardest.

Places are what the plan found; who is proposed is counted over the proposals that the viewer sees (ADR 0036). So a plan
that was replaced, or whose requests are sent, still adds up.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Sum
from django.db.models.fields.json import KT

from fotfeste.allocation.domain.kept import from_json
from fotfeste.allocation.domain.places import Against, Places, Planned, kept_after, percent_used
from fotfeste.allocation.models import Plan, Proposal
from fotfeste.directory.public import Municipality
from fotfeste.kernel.names import norwegian_sort_key
from fotfeste.settlement.public import HardRow, SettlementCase, hardest_of, needing

HARDEST_SHOWN = 10
SORTS = ("planned", "name", "filled", "left")
DEFAULT_SORT = "-planned"
_NOBODY = Planned()


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A municipality on the board. `left`: persons that the plan had room for there."""

    number: str
    name: str
    county: str  # its number
    county_name: str
    left: int
    places: Places
    planned: Planned

    @property
    def left_after(self) -> int:
        """Persons that there is room for when all in the plan have come, kept places among them."""
        return self.left - self.planned.persons

    @property
    def kept_after(self) -> int:
        """How many of them are kept for integration centres."""
        return min(kept_after(self.places, self.planned), max(0, self.left_after))


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What of a plan is looked at: a county by its number, households with a need (as the queue knows them)."""

    county: str = ""
    need: str = ""

    def of(self, plan: Plan) -> Q:
        """The proposals of a plan that are looked at, those of nobody's municipality apart from a county's."""
        wanted = Q(plan=plan)
        if self.county:
            wanted &= Q(municipality__municipality__county_id=self.county)
        if self.need:
            wanted &= Q(case__in=SettlementCase.objects.filter(needing(self.need)))
        return wanted


def board_rows(plan: Plan) -> Sequence[BoardRow]:
    """Every municipality of the country, by name. Three queries."""
    planned = _planned(plan)
    columns = Plan.objects.values_list("columns", flat=True).get(pk=plan.pk)
    found = zip(columns["municipalities"], columns["persons_left"], columns["places"], strict=True)
    country = {each.number: each for each in Municipality.objects.select_related("county").order_by("sort_key")}
    rows = [
        BoardRow(
            number=number,
            name=country[number].name,
            county=country[number].county_id,
            county_name=country[number].county.name,
            left=left,
            places=from_json(Places, places),
            planned=planned.get(number, _NOBODY),
        )
        for number, left, places in found
    ]
    return sorted(rows, key=lambda row: norwegian_sort_key(row.name))


def _planned(plan: Plan) -> Mapping[str, Planned]:
    """What is proposed for each municipality, by its number; by the integration centre that they come from."""
    counted = (
        Proposal.objects.filter(plan=plan, municipality__isnull=False)
        .annotate(centre=KT("explanation__group__centre"))
        .order_by("municipality_id", "centre")
        .values_list("municipality__municipality_id", "centre")
        .annotate(groups=Count("pk"), persons=Sum("size"))
    )
    found: dict[str, Planned] = {}
    for number, centre, groups, persons in counted:
        so_far = found.get(number, _NOBODY)
        centres = {**so_far.from_centres, centre: persons} if centre else so_far.from_centres
        found[number] = Planned(so_far.groups + groups, so_far.persons + persons, centres)
    return found


def narrowed(rows: Sequence[BoardRow], plan: Plan, asked: Narrowed) -> Sequence[BoardRow]:
    """The municipalities of a county; with a need, those that are proposed somebody who has it. One query for that."""
    found = [row for row in rows if asked.county in ("", row.county)]
    if not asked.need:
        return found
    numbers = set(Proposal.objects.filter(asked.of(plan)).values_list("municipality__municipality_id", flat=True))
    return [row for row in found if row.number in numbers]


def in_order(rows: Sequence[BoardRow], sort: str, against: Against) -> Sequence[BoardRow]:
    """By one of SORTS, `-` before it the other way round; those alike by name. Without: most in the plan first."""
    key = sort.removeprefix("-")
    if key not in SORTS:
        key, sort = "planned", DEFAULT_SORT
    is_reversed = sort.startswith("-")
    if key == "name":
        return sorted(rows, key=lambda row: norwegian_sort_key(row.name), reverse=is_reversed)
    figures: Mapping[str, Callable[[BoardRow], int]] = {
        "planned": lambda row: row.planned.persons,
        "filled": lambda row: -1 if (found := percent_used(row.places, row.planned, against)) is None else found,
        "left": lambda row: row.left_after,
    }
    return sorted(rows, key=figures[key], reverse=is_reversed)


def hardest_in(plan: Plan, asked: Narrowed, day: date) -> tuple[Sequence[tuple[HardRow, Proposal]], int]:
    """The households that are hardest to place, and how many there are of them all. Five queries."""
    cases = Proposal.objects.filter(asked.of(plan)).values("case_id")
    rows, many = hardest_of(SettlementCase.objects.filter(pk__in=cases), day, HARDEST_SHOWN)
    proposals = {
        each.case_id: each
        for each in Proposal.objects.filter(plan=plan, case_id__in=[row.case.pk for row in rows])
        .select_related("municipality", "subject", "case", "request")
        .order_by("pk")
    }
    return [(row, proposals[row.case.pk]) for row in rows], many
