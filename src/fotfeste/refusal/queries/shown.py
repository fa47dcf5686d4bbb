"""A refusal as its pages show it: the facts, what has happened, and how it stands today."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from fotfeste.refusal.domain.course import Course
from fotfeste.refusal.domain.moves import Move, moves
from fotfeste.refusal.domain.plan import Plan, plan
from fotfeste.refusal.domain.types import Case, Event, Happening
from fotfeste.refusal.models import Refusal, RefusalEvent
from fotfeste.refusal.queries.cases import TOLD, Born, case_from, cases_of
from fotfeste.registry.public import Member, PersonDetails


@dataclass(frozen=True, slots=True)
class Shown:
    """A refusal with its plan and whose moves it is on a day."""

    refusal: Refusal
    case: Case
    events: tuple[RefusalEvent, ...]  # in order; empty in a list
    plan: Plan
    moves: tuple[Move, ...]
    day: date

    @property
    def course(self) -> Course:
        """What the events come to."""
        return Course(self.case)

    @property
    def is_open(self) -> bool:
        """Something can still happen in it."""
        return self.refusal.closed_on is None

    def after(self, kind: Happening, residents: Sequence[str] = (), *, names_on: date | None = None) -> Plan:
        """How it would stand if that were done today: what a form shows before it is sent. Raises NoRule."""
        event = Event(kind, self.day, tuple(residents), names_on)
        return plan(Case(self.case.residents, self.case.offer, (*self.case.events, event)), self.day)


def shown_of(group_id: int, members: Iterable[Member], day: date) -> Shown | None:
    """The refusal of a household, open or the last that was closed, of those of its members whom the viewer may see.

    One query; another where somebody was taken out of it after a petition. Raises NoRule.
    """
    rows = RefusalEvent.objects.filter(TOLD, subject_id=group_id, refusal__annulled_at=None)
    known = list(rows.select_related("refusal__organisation", "reported_by").order_by("holds_on", "pk"))
    if not known:
        return None
    refusal = max((row.refusal for row in known), key=lambda each: each.pk)
    told = [row for row in known if row.refusal_id == refusal.pk]
    events = tuple(row for row in told if row.annulled_at is None)
    born: dict[int, Born] = {member.subject_id: member for member in members}
    if gone := {row.resident_id for row in told if row.kind == Happening.TAKEN_OUT} - born.keys():
        born |= {row.subject_id: row for row in PersonDetails.objects.current().filter(subject_id__in=gone)}
    return _shown(refusal, case_from(refusal, born, told), events, day)


def shown(refusals: Sequence[Refusal], day: date) -> list[Shown]:
    """Several refusals on a day, in their order. Two queries. Raises NoRule."""
    cases = cases_of(refusals)
    return [_shown(each, cases[each.pk], (), day) for each in refusals]


def _shown(refusal: Refusal, case: Case, events: Sequence[RefusalEvent], day: date) -> Shown:
    return Shown(refusal, case, tuple(events), plan(case, day), tuple(moves(case, day)), day)
