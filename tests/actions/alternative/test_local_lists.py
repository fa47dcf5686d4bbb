"""Whom a municipality accepts, who waits to move there, and who lives there before anybody has applied (ALT-10)."""

from datetime import date

import pytest

from fotfeste.alternative.actions.conditions import conditions_version
from fotfeste.alternative.domain.local import LocalConditionKind, ResidentGone, ToldBy, WaitingOutcome
from fotfeste.alternative.models import LocalCondition, PrivateResident, WaitingEntry
from fotfeste.alternative.public import (
    Resident,
    Waiting,
    add_to_waiting_list,
    answer_waiting,
    declare_conditions,
    end_resident,
    local_conditions,
    note_application,
    register_resident,
)
from fotfeste.kernel.errors import NotAllowed, NotFound, Refused, Stale
from fotfeste.kernel.identifiers import IdentifierKind, synthetic_duf
from fotfeste.platform.scope import scope
from fotfeste.registry.public import members_of, register_identifier
from tests.actions.alternative.living import registered
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("ALT-10")]
KIND = LocalConditionKind


def test_local_conditions_are_published_and_kept_with_their_period(cast: Cast) -> None:
    mine = cast.municipality
    with scope(mine, cast.day):
        declare_conditions({KIND.FAMILY: "Nær familie", KIND.OTHER: None}, by=mine, at=cast.at)
        version = conditions_version(mine.organisation_id)
        declare_conditions({KIND.FAMILY: None, KIND.WORK: ""}, by=mine, at=cast.at, version=version)
        with pytest.raises(Stale):
            declare_conditions({KIND.WORK: None}, by=mine, at=cast.at, version=version)
    with scope(cast.udi, cast.day):
        assert [row.kind for row in local_conditions(mine.organisation_id, cast.day)] == ["work"]
        assert LocalCondition.objects.count() == 2


def test_a_condition_in_own_words_has_words_and_only_the_municipality_says_it(cast: Cast) -> None:
    with scope(cast.municipality, cast.day), pytest.raises(Refused) as refused:
        declare_conditions({KIND.OTHER: " "}, by=cast.municipality, at=cast.at)
    assert refused.value.field == "other_words"
    with scope(cast.udi, cast.day), pytest.raises(NotAllowed):
        declare_conditions({KIND.FAMILY: ""}, by=cast.udi, at=cast.at)


def waits(cast: Cast, wanted_from: date = date(2024, 5, 1)) -> WaitingEntry:
    """Somebody on Levanger's list."""
    waiting = Waiting(name="Iryna", persons=2, reached_by="900 00 000", wanted_from=wanted_from)
    with scope(cast.municipality, cast.day):
        return add_to_waiting_list(waiting, by=cast.municipality, at=cast.at)


def test_whoever_waits_gets_an_answer_and_applies_with_a_place(cast: Cast) -> None:
    entry, mine = waits(cast), cast.municipality
    with scope(mine, cast.day):
        with pytest.raises(Refused) as early:
            note_application(entry.reference, by=mine, at=cast.at)
        assert early.value.code == "no_place_given"
        with pytest.raises(Refused) as refused:
            answer_waiting(entry.reference, outcome=WaitingOutcome.PLACE, possible_from=None, by=mine, at=cast.at)
        assert refused.value.field == "possible_from"
        day = date(2024, 5, 6)
        answer_waiting(entry.reference, outcome=WaitingOutcome.PLACE, possible_from=day, by=mine, at=cast.at)
        assert note_application(entry.reference, by=mine, at=cast.at).applied_on == cast.day
        with pytest.raises(Refused) as late:
            answer_waiting(entry.reference, outcome=WaitingOutcome.NO_PLACE, possible_from=None, by=mine, at=cast.at)
        assert late.value.code == "has_applied_already"


def test_nobody_waits_for_a_day_that_has_been(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        waits(cast, date(2024, 3, 13))
    assert refused.value.code == "wanted_in_the_past"


def test_another_municipality_neither_sees_the_list_nor_answers(cast: Cast) -> None:
    entry, other = waits(cast), cast.other_municipality
    with scope(other, cast.day):
        assert not WaitingEntry.objects.exists()
        with pytest.raises(NotFound):
            answer_waiting(entry.reference, outcome=WaitingOutcome.NO_PLACE, possible_from=None, by=other, at=cast.at)
    with scope(cast.udi, cast.day):
        assert not WaitingEntry.objects.exists()


def told(number: str = "") -> Resident:
    """A host has told of Iryna."""
    return Resident(
        name="Iryna",
        duf_number=number,
        street="Kirkegata 1",
        postal_code="7600",
        lives_with="Kari Vert",
        told_by=ToldBy.HOST,
        told_on=date(2024, 3, 10),
    )


def test_a_number_is_matched_by_those_who_know_the_person_and_the_municipality_is_told_nothing(cast: Cast) -> None:
    group, known, unknown = registered(cast), synthetic_duf(7001), synthetic_duf(7002)
    with scope(cast.registrar, cast.day):
        person = members_of(group, cast.day)[0].subject_id
        register_identifier(person, IdentifierKind.DUF, known, by=cast.registrar, at=cast.at)
    with scope(cast.municipality, cast.day):
        for number in (known, unknown, ""):
            assert register_resident(told(number), by=cast.municipality, at=cast.at).reference
    with scope(cast.udi, cast.day):
        assert list(PrivateResident.objects.values_list("duf_number", flat=True)) == [known]
    for nobody in (cast.other_municipality, cast.registrar, cast.centre):
        with scope(nobody, cast.day):
            assert not PrivateResident.objects.exists()


@pytest.mark.parametrize("number", ["123", "209900000000", "20990000000x"])
def test_a_number_that_cannot_be_one_is_refused(cast: Cast, number: str) -> None:
    with scope(cast.municipality, cast.day), pytest.raises(Refused) as refused:
        register_resident(told(number), by=cast.municipality, at=cast.at)
    assert refused.value.field == "duf_number"


def test_a_number_stands_in_a_register_once(cast: Cast) -> None:
    with scope(cast.municipality, cast.day):
        register_resident(told(synthetic_duf(7001)), by=cast.municipality, at=cast.at)
        with pytest.raises(Refused) as refused:
            register_resident(told(synthetic_duf(7001)), by=cast.municipality, at=cast.at)
    assert refused.value.code == "one_private_resident_of_a_number"


def test_whoever_is_taken_out_of_the_register_is_gone(cast: Cast) -> None:
    mine = cast.municipality
    with scope(mine, cast.day):
        row = register_resident(told(), by=mine, at=cast.at)
    with scope(cast.other_municipality, cast.day), pytest.raises(NotFound):
        end_resident(row.reference, reason=ResidentGone.MISTAKE, by=cast.other_municipality, at=cast.at)
    with scope(mine, cast.day):
        end_resident(row.reference, reason=ResidentGone.MOVED, by=mine, at=cast.at)
        assert not PrivateResident.objects.exists()
