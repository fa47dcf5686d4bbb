"""Two plans of an organisation beside each other, as the viewer sees them: who is not seen is counted in neither."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from fotfeste.allocation.domain.comparison import Compared, Proposed, compared
from fotfeste.allocation.domain.kept import from_json
from fotfeste.allocation.domain.policy import Difference, differences
from fotfeste.allocation.domain.score import Score
from fotfeste.allocation.models import ClosedMunicipality, Plan, Proposal, SteeredGroup
from fotfeste.allocation.queries.plans import as_kept, plans_for
from fotfeste.allocation.queries.policies import policy_for
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.viewer import Viewer

COMPUTED = ("proposed", "superseded")
MOST_TO_CHOOSE = 30


@dataclass(frozen=True, slots=True)
class Steered:
    """What differs in steering: of households and of municipalities, added in the second and gone from it."""

    added: tuple[SteeredGroup, ...]
    gone: tuple[SteeredGroup, ...]
    closed: tuple[ClosedMunicipality, ...]
    opened: tuple[ClosedMunicipality, ...]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A municipality that differs: persons in each plan, and what each found that there was room for."""

    number: str
    persons_before: int
    persons_after: int
    left_before: int
    left_after: int

    @property
    def more(self) -> int:
        """Persons more in the second plan."""
        return self.persons_after - self.persons_before


@dataclass(frozen=True, slots=True)
class Comparison:
    """All of it, but for names and scores: those are read for the rows that are shown."""

    plans: Compared
    steered: Steered
    policy: tuple[Difference, ...]
    places: tuple[PlaceRow, ...]
    rests_on_the_same: bool


def plans_to_compare(viewer: Viewer, plan: Plan) -> Sequence[Plan]:
    """The organisation's other computed plans, the latest first."""
    return list(plans_for(viewer).filter(state__in=COMPUTED).exclude(pk=plan.pk)[:MOST_TO_CHOOSE])


def comparison_of(before: Plan, after: Plan) -> Comparison:
    """What differs between two computed plans of one organisation. Six queries."""
    found: dict[int, list[Proposed]] = {before.pk: [], after.pk: []}
    steered: dict[int, set[int]] = {before.pk: set(), after.pk: set()}
    numbers: dict[int, str] = {}
    for each in _proposals((before, after)):
        found[each.plan_id].append(Proposed(each.subject_id, each.size, each.municipality_id, each.total))
        steered[each.plan_id].update(each.steered)
        if each.municipality is not None:
            numbers[each.municipality.pk] = str(each.municipality.municipality_id)
    kept = {
        pk: (columns, policy)
        for pk, columns, policy in Plan.objects.filter(pk__in=found).values_list("pk", "columns", "policy")
    }
    persons = [_persons(found[plan.pk], numbers) for plan in (before, after)]
    left = [dict(zip(*(kept[plan.pk][0][name] for name in _COLUMNS), strict=True)) for plan in (before, after)]
    return Comparison(
        plans=compared(found[before.pk], found[after.pk]),
        steered=_steered(before, after, steered[before.pk], steered[after.pk]),
        policy=_policy(before, after, {pk: policy for pk, (_columns, policy) in kept.items()}),
        places=_places(persons, left),
        rests_on_the_same=before.input_sha256 == after.input_sha256,
    )


_COLUMNS = ("municipalities", "persons_left")


def _proposals(plans: Collection[Plan]) -> QuerySet[Proposal]:
    found = Proposal.objects.filter(plan__in=plans).select_related("municipality").order_by("plan_id", "place")
    return found.only("plan_id", "subject_id", "size", "municipality", "total", "steered", "municipality__municipality")


def _persons(proposed: Sequence[Proposed], numbers: Mapping[int, str]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for each in proposed:
        if each.place is not None:
            found[numbers[each.place]] = found.get(numbers[each.place], 0) + each.size
    return found


def _places(persons: Sequence[Mapping[str, int]], left: Sequence[Mapping[str, int]]) -> tuple[PlaceRow, ...]:
    """The municipalities that differ, the greatest change first."""
    first, second = persons
    rows = [
        PlaceRow(number, first.get(number, 0), second.get(number, 0), left[0].get(number, 0), left[1].get(number, 0))
        for number in left[0].keys() | left[1].keys()
    ]
    differing = [row for row in rows if row.more or row.left_before != row.left_after]
    return tuple(
        sorted(differing, key=lambda row: (-abs(row.more), -abs(row.left_after - row.left_before), row.number))
    )


def _steered(before: Plan, after: Plan, first: set[int], second: set[int]) -> Steered:
    groups = SteeredGroup.objects.filter(pk__in=first ^ second).select_related("municipality", "steered_by")
    places = ClosedMunicipality.objects.filter(pk__in=set(before.closed) ^ set(after.closed))
    of_groups, of_places = list(groups.order_by("pk")), list(places.select_related("municipality").order_by("pk"))
    return Steered(
        added=tuple(each for each in of_groups if each.pk in second),
        gone=tuple(each for each in of_groups if each.pk in first),
        closed=tuple(each for each in of_places if each.pk in after.closed),
        opened=tuple(each for each in of_places if each.pk in before.closed),
    )


def _policy(before: Plan, after: Plan, values: Mapping[int, Mapping[str, int | str]]) -> tuple[Difference, ...]:
    """The values that differ, with the units of the second plan's day."""
    if after.as_known_at is None:
        raise ValueError(f"plan {after.pk} is not computed")
    on = legal_day(after.as_known_at)
    then = policy_for(after.organisation_id, on, name=after.policy_name, known_at=after.as_known_at)
    return differences(as_kept(then, values[before.pk]), as_kept(then, values[after.pk]))


def scores_of(plan: Plan, subject_ids: Collection[int]) -> Mapping[int, Score]:
    """The scores of some households where a plan proposes a municipality for them, by subject. One query."""
    found = Proposal.objects.filter(plan=plan, subject_id__in=subject_ids, municipality__isnull=False)
    stored = found.order_by("place").values_list("subject_id", "explanation__score")
    return {subject_id: from_json(Score, score) for subject_id, score in stored if score is not None}


def proposals_about(plan: Plan, subject_ids: Collection[int]) -> QuerySet[Proposal]:
    """What a plan proposed for some households, with what has come of it."""
    found = Proposal.objects.filter(plan=plan, subject_id__in=subject_ids).defer("explanation")
    return found.select_related("subject", "municipality", "case", "request").order_by("place")
