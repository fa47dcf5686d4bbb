"""Where those whom a refusal is about live, also whom the session does not see."""

from collections.abc import Collection
from datetime import date

from fotfeste.accommodation.public import everyone_of
from fotfeste.refusal.domain.course import Course
from fotfeste.refusal.domain.types import Happening
from fotfeste.refusal.models import Refusal
from fotfeste.refusal.queries.cases import case_of, open_refusal_of, refusal_of


def centres_of(refusal: Refusal, day: date, persons: Collection[int] = ()) -> list[int]:
    """The centres where somebody of them stays, or of those of them who are named. One query."""
    everyone, whom = everyone_of(refusal.subject_id, day), persons or refusal.persons
    return sorted({each.centre_id for each in everyone if each.centre_id and each.subject_id in whom})


def staying_of(refusal: Refusal, day: date) -> frozenset[int]:
    """Those of them who stay at a centre. One query."""
    everyone = everyone_of(refusal.subject_id, day)
    return frozenset(each.subject_id for each in everyone if each.centre_id and each.subject_id in refusal.persons)


def still_refusing(group_id: int) -> frozenset[int]:
    """Those of a household with whom an open refusal goes on. Up to three queries."""
    refusal = open_refusal_of(group_id)
    if refusal is None:
        return frozenset()
    return frozenset(int(each.id) for each in Course(case_of(refusal)).present())


def said_yes(group_id: int) -> frozenset[int]:
    """Those of a household who were in its last refusal and have said yes after all. Up to three queries."""
    refusal = refusal_of(group_id)
    if refusal is None:
        return frozenset()
    course = Course(case_of(refusal))
    out = {each.id: course.out(each.id) for each in course.case.residents}
    return frozenset(int(name) for name, event in out.items() if event and event.kind is Happening.ACCEPTED)
