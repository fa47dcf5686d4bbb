"""What a plan is made from, read as the viewer sees it: households in the queue, municipalities with room."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from fotfeste.allocation.domain.expected import NOBODY, WEEK, Expected, expected, season
from fotfeste.allocation.domain.households import Household, Person
from fotfeste.allocation.domain.needs import Interviewed, needs_of, uses_of
from fotfeste.allocation.domain.places import Places
from fotfeste.allocation.domain.policy import Policy
from fotfeste.allocation.domain.types import (
    Group,
    Municipality,
    Offer,
    OfferKind,
    Resource,
    SaidNo,
    Service,
    Steering,
    WeekRoom,
    age_band,
)
from fotfeste.allocation.queries.policies import policy_for
from fotfeste.allocation.queries.steering import Standing, standing_steering
from fotfeste.directory.public import Neighbour
from fotfeste.directory.reference.projection import LatLon
from fotfeste.directory.reference.read import monthly_applications
from fotfeste.kernel.calendar import Week
from fotfeste.platform.viewer import Viewer
from fotfeste.self_settlement.public import waits_in_queue
from fotfeste.settlement.public import (
    Capability,
    InQueue,
    LocalService,
    MunicipalityLine,
    Offered,
    PlaceKind,
    counting_year,
    in_queue,
    kept_of_all,
    municipality_lines,
    offered_by_all,
    recently_in_queue,
    resources_left_of_all,
    week_rooms_of_all,
)


@dataclass(frozen=True, slots=True)
class Candidates:
    """The groups of a plan in their order, each with its case, the subject that it hangs on and who is in it by age
    band, sex and citizenship; the municipalities, each with its places, with the organisation of each by number; the
    policy that weighs; what is steered, as a plan takes it and as it stands; the year whose places they are; and whom
    to expect after them.
    """

    groups: tuple[Group, ...]
    cases: tuple[tuple[int, int], ...]  # case, subject
    households: tuple[Household, ...]
    municipalities: tuple[Municipality, ...]
    places: tuple[Places, ...]
    organisations: Mapping[str, int]
    policy: Policy
    steering: Steering
    standing: Standing
    year: int
    expected: Expected = NOBODY


def candidates_on(viewer: Viewer, day: date, group_id: int | None = None, *, week: Week | None = None) -> Candidates:
    """Whom and what a plan of a week can choose among, as of a day; the week of the day where none is named, and one
    household alone where `group_id` is given. Noes, closed municipalities and the places of the year are the week's: on
    30 December that may be another year than the day's. A protected household is there for those alone who are named
    for it. Raises NoRule.
    """
    week = week or Week.of(day)
    waiting, lines = in_queue(viewer, day, group_id, week=week), municipality_lines(day, week=week)
    if group_id is None:
        waiting = _without_those_who_ask(waiting, day)
    municipalities = _municipalities(lines, day, week)
    standing = standing_steering(viewer, week)
    references = {each.case.subject_id: str(place) for place, each in enumerate(waiting)}
    return Candidates(
        groups=tuple(_group(place, each) for place, each in enumerate(waiting)),
        cases=tuple((each.case.pk, each.case.subject_id) for each in waiting),
        households=tuple(_household(each) for each in waiting),
        municipalities=municipalities,
        places=tuple(_places(line, each.kept) for line, each in zip(lines, municipalities, strict=True)),
        organisations={line.number: line.organisation.pk for line in lines},
        policy=policy_for(viewer.organisation_id, day),
        steering=standing.for_plan(references),
        standing=standing,
        year=counting_year(week, day),
    )


def _without_those_who_ask(waiting: Sequence[InQueue], day: date) -> list[InQueue]:
    """Those of the queue whom a plan may choose for: not who asks a municipality by itself, for as long as plans wait
    for the answer, the home or IMDi by the dated rules (ADR 0055). One query.
    """
    asking = waits_in_queue(None, day)
    return [each for each in waiting if (found := asking.get(each.case.subject_id)) is None or not found.is_yes]


def with_expected(found: Candidates, viewer: Viewer, day: date) -> Candidates:
    """The same, with whom the policy expects in the coming weeks: groups like those of late that the viewer sees."""
    if not found.policy.numbers["coming_weeks"]:
        return found
    recent = recent_groups(viewer, found.policy, day)
    return replace(found, expected=expected(recent, found.policy, day, found.year, season(monthly_applications())))


def recent_groups(viewer: Viewer, policy: Policy, day: date, but: Collection[int] = ()) -> list[Group]:
    """The groups of late that the viewer sees, which those to come are like; without some, by subject."""
    since = day - WEEK * policy.numbers["recent_weeks"]
    came = [each for each in recently_in_queue(viewer, since, day) if each.case.subject_id not in but]
    return [_group(place, each) for place, each in enumerate(came)]


def _group(place: int, waiting: InQueue) -> Group:
    """A household as the plan knows it: by its place, and by nothing that leads to it."""
    members = [
        Interviewed(each.age, each.is_adult, each.is_unaccompanied_minor, each.answers, turns=each.turns)
        for each in waiting.members
    ]
    needs = needs_of(members, waiting.needs)
    return Group(
        reference=str(place),
        # As many as the case counts: somebody may be at a centre that nobody here sees.
        uses={**uses_of(members, needs), Resource.PERSONS: waiting.case.size},
        due_since_on=waiting.case.due_since_on,
        goal_on=waiting.goal_on,
        needs=needs,
        centre=str(waiting.case.centre_id) if waiting.host else "",
        host=waiting.host,
        lives_in=waiting.lives_in,
        said_no=tuple(SaidNo(number, declined) for number, declined in sorted(waiting.said_no.items())),
    )


def _household(waiting: InQueue) -> Household:
    """Who is in it, as far as fairness asks: ages as the first of their band."""
    return Household(
        persons=tuple(Person(age_band(each.age), each.sex, each.citizenship) for each in waiting.members),
        is_unaccompanied=any(each.is_unaccompanied_minor for each in waiting.members),
    )


def _municipalities(lines: Sequence[MunicipalityLine], day: date, week: Week) -> tuple[Municipality, ...]:
    neighbours: dict[str, set[str]] = {}
    for number, other in Neighbour.objects.order_by("pk").values_list("municipality_id", "neighbour_id"):
        neighbours.setdefault(number, set()).add(other)
    places, kept, offered = resources_left_of_all(day), kept_of_all(day, week), offered_by_all(day)
    weeks = week_rooms_of_all(day, week)
    return tuple(
        replace(
            _municipality(line, places.get(line.organisation.pk, {})),
            neighbours=frozenset(neighbours.get(line.number, ())),
            kept={str(centre): persons for centre, persons in kept.get(line.organisation.pk, {}).items()},
            services=_services(line.declared, line.services),
            offers=_offers(offered.get(line.organisation.pk)),
            week=WeekRoom(*weeks[line.organisation.pk]) if line.organisation.pk in weeks else None,
        )
        for line in lines
    )


def _municipality(line: MunicipalityLine, places: Mapping[PlaceKind, int]) -> Municipality:
    """A municipality with what is left when all that it is asked for come, also beyond what is held for them."""
    figures, place = line.figures, line.organisation.municipality
    if place is None:
        raise ValueError(f"{line.number} is no municipality")
    left = {Resource(kind): number for kind, number in places.items()}
    if figures.left is not None:
        left[Resource.PERSONS] = figures.left + figures.kept - figures.asked_beyond
    if figures.left_minors is not None:
        left[Resource.MINORS] = min(figures.left_minors, left.get(Resource.MINORS, figures.left_minors))
    return Municipality(
        number=line.number,
        name=line.organisation.name,
        centre=LatLon(float(place.latitude), float(place.longitude)),
        left=left,
        requested=line.requested,
        taken=figures.settled + figures.promised + figures.asked,
        capabilities=line.declared,
    )


def _places(line: MunicipalityLine, kept: Mapping[str, int]) -> Places:
    """The places as the pages of a plan show them: all who are asked for count, also those beyond the decision."""
    figures = line.figures
    return Places(
        decided=figures.decided,
        requested=line.requested,
        settled=figures.settled,
        promised=figures.promised,
        asked=figures.asked,
        kept=kept,
        decided_year=None if figures.decided_year == figures.year else figures.decided_year,
    )


def _services(declared: Mapping[Capability, bool], said: Mapping[LocalService, bool]) -> dict[Service, bool]:
    """What a municipality has said of services; of homes with pets it says the same for those who must have one."""
    found = {Service(each): has for each, has in said.items()}
    return found | {Service.PET_HOME: declared[Capability.PETS]} if Capability.PETS in declared else found


def _offers(said: Offered | None) -> frozenset[Offer] | None:
    """What a municipality has said of work and education; None where it has said nothing."""
    if said is None:
        return None
    return frozenset(
        Offer(OfferKind(kind), str(each.field), each.occupation)
        for kind, offerings in said.items()
        for each in offerings
    )
