"""Two act at once: both are held at a lock, then let go. One wins; the other is told, or comes next.

Nobody gets an error of the program, and afterwards every invariant of the country holds.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import connections

from fotfeste.accommodation.public import annul_departure, assign_beds, place_group
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import Mistake, StatusKind, members_of, register_status
from fotfeste.settlement.actions.places import declare_week_limit
from fotfeste.settlement.domain.types import DeclineReason
from fotfeste.settlement.public import (
    ClosingReason,
    WithdrawalReason,
    accept_request,
    agree_journey,
    close_case,
    confirm_arrival,
    decline_request,
    finish_interview,
    make_offer,
    register_offer_answer,
    release_municipality,
    report_no_show,
    send_request,
    withdraw_offer,
    withdraw_request,
)
from tests.acting import block_bed
from tests.actions.accommodation.people import beds_at, open_centre
from tests.actions.at_once import DONE, HOUSEHOLD, committed, is_whole, one_after_the_other
from tests.actions.registry.families import kovalenko
from tests.actions.settlement import stage
from tests.conftest import Cast
from tests.settlement_steps import HELD_ON, asked_and_heard, due_for_interview, placed, prepared, registered

__all__ = ["committed"]

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

MUNICIPALITY = "SELECT 1 FROM directory_organisation WHERE id = %s FOR UPDATE"
BEDS = "SELECT 1 FROM accommodation_bed WHERE %s IS NOT NULL FOR UPDATE"

type Act = Callable[[Cast, int], object]


# The acts: who does what, on the day of the cast.


def asks(of: str) -> Act:
    """IMDi asks a municipality."""

    def act(cast: Cast, group: int) -> object:
        to: Viewer = getattr(cast, of)
        with scope(cast.imdi, cast.day):
            return send_request(group, to.organisation_id, wanted_week=stage.WEEK, by=cast.imdi, at=cast.at)

    return act


def withdraws(cast: Cast, group: int) -> object:
    """IMDi takes the request back."""
    with scope(cast.imdi, cast.day):
        return withdraw_request(group, by=cast.imdi, at=cast.at)


def says_yes(cast: Cast, group: int) -> object:
    """The municipality says yes."""
    with scope(cast.municipality, cast.day):
        return accept_request(group, possible_week=stage.WEEK, by=cast.municipality, at=cast.at)


def says_no(cast: Cast, group: int) -> object:
    """The municipality says no."""
    with scope(cast.municipality, cast.day):
        return decline_request(
            group, reason=DeclineReason.NO_HOUSING, follows="not_until_reassessed", by=cast.municipality, at=cast.at
        )


def offers(cast: Cast, group: int) -> object:
    """IMDi makes the offer."""
    with scope(cast.imdi, cast.day):
        return make_offer(group, week=stage.WEEK, by=cast.imdi, at=cast.at)


def releases(cast: Cast, group: int) -> object:
    """IMDi lets the municipality go."""
    with scope(cast.imdi, cast.day):
        return release_municipality(group, by=cast.imdi, at=cast.at)


def answers(*, accepts: bool) -> Act:
    """The household's answer to the offer is registered."""

    def act(cast: Cast, group: int) -> object:
        with scope(cast.centre, cast.day):
            return register_offer_answer(
                group,
                accepts=accepts,
                answered_on=cast.day,
                answered_by_names="Olena og Andrij",
                answer_language="uk",
                consequences_shown=True,
                by=cast.centre,
                at=cast.at,
            )

    return act


def departs(cast: Cast, group: int) -> None:
    """The centre registers that they have left."""
    stage.depart(cast, group)


def agrees_on_the_journey(cast: Cast, group: int) -> object:
    """The centre agrees a journey."""
    with scope(cast.centre, cast.day):
        return agree_journey(group, stage.plan(), by=cast.centre, at=cast.at)


def finishes(cast: Cast, group: int) -> object:
    """The centre registers that the interview was held."""
    with scope(cast.centre, cast.day):
        return finish_interview(group, HELD_ON, by=cast.centre, at=cast.at)


def moves(cast: Cast, group: int) -> object:
    """UDI moves them to Råde."""
    with scope(cast.udi, cast.day):
        return place_group(group, cast.other_centre.organisation_id, cast.day, by=cast.udi, at=cast.at)


def gives_beds(cast: Cast, group: int) -> object:
    """The centre gives each of them a bed."""
    with scope(cast.centre, cast.day):
        people = [member.subject_id for member in members_of(group, cast.day)]
        beds = dict(zip(people, sorted(beds_of(cast)), strict=False))
        return assign_beds(group, beds, cast.day, by=cast.centre, at=cast.at)


def blocks_a_bed(cast: Cast, group: int) -> object:
    """The centre's administrator blocks a bed."""
    who = cast.centre_administrator
    with scope(who, cast.day):
        return block_bed(min(beds_of(cast)), cast.day, None, "repair", by=who, at=cast.at)


def grants(cast: Cast, group: int) -> object:
    """UDI registers the permit of everybody."""
    with scope(cast.udi, cast.day):
        people = [member.subject_id for member in members_of(group, cast.day)]
        kind = StatusKind.TEMPORARY_COLLECTIVE_PROTECTION
        return register_status(group, people, kind, cast.day, by=cast.udi, at=cast.at)


def takes_back(cast: Cast, group: int) -> object:
    """IMDi takes the offer back."""
    with scope(cast.imdi, cast.day):
        return withdraw_offer(group, reason=WithdrawalReason.HOME_LOST, by=cast.imdi, at=cast.at)


def asks_another(cast: Cast, group: int) -> object:
    """IMDi takes the request back and asks Verdal."""
    withdraws(cast, group)
    return asks("other_municipality")(cast, group)


def closes(cast: Cast, group: int) -> object:
    """IMDi closes the case."""
    with scope(cast.imdi, cast.day):
        return close_case(group, reason=ClosingReason.OWN_WAY, by=cast.imdi, at=cast.at)


def were_never_gone(cast: Cast, group: int) -> object:
    """The centre takes the departure back."""
    with scope(cast.centre, cast.day):
        people = [member.subject_id for member in members_of(group, cast.day)]
        return annul_departure(group, people, reason=Mistake.WRONG_PERSON, by=cast.centre, at=cast.at)


def come(cast: Cast, group: int) -> object:
    """The municipality has received them."""
    with scope(cast.municipality, cast.day):
        return confirm_arrival(group, arrived_on=cast.day, by=cast.municipality, at=cast.at)


def never_come(cast: Cast, group: int) -> object:
    """The municipality waits in vain."""
    with scope(cast.municipality, cast.day):
        return report_no_show(group, text="Ingen på toget.", by=cast.municipality, at=cast.at)


def beds_of(cast: Cast) -> list[int]:
    """The beds at Voss."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT id FROM accommodation_bed ORDER BY id")
        return [key for (key,) in cursor.fetchall()]


# The stages: what there is before.


def registered_family(cast: Cast) -> int:
    """A family that the police has registered; Voss and Råde are open."""
    open_centre(cast, cast.centre)
    open_centre(cast, cast.other_centre)
    return registered(cast, kovalenko())


def family_at_voss(cast: Cast) -> int:
    """A family that lives at Voss, where there are four beds."""
    group = placed(cast, registered_family(cast))
    beds_at(cast, cast.centre_administrator, [("214", 4)])
    return group


def interview_held(cast: Cast) -> int:
    """Everything is asked."""
    group = due_for_interview(cast, kovalenko())
    prepared(cast, group)
    asked_and_heard(cast, group)
    return group


def asked_of_levanger(cast: Cast) -> int:
    """Levanger is asked."""
    return stage.requested(cast, stage.queued(cast))


def found_levanger(cast: Cast) -> int:
    """Levanger has said yes."""
    return stage.found(cast, stage.queued(cast))


def offered(cast: Cast) -> int:
    """The offer is made."""
    return stage.offered(cast, stage.queued(cast))


def accepted(cast: Cast) -> int:
    """The household has said yes."""
    return stage.accepted(cast, stage.queued(cast))


def on_the_way(cast: Cast) -> int:
    """The journey is agreed."""
    return stage.with_journey(cast, stage.queued(cast))


def gone(cast: Cast) -> int:
    """They have left for Levanger."""
    group = on_the_way(cast)
    departs(cast, group)
    return group


@dataclass(frozen=True)
class Pair:
    """What there is, who comes first, who second, and what the second is told (nothing: both are done)."""

    stage: Callable[[Cast], int]
    first: Act
    second: Act
    told: str
    lock: str = HOUSEHOLD


PAIRS = {
    "two ask two municipalities": Pair(stage.queued, asks("municipality"), asks("other_municipality"), "illegal_step"),
    "two ask the same municipality": Pair(stage.queued, asks("municipality"), asks("municipality"), "illegal_step"),
    "the request is withdrawn before the yes": Pair(asked_of_levanger, withdraws, says_yes, "request_is_gone"),
    "the request is withdrawn before the no": Pair(asked_of_levanger, withdraws, says_no, "request_is_gone"),
    "the yes comes before the withdrawal": Pair(asked_of_levanger, says_yes, withdraws, "illegal_step"),
    "the no comes before the withdrawal": Pair(asked_of_levanger, says_no, withdraws, "illegal_step"),
    "a yes and a no": Pair(asked_of_levanger, says_yes, says_no, "illegal_step"),
    "a no and a yes": Pair(asked_of_levanger, says_no, says_yes, "request_is_gone"),
    "two make the one offer": Pair(found_levanger, offers, offers, "illegal_step"),
    "the municipality is let go before the offer": Pair(found_levanger, releases, offers, "illegal_step"),
    "the offer comes before the release": Pair(found_levanger, offers, releases, "illegal_step"),
    "they say yes and no": Pair(offered, answers(accepts=True), answers(accepts=False), "illegal_step"),
    "they say no and yes": Pair(offered, answers(accepts=False), answers(accepts=True), "not_found"),
    "two agree the journey": Pair(accepted, agrees_on_the_journey, agrees_on_the_journey, DONE),
    "they leave while the journey is changed": Pair(on_the_way, departs, agrees_on_the_journey, "not_found"),
    "the journey is changed while they leave": Pair(on_the_way, agrees_on_the_journey, departs, DONE),
    "two register the departure": Pair(on_the_way, departs, departs, "not_staying_here"),
    "the interview is finished twice": Pair(interview_held, finishes, finishes, "interview_is_finished"),
    "they are moved while they get beds": Pair(family_at_voss, moves, gives_beds, "not_staying_here"),
    "they get beds while they are moved": Pair(family_at_voss, gives_beds, moves, DONE),
    "they are moved while they leave": Pair(family_at_voss, moves, departs, "not_staying_here"),
    "a bed is blocked while it is given": Pair(family_at_voss, blocks_a_bed, gives_beds, "bed_not_free", BEDS),
    "a bed is given while it is blocked": Pair(family_at_voss, gives_beds, blocks_a_bed, "bed_is_taken", BEDS),
    "another is asked before the yes": Pair(asked_of_levanger, asks_another, says_yes, "request_is_gone"),
    "the yes comes before another is asked": Pair(asked_of_levanger, says_yes, asks_another, "illegal_step"),
    "the case is closed before the yes": Pair(asked_of_levanger, closes, says_yes, "request_is_gone"),
    "the yes comes before the case is closed": Pair(asked_of_levanger, says_yes, closes, DONE),
    "the offer is taken back before their yes": Pair(offered, takes_back, answers(accepts=True), "illegal_step"),
    "the offer is taken back before their no": Pair(offered, takes_back, answers(accepts=False), "illegal_step"),
    "their yes comes before the offer is taken back": Pair(offered, answers(accepts=True), takes_back, DONE),
    "their no comes before the offer is taken back": Pair(offered, answers(accepts=False), takes_back, "not_found"),
    "the offer is taken back while they leave": Pair(on_the_way, takes_back, departs, "journey_not_agreed"),
    "they leave while the offer is taken back": Pair(on_the_way, departs, takes_back, "not_found"),
    "the case is closed while they leave": Pair(on_the_way, closes, departs, "journey_not_agreed"),
    "they were never gone and have come": Pair(gone, were_never_gone, come, "not_found"),
    "they have come and were never gone": Pair(gone, come, were_never_gone, "household_has_arrived"),
    "they come and do not come": Pair(gone, come, never_come, "arrival_is_confirmed"),
    "the permit is registered twice": Pair(family_at_voss, grants, grants, "a_status_once_a_day"),
}


@pytest.mark.parametrize("name", PAIRS)
def test_of_two_who_act_on_one_household_the_second_is_told_or_comes_next(name: str, cast: Cast) -> None:
    pair = PAIRS[name]
    group = pair.stage(cast)
    acts = [lambda act=act: act(cast, group) for act in (pair.first, pair.second)]
    assert one_after_the_other(pair.lock, group, acts) == [DONE, pair.told]
    is_whole(cast)


def test_of_two_who_have_the_same_page_open_the_second_is_told_that_somebody_was_quicker(cast: Cast) -> None:
    group = stage.queued(cast)
    with scope(cast.imdi, cast.day):
        version = stage.version_of(group)

    def ask(to: str) -> object:
        asked: Viewer = getattr(cast, to)
        with scope(cast.imdi, cast.day):
            return send_request(group, asked.organisation_id, by=cast.imdi, at=cast.at, version=version)

    acts = [lambda: ask("municipality"), lambda: ask("other_municipality")]
    assert one_after_the_other(HOUSEHOLD, group, acts) == [DONE, "stale"]
    with scope(cast.imdi, cast.day):
        assert stage.state_of(cast, group) == "requested"
    is_whole(cast)


@pytest.mark.req("SET-10")
def test_of_two_households_asked_for_at_once_no_more_are_wanted_in_a_week_than_are_received(cast: Cast) -> None:
    first, second = stage.queued(cast), stage.queued(cast)
    with scope(cast.municipality, cast.day):
        declare_week_limit(3, by=cast.municipality, at=cast.at)
    acts = [lambda group=group: asks("municipality")(cast, group) for group in (first, second)]
    asked = one_after_the_other(MUNICIPALITY, cast.municipality.organisation_id, acts)
    assert asked == [DONE, "wanted_week_is_full"]
    assert [stage.state_of(cast, group) for group in (first, second)] == ["requested", "queued"]
    is_whole(cast)
