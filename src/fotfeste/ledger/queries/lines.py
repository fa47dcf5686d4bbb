"""From an amount to what it rests on: a person's month, each line with its fact, what it corrects, its run and payment
(MON-03).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fotfeste.accommodation.public import Stay
from fotfeste.kernel.errors import NotFound
from fotfeste.ledger.models import Line, LineCorrection, Payment, Run
from fotfeste.ledger.queries.counting import is_paid
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import GroupMembership, PersonDetails


@dataclass(frozen=True, slots=True)
class LineExplained:
    """Everything that an amount rests on, as far as the viewer sees it. `run` is UDI's alone."""

    line: Line
    stay: Stay | None
    corrects: tuple[Line, ...]
    corrected_by: tuple[Line, ...]
    run: Run | None
    is_paid: bool
    payment: Payment | None


@dataclass(frozen=True, slots=True)
class MonthExplained:
    """A person's month: every line of it that the viewer sees, in the order written."""

    subject_id: int
    person: str  # empty where the viewer does not see who it is
    household_id: int | None
    household: str  # the reference of its page; empty where there is none for the viewer
    lines: tuple[LineExplained, ...]


def month_explained(viewer: Viewer, reference: str, month: date) -> MonthExplained:
    """A person's month with everything that its amounts rest on. Raises NotFound where the viewer sees none."""
    if not (viewer.may("ledger.see") or viewer.may("ledger.see_own")):
        raise NotFound("not_found")
    found = Line.objects.filter(subject__reference=reference, month=month)
    lines = list(found.select_related("municipality", "reported_by").annotate(has_paid=is_paid()).order_by("pk"))
    if not lines:
        raise NotFound("not_found")
    subject_id = lines[0].subject_id
    household_id, household = _household(subject_id)
    return MonthExplained(
        subject_id=subject_id,
        person=names_of([subject_id]).get(subject_id, ""),
        household_id=household_id,
        household=household,
        lines=_explained(lines),
    )


def _explained(lines: Sequence[Line]) -> tuple[LineExplained, ...]:
    """Each line with what it rests on. A query for each kind of thing, however many lines there are."""
    by_key = {line.pk: line for line in lines}
    stays = {
        stay.pk: stay
        for stay in Stay.objects.filter(pk__in=[line.stay_id for line in lines if line.stay_id is not None])
    }
    run_ids = {line.run_id for line in lines}
    runs = {run.pk: run for run in Run.objects.select_related("subject", "approved_by").filter(pk__in=run_ids)}
    sent = {(each.run_id, each.municipality_id): each for each in Payment.objects.filter(run_id__in=run_ids)}
    pairs = list(LineCorrection.objects.filter(line_id__in=by_key).values_list("line_id", "corrects_id").order_by("pk"))
    return tuple(
        LineExplained(
            line=line,
            stay=stays.get(line.stay_id or 0),
            corrects=tuple(by_key[old] for new, old in pairs if new == line.pk and old in by_key),
            corrected_by=tuple(by_key[new] for new, old in pairs if old == line.pk),
            run=runs.get(line.run_id),
            is_paid=line.has_paid,  # type: ignore[attr-defined]  # annotated above
            payment=sent.get((line.run_id, line.municipality_id)),
        )
        for line in lines
    )


def names_of(subject_ids: Iterable[int]) -> Mapping[int, str]:
    """What persons are called, by their keys, as far as the viewer sees them. One query."""
    details = PersonDetails.objects.filter(subject_id__in=set(subject_ids), annulled_at__isnull=True)
    return {
        subject_id: f"{given} {family}".strip()
        for subject_id, given, family in details.values_list("subject_id", "given_name", "family_name")
    }


def _household(subject_id: int) -> tuple[int | None, str]:
    """The household that a person was in last, as far as the viewer sees it."""
    memberships = GroupMembership.objects.filter(subject_id=subject_id, annulled_at__isnull=True)
    latest = memberships.order_by("-period").values_list("group_id", "group__subject__reference").first()
    return latest if latest else (None, "")
