"""A departure that was registered by slip is taken back: everything stands where it stood before it."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from fotfeste.accommodation.models import BedAssignment
from fotfeste.accommodation.public import DepartureReason, Stay, annul_departure, assign_beds, register_departure
from fotfeste.kernel.errors import NotAllowed, Refused
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.models import Correction
from fotfeste.registry.public import Mistake, StatusKind, members_of, register_status
from fotfeste.settlement.models import Offer, SettlementCase, SettlementRequest
from fotfeste.settlement.public import confirm_arrival
from fotfeste.worklist.public import Task
from tests.actions.accommodation.people import beds_at
from tests.actions.settlement.stage import depart, family, offered, queued, state_of, with_journey
from tests.conftest import Cast
from tests.settlement_steps import due_for_interview, permitted, placed, registered

pytestmark = [pytest.mark.django_db, pytest.mark.req("ACC-04")]
SETTLED = DepartureReason.AGREED_SETTLEMENT


def people(cast: Cast, group: int) -> list[int]:
    """The keys of the members."""
    with scope(cast.udi, cast.day):
        return [each.subject_id for each in members_of(group, cast.day)]


def leaves(cast: Cast, group: int, who: Sequence[int], reason: DepartureReason) -> None:
    """Some of them leave today."""
    with scope(cast.centre, cast.day):
        register_departure(group, who, cast.day, reason, by=cast.centre, at=cast.at)


def takes_back(cast: Cast, group: int, who: Sequence[int], by: Viewer | None = None, minutes: int = 5) -> None:
    """The centre (or another) takes the departure of some of them back a little later."""
    viewer = by or cast.centre
    at = cast.at + timedelta(minutes=minutes)
    with scope(viewer, at.date()):
        annul_departure(group, who, reason=Mistake.OTHER, text="Feil husstand.", by=viewer, at=at)


def open_tasks(cast: Cast, group: int) -> set[tuple[str, int]]:
    """The open tasks about the household: kind and whose."""
    with scope(cast.udi, cast.day):
        open_now = Task.objects.filter(subject_id=group, closed_at__isnull=True)
        return set(open_now.values_list("kind", "organisation_id"))


def kinds_of(cast: Cast, group: int) -> set[str | None]:
    """What status the members have."""
    with scope(cast.udi, cast.day):
        return {each.current_status for each in members_of(group, cast.day)}


@pytest.mark.req("TRV-04")
@pytest.mark.parametrize("who", ["centre", "udi"])
def test_a_household_settled_by_slip_has_its_journey_agreed_again(cast: Cast, who: str) -> None:
    group = with_journey(cast, queued(cast))
    before = open_tasks(cast, group)
    depart(cast, group)
    assert state_of(cast, group) == "settled"
    at = cast.at + timedelta(hours=2)
    viewer: Viewer = getattr(cast, who)
    with scope(viewer, at.date()):
        annul_departure(group, people(cast, group), reason=Mistake.WRONG_CHOICE, by=viewer, at=at)
    assert state_of(cast, group) == "journey_agreed"
    assert open_tasks(cast, group) == before
    assert kinds_of(cast, group) == {StatusKind.TEMPORARY_COLLECTIVE_PROTECTION}
    with scope(cast.municipality, at.date()):
        assert SettlementRequest.objects.get(subject_id=group).state == "accepted"
        assert Offer.objects.get(subject_id=group).state == "accepted"
        assert Task.objects.get(subject_id=group, kind="prepare_arrival", closed_at=None).cause == (
            "accommodation.departure_annulled"
        )
        assert len(members_of(group, at.date())) == 4
    depart(cast, group)
    assert state_of(cast, group) == "settled"


def test_once_the_municipality_has_received_them_it_stands(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    depart(cast, group)
    at = cast.at + timedelta(hours=2)
    with scope(cast.municipality, at.date()):
        confirm_arrival(group, arrived_on=cast.day, by=cast.municipality, at=at)
    with scope(cast.centre, at.date()), pytest.raises(Refused) as refused:
        annul_departure(group, people(cast, group), reason=Mistake.WRONG_DAY, by=cast.centre, at=at)
    assert refused.value.code == "household_has_arrived"
    assert state_of(cast, group) == "settled"


def test_who_was_called_dead_by_slip_lives_there_again_and_can_be_placed(cast: Cast) -> None:
    group = queued(cast)
    [one, *_] = people(cast, group)
    leaves(cast, group, [one], DepartureReason.DECEASED)
    with scope(cast.udi, cast.day):
        assert SettlementCase.objects.get(subject_id=group).size == 3
    takes_back(cast, group, [one])
    with scope(cast.udi, cast.day):
        assert SettlementCase.objects.get(subject_id=group).size == 4
    placed(cast, group, cast.other_centre, cast.day)


@pytest.mark.parametrize(("is_interviewed", "state"), [(True, "queued"), (False, "interview_due")])
def test_a_case_that_the_departure_closed_is_open_again(cast: Cast, is_interviewed: bool, state: str) -> None:
    group = queued(cast) if is_interviewed else due_for_interview(cast, family())
    before = open_tasks(cast, group)
    leaves(cast, group, people(cast, group), DepartureReason.LEFT_COUNTRY)
    assert state_of(cast, group) == "closed"
    takes_back(cast, group, people(cast, group))
    assert state_of(cast, group) == state
    assert open_tasks(cast, group) == before
    with scope(cast.imdi, cast.day):
        assert len(members_of(group, cast.day)) == 4


def test_an_offer_that_ended_with_it_stays_ended_and_imdi_looks_again(cast: Cast) -> None:
    group = offered(cast, queued(cast))
    leaves(cast, group, people(cast, group), DepartureReason.NO_ADDRESS)
    takes_back(cast, group, people(cast, group))
    assert state_of(cast, group) == "queued"
    assert ("find_municipality", cast.imdi.organisation_id) in open_tasks(cast, group)
    with scope(cast.imdi, cast.day):
        assert Offer.objects.get(subject_id=group).state == "withdrawn"


def test_each_has_the_bed_back_that_is_free_and_the_centre_is_asked_for_the_others(cast: Cast) -> None:
    group, other = placed(cast, registered(cast, family())), placed(cast, registered(cast, family(True)))
    first, second, third, fourth = beds_at(cast, cast.centre_administrator, [("214", 4)])
    persons, [minor] = people(cast, group), people(cast, other)
    with scope(cast.centre, cast.day):
        beds = dict(zip(persons, (first, second, third, fourth), strict=True))
        assign_beds(group, beds, cast.day - timedelta(days=2), by=cast.centre, at=cast.at)
    leaves(cast, group, persons, DepartureReason.NO_ADDRESS)
    with scope(cast.centre, cast.day):
        assign_beds(other, {minor: second}, cast.day, by=cast.centre, at=cast.at)
    takes_back(cast, group, persons)
    with scope(cast.centre, cast.day):
        now = BedAssignment.objects.current().filter(period__endswith__isnull=True).values_list("subject_id", "bed_id")
        assert dict(now) == {persons[0]: first, minor: second, persons[2]: third, persons[3]: fourth}
    assert ("assign_beds", cast.centre.organisation_id) in open_tasks(cast, group)


def test_what_was_wrong_is_kept_beside_it(cast: Cast) -> None:
    group = queued(cast)
    leaves(cast, group, people(cast, group), DepartureReason.NO_ADDRESS)
    takes_back(cast, group, people(cast, group))
    with scope(cast.centre, cast.day):
        said = Correction.objects.get(subject_id=group)
    assert (said.taken_back, said.holds_on, said.reason, said.text) == (
        "departure",
        cast.day,
        "other",
        "Feil husstand.",
    )


def test_what_cannot_be_taken_back_says_why(cast: Cast) -> None:
    group = queued(cast)
    first, second, *rest = people(cast, group)

    def refusal(who: Sequence[int], by: Viewer | None = None) -> str:
        with pytest.raises(Refused) as refused:
            takes_back(cast, group, who, by)
        return refused.value.code

    assert refusal([first]) == "departure_not_registered"
    leaves(cast, group, [first], DepartureReason.NO_ADDRESS)
    leaves(cast, group, [second], DepartureReason.DECEASED)
    assert refusal([]) == "nobody_selected"
    assert refusal([first, second]) == "one_departure_at_a_time"
    assert refusal([first, rest[0]]) == "departure_not_registered"
    with pytest.raises(NotAllowed):
        takes_back(cast, group, [first], cast.imdi)
    placed(cast, group, cast.other_centre, cast.day)
    placed(cast, group, cast.other_centre, cast.day)  # the others are there: now it is the one who had left
    assert refusal([first]) == "departure_not_registered"
    takes_back(cast, group, [second], cast.udi)


def test_the_dead_get_no_permit_from_then_on_and_who_lives_may(cast: Cast) -> None:
    group = placed(cast, registered(cast, family()))
    one, *others = people(cast, group)
    leaves(cast, group, [one], DepartureReason.DECEASED)
    kind = StatusKind.TEMPORARY_COLLECTIVE_PROTECTION
    with scope(cast.udi, cast.day):
        with pytest.raises(Refused) as refused:
            register_status(group, [one, *others], kind, cast.day, by=cast.udi, at=cast.at)
        register_status(group, others, kind, cast.day, by=cast.udi, at=cast.at)
        register_status(group, [one], kind, cast.day - timedelta(days=3), by=cast.udi, at=cast.at)
    assert (refused.value.code, refused.value.field) == ("dead_gets_no_status", "person_ids")


@pytest.mark.req("ACC-03")
def test_who_dies_on_the_day_they_came_gets_no_permit_and_no_other_place(cast: Cast) -> None:
    group = placed(cast, registered(cast, family()), from_on=cast.day)
    one, *others = people(cast, group)
    leaves(cast, group, [one], DepartureReason.DECEASED)
    kind = StatusKind.TEMPORARY_COLLECTIVE_PROTECTION
    with scope(cast.udi, cast.day), pytest.raises(Refused, match="dead_gets_no_status"):
        register_status(group, [one, *others], kind, cast.day, by=cast.udi, at=cast.at)
    placed(cast, group, cast.other_centre, cast.day)
    with scope(cast.udi, cast.day):
        there = Stay.objects.current().filter(centre_id=cast.other_centre.organisation_id)
        assert set(there.values_list("subject_id", flat=True)) == set(others)
    takes_back(cast, group, [one], minutes=10)
    with scope(cast.udi, cast.day):
        register_status(group, [one, *others], kind, cast.day, by=cast.udi, at=cast.at + timedelta(minutes=20))
        assert SettlementCase.objects.get(subject_id=group).size == 4


@pytest.mark.parametrize("reason", [DepartureReason.LEFT_COUNTRY, DepartureReason.DECEASED])
def test_who_left_on_the_day_they_came_lives_there_again(cast: Cast, reason: DepartureReason) -> None:
    group = permitted(cast, placed(cast, registered(cast, family()), from_on=cast.day), holds_on=cast.day)
    persons, [bed, *_] = people(cast, group), beds_at(cast, cast.centre_administrator, [("214", 2)])
    with scope(cast.centre, cast.day):
        assign_beds(group, {persons[0]: bed}, cast.day, by=cast.centre, at=cast.at)
    before = open_tasks(cast, group)
    for minutes in (1, 9):
        at = cast.at + timedelta(minutes=minutes)
        with scope(cast.centre, cast.day):
            register_departure(group, persons, cast.day, reason, by=cast.centre, at=at)
        assert state_of(cast, group) == "closed"
        takes_back(cast, group, persons, minutes=minutes + 5)
        assert (state_of(cast, group), open_tasks(cast, group)) == ("interview_due", before)
        with scope(cast.centre, cast.day):
            assert BedAssignment.objects.current().get().bed_id == bed
            assert Stay.objects.current().count() == 4
            assert SettlementCase.objects.get(subject_id=group).size == 4
            with pytest.raises(Refused, match="departure_not_registered"):
                takes_back(cast, group, persons)
