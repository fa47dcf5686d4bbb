"""Who needs to know of whom on a day, and why, as the facts alone give it. Nothing here asks what the program does.

From GUIDE 1.2, 1.3.1, 2.2, issue 2 and ADR 0014: UDI knows of everyone; who registered them until a week after they
were placed; a centre while they live there and thirty days after; IMDi while their case is open and ninety days after;
a municipality while it is asked, is offered, or has settled them. Facts have two clocks: whose departure is registered
late is followed up from then.

What must be known and what may be lie close together. Between the two is only what came along when households were
joined (REG-02): whoever knows of a household may know of a member for a reason that is the others'.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from fotfeste.kernel.calendar import legal_day
from tests.properties.facts import LEFT_SAME_DAY, Fact, Facts
from tests.properties.known_privately import may_know_privately, must_know_privately
from tests.properties.whole import rows

FOLLOWED_UP = timedelta(days=30)  # by a centre that they have left
SEEN_AFTERWARDS = timedelta(days=90)  # by IMDi, after the end of a case

type Known = tuple[int, int, str]  # subject, organisation, reason


@dataclass(frozen=True, slots=True)
class Bounds:
    """Who must know of whom, and who may."""

    must: frozenset[Known]
    may: frozenset[Known]


def bounds(facts: Facts) -> Bounds:
    """Who must know of whom today and why, and who may."""
    must, may = set[Known](), set[Known]()
    for person, registrar in facts.registrars.items():
        must.update((person, udi, "protection_case") for udi in facts.udi)
        must.update(_registered(facts, person, registrar))
        must.update(_lives(facts, person))
    for group in facts.groups:
        must.update((group, udi, "protection_case") for udi in facts.udi)
        for rule in (_household_lives, _household_registered, _with_imdi, _with_municipality):
            needed, allowed = rule(facts, group)
            must |= needed
            may |= allowed
        # What a centre may still know of one of them it may know of the household that they are now.
        people = facts.ever_in(group)
        may |= {(group, whose, why) for who, whose, why in must | may if why == "lived_here" and who in people}
    must |= must_know_privately(facts)
    may |= _settled_before(facts) | may_know_privately(facts)
    return Bounds(frozenset(must), frozenset(must | may))


def _of(subjects: Iterable[int], organisation: int, why: str) -> set[Known]:
    return {(subject, organisation, why) for subject in subjects}


def _registered(facts: Facts, person: int, registrar: int) -> Iterator[Known]:
    if facts.is_registrars(person):
        yield person, registrar, "registered_here"


def _lives(facts: Facts, person: int) -> Iterator[Known]:
    centre = facts.centre_of(person)
    if centre is not None:
        yield person, centre, "lives_here"
    for stay in facts.stays[person]:
        if _is_followed_up(facts, stay):
            yield person, stay.place, "lived_here"


def _is_followed_up(facts: Facts, stay: Fact) -> bool:
    return stay.left is not None and stay.left[0] <= facts.day < max(stay.left) + FOLLOWED_UP


def _household_lives(facts: Facts, group: int) -> tuple[set[Known], set[Known]]:
    """The centres where somebody of it lives know of the household, and may of the others; and so for a while after."""
    members, everyone = facts.members(group), facts.ever_in(group)
    centres = {centre for person in members if (centre := facts.centre_of(person)) is not None}
    must = {(group, centre, "lives_here") for centre in centres}
    may = {
        (each, centre, "lives_here")
        for centre in centres
        for each in members
        if not facts.has_left(group, each, centre) and _came_to(facts, group, each, centre)
    }
    for membership in facts.of_group[group]:
        for stay in facts.stays[membership.person]:
            over = (stay.last_seen, membership.last_seen, max(membership.left) if membership.left else None)
            ends = [each for each in over if each is not None]
            if not ends or facts.day < max(min(ends), stay.from_on) + FOLLOWED_UP:
                others = (each for each in everyone if _came_to(facts, group, each, stay.place))
                may |= _of([group, *others], stay.place, "lived_here")
            if _was_the_last(facts, group, stay) and _is_followed_up(facts, stay):
                must.add((group, stay.place, "lived_here"))
    return must, may


def _came_to(facts: Facts, group: int, person: int, centre: int) -> bool:
    """Whether somebody came to a household of which others lived at a centre, or were believed to."""
    for membership in facts.of_group[group]:
        if membership.person == person:
            at, on = membership.recorded_at, legal_day(membership.recorded_at)
            stays = (stay for member in facts.members_at(group, at) for stay in facts.stays[member])
            if any(
                stay.place == centre and stay.holds_on(on) and (stay.annulled_at is None or stay.is_known_at(at))
                for stay in stays
            ):
                return True
    return False


def _was_the_last(facts: Facts, group: int, stay: Fact) -> bool:
    """Whether nobody of the household was at the centre any more when it was registered that one of them had left."""
    at = stay.annulled_at if stay.why.startswith(LEFT_SAME_DAY) and stay.annulled_at else stay.recorded_at
    members = facts.members_at(group, at)
    return stay.person in members and not facts.is_anybody_at(stay.place, members, at)


def _household_registered(facts: Facts, group: int) -> tuple[set[Known], set[Known]]:
    """Whoever registered one of it knows of the household as long, and may of its others."""
    must, may = set[Known](), set[Known]()
    first = min((each.recorded_at for each in facts.of_group[group]), default=None)
    members = facts.members(group)
    for person in members or facts.ever_in(group):
        if not members or facts.is_registrars(person):
            may |= _of([group, *members], facts.registrars[person], "registered_here")
    for each in facts.of_group[group]:
        is_founder = each.recorded_at == first and each.annulled_at is None and each.until_on is None
        if is_founder and not facts.came_from_another(each) and facts.is_registrars(each.person):
            must.add((group, facts.registrars[each.person], "registered_here"))
    return must, may


def _with_imdi(facts: Facts, group: int) -> tuple[set[Known], set[Known]]:
    """IMDi, while it works on the case of the household, and for a while afterwards of those who were in it then."""
    must, may = set[Known](), set[Known]()
    members, case = facts.members(group), facts.cases.get(group)
    for end in (each for each in facts.ends if each["group_id"] == group):
        people = facts.members_at(group, end["at"])
        known = {each for imdi in facts.imdi for each in _of([group, *people], imdi, "settlement_case")}
        # A case is over when somebody says so; they are settled from the day that they left, or that it was told.
        told_on = legal_day(end["at"])
        over_on = told_on if end["transition"] == "close_case" else max(end["holds_on"] or told_on, told_on)
        if end["transition"] in ("close_case", "register_departure"):
            must |= known if facts.day < over_on + SEEN_AFTERWARDS else set()
        elif end["type"] == "settlement.not_arrived":
            may |= known if facts.day < legal_day(end["at"]) + SEEN_AFTERWARDS else set()
        elif end["type"] == "accommodation.departed":
            may |= known if facts.day < over_on + SEEN_AFTERWARDS else set()
    if case is not None and case["state"] not in ("settled", "closed"):
        known = {each for imdi in facts.imdi for each in _of([group, *members], imdi, "settlement_case")}
        lives = any(facts.centre_of(person) is not None for person in members)
        if case["state"] != "refused" or lives:
            must |= known
        elif not _left_after_refusal(facts, group):
            may |= known
    return must, may


def _left_after_refusal(facts: Facts, group: int) -> bool:
    """Whether the last of those who refused was registered as having left."""
    refused = max(
        (each["at"] for each in facts.ends if each["group_id"] == group and each["transition"] == "decline_offer"),
        default=None,
    )
    return refused is not None and any(
        each["type"] == "accommodation.departed"
        and each["group_id"] == group
        and each["at"] > refused
        and not facts.is_anybody_at(None, facts.members_at(group, each["at"]), each["at"])
        for each in facts.ends
    )


def _with_municipality(facts: Facts, group: int) -> tuple[set[Known], set[Known]]:
    """The municipality that is asked, is offered, or has settled them: of those who come."""
    case = facts.cases.get(group)
    if case is None or not case["place"]:
        return set(), set()
    members = facts.members(group)
    come = [group, *(person for person in members if person not in facts.gone(group))]
    if case["state"] == "settled":
        return _of(come, case["place"], "settled_here"), set()
    if case["state"] == "refused":
        lives = any(facts.centre_of(person) is not None for person in members)
        may = _of([group, *members], case["place"], "offered_here")
        held = lives and not case["have_left"]
        is_over = case["have_left"] or (not lives and _left_after_refusal(facts, group))
        return (_of(come, case["place"], "offered_here") if held else set()), (set() if is_over else may)
    why = "offered_here" if case["offer"] in ("open", "accepted") else "asked_to_settle"
    return _of(come, case["place"], why), set()


def _settled_before(facts: Facts) -> set[Known]:
    """Who was settled with a household and has been taken out of it since takes their municipality along."""
    found = set[Known]()
    settled = {group: case["place"] for group, case in facts.cases.items() if case["state"] == "settled"}
    places: dict[int, set[int]] = defaultdict(set)
    for group, place in settled.items():
        for person in facts.ever_in(group):
            places[person].add(place)
    for group in facts.groups:
        if len(facts.ever_in(group)) == 1:
            found |= {(group, place, "settled_here") for person in facts.ever_in(group) for place in places[person]}
    return found | {(person, place, "settled_here") for person, each in places.items() for place in each}


def wrongly_known(limits: Bounds, needs: Iterable[Known]) -> list[str]:
    """Who knows of somebody without a fact that gives it, and who does not know in spite of one, in words."""
    there = frozenset(needs)
    return [
        *(f"{whose} does not know of {subject}: {why}" for subject, whose, why in sorted(limits.must - there)),
        *(f"{whose} knows of {subject} without a fact: {why}" for subject, whose, why in sorted(there - limits.may)),
    ]


def needs_on(day: date) -> list[Known]:
    """The needs to know of a day, as the owner reads them."""
    sql = "SELECT subject_id, organisation_id, reason FROM access_need WHERE period @> %s::date AND until_at IS NULL"
    return [(subject, whose, why) for subject, whose, why in rows(sql, [day])]


def in_danger(day: date) -> dict[int, list[Known]]:
    """Whom emergency access has opened to a user, and to no other, for an hour that is not over; by user."""
    sql = """
        SELECT user_id, subject_id, organisation_id, reason FROM access_need
        WHERE period @> %s::date AND until_at > now()"""
    found: dict[int, list[Known]] = defaultdict(list)
    for user, *known in rows(sql, [day]):
        found[user].append((known[0], known[1], known[2]))
    return found
