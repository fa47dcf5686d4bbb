"""UDI answers a likely duplicate."""

import pytest

from fotfeste.access.public import NeedReason, open_needs
from fotfeste.kernel.errors import NotAllowed, NotFound, Refused
from fotfeste.kernel.identifiers import IdentifierKind, synthetic_d_number, synthetic_duf
from fotfeste.platform.scope import scope
from fotfeste.registry.models import DuplicateProposal
from fotfeste.registry.public import Member, PlacementGroup, answer_duplicate, members_of, register_group, search
from fotfeste.registry.queries.duplicates import open_proposals
from fotfeste.worklist.public import Task
from tests.actions.registry.families import alone, person, with_duf
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(cast: Cast) -> tuple[Member, Member]:
    born = person("Kyryl").birth_date
    first = with_duf(person("Kyryl", "Shevchenko"), 1)
    second = person("Kiril", "Sjevtsjenko", identifiers={
        IdentifierKind.DUF: synthetic_duf(2), IdentifierKind.D_NUMBER: synthetic_d_number(born, 0)
    })  # fmt: skip
    with scope(cast.registrar, cast.day):
        groups = [register_group(alone(one), by=cast.registrar, at=cast.at) for one in (first, second)]
        one, two = (members_of(group.pk, cast.day)[0] for group in groups)
        return one, two


@pytest.mark.req("REG-03")
def test_two_persons_stay_two_and_the_task_is_done(cast: Cast, pair: tuple[Member, Member]) -> None:
    first, second = pair
    with scope(cast.udi, cast.day):
        assert [(p.first, p.second) for p in open_proposals(cast.day)] == [(first, second)]
        answer_duplicate(second.subject_id, first.subject_id, keep_id=None, by=cast.udi, at=cast.at)
        assert DuplicateProposal.objects.get().answer == "different"
        assert open_proposals(cast.day) == []
        assert not Task.objects.filter(kind="answer_duplicates", closed_at__isnull=True).exists()
        with pytest.raises(Refused) as refused:
            answer_duplicate(first.subject_id, second.subject_id, keep_id=None, by=cast.udi, at=cast.at)
    assert refused.value.code == "duplicate_answered"


@pytest.mark.req("REG-03")
@pytest.mark.req("REG-01")
def test_one_person_keeps_one_record_that_either_number_finds(cast: Cast, pair: tuple[Member, Member]) -> None:
    first, second = pair
    with scope(cast.udi, cast.day):
        answer_duplicate(first.subject_id, second.subject_id, keep_id=first.subject_id, by=cast.udi, at=cast.at)
        assert members_of(second.group_id, cast.day) == []
        kept = members_of(first.group_id, cast.day)[0]
        assert kept.identifiers == {
            IdentifierKind.DUF: synthetic_duf(1),
            IdentifierKind.D_NUMBER: second.identifiers[IdentifierKind.D_NUMBER],
        }
        for number in (synthetic_duf(1), synthetic_duf(2), second.identifiers[IdentifierKind.D_NUMBER]):
            assert [found.name for found in search(cast.udi, number, cast.day)] == ["Kyryl Shevchenko"]


@pytest.mark.parametrize("reason", [NeedReason.LIVES_HERE, NeedReason.HOUSED_HERE])
def test_a_record_that_lives_somewhere_is_not_put_aside(
    cast: Cast, pair: tuple[Member, Member], reason: NeedReason
) -> None:
    first, second = pair
    where = cast.centre if reason is NeedReason.LIVES_HERE else cast.municipality
    with scope(cast.udi, cast.day):
        open_needs(
            [second.subject_id],
            organisation_id=where.organisation_id,
            reason=reason,
            from_on=cast.day,
            at=cast.at,
        )
        with pytest.raises(Refused) as refused:
            answer_duplicate(first.subject_id, second.subject_id, keep_id=first.subject_id, by=cast.udi, at=cast.at)
        assert refused.value.code == "duplicate_lives_somewhere"
        assert DuplicateProposal.objects.get().answer == ""


def test_only_udi_answers_and_only_what_was_proposed(cast: Cast, pair: tuple[Member, Member]) -> None:
    first, second = pair
    with scope(cast.registrar, cast.day), pytest.raises(NotAllowed):
        answer_duplicate(first.subject_id, second.subject_id, keep_id=None, by=cast.registrar, at=cast.at)
    with scope(cast.udi, cast.day), pytest.raises(NotFound):
        answer_duplicate(first.subject_id, first.group_id, keep_id=None, by=cast.udi, at=cast.at)


def alike(cast: Cast, given: str) -> Member:
    """Another record, registered alone, that may be of the same person."""
    with scope(cast.registrar, cast.day):
        group = register_group(alone(person(given, "Shevchenko")), by=cast.registrar, at=cast.at)
        return members_of(group.pk, cast.day)[0]


def doubts(cast: Cast) -> set[tuple[int, int]]:
    """What UDI has still to look at, and sees."""
    with scope(cast.udi, cast.day):
        open_now = {(row.subject_id, row.other_id) for row in DuplicateProposal.objects.filter(answer="")}
        assert {(p.first.subject_id, p.second.subject_id) for p in open_proposals(cast.day)} == open_now
        asked = set(Task.objects.filter(kind="answer_duplicates", closed_at=None).values_list("subject_id", flat=True))
        homes = [{p.first_group[1], p.second_group[1]} for p in open_proposals(cast.day)]
        numbers = {group.number for group in PlacementGroup.objects.filter(pk__in=asked)}
    assert all(home & numbers for home in homes)
    return open_now


@pytest.mark.req("REG-03")
@pytest.mark.parametrize("is_older_kept", [True, False])
@pytest.mark.parametrize("third", ["Kyryl", "Ivan"])  # like both of the others, or like the second alone
def test_whoever_may_be_a_record_that_is_put_aside_may_be_the_one_that_is_kept(
    cast: Cast, third: str, is_older_kept: bool
) -> None:
    one, two, three = (alike(cast, given).subject_id for given in ("Kyryl", "Kyryl Ivan", third))
    pair = (one, two) if is_older_kept else (two, three)
    with scope(cast.udi, cast.day):
        answer_duplicate(*pair, keep_id=one if is_older_kept else three, by=cast.udi, at=cast.at)
    assert doubts(cast) == {(one, three)}


@pytest.mark.req("REG-03")
def test_whoever_is_like_a_record_that_was_put_aside_is_asked_about_once(cast: Cast) -> None:
    first, second = (alike(cast, "Kyryl").subject_id for _ in range(2))
    with scope(cast.udi, cast.day):
        answer_duplicate(first, second, keep_id=second, by=cast.udi, at=cast.at)
    third = alike(cast, "Kyryl").subject_id
    assert doubts(cast) == {(second, third)}
    with scope(cast.udi, cast.day):
        answer_duplicate(second, third, keep_id=third, by=cast.udi, at=cast.at)
    fourth = alike(cast, "Kyryl").subject_id
    assert doubts(cast) == {(third, fourth)}
