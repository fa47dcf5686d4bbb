"""What the municipality has seen to of one household: checks, contact, reports; and the host's other agreements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from fotfeste.access.public import Subject
from fotfeste.accommodation.public import Stay, StayKind
from fotfeste.alternative.domain.local import must_report, report_due, years_lived
from fotfeste.alternative.models import ContactMade, ContactPerson, HousingCheck, PrivateResident, YearlyReport
from fotfeste.alternative.queries.living import PRIVATE
from fotfeste.alternative.rules import book
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import GroupMembership, household_names


def checks_of(group_id: int) -> list[HousingCheck]:
    """The checks of the homes of a household that the session sees, the latest first. One query."""
    rows = HousingCheck.objects.current().filter(subject_id=group_id).select_related("organisation", "recorded_by")
    return list(rows.order_by("-checked_on", "-pk"))


def contacts_of(group_id: int) -> list[ContactMade]:
    """The contact log of a household, the latest first; empty for others than its municipality. One query."""
    rows = ContactMade.objects.current().filter(subject_id=group_id).select_related("recorded_by")
    return list(rows.order_by("-held_on", "-pk"))


def contact_person_of(group_id: int, day: date) -> ContactPerson | None:
    """Who the household turns to on a day. One query."""
    rows = ContactPerson.objects.current().filter(subject_id=group_id, period__contains=day)
    return rows.select_related("user", "organisation").first()


def reports_of(person_ids: Sequence[int]) -> list[YearlyReport]:
    """The yearly reports of these persons, the latest year first. One query."""
    rows = YearlyReport.objects.current().filter(subject_id__in=list(person_ids)).select_related("organisation")
    return list(rows.order_by("-year", "subject_id"))


def told_of(numbers: Sequence[str]) -> list[PrivateResident]:
    """What municipalities' registers say of the persons with these numbers, to those who know them. One query."""
    rows = PrivateResident.objects.filter(duf_number__in=list(numbers)).select_related("organisation")
    return list(rows.order_by("-told_on", "-pk")) if numbers else []


@dataclass(frozen=True, slots=True)
class SameHost:
    """Another household in the municipality with the same host, and how that is known."""

    reference: str
    name: str
    host: str
    has_same_address: bool
    has_same_contact: bool


def others_of_the_host(
    viewer: Viewer, group_id: int, stays: Sequence[Stay], mine: Sequence[HousingCheck], day: date
) -> list[SameHost]:
    """Other households that live privately in the viewer's municipality at the same address, or where the host is
    reached in the same way (ALT-11). Only those whom the municipality follows up. Four queries at most.

    `stays` are the household's in the municipality, `mine` the checks that the municipality has made.
    """
    homes = {(stay.street, stay.postal_code) for stay in stays if stay.street}
    homes |= {(check.street, check.postal_code) for check in mine}
    contacts = {check.host_contact for check in mine} - {""}
    if not homes and not contacts:
        return []
    at_home = Q()
    for street, postal_code in homes:
        at_home |= Q(street__iexact=street, postal_code=postal_code)
    checks = (
        HousingCheck.objects.current()
        .filter(at_home | Q(host_contact__in=[*contacts]) if contacts else at_home)
        .filter(organisation_id=viewer.organisation_id)
        .exclude(subject_id=group_id)
    )
    found: dict[int, tuple[str, bool, bool]] = {}
    for check in checks.order_by("checked_on", "pk"):
        same_home = (check.street.casefold(), check.postal_code) in {(s.casefold(), p) for s, p in homes}
        found[check.subject_id] = (check.host_name, same_home, check.host_contact in contacts)
    for group in _groups_at(viewer, at_home, day) if homes else []:
        if group != group_id and group not in found:
            found[group] = ("", True, False)
    if not found:
        return []
    names = household_names(found, day)
    references: Mapping[int, str] = dict(Subject.objects.filter(pk__in=found).values_list("pk", "reference"))
    return [
        SameHost(references[group], names[group], host, same_home, same_contact)
        for group, (host, same_home, same_contact) in sorted(found.items(), key=lambda item: names[item[0]])
    ]


def _groups_at(viewer: Viewer, at_home: Q, day: date) -> list[int]:
    """The households that live at one of the addresses in the municipality on a day."""
    stays = Stay.objects.current().filter(
        at_home, municipality_id=viewer.organisation_id, kind__in=PRIVATE, period__contains=day
    )
    rows = GroupMembership.objects.current().filter(subject_id__in=stays.values("subject_id"), period__contains=day)
    return sorted(set(rows.values_list("group_id", flat=True)))


@dataclass(frozen=True, slots=True)
class LateReport:
    """A report that UDI should have had."""

    reference: str
    name: str
    municipality: str
    year: int
    due_on: date


def late_reports(day: date) -> list[LateReport]:
    """What UDI has not been told of persons on AMOT although the day for it has passed, the oldest first.

    By person and year, from the stays that the session sees. Four queries.
    """
    stays = Stay.objects.current().filter(kind=StayKind.AMOT).select_related("municipality")
    sent = set(YearlyReport.objects.current().values_list("subject_id", "organisation_id", "year"))
    lacking: dict[tuple[int, int, int], str] = {}
    for stay in stays:
        for year in years_lived([stay.period], day):
            key = (stay.subject_id, stay.municipality_id or 0, year)
            if key in sent or not must_report(StayKind.AMOT, year, book()):
                continue
            if report_due(year, book()).is_late_on(day):
                lacking[key] = stay.municipality.name if stay.municipality else ""
    persons = {person for person, _, _ in lacking}
    groups = dict(
        GroupMembership.objects.current()
        .filter(subject_id__in=persons)
        .order_by("pk")
        .values_list("subject_id", "group_id")
    )
    names = household_names(set(groups.values()), day)
    references = dict(Subject.objects.filter(pk__in=groups.values()).values_list("pk", "reference"))
    return [
        LateReport(references[groups[person]], names[groups[person]], place, year, report_due(year, book()).on)
        for (person, _, year), place in sorted(lacking.items(), key=lambda item: (item[0][2], item[1], item[0][0]))
        if person in groups
    ]
