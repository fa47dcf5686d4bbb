"""UDI decides an application: matches people, asks the municipality, grants or refuses."""

from datetime import date, timedelta

import pytest

from fotfeste.access.public import NeedReason
from fotfeste.accommodation.public import Stay
from fotfeste.alternative.public import (
    Agreement,
    Application,
    Party,
    PartyAnswer,
    Procedure,
    RefusalGround,
    Scheme,
    WithdrawalCause,
    answer_acceptance,
    complete_application,
    grant,
    match_people,
    offer_places,
    refuse,
    send_acceptance_request,
    send_preliminary_answer,
    withdraw_application,
)
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.periods import Period
from fotfeste.kernel.workflow import IllegalStep
from fotfeste.platform.scope import scope
from fotfeste.registry.public import PlacementGroup, members_of
from fotfeste.worklist.public import Task
from tests.actions.alternative.applied import (
    AT,
    DAY,
    MOVED_IN,
    answered,
    application,
    applied,
    asked,
    by_staff,
    fresh,
    letters,
    open_kinds,
    registered,
    say,
    submitted,
    submitted_but_for_host,
    typed,
)
from tests.as_owner import knowing
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.req("ACS-01", "ALT-03")
def test_udi_finds_who_they_are_and_only_the_municipality_that_is_named_knows_of_it(cast: Cast) -> None:
    made, group = submitted(cast)
    assert made.subject_id == group
    assert knowing(group, NeedReason.APPLIED_HERE, DAY) == [cast.municipality.organisation_id]
    with scope(cast.municipality, DAY):
        assert Application.objects.count() == 1
    with scope(cast.other_municipality, DAY):
        assert Application.objects.count() == 0
    assert open_kinds(cast, group) >= {"decide_application", "send_preliminary_answer"}
    with scope(cast.udi, DAY):
        task = Task.objects.get(kind="decide_application")
    assert (task.due_on, task.due_rule) == (date(2024, 3, 12), "alternative.preliminary_months")


def test_nobody_is_matched_whose_birth_date_is_another(cast: Cast) -> None:
    _, members = registered(cast)
    wrong = [typed(members[0], birth_date=date(1980, 1, 1))]
    made = applied(application(cast, members, applicants=tuple(wrong)))
    with scope(cast.udi, DAY):
        with pytest.raises(Refused, match="nobody_matches"):
            match_people(made.application.pk, by=cast.udi, at=AT)
        row = made.application.persons.get()
        match_people(made.application.pk, chosen={row.pk: members[0].subject_id}, by=cast.udi, at=AT)
    assert fresh(cast, made.application).subject_id is not None


def test_of_two_applications_for_the_same_people_one_is_matched(cast: Cast) -> None:
    _, members = registered(cast)
    first, second = (applied(application(cast, members)).application for _ in range(2))
    with scope(cast.udi, DAY):
        match_people(first.pk, by=cast.udi, at=AT)
        with pytest.raises(Refused, match="one_living_application"):
            match_people(second.pk, by=cast.udi, at=AT)
        withdraw_application(second.pk, WithdrawalCause.MISTAKE, by=cast.udi, at=AT)


@pytest.mark.req("ALT-03", "ALT-14")
def test_in_procedure_a_udi_asks_the_municipality_and_a_grant_begins_when_they_moved_in(cast: Cast) -> None:
    made, group = asked(cast)
    with scope(cast.municipality, DAY):
        task = Task.objects.get(kind="answer_acceptance", closed_at=None)
        assert task.due_on == DAY + timedelta(days=14)
    with scope(cast.udi, DAY), pytest.raises(IllegalStep):
        grant(made.pk, by=cast.udi, at=AT)
    with scope(cast.municipality, DAY):
        answer_acceptance(made.pk, accepts=True, by=cast.municipality, at=AT)
    with scope(cast.udi, DAY):
        grant(made.pk, by=cast.udi, at=AT)
        stays = Stay.objects.current().filter(municipality_id=cast.municipality.organisation_id)
        assert {(stay.kind, stay.period) for stay in stays} == {("mamot", Period(MOVED_IN))}
        agreement = Agreement.objects.current().get(subject_id=group)
    assert (agreement.period, agreement.scheme, agreement.application_id) == (Period(MOVED_IN), "mamot", made.pk)
    now = fresh(cast, made)
    assert (now.state, now.starts_on, now.decided_by_id) == ("granted", MOVED_IN, cast.udi.user_id)
    assert {each["outcome"] for each in now.decision["persons"]} == {"yes"}
    assert now.decision["persons"][0]["version"] == "2022-03-15/2022-03-15"
    assert letters(cast, group) == ["request_to_municipality", "granted", "grant_letter"]
    assert knowing(group, NeedReason.APPLIED_HERE, DAY) == []
    assert knowing(group, NeedReason.HOUSED_HERE, DAY) == [cast.municipality.organisation_id]
    assert not open_kinds(cast, group) & {"decide_application", "send_preliminary_answer", "place_group"}


@pytest.mark.req("ALT-03")
def test_a_municipality_that_says_no_ends_it_with_a_refusal(cast: Cast) -> None:
    made, group = answered(cast, accepts=False)
    with scope(cast.udi, DAY):
        with pytest.raises(Refused, match="party_says_no"):
            grant(made.pk, by=cast.udi, at=AT)
        with pytest.raises(Refused, match="ground_does_not_fit"):
            refuse(made.pk, RefusalGround.SETTLED_SOON, by=cast.udi, at=AT)
        refuse(made.pk, RefusalGround.MUNICIPALITY_DECLINED, by=cast.udi, at=AT)
    assert letters(cast, group)[-1] == "refused"
    assert knowing(group, NeedReason.APPLIED_HERE, DAY) == []
    with scope(cast.municipality, DAY):
        assert Application.objects.count() == 0


@pytest.mark.req("ALT-04")
def test_in_the_fast_track_there_is_no_request_and_a_host_who_says_no_is_a_ground(cast: Cast) -> None:
    made, _ = submitted_but_for_host(cast)
    by_staff(cast, made, Party.HOST, PartyAnswer.NO)
    with scope(cast.udi, DAY):
        with pytest.raises(Refused, match="request_not_in_procedure"):
            send_acceptance_request(made.pk, by=cast.udi, at=AT)
        refuse(made.pk, RefusalGround.HOST_DECLINED, by=cast.udi, at=AT)


@pytest.mark.req("ALT-04")
def test_in_the_fast_track_udi_grants_when_all_have_said_yes(cast: Cast) -> None:
    made, _ = submitted(cast, procedure=Procedure.FAST)
    with scope(cast.udi, DAY):
        grant(made.pk, by=cast.udi, at=AT)
    assert fresh(cast, made).state == "granted"


@pytest.mark.req("ALT-05")
def test_a_municipality_offers_places_for_groups_and_each_household_applies_for_itself(cast: Cast) -> None:
    with pytest.raises(Refused, match="interest_missing"):
        submitted(cast, procedure=Procedure.GROUP)
    with scope(cast.municipality, DAY):
        interest = offer_places(Scheme.MAMOT, 40, "Hotell i sentrum", by=cast.municipality, at=AT)
    made, _ = submitted_again(cast, interest.pk)
    with scope(cast.udi, DAY):
        grant(made.pk, by=cast.udi, at=AT)
    assert fresh(cast, made).interest_id == interest.pk


def submitted_again(cast: Cast, interest_id: int) -> tuple[Application, int]:
    """An application of those who are registered already, in procedure C."""
    with scope(cast.udi, DAY):
        group = PlacementGroup.objects.get().subject_id
        members = members_of(group, DAY)
    made = applied(application(cast, members, procedure=Procedure.GROUP, interest_id=interest_id))
    with scope(cast.udi, DAY):
        match_people(made.application.pk, by=cast.udi, at=AT)
    return fresh(cast, made.application), group


@pytest.mark.req("ALT-01")
def test_what_is_not_known_is_asked_for_before_anything_is_granted(cast: Cast) -> None:
    _, members = registered(cast)
    unsure = tuple(typed(member, lived_in_ukraine=None) for member in members)
    made = applied(application(cast, members, applicants=unsure, procedure=Procedure.FAST))
    for party, secret in made.links.items():
        if party is not Party.APPLICANT:
            say(secret, PartyAnswer.YES, by=cast.municipality if party is Party.MUNICIPALITY else None)
    key = made.application.pk
    with scope(cast.udi, DAY):
        rows = list(made.application.persons.values_list("pk", flat=True))
    with scope(cast.udi, DAY):
        match_people(key, by=cast.udi, at=AT)
        with pytest.raises(Refused, match="conditions_unknown"):
            grant(key, by=cast.udi, at=AT)
        with pytest.raises(Refused, match="answer_not_asked_for"):
            complete_application(key, {rows[0]: {"name": True}}, by=cast.udi, at=AT)
        complete_application(key, {row: {"lived_in_ukraine": True} for row in rows}, by=cast.udi, at=AT)
        grant(key, by=cast.udi, at=AT)


@pytest.mark.req("ALT-09")
def test_who_waits_for_more_than_a_month_gets_a_preliminary_answer(cast: Cast) -> None:
    made, group = asked(cast)
    with scope(cast.udi, DAY):
        send_preliminary_answer(made.pk, by=cast.udi, at=AT)
        with pytest.raises(Refused, match="preliminary_is_sent"):
            send_preliminary_answer(made.pk, by=cast.udi, at=AT)
    assert letters(cast, group)[-1] == "preliminary"
    assert "send_preliminary_answer" not in open_kinds(cast, group)
