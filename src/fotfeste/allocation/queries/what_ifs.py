"""What-ifs as IMDi reads them: the list, one of them with its municipalities, two beside each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from fotfeste.allocation.domain.kept import from_json
from fotfeste.allocation.domain.places import Planned
from fotfeste.allocation.domain.policy import Policy, Unknown
from fotfeste.allocation.domain.quality import missed_percent
from fotfeste.allocation.domain.question import Found, Outcome, Question
from fotfeste.allocation.domain.states import PLAN_PERMISSION, WHAT_IF
from fotfeste.allocation.models import WhatIf
from fotfeste.allocation.queries.board import BoardRow
from fotfeste.allocation.queries.plans import as_kept
from fotfeste.allocation.queries.policies import policy_for
from fotfeste.directory.public import Municipality
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotFound
from fotfeste.kernel.names import norwegian_sort_key
from fotfeste.platform.viewer import Viewer

ANSWERED = "answered"
MOST_TO_CHOOSE = 30


@dataclass(frozen=True, slots=True)
class Answer:
    """What a what-if came to. `missed`: at most so far from the best, in per cent."""

    what_if: WhatIf
    outcome: Outcome
    found: Found
    missed: Decimal

    @property
    def requests_count(self) -> bool:
        """Whether IMDi's request stood for the decision of a council that had made none; else nobody comes there."""
        return Unknown(self.what_if.policy["unknown_counts"]) is Unknown.POSSIBLE

    @property
    def persons_left(self) -> int:
        """Persons without a place when the year ends."""
        return self.outcome.persons - self.outcome.placed_persons

    @property
    def places_left(self) -> int:
        """Places that nobody has taken then."""
        return sum(each.room for each in self.outcome.received) - self.outcome.placed_persons


@dataclass(frozen=True, slots=True)
class Differing:
    """A municipality that receives more or fewer in the second of two."""

    number: str
    persons_before: int
    persons_after: int
    room_before: int
    room_after: int

    @property
    def more(self) -> int:
        """Persons more in the second."""
        return self.persons_after - self.persons_before


def what_ifs_for(viewer: Viewer) -> QuerySet[WhatIf]:
    """Those of the viewer's organisation, the latest first, without their numbers; none for who makes no plans."""
    if not viewer.may(PLAN_PERMISSION):
        return WhatIf.objects.none()
    found = WhatIf.objects.filter(organisation_id=viewer.organisation_id)
    return found.select_related("ordered_by", "stopped_by").defer("found", "outcome").order_by("-ordered_at", "-pk")


def what_if_of(viewer: Viewer, reference: str) -> WhatIf:
    """The what-if behind a reference. Raises NotFound."""
    found = what_ifs_for(viewer).filter(reference=reference).first()
    if found is None:
        raise NotFound("not_found")
    return found


def asked_now(viewer: Viewer, question: Question) -> WhatIf | None:
    """The what-if that is being computed of the same question, whoever asked it."""
    return what_ifs_for(viewer).filter(question_sha256=question.key, state=WHAT_IF.initial).first()


def question_of(what_if: WhatIf) -> Question:
    """What was asked."""
    return Question(what_if.values, what_if.arrivals_percent, what_if.places_percent, what_if.closed)


def answer_of(viewer: Viewer, reference: str) -> Answer:
    """The answer behind a reference. One query. Raises NotFound, also where there is none yet."""
    found = what_ifs_for(viewer).defer(None).filter(reference=reference, state=ANSWERED).first()
    if found is None or found.objective is None or found.bound is None:
        raise NotFound("not_found")
    return Answer(
        what_if=found,
        outcome=from_json(Outcome, found.outcome),
        found=from_json(Found, found.found),
        missed=missed_percent(found.objective, found.bound, found.objective),
    )


def others_to_compare(viewer: Viewer, what_if: WhatIf) -> Sequence[WhatIf]:
    """The other answered ones: first those that rest on the same and change nothing, however old, then the latest."""
    others = what_ifs_for(viewer).filter(state=ANSWERED).exclude(pk=what_if.pk)
    unchanged = ExpressionWrapper(
        Q(question_sha256=Question().key, input_sha256=what_if.input_sha256), output_field=BooleanField()
    )
    return list(others.order_by(unchanged.desc(), *others.query.order_by)[:MOST_TO_CHOOSE])


def policy_asked(what_if: WhatIf) -> Policy:
    """The policy that an answered one was weighed by. One query. Raises ValueError for one that is not answered."""
    if what_if.as_known_at is None:
        raise ValueError(f"what-if {what_if.pk} is not answered")
    on = legal_day(what_if.as_known_at)
    then = policy_for(what_if.organisation_id, on, name=what_if.policy_name, known_at=what_if.as_known_at)
    return as_kept(then, what_if.policy)


def rows_of(answer: Answer) -> Sequence[BoardRow]:
    """Every municipality, by name: its places of the year are those it had used and those that there are in the
    question. One query.
    """
    country = {each.number: each for each in Municipality.objects.select_related("county").order_by("sort_key")}
    rows = [
        BoardRow(
            number=each.number,
            name=country[each.number].name,
            county=country[each.number].county_id,
            county_name=country[each.number].county.name,
            left=each.room,
            places=replace(places, decided=places.taken + each.room, decided_year=None, kept={}),
            planned=Planned(each.groups, each.persons),
        )
        for each, places in zip(answer.outcome.received, answer.found.places, strict=True)
    ]
    return sorted(rows, key=lambda row: norwegian_sort_key(row.name))


def differing(before: Answer, after: Answer) -> Sequence[Differing]:
    """The municipalities that receive more or fewer, the greatest change first."""
    first, second = (_by_number(each) for each in (before, after))
    found = []
    for number in sorted(first.keys() | second.keys()):
        (persons, room), (persons_after, room_after) = (each.get(number, (0, 0)) for each in (first, second))
        found.append(Differing(number, persons, persons_after, room, room_after))
    return sorted((each for each in found if each.more), key=lambda row: (-abs(row.more), row.number))


def _by_number(answer: Answer) -> Mapping[str, tuple[int, int]]:
    """Persons and room of each municipality."""
    return {each.number: (each.persons, each.room) for each in answer.outcome.received}
