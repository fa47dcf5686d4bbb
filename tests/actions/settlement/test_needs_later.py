"""What a household has come to need after its interview: IMDi writes it, and the municipality must have it."""

import pytest

from fotfeste.kernel.errors import NotAllowed, Refused
from fotfeste.platform.scope import scope
from fotfeste.registry.public import PlacementGroup
from fotfeste.settlement.actions.finishing import finish_supplement
from fotfeste.settlement.actions.offer import make_offer
from fotfeste.settlement.actions.request import accept_request
from fotfeste.settlement.models import CaseNeed, Interview, Offer, SettlementCase, SettlementNote, SettlementRequest
from fotfeste.settlement.public import Capability, add_need, candidates, end_need
from fotfeste.settlement.queries.needs import needs_of_case
from tests.actions.registry.families import kovalenko
from tests.actions.settlement.stage import WEEK, found, offered, queued, requested
from tests.as_owner import every_event
from tests.conftest import Cast
from tests.settlement_steps import due_for_interview

pytestmark = pytest.mark.django_db
WHY = "Mor bruker rullestol etter et fall."
HOUSING = Capability.ADAPTED_HOUSING


def adds(cast: Cast, group: int, capability: Capability = HOUSING, reason: str = WHY) -> CaseNeed:
    """IMDi adds a need."""
    with scope(cast.imdi, cast.day):
        return add_need(group, capability, reason=reason, by=cast.imdi, at=cast.at)


def ends(cast: Cast, group: int, capability: Capability = HOUSING, reason: str = WHY) -> CaseNeed:
    """IMDi ends a need."""
    with scope(cast.imdi, cast.day):
        return end_need(group, capability, reason=reason, by=cast.imdi, at=cast.at)


def needed(cast: Cast, group: int) -> set[Capability]:
    """What the municipality must have."""
    with scope(cast.imdi, cast.day):
        return set(needs_of_case(SettlementCase.objects.get(subject_id=group), cast.day).capabilities)


@pytest.mark.req("SET-10")
def test_a_need_that_came_after_the_interview_counts_where_a_municipality_is_sought(cast: Cast) -> None:
    group = queued(cast)
    with scope(cast.imdi, cast.day):
        case = SettlementCase.objects.get(subject_id=group)
        before = {each.organisation_id: each.fits for each in candidates(cast.imdi, case, cast.day)}
    adds(cast, group)
    with scope(cast.imdi, cast.day):
        after = {each.organisation_id: each.fits for each in candidates(cast.imdi, case, cast.day)}
        note = SettlementNote.objects.get(subject_id=group)
    levanger = cast.municipality.organisation_id
    assert before[levanger].is_yes
    assert not after[levanger].is_yes
    assert (note.text, note.is_passed_on) == (WHY, False)
    assert every_event().get(type="settlement.need_added").subject_id == group


@pytest.mark.req("SET-10")
def test_a_need_that_is_over_counts_no_more_and_may_come_again(cast: Cast) -> None:
    group = queued(cast, has_pets=True)
    assert needed(cast, group) == {Capability.PETS}
    ends(cast, group, Capability.PETS)
    assert needed(cast, group) == set()
    assert every_event().filter(type="settlement.need_ended", subject_id=group).count() == 1
    adds(cast, group, Capability.PETS)
    assert needed(cast, group) == {Capability.PETS}


def test_a_need_that_is_over_does_not_come_back_when_others_are_asked_later(cast: Cast) -> None:
    group = queued(cast, has_pets=True)
    ends(cast, group, Capability.PETS)
    with scope(cast.centre, cast.day):
        Interview.objects.filter(case__subject_id=group).update(supplementing=[-1])
        finish_supplement(group, by=cast.centre, at=cast.at)
    assert needed(cast, group) == set()


@pytest.mark.req("SET-10")
def test_a_change_of_needs_has_its_time_its_reason_and_its_people(cast: Cast) -> None:
    due, group = due_for_interview(cast, kovalenko()), queued(cast)
    with pytest.raises(Refused, match="need_before_interview"):
        adds(cast, due)
    with pytest.raises(Refused, match="need_reason_missing"):
        adds(cast, group, reason="  ")
    with pytest.raises(Refused, match="need_follows_age"):
        adds(cast, group, Capability.UNACCOMPANIED_MINORS)
    with pytest.raises(Refused, match="need_is_gone"):
        ends(cast, group)
    adds(cast, group)
    with pytest.raises(Refused, match="need_is_known"):
        adds(cast, group)
    with scope(cast.centre, cast.day), pytest.raises(NotAllowed):
        end_need(group, HOUSING, reason=WHY, by=cast.centre, at=cast.at)


@pytest.mark.req("SET-10")
def test_a_municipality_that_has_not_answered_confirms_the_new_need_too(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    adds(cast, group)
    with scope(cast.municipality, cast.day):
        assert not SettlementNote.objects.filter(subject_id=group).exists()
        with pytest.raises(Refused, match="capability_not_confirmed"):
            accept_request(group, possible_week=WEEK, by=cast.municipality, at=cast.at)
        accept_request(group, possible_week=WEEK, confirmed=[HOUSING], by=cast.municipality, at=cast.at)


@pytest.mark.req("SET-10")
def test_no_offer_is_made_until_the_municipality_has_confirmed_what_came_after_its_yes(cast: Cast) -> None:
    group = found(cast, queued(cast))
    adds(cast, group)
    with scope(cast.imdi, cast.day):
        version = PlacementGroup.objects.get(subject_id=group).version
        with pytest.raises(Refused, match="need_not_confirmed"):
            make_offer(group, week=WEEK, by=cast.imdi, at=cast.at, version=version)
        assert not Offer.objects.filter(subject_id=group).exists()
        make_offer(group, week=WEEK, confirmed_since=[HOUSING], by=cast.imdi, at=cast.at, version=version)
        assert SettlementRequest.objects.get(subject_id=group).confirmed == [str(HOUSING)]
    assert every_event().filter(type="settlement.need_confirmed", subject_id=group).count() == 1


def test_an_offer_that_needs_no_new_word_tells_of_none(cast: Cast) -> None:
    group = offered(cast, queued(cast))
    assert not every_event().filter(type="settlement.need_confirmed", subject_id=group).exists()
