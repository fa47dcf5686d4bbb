"""Answers are corrected where some were asked later: each is as old as on the day of their own talk."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from fotfeste.kernel.errors import Refused
from fotfeste.platform.scope import scope
from fotfeste.registry.public import Member
from fotfeste.settlement.domain.contents import Question
from fotfeste.settlement.domain.types import AfterGrowth, InformationMode, OwnTalk
from fotfeste.settlement.models import Participant
from fotfeste.settlement.public import (
    Information,
    Participation,
    finish_correction,
    finish_supplement,
    give_information,
    register_participants,
    reopen_interview,
    save_answers,
)
from tests.actions.settlement.stage import queued
from tests.actions.settlement.test_grown import joined, said
from tests.conftest import Cast
from tests.settlement_steps import HELD_ON, PLAIN_ANSWERS, members_by_name
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-02"), pytest.mark.req("SET-03")]
CHILDS = {Question.ADAPTATION: PLAIN_ANSWERS[Question.ADAPTATION]}
TURNS_12, TURNS_18, ADULT = date(2012, 3, 14), date(2006, 3, 14), date(1985, 1, 1)  # on the day after the interview


def member(cast: Cast, group: int, name: str) -> Member:
    """One of the household, as the centre sees them."""
    with scope(cast.centre, cast.day):
        return members_by_name(group, cast.day)[name]


def came_later(cast: Cast, group: int, name: str, born: date) -> int:
    """Somebody comes on the day after the interview, and IMDi has them asked; their key."""
    person = joined(cast, group, name, born)
    said(cast, group, AfterGrowth.SUPPLEMENT)
    return person


def heard(cast: Cast, group: int, person: int, talk: OwnTalk, at: datetime) -> None:
    """A child is heard, and has answered to a talk of its own."""
    with scope(cast.centre, at.date()):
        how = {person: Participation(was_heard=True, own_talk=talk)}
        register_participants(group, how, by=cast.centre, at=at)


def asked_as_adult(cast: Cast, group: int, person: int) -> None:
    """Who came later is informed, answers all five questions, and it is sent to IMDi."""
    with scope(cast.centre, cast.day):
        told = Information(InformationMode.INDIVIDUAL, "uk", cast.day, "Kari")
        give_information(group, [person], told, by=cast.centre, at=cast.at)
        save_answers(group, person, PLAIN_ANSWERS, by=cast.centre, at=cast.at)
        finish_supplement(group, by=cast.centre, at=cast.at)


def reopened(cast: Cast, group: int) -> datetime:
    """The interview is open again; gives the instant after it."""
    with scope(cast.centre, cast.day):
        reopen_interview(group, reason="Et svar er feil.", by=cast.centre, at=cast.at + timedelta(minutes=1))
    return cast.at + timedelta(minutes=2)


def test_who_was_twelve_at_their_own_talk_has_it_when_answers_are_corrected_too(cast: Cast) -> None:
    group = queued(cast)
    child = came_later(cast, group, "Iryna", TURNS_12)
    with scope(cast.centre, cast.day):
        save_answers(group, child, CHILDS, by=cast.centre, at=cast.at)
    heard(cast, group, child, OwnTalk.NOT_WANTED, cast.at)
    with scope(cast.centre, cast.day):
        finish_supplement(group, by=cast.centre, at=cast.at)
    after = reopened(cast, group)
    with pytest.raises(Refused, match="own_talk_not_offered_to"):
        heard(cast, group, member(cast, group, "Danylo").subject_id, OwnTalk.HELD, after)
    heard(cast, group, child, OwnTalk.WANTED, after)
    with scope(cast.centre, cast.day), pytest.raises(Refused, match="interview_incomplete"):
        finish_correction(group, by=cast.centre, at=after)
    heard(cast, group, child, OwnTalk.HELD, after)
    with scope(cast.centre, cast.day):
        finish_correction(group, by=cast.centre, at=after)
        assert Participant.objects.current().get(subject_id=child).asked_on == cast.day


def test_who_was_of_age_at_their_own_talk_is_corrected_as_an_adult(cast: Cast) -> None:
    group = queued(cast)
    grown = came_later(cast, group, "Iryna", TURNS_18)
    asked_as_adult(cast, group, grown)
    after = reopened(cast, group)
    url = reverse("interview_answers", args=[reference_of(group), member(cast, group, "Iryna").reference])
    with logged_in(cast, cast.centre) as browser:
        assert "Yrke" in browser.get(url).text
    with scope(cast.centre, cast.day):
        save_answers(group, grown, PLAIN_ANSWERS, by=cast.centre, at=after)
        finish_correction(group, by=cast.centre, at=after)


@pytest.mark.req("SET-06")
def test_who_was_asked_alone_before_a_parent_came_is_corrected_as_they_were_asked(cast: Cast) -> None:
    group = queued(cast, is_unaccompanied=True)
    asked_as_adult(cast, group, came_later(cast, group, "Iryna", ADULT))
    after = reopened(cast, group)
    with scope(cast.centre, cast.day):
        save_answers(group, member(cast, group, "Maksym").subject_id, PLAIN_ANSWERS, by=cast.centre, at=after)
        finish_correction(group, by=cast.centre, at=after)


def talked_to(cast: Cast, group: int, person: int, first: date, end: date) -> date | None:
    """The last day of a period on which the person was talked to, as UDI may ask."""
    with scope(cast.udi, cast.day), connection.cursor() as cursor:
        cursor.execute("SELECT talked_to_within(%s, %s, daterange(%s, %s))", [group, person, first, end])
        found: date | None = cursor.fetchone()[0]
    return found


def test_who_came_later_was_talked_to_on_the_day_when_their_own_talk_was_finished(cast: Cast) -> None:
    group = queued(cast)
    child = came_later(cast, group, "Bebi", date(2024, 3, 10))
    with scope(cast.centre, cast.day):
        save_answers(group, child, CHILDS, by=cast.centre, at=cast.at)
    heard(cast, group, child, OwnTalk.NOT_OFFERED, cast.at)
    tomorrow, after_that = cast.day + timedelta(days=1), cast.day + timedelta(days=2)
    with scope(cast.centre, tomorrow):
        finish_supplement(group, by=cast.centre, at=cast.at + timedelta(days=1))
    assert talked_to(cast, group, child, HELD_ON, tomorrow) is None
    assert talked_to(cast, group, child, tomorrow, after_that) == tomorrow
    sofia = member(cast, group, "Sofia").subject_id
    assert talked_to(cast, group, sofia, HELD_ON, after_that) == HELD_ON
