"""Two plans side by side: for whom the proposal differs, and what else does."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fotfeste.access.public import Compartment
from fotfeste.allocation.domain.comparison import Changed, Compared, Proposed, greatest_part
from fotfeste.allocation.domain.score import Score, in_tenths
from fotfeste.allocation.domain.states import PLAN_PERMISSION
from fotfeste.allocation.models import Plan
from fotfeste.allocation.queries.comparison import (
    Comparison,
    comparison_of,
    plans_to_compare,
    proposals_about,
    scores_of,
)
from fotfeste.allocation.queries.plans import missed_of, municipality_names
from fotfeste.allocation.views.plans import computed_plan, paged, standing_words, title_of
from fotfeste.allocation.words import PARTS, bare_points, points
from fotfeste.allocation.words_policy import difference_sentence
from fotfeste.allocation.words_steering import what_is_decided
from fotfeste.platform.views import StaffView
from fotfeste.platform.words import instant, number
from fotfeste.registry.public import household_names

MOST_SHOWN = 25  # of what is beside the households that changed: the rest is told as a number


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A household whose proposal differs, as it is read."""

    reference: str
    name: str
    size: int
    before: str
    after: str
    points_before: str
    points_after: str
    why: str


class ComparePlansView(StaffView):
    """A plan beside another of the organisation's: the one before it, unless the address names one. The earlier of the
    two is shown as before, the later as after.
    """

    permission: ClassVar[str] = PLAN_PERMISSION
    shows = frozenset({Compartment.IDENTITY, Compartment.SETTLEMENT, Compartment.NEEDS})

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """The comparison; where there is no other plan, that there is none."""
        plan = computed_plan(self.viewer, reference)
        others = plans_to_compare(self.viewer, plan)
        asked = request.GET.get("med", plan.previous.reference if plan.previous else "")
        other = next((each for each in others if each.reference == asked), others[0] if others else None)
        context = {
            "plan": plan,
            "title": title_of(plan),
            "others": [(each.reference, named(each), each == other) for each in others],
            "other": other,
        }
        if other:
            before, after = sorted((other, plan), key=lambda each: (each.ordered_at, each.pk))
            context |= self._compared(before, after) | {"before": before, "after": after}
        return render(request, "allocation/compare.html", context)

    def _compared(self, before: Plan, after: Plan) -> dict[str, object]:
        found = comparison_of(before, after)
        page = paged(found.plans.changed, self.request.GET.get("page"))
        new, gone = found.plans.new[:MOST_SHOWN], found.plans.gone[:MOST_SHOWN]
        steered = {each.subject_id for each in (*found.steered.added, *found.steered.gone)}
        beside = steered | {each.subject_id for each in (*found.plans.new, *found.plans.gone)}
        self.hits = len(beside | {each.before.subject_id for each in found.plans.changed})
        known = {each.before.subject_id for each in page} | {each.subject_id for each in (*new, *gone)} | steered
        names = household_names(sorted(known), self.day) if known else {}
        places = municipality_names()
        return {
            "answer": answer_of(found.plans),
            "page": page,
            "rows": self._rows(before, after, list(page), found, names),
            "sums": sums_of(before, after, found.plans),
            "steering": list(steering_lines(found, names)),
            "policy": [difference_sentence(each) for each in found.policy],
            "places": [(row, places.get(row.number, row.number)) for row in found.places[:MOST_SHOWN]],
            "more_places": max(0, len(found.places) - MOST_SHOWN),
            "new": _standing(after, new, names),
            "gone": _standing(before, gone, names),
            "more_new": len(found.plans.new) - len(new),
            "more_gone": len(found.plans.gone) - len(gone),
            "rests_on_the_same": found.rests_on_the_same,
        }

    def _rows(
        self, before: Plan, after: Plan, changed: Sequence[Changed], found: Comparison, names: Mapping[int, str]
    ) -> Sequence[ChangedRow]:
        keys = [each.before.subject_id for each in changed]
        first, second = scores_of(before, keys), scores_of(after, keys)
        told = {each.subject_id: each for each in proposals_about(after, keys)}
        was = {each.subject_id: each for each in proposals_about(before, keys)}
        decided = {each.subject_id: what_is_decided(each) for each in found.steered.added}
        return [
            ChangedRow(
                reference=told[key].subject.reference,
                name=names[key],
                size=each.after.size,
                before=_place(was[key].municipality),
                after=_place(told[key].municipality),
                points_before=_bare(each.before),
                points_after=_bare(each.after),
                why=" ".join(_why(decided.get(key, ""), first.get(key), second.get(key))),
            )
            for key, each in zip(keys, changed, strict=True)
        ]


def named(plan: Plan) -> str:
    """`14. mars 2024 kl. 10.05, Kari Nordmann`: several are made in a week."""
    return f"{instant(plan.ordered_at)}, {plan.ordered_by.name}"


def answer_of(plans: Compared) -> str:
    """What the second plan changes, in one sentence."""
    lost = sum(each.has_lost_its_place for each in plans.changed)
    got = sum(each.has_got_a_place for each in plans.changed)
    moved = len(plans.changed) - lost - got
    if not plans.changed:
        return _("Ingen av dem som er med i begge planene, får et annet forslag.")
    text = ngettext(
        "%(moved)s husstand får en annen kommune, %(got)s får plass som ikke hadde det, og %(lost)s må vente.",
        "%(moved)s husstander får en annen kommune, %(got)s får plass som ikke hadde det, og %(lost)s må vente.",
        moved,
    )
    return text % {"moved": number(moved), "got": number(got), "lost": number(lost)}


def sums_of(before: Plan, after: Plan, plans: Compared) -> Sequence[tuple[str, str, str]]:
    """What each plan comes to: what is counted, in the first, in the second."""
    first, second = plans.before, plans.after
    counted = [
        (_("Husstander i planen"), first.groups, second.groups),
        (_("Husstander som får forslag"), first.placed_groups, second.placed_groups),
        (_("Personer som får forslag"), first.placed_persons, second.placed_persons),
        (_("Personer som venter"), first.persons - first.placed_persons, second.persons - second.placed_persons),
    ]
    in_points = [points(in_tenths([each.points])[0]) for each in (first, second)]
    each_person = [
        points(in_tenths([round(each.points / each.placed_persons)])[0]) if each.placed_persons else ""
        for each in (first, second)
    ]
    missed = [_missed(plan) for plan in (before, after)]
    return [
        *((what, number(one), number(other)) for what, one, other in counted),
        (_("Poeng til sammen, for dem som får forslag"), in_points[0], in_points[1]),
        (_("Poeng per person"), each_person[0], each_person[1]),
        (_("Så langt kan planen høyst være fra den beste"), missed[0], missed[1]),
    ]


def _missed(plan: Plan) -> str:
    return _("%(percent)s prosent") % {"percent": number(missed_of(plan))}


def steering_lines(found: Comparison, names: Mapping[int, str]) -> Iterator[str]:
    """What differs in steering, a sentence for each."""
    for each in found.steered.added:
        yield _("Nytt: %(name)s. %(what)s.") % {"name": names[each.subject_id], "what": what_is_decided(each)}
    for each in found.steered.gone:
        about = {"name": names[each.subject_id], "what": what_is_decided(each)}
        yield _("Gjelder ikke lenger: %(name)s. %(what)s.") % about
    for closing in found.steered.closed:
        yield _("Nytt: %(place)s er stengt.") % {"place": closing.municipality.name}
    for closing in found.steered.opened:
        yield _("Gjelder ikke lenger: %(place)s er stengt.") % {"place": closing.municipality.name}


def _place(municipality: object | None) -> str:
    return str(getattr(municipality, "name", "")) or _("Venter til en senere uke")


def _bare(proposed: Proposed) -> str:
    return "" if proposed.total is None else bare_points(in_tenths([proposed.total])[0])


def _why(decided: str, before: Score | None, after: Score | None) -> Iterator[str]:
    """What was decided by hand in between, and the part of the score that made most of the difference."""
    if decided:
        yield f"{decided}."
    part = greatest_part(before, after) if before and after else None
    kind, more = part or ("", 0)
    [tenths] = in_tenths([abs(more)])
    if tenths:
        text = _("%(part)s: %(points)s mer.") if more > 0 else _("%(part)s: %(points)s mindre.")
        yield text % {"part": PARTS[kind], "points": points(tenths)}


def _standing(plan: Plan, some: Sequence[Proposed], names: Mapping[int, str]) -> Sequence[tuple[str, str, str, str]]:
    """Households that are in one plan alone: what leads to them, the name, the proposal, and what has come of it."""
    found = proposals_about(plan, [each.subject_id for each in some]) if some else ()
    return [
        (each.subject.reference, names[each.subject_id], _place(each.municipality), standing_words(each)[0])
        for each in found
    ]
