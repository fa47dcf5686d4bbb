"""Two act in a refusal at once: both wait for the household's lock, and the second is told what the first has done."""

import pytest

from fotfeste.platform.scope import scope
from fotfeste.refusal.models import RefusalEvent
from fotfeste.refusal.public import (
    register_acceptance,
    send_eviction_notice,
    send_first_letter,
    withdraw_home,
)
from tests.actions.at_once import DONE, HOUSEHOLD, committed, one_after_the_other
from tests.actions.refusal.stage import NOTICE_FROM, does, lettered, messaged, people, planned
from tests.actions.settlement.stage import state_of
from tests.conftest import Cast

__all__ = ["committed"]

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def rows_of(cast: Cast, group: int, kind: str) -> int:
    """How many events of a kind there are."""
    with scope(cast.udi, cast.day):
        return RefusalEvent.objects.current().filter(subject_id=group, kind=kind).count()


@pytest.mark.req("REF-02")
def test_two_case_workers_send_the_same_letter_and_it_is_sent_once(cast: Cast) -> None:
    group = messaged(cast)

    def sends() -> object:
        return does(cast, send_first_letter, group, by=cast.udi)

    assert one_after_the_other(HOUSEHOLD, group, [sends, sends]) == [DONE, "nobody_due"]
    assert rows_of(cast, group, "first_letter") == 2


@pytest.mark.req("REF-03", "REF-05")
@pytest.mark.parametrize("yes_is_first", [True, False])
def test_they_say_yes_while_udi_warns_them_of_the_eviction(cast: Cast, yes_is_first: bool) -> None:
    """Whoever has said yes is warned of nothing; whoever was warned may say yes all the same."""
    group = lettered(cast)
    everybody = list(people(cast, group).values())

    def says_yes() -> object:
        return does(
            cast, register_acceptance, group, everybody, by=cast.centre, on=NOTICE_FROM, accepted_on=NOTICE_FROM
        )

    def warns() -> object:
        return does(cast, send_eviction_notice, group, by=cast.udi, on=NOTICE_FROM)

    if yes_is_first:
        assert one_after_the_other(HOUSEHOLD, group, [says_yes, warns]) == [DONE, "nobody_due"]
    else:
        assert one_after_the_other(HOUSEHOLD, group, [warns, says_yes]) == [DONE, DONE]
    assert rows_of(cast, group, "eviction_notice") == (0 if yes_is_first else 2)
    assert planned(cast, group, NOTICE_FROM).in_process == ()
    assert state_of(cast, group) == "accepted"


@pytest.mark.req("REF-05")
@pytest.mark.parametrize("yes_is_first", [True, False])
def test_they_say_yes_while_the_municipality_lets_go_of_the_home(cast: Cast, yes_is_first: bool) -> None:
    """Either the home is taken up and is not let go of, or they wait for another: never both."""
    group = messaged(cast)
    everybody = list(people(cast, group).values())

    def says_yes() -> object:
        return does(cast, register_acceptance, group, everybody, by=cast.centre, accepted_on=cast.day)

    def lets_go() -> object:
        return does(cast, withdraw_home, group, by=cast.municipality, text="Boligen er leid ut.")

    if yes_is_first:
        assert one_after_the_other(HOUSEHOLD, group, [says_yes, lets_go]) == [DONE, "held_home_is_taken_up"]
        assert state_of(cast, group) == "accepted"
    else:
        assert one_after_the_other(HOUSEHOLD, group, [lets_go, says_yes]) == [DONE, DONE]
        assert state_of(cast, group) == "queued"
    assert planned(cast, group).offer_stands is yes_is_first
