"""Who of a household is an unaccompanied minor and missing, and who was told of it."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from fotfeste.accommodation.models import Absence, MissingReport
from fotfeste.accommodation.queries.where import absences_of
from fotfeste.registry.public import Member, unaccompanied_among


def missing_among(members: Iterable[Member], day: date) -> dict[int, Absence]:
    """Those of a household who are away on a day since they were unaccompanied minors, each with the absence (one
    query, or none): who comes of age while missing is still to be told of.
    """
    everyone = list(members)
    alone = sorted(each.subject_id for each in everyone if each.is_unaccompanied_minor)
    away = [each for each in absences_of(alone) if each.period.contains(day)] if alone else []
    return {each.subject_id: each for each in away if began_as_minor_alone(each, everyone)}


def began_as_minor_alone(absence: Absence, members: Iterable[Member]) -> bool:
    """Who is away was an unaccompanied minor on the first day of it, whatever their age is since."""
    return absence.subject_id in unaccompanied_among(members, absence.period.start)


def reports_of(person_ids: Collection[int]) -> list[MissingReport]:
    """Who was told of each of these persons, whenever they were missing, the latest time first (one query)."""
    found = MissingReport.objects.current().filter(subject_id__in=list(person_ids)).select_related("recorded_by")
    return list(found.order_by("-missing_from", "subject_id", "told_on", "pk"))


def told_of(missing: Mapping[int, date]) -> dict[int, set[str]]:
    """Who was told of each person, given the first day that they were missing (one query)."""
    told: dict[int, set[str]] = {person: set() for person in missing}
    for each in reports_of(list(missing)):
        if missing[each.subject_id] == each.missing_from:
            told[each.subject_id].add(each.party)
    return told
