"""A place that is being planned for somebody cannot be filled by another: the database refuses (SET-10, SET-11)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from fotfeste.kernel.calendar import Week
from fotfeste.kernel.errors import Refused
from fotfeste.platform.scope import scope
from fotfeste.platform.sentences import sentence_for
from fotfeste.registry.public import members_of
from fotfeste.settlement.actions.places import declare_week_limit
from fotfeste.settlement.models import (
    MunicipalityYear,
    SettlementCase,
    SettlementRequest,
    WeekLimit,
    YearFigure,
)
from fotfeste.settlement.public import (
    annul_refusal,
    make_offer,
    release_municipality,
    withdraw_request,
)
from fotfeste.settlement.queries.load import NO_LOAD, load_of_all
from tests.actions.settlement.asking import ask, change, decide, load, say_no, say_yes
from tests.actions.settlement.stage import (
    WEEK,
    decided,
    depart,
    found,
    offered,
    queued,
    refused,
    requested,
    with_journey,
)
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.req("SET-11")
def test_places_are_held_while_the_municipality_thinks(cast: Cast) -> None:
    first, second = queued(cast), queued(cast)
    decided("5037", 7)
    ask(cast, first)
    assert (load(cast).held, load(cast).asked) == (4, 4)
    with pytest.raises(Refused) as caught:
        ask(cast, second)
    assert caught.value.code == "municipality_does_not_fit"
    say_yes(cast, first)
    assert (load(cast).held, load(cast).promised) == (0, 4)


@pytest.mark.req("SET-11")
def test_who_is_asked_for_beyond_the_decision_waits_for_room(cast: Cast) -> None:
    first, second = queued(cast), queued(cast)
    decided("5037", 7)
    ask(cast, first)
    beyond = ask(cast, second, "De tar kanskje en til.")
    assert not beyond.holds_place
    assert (load(cast).held, load(cast).asked) == (4, 8)
    with pytest.raises(Refused) as caught:
        say_yes(cast, second)
    assert caught.value.code == "places_are_taken"
    say_no(cast, first)
    say_yes(cast, second)
    assert load(cast).promised == 4


@pytest.mark.req("SET-10")
def test_a_higher_decision_of_the_municipality_makes_room(cast: Cast) -> None:
    group = queued(cast)
    decided("5037", 3)
    ask(cast, group, "De har sagt på telefon at de øker.")
    with pytest.raises(Refused, match="places_are_taken"):
        say_yes(cast, group)
    decide(cast, 4)
    say_yes(cast, group)


@pytest.mark.req("SET-11")
@pytest.mark.parametrize("is_accepted", [False, True])
def test_a_decision_cannot_be_set_below_what_is_held_or_promised(cast: Cast, is_accepted: bool) -> None:
    group = queued(cast)
    ask(cast, group)
    if is_accepted:
        say_yes(cast, group)
    with pytest.raises(Refused) as caught:
        decide(cast, 3)
    assert caught.value.code == "decision_below_use"
    assert MunicipalityYear.objects.get(municipality_id="5037", year=2024).decided == 20
    assert not YearFigure.objects.filter(persons=3).exists()
    decide(cast, 4)


@pytest.mark.req("SET-10")
def test_a_first_decision_is_registered_whatever_was_promised_before_it(cast: Cast) -> None:
    group, other = queued(cast), queued(cast)
    decided("5037", None)
    ask(cast, group)
    say_yes(cast, group)
    decide(cast, 2)
    with pytest.raises(Refused, match="municipality_does_not_fit"):
        ask(cast, other)


@pytest.mark.req("SET-10")
def test_where_nothing_is_decided_nothing_is_refused(cast: Cast) -> None:
    group = queued(cast)
    decided("5037", None)
    ask(cast, group)
    say_yes(cast, group)
    assert load(cast).promised == 4


@pytest.mark.req("SET-10")
def test_minors_alone_have_places_of_their_own(cast: Cast) -> None:
    first, second, third = (queued(cast, is_unaccompanied=True) for _ in range(3))
    ask(cast, first)
    ask(cast, second)
    assert load(cast).held_minors == 2
    ask(cast, third, "De vurderer en til.")
    with pytest.raises(Refused) as caught:
        say_yes(cast, third)
    assert caught.value.code == "minors_places_are_taken"
    with pytest.raises(Refused, match="decision_below_minors"):
        decide(cast, 20, 1)


@pytest.mark.req("SET-11")
@pytest.mark.parametrize("way", ["decline", "withdraw", "release"])
def test_who_comes_no_more_leaves_the_place_to_another(cast: Cast, way: str) -> None:
    first, second = queued(cast), queued(cast)
    decided("5037", 4)
    ask(cast, first)
    if way == "decline":
        say_no(cast, first)
    else:
        if way == "release":
            say_yes(cast, first)
        with scope(cast.imdi, cast.day):
            act = release_municipality if way == "release" else withdraw_request
            act(first, by=cast.imdi, at=cast.at)
    assert load(cast) == NO_LOAD
    ask(cast, second)
    say_yes(cast, second)


@pytest.mark.req("SET-11")
def test_the_home_of_those_who_said_no_is_held_until_they_have_left(cast: Cast) -> None:
    first, second = refused(cast, queued(cast)), queued(cast)
    decided("5037", 4)
    assert load(cast).promised == 4
    with pytest.raises(Refused, match="municipality_does_not_fit"):
        ask(cast, second)
    with scope(cast.imdi, cast.day):
        annul_refusal(first, reason="wrong_choice", by=cast.imdi, at=cast.at)
    assert load(cast).promised == 4


@pytest.mark.req("SET-11")
def test_who_has_come_keeps_the_place_for_the_year(cast: Cast) -> None:
    first, second = queued(cast), queued(cast)
    decided("5037", 4)
    depart(cast, with_journey(cast, first))
    assert (load(cast).settled, load(cast).promised) == (4, 0)
    with pytest.raises(Refused, match="municipality_does_not_fit"):
        ask(cast, second)


@pytest.mark.req("SET-11")
def test_an_offer_in_another_year_takes_a_place_of_that_year(cast: Cast) -> None:
    group = queued(cast)
    decided("5037", 3, year=2025)
    ask(cast, group)
    say_yes(cast, group)
    with scope(cast.imdi, cast.day), pytest.raises(Refused, match="places_are_taken"):
        make_offer(group, week=Week(2025, 3), by=cast.imdi, at=cast.at)
    with scope(cast.imdi, cast.day):
        make_offer(group, week=WEEK, by=cast.imdi, at=cast.at)


@pytest.mark.req("SET-11")
def test_a_yes_for_another_year_takes_a_place_of_that_year(cast: Cast) -> None:
    group = queued(cast)
    decided("5037", 3, year=2025)
    ask(cast, group)
    with pytest.raises(Refused, match="places_are_taken"):
        say_yes(cast, group, Week(2025, 3))
    say_yes(cast, group)


@pytest.mark.req("SET-10")
def test_more_are_not_offered_a_week_than_the_municipality_receives(cast: Cast) -> None:
    first, second = found(cast, queued(cast)), found(cast, queued(cast))
    with scope(cast.municipality, cast.day):
        declare_week_limit(3, by=cast.municipality, at=cast.at)
    with scope(cast.imdi, cast.day):
        make_offer(first, week=WEEK, by=cast.imdi, at=cast.at)  # alone: never split
        with pytest.raises(Refused) as caught:
            make_offer(second, week=WEEK, by=cast.imdi, at=cast.at)
        assert caught.value.code == "week_is_full"
        make_offer(second, week=WEEK + 1, by=cast.imdi, at=cast.at)


@pytest.mark.req("SET-10")
def test_who_has_come_in_a_week_counts_in_it_as_the_limit_does(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    of = cast.municipality.organisation_id
    assert load_of_all(2024, cast.day, WEEK)[of].in_week == 4
    depart(cast, group)
    assert load_of_all(2024, cast.day, WEEK)[of].in_week == 4
    assert load_of_all(2024, cast.day)[of].in_week == 0


@pytest.mark.req("SET-10")
def test_a_yes_whose_week_is_over_without_an_offer_may_come_in_any_week_to_come(cast: Cast) -> None:
    group = found(cast, queued(cast))
    of, then = cast.municipality.organisation_id, WEEK.last_day + timedelta(days=8)
    assert load_of_all(2024, WEEK.first_day, WEEK + 2)[of].in_week == 0
    assert load_of_all(2024, then, WEEK + 2)[of].in_week == 4
    assert load_of_all(2024, then, WEEK + 6)[of].in_week == 4
    with scope(cast.imdi, cast.day):
        make_offer(group, week=WEEK, by=cast.imdi, at=cast.at)
    assert load_of_all(2024, then, WEEK + 2)[of].in_week == 0


@pytest.mark.req("SET-10")
@pytest.mark.parametrize("is_late", [True, False])
def test_who_may_come_in_any_week_counts_in_those_of_the_next_year_too(cast: Cast, is_late: bool) -> None:
    group = queued(cast)
    if is_late:
        found(cast, group)
    else:
        ask(cast, group, week=None)
    of, december = cast.municipality.organisation_id, date(2024, 12, 20)
    weeks = [Week(2024, 52), Week(2025, 2), Week(2025, 40)]
    assert [load_of_all(week.year, december, week)[of].in_week for week in weeks] == [4, 4, 4]
    assert load_of_all(2025, december, Week(2025, 2))[of].promised == 0
    assert of not in load_of_all(2025, december)


@pytest.mark.req("SET-10")
def test_a_week_in_which_no_more_are_received_is_asked_for_with_a_reason_alone(cast: Cast) -> None:
    first, second, third = queued(cast), queued(cast), queued(cast)
    with scope(cast.municipality, cast.day):
        declare_week_limit(3, by=cast.municipality, at=cast.at)
    ask(cast, first)  # alone: never split
    with pytest.raises(Refused) as caught:
        ask(cast, second)
    assert (caught.value.code, caught.value.field) == ("wanted_week_is_full", "reasoning")
    said = "høyst 3 i en uke, og 4 er lovet eller spurt om for uke 14, eller for en uke som ikke er bestemt"
    assert said in sentence_for(caught.value)
    ask(cast, second, week=WEEK + 1)
    ask(cast, third, "De har sagt at de kan ta imot flere.")


@pytest.mark.req("SET-10")
def test_the_limit_of_a_week_is_dated_and_can_be_taken_away(cast: Cast) -> None:
    with scope(cast.municipality, cast.day):
        said = declare_week_limit(8, by=cast.municipality, at=cast.at)
        assert declare_week_limit(8, by=cast.municipality, at=cast.at) == said
        with pytest.raises(Refused, match="not_a_number_of_persons"):
            declare_week_limit(0, by=cast.municipality, at=cast.at)
    later, then = cast.day + timedelta(days=3), cast.at + timedelta(days=3)
    with scope(cast.municipality, later):
        assert declare_week_limit(None, by=cast.municipality, at=then) is None
    [kept] = WeekLimit.objects.current()
    assert (kept.persons, kept.period.start, kept.period.end) == (8, cast.day, later)


@pytest.mark.req("SET-11")
def test_the_database_itself_refuses(cast: Cast) -> None:
    first, second = queued(cast), queued(cast)
    decided("5037", 4)
    held = ask(cast, first)
    beyond = ask(cast, second, "De tar kanskje en til.")
    with scope(cast.imdi, cast.day):
        request, year = SettlementRequest.objects.filter(pk=beyond.pk), MunicipalityYear.objects.filter(year=2024)
        with pytest.raises(IntegrityError), transaction.atomic():
            request.update(holds_place=True)
        with pytest.raises(IntegrityError), transaction.atomic():
            request.update(state="accepted")
        with pytest.raises(IntegrityError), transaction.atomic():
            year.filter(municipality_id="5037").update(decided=3)
        assert SettlementRequest.objects.filter(pk=held.pk).update(state="accepted") == 1


@pytest.mark.req("SET-10")
def test_a_household_that_has_grown_is_promised_only_what_there_is(cast: Cast) -> None:
    group = queued(cast)
    decided("5037", 4)
    requested(cast, group)
    change(cast, group, size=5)
    with pytest.raises(Refused, match="places_are_taken"):
        say_yes(cast, group)
    decide(cast, 5)
    say_yes(cast, group)
    assert len(members_of_levanger(cast, group)) == 4


def members_of_levanger(cast: Cast, group: int) -> list[int]:
    """Whom Levanger sees of a household."""
    with scope(cast.municipality, cast.day):
        return [each.subject_id for each in members_of(group, cast.day)]


@pytest.mark.req("SET-11")
def test_a_household_that_was_promised_and_has_grown_takes_no_place_that_is_held(cast: Cast) -> None:
    first, second = queued(cast), queued(cast)
    decided("5037", 8)
    found(cast, first)
    ask(cast, second)
    change(cast, first, size=5)
    say_yes(cast, second)
    assert load(cast).promised == 9


def test_an_offer_stands_although_the_limit_of_a_week_is_lowered(cast: Cast) -> None:
    group = offered(cast, queued(cast))
    with scope(cast.municipality, cast.day):
        declare_week_limit(1, by=cast.municipality, at=cast.at)
    with scope(cast.imdi, cast.day):
        assert SettlementCase.objects.get(subject_id=group).state == "offered"
