"""A child who comes to those who refuse, after the no: it has refused nothing, and is protected as the others are."""

from datetime import date

from fotfeste.accommodation.public import everyone_of
from fotfeste.kernel.ages import ADULT_AT
from fotfeste.refusal.domain.course import Course
from fotfeste.refusal.domain.types import Happening
from fotfeste.refusal.models import Refusal
from fotfeste.refusal.queries.cases import case_of
from fotfeste.registry.public import members_of


def take_in_children(refusal: Refusal, today: date) -> None:
    """Children of the household who have come to live at a centre with adults who refuse are in the refusal from now.

    So that nobody's child is left at a centre by an eviction, and guardian and child welfare are told of whoever came
    alone. Not where an adult has said yes: a child goes with whom it belongs to, and whose it is nobody has said. For
    a locked refusal.
    """
    course = Course(case_of(refusal))
    if course.first(Happening.ACCEPTED):
        return
    centres = {each.subject_id: each.centre_id for each in everyone_of(refusal.subject_id, today) if each.centre_id}
    refusing = {centres.get(int(each.id)) for each in course.adults(today)} - {None}
    young = [each.subject_id for each in members_of(refusal.subject_id, today) if each.age < ADULT_AT]
    come = [each for each in young if each not in refusal.persons and centres.get(each) in refusing]
    if come:
        refusal.persons = sorted([*refusal.persons, *come])
        refusal.save(update_fields=["persons"])
