"""Two records of one person are joined: what was decided of either was decided of the person (REG-03, SET-08)."""

from dataclasses import replace

import pytest

from fotfeste.accommodation.public import DepartureReason
from fotfeste.kernel.errors import Refused
from fotfeste.platform.scope import scope
from fotfeste.registry.models import DuplicateProposal
from fotfeste.registry.public import (
    NewGroup,
    RelationKind,
    StatusKind,
    answer_duplicate,
    members_of,
    register_relation,
    statuses_of,
)
from fotfeste.registry.queries.relations import ties_of
from fotfeste.settlement.models import SettlementCase
from fotfeste.settlement.queries.offered import offered_before
from tests.actions.settlement.stage import depart, family, queued, refused, state_of, with_journey
from tests.conftest import Cast
from tests.settlement_steps import PERMIT_ON, permitted, placed, registered

pytestmark = [pytest.mark.django_db, pytest.mark.req("REG-03")]
PERMIT = StatusKind.TEMPORARY_COLLECTIVE_PROTECTION


def olena_alone() -> NewGroup:
    """Olena, registered a second time."""
    return replace(family(), persons=family().persons[:1])


def keys(cast: Cast, group: int) -> dict[str, int]:
    """The members' keys by name."""
    with scope(cast.udi, cast.day):
        return {each.given_name: each.subject_id for each in members_of(group, cast.day)}


def joins(cast: Cast, one: int, other: int, kept: int) -> None:
    """UDI says that they are one person."""
    low, high = sorted((one, other))
    with scope(cast.udi, cast.day):
        DuplicateProposal.objects.get_or_create(
            subject_id=low, other_id=high, defaults={"cause": "tried", "proposed_at": cast.at}
        )
        answer_duplicate(low, high, keep_id=kept, by=cast.udi, at=cast.at)


def test_the_permit_of_the_record_that_is_put_aside_opens_the_case_of_the_one_that_is_kept(cast: Cast) -> None:
    kept_group, dropped_group = placed(cast, registered(cast, olena_alone())), registered(cast, olena_alone())
    permitted(cast, dropped_group)
    kept, dropped = keys(cast, kept_group)["Olena"], keys(cast, dropped_group)["Olena"]
    joins(cast, kept, dropped, kept)
    assert state_of(cast, kept_group) == "interview_due"
    with scope(cast.udi, cast.day):
        assert SettlementCase.objects.get(subject_id=kept_group).due_since_on == PERMIT_ON
        assert SettlementCase.objects.get(subject_id=dropped_group).state == "closed"
        kinds = [each.kind for each in statuses_of([kept])[kept]]
        assert kinds == [StatusKind.REGISTERED_BY_POLICE, StatusKind.APPLIED_FOR_PROTECTION, PERMIT]
        assert PERMIT not in {each.kind for each in statuses_of([dropped])[dropped]}


def test_what_both_have_is_there_once(cast: Cast) -> None:
    kept_group, dropped_group = placed(cast, registered(cast, olena_alone())), registered(cast, olena_alone())
    permitted(cast, kept_group)
    permitted(cast, dropped_group)
    kept, dropped = keys(cast, kept_group)["Olena"], keys(cast, dropped_group)["Olena"]
    joins(cast, kept, dropped, kept)
    with scope(cast.udi, cast.day):
        assert len(statuses_of([kept])[kept]) == 3
        assert SettlementCase.objects.filter(subject_id=kept_group).count() == 1


def test_who_stood_to_the_one_record_stands_to_the_other_and_nobody_twice(cast: Cast) -> None:
    kept_group, dropped_group = placed(cast, registered(cast, olena_alone())), registered(cast, family())
    others, kept = keys(cast, dropped_group), keys(cast, kept_group)["Olena"]
    dropped = others["Olena"]
    with scope(cast.udi, cast.day):
        register_relation(dropped_group, dropped, RelationKind.PARENT, others["Sofia"], by=cast.udi, at=cast.at)
        register_relation(dropped_group, others["Andrij"], RelationKind.SPOUSE, dropped, by=cast.udi, at=cast.at)
    joins(cast, kept, dropped, kept)
    with scope(cast.udi, cast.day):
        ties = {(tie.first_id, tie.kind, tie.second_id) for tie in ties_of([kept, *others.values()])}
    assert ties == {
        (kept, RelationKind.PARENT, others["Sofia"]),
        (others["Andrij"], RelationKind.SPOUSE, kept),
    }


@pytest.mark.req("SET-08")
def test_an_offer_to_the_record_that_is_put_aside_was_the_persons_one_offer(cast: Cast) -> None:
    first = refused(cast, queued(cast))
    depart(cast, first, DepartureReason.REFUSED_AND_MOVED)
    kept_group = placed(cast, registered(cast, olena_alone()))
    kept, dropped = keys(cast, kept_group)["Olena"], keys(cast, first)["Olena"]
    joins(cast, kept, dropped, kept)
    with scope(cast.udi, cast.day):
        assert offered_before(kept_group) == [kept]


def test_the_settled_record_is_the_one_to_keep(cast: Cast) -> None:
    settled = with_journey(cast, queued(cast))
    depart(cast, settled)
    other = registered(cast, olena_alone())
    kept, dropped = keys(cast, other)["Olena"], keys(cast, settled)["Olena"]
    with pytest.raises(Refused) as caught:
        joins(cast, kept, dropped, kept)
    assert (caught.value.code, caught.value.field) == ("duplicate_is_settled", "keep")
