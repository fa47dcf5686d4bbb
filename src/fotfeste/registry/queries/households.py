"""The list of households that one has to do with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from fotfeste.access.public import Compartment, Need, Subject, own_needs
from fotfeste.kernel.ages import ADULT_AT
from fotfeste.kernel.calendar import add_months
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.domain.names import wanted_tokens
from fotfeste.registry.domain.types import Member, Stage
from fotfeste.registry.models import GroupMembership, PlacementGroup
from fotfeste.registry.queries.members import household_name, members_of_groups
from fotfeste.registry.queries.search import matching_subjects

MOST_FOUND = 500
FEW = 2000
SORTS: Mapping[str, str] = {"number": "number", "registered": "created_on"}
DEFAULT_SORT = "-number"
# Filters that the page offers, by code.
WITH_CHILDREN, UNACCOMPANIED = "with_children", "unaccompanied"


@dataclass(frozen=True, slots=True)
class Household:
    """A line of the list."""

    reference: str
    number: int
    registered_on: date
    name: str
    members: tuple[Member, ...]

    @property
    def adults(self) -> int:
        """Members of 18 or more on the day."""
        return sum(member.age >= ADULT_AT for member in self.members)

    @property
    def children(self) -> int:
        """Members under 18 on the day."""
        return len(self.members) - self.adults


def households_for(
    viewer: Viewer, day: date, *, text: str = "", status: str = "", people: str = "", sort: str = DEFAULT_SORT
) -> QuerySet[PlacementGroup]:
    """Groups with members that the viewer's organisation has a need to know of on a day, to be paged.

    `text` a name or number; `status` a Stage and `people` a filter as above (unknown ones change nothing); `sort` a
    key of SORTS, with `-` before it for the other way. Who has few needs is served from the needs; who sees nearly
    everyone from the groups in order, past the fence that asks the same. One query before the one that is given.
    """
    groups = PlacementGroup.objects.filter(emptied_on__isnull=True, created_on__lte=day)
    reasons = sorted(viewer.opens.get(Compartment.IDENTITY, frozenset()))
    needed = Need.objects.filter(own_needs(viewer), period__contains=day, reason__in=reasons)
    few = list(needed.values_list("subject_id", flat=True)[: FEW + 1])
    if len(few) <= FEW:
        groups = groups.filter(pk__in=few)
    if text.strip():
        groups = groups.filter(pk__in=_groups_with(text, day))
    groups = _with_status(groups, status)
    groups = _with_people(groups, people, day)
    descends = "-" if sort.startswith("-") else ""
    column = SORTS.get(sort.removeprefix("-"))
    order = f"{descends}{column}" if column else DEFAULT_SORT
    return groups.order_by(order, f"{descends}pk")


def lines_of(groups: list[PlacementGroup], day: date) -> list[Household]:
    """The lines of one page. Two queries (joined to the list itself, the references made its plan poor)."""
    members = members_of_groups([group.pk for group in groups], day)
    references = Subject.objects.in_bulk([group.pk for group in groups])
    return [
        Household(
            references[group.pk].reference,
            group.number,
            group.created_on,
            household_name(members[group.pk]),
            tuple(members[group.pk]),
        )
        for group in groups
    ]


def _groups_with(text: str, day: date) -> set[int]:
    words = wanted_tokens(text)
    found = matching_subjects(words, MOST_FOUND) if words else []
    of_persons = GroupMembership.objects.current().filter(subject_id__in=found, period__contains=day)
    return {*found, *of_persons.values_list("group_id", flat=True)}


def _with_status(groups: QuerySet[PlacementGroup], status: str) -> QuerySet[PlacementGroup]:
    return groups.filter(stage=status) if status in list(Stage) else groups


def _with_people(groups: QuerySet[PlacementGroup], people: str, day: date) -> QuerySet[PlacementGroup]:
    if people == WITH_CHILDREN:
        return groups.filter(youngest_born_on__gt=add_months(day, -12 * ADULT_AT))
    if people == UNACCOMPANIED:
        return groups.filter(has_unaccompanied_minor=True)
    return groups
