"""The municipality withdraws while they refuse: UDI and IMDi see it, and whose letters said otherwise are told."""

from datetime import date

import pytest

from fotfeste.letters.public import Letter, LetterKind
from fotfeste.platform.scope import scope
from fotfeste.refusal.public import follow_the_day, see_withdrawn, tell_days, withdraw_home
from fotfeste.settlement.public import withdraw_offer
from fotfeste.worklist.public import Task
from tests.actions.refusal.stage import DAY, code_of, does, lettered, messaged, noticed, people
from tests.actions.refusal.test_ways_out import EVERYBODY, LATER, accepts
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


def asked(cast: Cast, group: int, kind: str = "refusal_withdrawn") -> dict[int, tuple[str, date | None]]:
    """Who was asked, how it ended and by when it is to be done, as UDI sees it."""
    with scope(cast.udi, cast.day):
        tasks = Task.objects.filter(kind=kind, subject_id=group).order_by("pk")
        return {each.organisation_id: (each.outcome, each.due_on) for each in tasks}


@pytest.mark.req("REF-05")
def test_udi_and_imdi_are_asked_to_see_it_the_same_day_each_by_itself(cast: Cast) -> None:
    group = messaged(cast)
    assert code_of(cast, see_withdrawn, group, by=cast.udi) == "withdrawn_is_seen"
    does(cast, withdraw_home, group, by=cast.municipality, text="Leid ut.")
    udi, imdi = cast.udi.organisation_id, cast.imdi.organisation_id
    assert asked(cast, group) == {udi: ("", cast.day), imdi: ("", cast.day)}
    does(cast, see_withdrawn, group, by=cast.udi)
    assert asked(cast, group) == {udi: ("done", cast.day), imdi: ("", cast.day)}
    assert code_of(cast, see_withdrawn, group, by=cast.udi) == "withdrawn_is_seen"
    assert asked(cast, group, "refusal_days") == {cast.centre.organisation_id: ("", cast.day)}  # IMDi's said it is held
    accepts(cast, group, EVERYBODY, LATER)
    assert asked(cast, group) == {udi: ("done", cast.day), imdi: ("void", cast.day)}


@pytest.mark.req("REF-04", "REF-05")
@pytest.mark.parametrize("is_seen_first", [True, False])
def test_whose_letter_said_that_the_place_is_held_are_told_by_letter(cast: Cast, is_seen_first: bool) -> None:
    group = lettered(cast)
    does(cast, withdraw_home, group, by=cast.municipality, text="Leid ut.")
    assert not asked(cast, group, "refusal_days")  # the municipality does not see who has letters
    if is_seen_first:
        does(cast, see_withdrawn, group, by=cast.imdi)
    else:
        follow_the_day(cast.at + DAY)
    assert asked(cast, group, "refusal_days") == {cast.centre.organisation_id: ("", cast.day)}
    does(cast, tell_days, group, by=cast.centre, on=cast.day + DAY)
    who = people(cast, group)
    with scope(cast.udi, cast.day + DAY):
        told = list(Letter.objects.filter(kind=LetterKind.DAYS_CHANGED, subject_id=group).order_by("pk"))
    assert sorted(person for each in told for person in each.also_about) == sorted([who["Olena"], who["Andrij"]])
    facts = [(each.facts["withdrawn_on"], each.facts["days"], each.language) for each in told]
    assert facts == [(str(cast.day), [], "uk")] * 2
    again = cast.day + 2 * DAY
    assert code_of(cast, tell_days, group, by=cast.centre, on=again) == "refusal_days_are_told"


@pytest.mark.req("REF-05")
def test_imdi_that_takes_the_offer_back_is_not_asked_to_see_it(cast: Cast) -> None:
    group = noticed(cast)
    accepts(cast, group, ["Olena", "Sofia", "Danylo"], LATER)
    does(cast, withdraw_offer, group, reason="home_lost", by=cast.imdi, on=LATER)
    assert asked(cast, group) == {cast.udi.organisation_id: ("", LATER)}
