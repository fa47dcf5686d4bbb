"""Who knows of a grant: UDI and the municipality, from the stay until claims of it are time-barred (GRANT_CASE)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fotfeste.access.public import Need, NeedReason, end_needs, open_needs, open_needs_of
from fotfeste.accommodation.public import Stay
from fotfeste.directory.public import Organisation, OrganisationKind
from fotfeste.grants.domain.periods import case_until
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.events import Told
from fotfeste.registry.public import GroupMembership

type Place = tuple[int, int]  # subject, organisation


@dataclass(frozen=True, slots=True)
class Wanted:
    """From when until when an organisation is to know: `until_on` None as long as the stay has no end."""

    from_on: date
    until_on: date | None


def follow_grant_cases(told: Told) -> None:
    """Bring needs to know of a household's grants in line with its stays as they are known now.

    Listens to `accommodation.private_stay_started`, `_ended` and `_corrected`: a late fact opens the case where it
    moves a stay to, and ends it, after its time, where the stay no longer is.
    """
    group_id, today = told.event.subject_id, legal_day(told.at)
    if group_id is None:
        return
    wanted = _wanted(group_id, today)
    subjects = sorted({subject for subject, _ in wanted} | {group_id, *_ever_members(group_id)})
    known = set(open_needs_of(subjects, NeedReason.GRANT_CASE))
    _end(known, wanted, today, told)
    _open(known, wanted, subjects, told)


def _ever_members(group_id: int) -> list[int]:
    members = GroupMembership.objects.current().filter(group_id=group_id)
    return sorted(set(members.values_list("subject_id", flat=True)))


def _wanted(group_id: int, today: date) -> Mapping[Place, Wanted]:
    """For each person and the household as a whole: the municipalities of their private stays, and UDI."""
    members = _ever_members(group_id)
    stays = list(Stay.objects.current().filter(subject_id__in=members, municipality__isnull=False))
    if not stays:
        return {}
    udi = Organisation.objects.get(kind=OrganisationKind.UDI).pk
    by_place: dict[Place, list[Stay]] = {}
    for stay in stays:
        for organisation_id in (udi, stay.municipality_id):
            for subject_id in (group_id, stay.subject_id):
                by_place.setdefault((subject_id, organisation_id), []).append(stay)
    return {place: _covering(found, today) for place, found in by_place.items()}


def _covering(stays: Sequence[Stay], today: date) -> Wanted:
    from_on = min(stay.period.start for stay in stays)
    ends = [stay.period.end for stay in stays]
    last = None if None in ends else max(end for end in ends if end is not None)
    return Wanted(from_on, case_until(last, today) if last else None)


def _end(known: Iterable[Place], wanted: Mapping[Place, Wanted], today: date, told: Told) -> None:
    """Open needs of those who live there no more get their end; where they never lived, after all, too."""
    ending: dict[tuple[int, date], list[int]] = {}
    for place in sorted(known):
        subject_id, organisation_id = place
        until = wanted[place].until_on if place in wanted else case_until(today, today)
        if until is not None:
            ending.setdefault((organisation_id, until), []).append(subject_id)
    for (organisation_id, until), subjects in sorted(ending.items()):
        end_needs(subjects, reason=NeedReason.GRANT_CASE, on=until, at=told.at, organisation_id=organisation_id)


def _open(known: set[Place], wanted: Mapping[Place, Wanted], subjects: Sequence[int], told: Told) -> None:
    """A need for each place that has none: of a stay without end an open one, of one that is over until its time."""
    had = set(
        Need.objects.filter(subject_id__in=subjects, reason=NeedReason.GRANT_CASE).values_list(
            "subject_id", "organisation_id"
        )
    )
    opening: dict[tuple[int, date, date | None], list[int]] = {}
    for place, each in sorted(wanted.items()):
        if place in known or (each.until_on is not None and place in had):
            continue
        opening.setdefault((place[1], each.from_on, each.until_on), []).append(place[0])
    for (organisation_id, from_on, until_on), whom in opening.items():
        open_needs(
            whom,
            organisation_id=organisation_id,
            reason=NeedReason.GRANT_CASE,
            from_on=from_on,
            until_on=until_on,
            at=told.at,
        )
