"""The municipality's page «Bor privat»: who lives there now, who waits, who is in the register, what it asks for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, Subquery

from fotfeste.access.public import Compartment, Subject, is_known
from fotfeste.accommodation.public import Stay
from fotfeste.alternative.domain.local import Due, contact_due, due_after_days, is_given_in_time, notice_for
from fotfeste.alternative.models import ContactMade, ContactPerson, HousingCheck, LocalCondition, PrivateResident
from fotfeste.alternative.models import WaitingEntry as Entry
from fotfeste.alternative.queries.conditions import local_conditions
from fotfeste.alternative.queries.living import PRIVATE
from fotfeste.alternative.rules import book
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import GroupMembership, household_names

# What somebody opens the page for: what nobody has answered, and what was answered lately.
ANSWERED_SHOWN = 20


@dataclass(frozen=True, slots=True)
class LivesHere:
    """A household that lives privately in the municipality, in one line."""

    reference: str
    name: str
    persons: int
    scheme: str
    since_on: date
    host: str
    contact_person: str
    last_contact_on: date | None
    contact_by: Due
    result: str  # of the last check; empty where nobody has seen to the home
    look_again_on: date | None
    check_by: Due


@dataclass(frozen=True, slots=True)
class Waits:
    """Somebody on the waiting list, and when they are to be seen to."""

    entry: Entry
    see_from: Due
    answer_by: Due
    is_told_in_time: bool


def living_here(viewer: Viewer, day: date) -> list[LivesHere]:
    """The households that live privately in the viewer's municipality today, whom it has not heard from longest first.

    Six queries, however many they are.
    """
    groups = _groups(viewer, day)
    references = dict(Subject.objects.filter(pk__in=groups).values_list("pk", "reference"))
    names = household_names(groups, day)
    checks = {row.subject_id: row for row in _last(HousingCheck, groups, viewer, "checked_on")}
    contacts = {row.subject_id: row.held_on for row in _last(ContactMade, groups, viewer, "held_on")}
    people = _contact_people(groups, viewer, day)
    lines = []
    for group, (scheme, since_on, persons) in groups.items():
        check, last_on = checks.get(group), contacts.get(group)
        lines.append(
            LivesHere(
                reference=references[group],
                name=names[group],
                persons=persons,
                scheme=scheme,
                since_on=since_on,
                host=check.host_name if check else "",
                contact_person=people.get(group, ""),
                last_contact_on=last_on,
                contact_by=contact_due(max(last_on or since_on, since_on), book()),
                result=check.result if check else "",
                look_again_on=check.follow_up_on if check else None,
                check_by=due_after_days("alternative.housing_check_days", since_on, book()),
            )
        )
    return sorted(lines, key=lambda line: (line.contact_by.on, line.name))


def _groups(viewer: Viewer, day: date) -> Mapping[int, tuple[str, date, int]]:
    """The households, each with its scheme, the first day there, and how many of them."""
    lives = Stay.objects.current().filter(
        subject_id=OuterRef("subject_id"),
        municipality_id=viewer.organisation_id,
        kind__in=PRIVATE,
        period__contains=day,
    )
    # From the needs: whoever lives here is followed up, and the fence would else be asked of everybody.
    members = (
        GroupMembership.objects.current()
        .filter(
            is_known(viewer, OuterRef("group_id"), day, Compartment.HOUSING),
            period__contains=day,
            subject_id__in=Stay.objects.current()
            .filter(municipality_id=viewer.organisation_id, kind__in=PRIVATE, period__contains=day)
            .values("subject_id"),
        )
        .annotate(
            scheme=Subquery(lives.values("kind")[:1]),
            since_on=Subquery(lives.annotate(first=F("period__startswith")).values("first")[:1]),
        )
        .values_list("group_id", "scheme", "since_on")
    )
    found: dict[int, tuple[str, date, int]] = {}
    for group, scheme, since_on in members:
        _, first, persons = found.get(group, (scheme, since_on, 0))
        found[group] = (scheme, min(first, since_on), persons + 1)
    return found


def _last[F: HousingCheck | ContactMade](model: type[F], groups: Iterable[int], viewer: Viewer, by: str) -> list[F]:
    """The latest row of each household."""
    rows = model.objects.current().filter(subject_id__in=list(groups), organisation_id=viewer.organisation_id)
    return list(rows.order_by("subject_id", f"-{by}", "-pk").distinct("subject_id"))


def _contact_people(groups: Iterable[int], viewer: Viewer, day: date) -> Mapping[int, str]:
    rows = ContactPerson.objects.current().filter(
        subject_id__in=list(groups), organisation_id=viewer.organisation_id, period__contains=day
    )
    return dict(rows.values_list("subject_id", "user__name"))


def waiting_list(viewer: Viewer) -> tuple[list[Waits], list[Waits]]:
    """Those who wait for an answer, by the day that they want; and those who were answered last. Two queries."""
    mine = Entry.objects.filter(organisation_id=viewer.organisation_id)
    unanswered = mine.filter(outcome="").order_by("wanted_from", "pk")
    answered = mine.exclude(outcome="").order_by("-answered_on", "-pk")[:ANSWERED_SHOWN]
    return [waits(each) for each in unanswered], [waits(each) for each in answered]


def waits(entry: Entry) -> Waits:
    """An entry with its days, by the rules of the day that is wanted."""
    see_from, answer_by = notice_for(entry.wanted_from, book())
    return Waits(entry, see_from, answer_by, is_given_in_time(entry.listed_on, entry.wanted_from, book()))


def residents(viewer: Viewer) -> Sequence[PrivateResident]:
    """The viewer's municipality's register, the latest first. One query."""
    return list(PrivateResident.objects.filter(organisation_id=viewer.organisation_id).order_by("-told_on", "-pk"))


def own_conditions(viewer: Viewer, day: date) -> list[LocalCondition]:
    """What the viewer's municipality asks for today."""
    return local_conditions(viewer.organisation_id, day)
