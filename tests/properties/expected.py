"""What the facts of a household ask for: its open tasks, and who must and may know of whom. Pure functions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tests.properties.seen import Case, Household, Seen

type Task = tuple[str, int]
type Need = tuple[int, str]

OF_THE_CENTRE = {
    "interview_due": "hold_interview",
    "offered": "register_offer_answer",
    "accepted": "arrange_journey",
    "journey_agreed": "register_departure",
}
OF_IMDI = {"queued": "find_municipality", "municipality_found": "make_offer", "requested": "follow_request"}
OF_A_MUNICIPALITY = ("asked_to_settle", "offered_here")
OF_THE_MUNICIPALITY = {"requested": "answer_request", "journey_agreed": "prepare_arrival"}
ASKED = ("requested", "municipality_found")
OFFERED = ("offered", "accepted", "journey_agreed")


@dataclass(frozen=True, slots=True)
class Offices:
    """The organisations that there is one of."""

    udi: int
    imdi: int


def expected_tasks(household: Household, offices: Offices) -> frozenset[Task]:
    """The open tasks of a household: kind and whose. Nobody is to do anything for a household without people, but
    a municipality sees that it has lost it."""
    notices = {("see_withdrawal", place) for place in household.told_withdrawn}
    changes = {("see_change", place) for place in household.told_changed}
    if not household.members:
        return frozenset(notices)
    return frozenset(
        {
            *notices,
            *changes,
            *_of_places(household, offices),
            *(_of_case(household.case, offices, has_permit=household.has_permit) if household.case else ()),
            *_of_permits(household, offices),
            *_of_refusal(household, offices),
            *([("see_private_move", offices.imdi)] if household.has_unseen_move else ()),
            *([("see_household_again", offices.imdi)] if household.has_unseen_growth else ()),
        }
    )


def _of_places(household: Household, offices: Offices) -> Iterable[Task]:
    never = set(household.members) - household.ever_stayed
    if never and (household.stays or never == set(household.members)):
        yield "place_group", offices.udi
    for centre in household.centres:
        here = {person for person, where in household.stays.items() if where == centre}
        if here - household.bedded:
            yield "assign_beds", centre
        if here & household.away:
            yield "follow_absence", centre


def _of_permits(household: Household, offices: Offices) -> Iterable[Task]:
    if household.case is None or not household.case.is_open or household.has_permit:
        return
    if household.are_all_refused or not household.case.waits_for_decision:
        yield "decide_without_permit", offices.imdi


def _of_refusal(household: Household, offices: Offices) -> Iterable[Task]:
    """The centres talk with those who refuse, UDI writes to the adults among them, and closes when they have left."""
    if household.is_refusing and not household.refusing:
        yield "refusal_close", offices.udi
    for person in household.refusing:
        yield "refusal_talk", household.stays[person]
    if household.refusing & household.refusing_adults:
        yield "refusal_first_letter", offices.udi


def _of_case(case: Case, offices: Offices, *, has_permit: bool) -> Iterable[Task]:
    if case.state in OF_THE_CENTRE and case.centre:
        yield OF_THE_CENTRE[case.state], case.centre
    if case.is_open and case.centre and case.has_untold_withdrawal:
        yield "tell_withdrawal", case.centre
    if case.is_open:
        yield from _of_what_is_beside(case)
    if case.state in OF_IMDI and (case.state != "queued" or has_permit):
        yield OF_IMDI[case.state], offices.imdi  # nobody looks for a municipality for those who have no permit
    if case.state in OF_THE_MUNICIPALITY:
        yield OF_THE_MUNICIPALITY[case.state], case.municipality
    if case.is_open and case.has_open_travel_question:
        yield "approve_travel", offices.udi
    if case.is_open and case.has_unread_note:
        yield "read_settlement_note", offices.imdi
    if case.state == "refused" and case.is_followed:
        yield "follow_refusal", offices.imdi
    if case.state == "settled" and not case.has_arrived:
        yield from _until_they_come(case, offices)


def _of_what_is_beside(case: Case) -> Iterable[Task]:
    if case.state == "journey_agreed" and case.centre and case.is_to_book:
        yield "book_journey", case.centre
    if case.state == "journey_agreed" and case.centre and case.is_unlike_car:
        yield "fit_car", case.centre
    if case.is_supplemented and case.centre:
        yield "supplement_interview", case.centre
    if case.is_corrected and case.centre:
        yield "correct_interview", case.centre
    if case.is_asked_of_needs:
        yield "confirm_need", case.municipality


def _until_they_come(case: Case, offices: Offices) -> Iterable[Task]:
    """The municipality waits for them; once it has told that they did not come, IMDi follows that up."""
    if not case.has_missed:
        yield "receive_household", case.municipality
    elif not case.is_no_show_followed:
        yield "follow_no_show", offices.imdi


def required_needs(household: Household, offices: Offices, seen: Seen) -> Mapping[int, frozenset[Need]]:
    """Who must know of the household and of each of its people, and why."""
    if not household.members:
        return {}
    of_all = {(offices.udi, "protection_case"), *_of_the_case(household.case, offices)}
    found = {household.key: frozenset({*of_all, *((centre, "lives_here") for centre in household.centres)})}
    # Who left on their own before is not settled with the rest.
    of_each = {(whose, why) for whose, why in of_all if why != "settled_here"}
    for person in household.members:
        lives = {(household.stays[person], "lives_here")} if person in household.stays else set()
        # Whoever registered them knows of them until some days after they are placed.
        has_stayed = person in household.ever_stayed
        registrars = () if has_stayed else ((each, "registered_here") for each in seen.registrars[person])
        # Who left on their own before a municipality was asked is unknown to it; who leaves afterwards it has seen.
        has_left = has_stayed and person not in household.stays
        theirs = {(whose, why) for whose, why in of_each if not (has_left and why in OF_A_MUNICIPALITY)}
        found[person] = frozenset({*theirs, *lives, *registrars})
    return found


def permitted_needs(household: Household, offices: Offices, seen: Seen) -> Mapping[int, frozenset[Need]]:
    """Who may know, at most. The centre where others of the household live may know of a member who does not."""
    everyone_ever = frozenset(seen.registrars)
    found = {
        (offices.udi, "protection_case"),
        *_of_the_case(household.case, offices),
        *_after_refusal(household.case, offices),
        *((centre, "lives_here") for centre in household.centres),
        *((office, "registered_here") for person in everyone_ever for office in seen.registrars[person]),
        *((place, "settled_here") for person in household.members for place in seen.settled_in.get(person, ())),
    }
    return {subject: frozenset(found) for subject in (household.key, *household.members)}


def _of_the_case(case: Case | None, offices: Offices) -> Iterable[Need]:
    if case is None:
        return
    if case.is_open:
        yield offices.imdi, "settlement_case"
    if case.state in ASKED:
        yield case.municipality, "asked_to_settle"
    if case.state in OFFERED:
        yield case.municipality, "offered_here"
    if case.state == "settled":
        yield case.municipality, "settled_here"


def _after_refusal(case: Case | None, offices: Offices) -> Iterable[Need]:
    """Until the household has left, the municipality holds its offer open and IMDi follows the refusal."""
    if case is not None and case.state == "refused":
        yield offices.imdi, "settlement_case"
        yield case.offered_by, "offered_here"
