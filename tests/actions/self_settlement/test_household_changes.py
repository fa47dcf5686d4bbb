"""A household that grows or shrinks after its home was approved: the municipality looks at the home again (SET-13)."""

import pytest
from django.db import connection

from fotfeste.accommodation.public import DepartureReason
from fotfeste.kernel.errors import NotAllowed, Refused
from fotfeste.kernel.workflow import IllegalStep
from fotfeste.platform.scope import scope
from fotfeste.self_settlement.domain.home import checks_of
from fotfeste.self_settlement.models import SelfSettlement, SentHome
from fotfeste.self_settlement.public import (
    Check,
    agree_self_settlement,
    approve_home,
    ask_for_change,
    confirm_home,
    look_at_home_again,
    move_in,
)
from fotfeste.settlement.models import SettlementCase, SettlementRequest
from fotfeste.settlement.public import see_change
from fotfeste.worklist.public import Task
from tests.actions.self_settlement.stage import (
    agreed,
    approved,
    everything,
    grown,
    grown_unseen,
    registered_by,
    sent,
    state_of,
)
from tests.actions.settlement.stage import depart, open_kinds
from tests.actions.settlement.test_grown import joined
from tests.actions.settlement.test_leavers import leaves
from tests.conftest import Cast
from tests.settlement_steps import members_by_name

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-13")]


def ours(cast: Cast, group: int) -> set[str]:
    """The open tasks of agreed self-settlement."""
    kinds = {"check_found_home", "agree_self_settlement", "send_found_home", "register_moved_in"}
    return {kind for kind, _ in open_kinds(cast, group)} & kinds


def persons_of(cast: Cast, group: int) -> list[tuple[str, int]]:
    """The homes that were sent: what became of each, and for how many it is."""
    with scope(cast.imdi, cast.day):
        return list(SentHome.objects.filter(subject_id=group).order_by("pk").values_list("outcome", "persons"))


def used_places(cast: Cast) -> int:
    """The places of the municipality that are settled or promised."""
    with scope(cast.imdi, cast.day), connection.cursor() as cursor:
        asked = "SELECT settled + promised FROM settlement_load(2024, '', %s) WHERE organisation_id = %s"
        cursor.execute(asked, [cast.day, cast.municipality.organisation_id])
        return int(sum(row[0] for row in cursor.fetchall()))


@pytest.mark.parametrize("grows", [True, False])
def test_before_imdi_agrees_the_home_goes_back_to_the_municipality(cast: Cast, grows: bool) -> None:
    group = approved(cast)
    if grows:
        joined(cast, group)
    else:
        leaves(cast, group, "Andrij", DepartureReason.LEFT_COUNTRY)
    now = 5 if grows else 3
    assert state_of(cast, group) == "home_sent"
    assert ours(cast, group) == {"check_found_home"}
    with scope(cast.municipality, cast.day):
        task = Task.objects.get(subject_id=group, kind="check_found_home", closed_at__isnull=True)
        assert task.cause == "self_settlement.household_changed"
        assert task.due_on is not None
        approve_home(group, seen=everything(cast), by=cast.municipality, at=cast.at)
    assert persons_of(cast, group) == [("approved", now)]
    with scope(cast.imdi, cast.day):
        agree_self_settlement(group, agreed_with="Anne Moe", by=cast.imdi, at=cast.at)
        assert SettlementRequest.objects.get(subject_id=group).size == now


def test_a_home_that_waits_is_approved_for_as_many_as_they_are_then(cast: Cast) -> None:
    group = sent(cast)
    joined(cast, group)
    assert ours(cast, group) == {"check_found_home"}
    with scope(cast.municipality, cast.day):
        approve_home(group, seen=everything(cast), by=cast.municipality, at=cast.at)
    assert persons_of(cast, group) == [("approved", 5)]


def test_imdi_agrees_about_no_others_than_the_home_was_approved_for_and_sends_it_back(cast: Cast) -> None:
    group = grown_unseen(cast)
    with scope(cast.imdi, cast.day), pytest.raises(Refused) as refused:
        agree_self_settlement(group, agreed_with="Anne Moe", by=cast.imdi, at=cast.at)
    assert (refused.value.code, refused.value.params) == ("home_is_for_others", {"approved": 4, "now": 5})
    with scope(cast.centre, cast.day), pytest.raises(NotAllowed):
        look_at_home_again(group, by=cast.centre, at=cast.at)
    with scope(cast.imdi, cast.day):
        look_at_home_again(group, by=cast.imdi, at=cast.at)
        request = SelfSettlement.objects.get(subject_id=group)
    assert (request.state, request.approved_on) == ("home_sent", None)
    assert ours(cast, group) == {"check_found_home"}


def test_a_home_for_them_all_is_not_sent_back(cast: Cast) -> None:
    group = approved(cast)
    with scope(cast.imdi, cast.day), pytest.raises(Refused) as refused:
        look_at_home_again(group, by=cast.imdi, at=cast.at)
    assert refused.value.code == "home_is_for_them_all"
    assert state_of(cast, group) == "approved"


@pytest.mark.parametrize("who", ["registrar", "udi"])
def test_whoever_registers_the_child_the_municipality_is_asked_at_the_latest_when_it_has_seen_it(
    cast: Cast, who: str
) -> None:
    group = agreed(cast)
    registered_by(group, cast, getattr(cast, who))
    with scope(cast.municipality, cast.day):
        see_change(group, by=cast.municipality, at=cast.at)
    assert ours(cast, group) == {"check_found_home", "register_moved_in"}


def test_after_the_agreement_it_stands_while_the_municipality_looks_and_they_wait_with_moving_in(cast: Cast) -> None:
    group = grown(cast)
    assert state_of(cast, group) == "agreed"
    assert ours(cast, group) == {"check_found_home", "register_moved_in"}
    with scope(cast.centre, cast.day), pytest.raises(Refused) as refused:
        move_in(group, cast.day, is_meant=True, by=cast.centre, at=cast.at)
    assert refused.value.code == "home_is_for_others"
    seen = [each for each in everything(cast) if each is not Check.UNSIGNED]  # they may have signed since
    with scope(cast.municipality, cast.day):
        with pytest.raises(Refused) as refused:
            confirm_home(group, seen=seen[1:], by=cast.municipality, at=cast.at)
        assert refused.value.code == "checks_missing"
        confirm_home(group, seen=seen, by=cast.municipality, at=cast.at)
    assert persons_of(cast, group) == [("approved", 5)]
    assert ours(cast, group) == {"register_moved_in"}
    assert used_places(cast) == 5  # as many as they are, once
    with scope(cast.centre, cast.day):
        move_in(group, cast.day, is_meant=True, by=cast.centre, at=cast.at)
    assert state_of(cast, group) == "settled"
    assert used_places(cast) == 5


def test_after_the_agreement_a_home_that_does_not_fit_frees_the_places_and_they_look_on(cast: Cast) -> None:
    group = grown(cast)
    with scope(cast.municipality, cast.day):
        ask_for_change(group, seen=[], must_change="For trangt for fem.", by=cast.municipality, at=cast.at)
    with scope(cast.imdi, cast.day):
        request = SelfSettlement.objects.get(subject_id=group)
        assert SettlementCase.objects.get(subject_id=group).state == "queued"
        assert SettlementRequest.objects.get(subject_id=group).state == "withdrawn"
    assert (request.state, request.agreed_on, request.agreed_with) == ("finding_home", None, "")
    assert ours(cast, group) == {"send_found_home"}
    assert used_places(cast) == 0
    with scope(cast.municipality, cast.day):
        assert SelfSettlement.objects.filter(subject_id=group).exists()  # it goes on seeing them: its yes stands


def test_whoever_comes_and_goes_again_leaves_nothing_to_look_at(cast: Cast) -> None:
    group = agreed(cast)
    leaves(cast, group, "Andrij", DepartureReason.LEFT_COUNTRY)
    assert "check_found_home" in ours(cast, group)
    joined(cast, group)
    assert ours(cast, group) == {"register_moved_in"}


def test_the_municipality_looks_again_only_at_a_home_for_others(cast: Cast) -> None:
    group = agreed(cast)
    with scope(cast.municipality, cast.day):
        with pytest.raises(Refused) as refused:
            confirm_home(group, seen=everything(cast), by=cast.municipality, at=cast.at)
        assert refused.value.code == "home_is_for_them_all"
        with pytest.raises(Refused) as refused:
            ask_for_change(group, seen=[], must_change="Nei.", by=cast.municipality, at=cast.at)
        assert refused.value.code == "home_is_for_them_all"
    assert state_of(cast, group) == "agreed"


def test_a_home_is_confirmed_only_after_the_agreement(cast: Cast) -> None:
    group = sent(cast)
    with scope(cast.municipality, cast.day), pytest.raises(IllegalStep):
        confirm_home(group, seen=everything(cast), by=cast.municipality, at=cast.at)
    assert Check.UNSIGNED in checks_of(cast.day)[1]


def test_nothing_is_looked_at_once_they_have_all_left(cast: Cast) -> None:
    group = agreed(cast)
    leaves(cast, group, "Andrij", DepartureReason.LEFT_COUNTRY)
    assert "check_found_home" in ours(cast, group)
    with scope(cast.centre, cast.day):
        members = members_by_name(group, cast.day)
    others = [each.subject_id for name, each in members.items() if name != "Andrij"]
    depart(cast, group, DepartureReason.LEFT_COUNTRY, persons=others)
    assert ours(cast, group) == set()
