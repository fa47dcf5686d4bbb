"""An application to live privately: made by whoever, answered by each party by itself, taken back by whoever may."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from fotfeste.access.public import NeedReason
from fotfeste.alternative.public import (
    Application,
    Confirmation,
    FilledInBy,
    Party,
    PartyAnswer,
    Procedure,
    WithdrawalCause,
    answer_acceptance,
    apply_for,
    by_link,
    confirm,
    grant,
    match_people,
    renew_link,
    withdraw_by_link,
)
from fotfeste.kernel.errors import NotAllowed, NotFound, Refused, Stale
from fotfeste.platform.scope import scope
from tests.actions.alternative.applied import (
    AT,
    DAY,
    answered,
    application,
    applied,
    by_staff,
    fresh,
    open_kinds,
    registered,
    say,
    submitted_but_for_host,
    typed,
)
from tests.as_owner import knowing
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.req("ALT-03", "ALT-06")
def test_whoever_applies_without_a_login_is_told_nothing_of_who_is_registered(cast: Cast) -> None:
    _, members = registered(cast)
    made = applied(application(cast, members))
    assert (made.application.state, made.application.subject_id) == ("submitted", None)
    strangers = [replace(typed(members[0]), duf="", name="Ukjent Person")]
    other = applied(application(cast, members, applicants=tuple(strangers)))
    assert (other.application.state, other.application.subject_id) == ("submitted", None)
    for viewer in (cast.municipality, cast.centre, cast.imdi, cast.registrar):
        with scope(viewer, DAY):
            assert Application.objects.count() == 0
    with scope(cast.udi, DAY):
        assert Application.objects.count() == 2


@pytest.mark.req("ALT-06")
def test_a_link_opens_its_application_alone(cast: Cast) -> None:
    _, members = registered(cast)
    first, second = (applied(application(cast, members)) for _ in range(2))
    with by_link(first.links[Party.APPLICANT], DAY):
        assert list(Application.objects.values_list("pk", flat=True)) == [first.application.pk]
        assert Confirmation.objects.count() == 1
    with by_link("0" * 32, DAY):
        assert Application.objects.count() == 0
    assert first.links[Party.APPLICANT] != second.links[Party.APPLICANT]


@pytest.mark.req("ALT-04", "ALT-06")
def test_in_the_fast_track_each_party_answers_by_its_own_link_and_nobody_waits(cast: Cast) -> None:
    _, members = registered(cast)
    made = applied(application(cast, members, procedure=Procedure.FAST))
    assert set(made.links) == {Party.APPLICANT, Party.HOST, Party.MUNICIPALITY}
    assert made.application.state == "waiting_for_parties"
    # Whoever filled it in was told every link: a municipality's is nobody's word without a login there.
    for viewer in (None, cast.centre, cast.other_municipality):
        with pytest.raises((NotAllowed, Refused)):
            say(made.links[Party.MUNICIPALITY], PartyAnswer.YES, by=viewer)
    say(made.links[Party.MUNICIPALITY], PartyAnswer.YES, by=cast.municipality)
    assert fresh(cast, made.application).state == "waiting_for_parties"
    say(made.links[Party.HOST], PartyAnswer.YES)
    assert fresh(cast, made.application).state == "submitted"
    with scope(cast.udi, DAY):
        rows = Confirmation.objects.filter(application=made.application).order_by("party")
        assert [(row.party, row.way, row.signer_name) for row in rows] == [
            ("applicant", "form", "Olena Kovalenko"),
            ("host", "link", "Kari Vert"),
            ("municipality", "link", "Kari Vert"),
        ]
    with pytest.raises(Refused, match="link_answered"):
        say(made.links[Party.HOST], PartyAnswer.YES)


@pytest.mark.req("ALT-06")
def test_a_helper_is_named_and_the_applicant_signs_by_a_link_of_their_own(cast: Cast) -> None:
    _, members = registered(cast)
    with pytest.raises(Refused, match="helper_not_named"):
        applied(application(cast, members, filled_in_by=FilledInBy.HELPER))
    made = applied(application(cast, members, filled_in_by=FilledInBy.HELPER, helper_name="Per Hjelper"))
    # The helper's own signature is not the applicants'.
    assert made.application.state == "waiting_for_parties"
    say(made.links[Party.APPLICANT], PartyAnswer.YES)
    assert fresh(cast, made.application).state == "submitted"


def test_an_applicant_who_says_that_it_is_not_theirs_takes_it_back(cast: Cast) -> None:
    _, members = registered(cast)
    made = applied(application(cast, members, filled_in_by=FilledInBy.HELPER, helper_name="Per Hjelper"))
    with pytest.raises(Refused, match="no_needs_reason"):
        say(made.links[Party.APPLICANT], PartyAnswer.NO)
    say(made.links[Party.APPLICANT], PartyAnswer.NO, "Jeg har ikke søkt")
    assert fresh(cast, made.application).withdrawal_cause == WithdrawalCause.NOT_THEIRS


def test_a_link_ends_is_renewed_and_the_old_one_opens_nothing(cast: Cast) -> None:
    _, members = registered(cast)
    made = applied(application(cast, members, procedure=Procedure.FAST))
    late = AT + timedelta(days=30)
    with by_link(made.links[Party.HOST], late.date()) as door, pytest.raises(Refused, match="link_expired"):
        confirm(made.links[Party.HOST], answer=PartyAnswer.YES, signer_name="Kari", by=door, at=late)
    with scope(cast.udi, DAY):
        secret = renew_link(made.application.pk, Party.HOST, by=cast.udi, at=AT)
    with pytest.raises(NotFound):
        say(made.links[Party.HOST], PartyAnswer.YES)
    say(secret, PartyAnswer.YES)


@pytest.mark.req("ALT-06")
def test_what_a_party_says_on_the_telephone_is_written_down_with_who_wrote_it(cast: Cast) -> None:
    made, _ = submitted_but_for_host(cast)
    by_staff(cast, made, Party.HOST)
    with scope(cast.udi, DAY):
        row = Confirmation.objects.get(application=made, party=Party.HOST)
    assert (row.way, row.user_id) == ("phone", cast.udi.user_id)


def test_who_has_the_applicants_link_can_take_the_application_back_also_when_udi_has_matched_it(cast: Cast) -> None:
    group, members = registered(cast)
    made = applied(application(cast, members))
    with scope(cast.udi, DAY):
        match_people(made.application.pk, by=cast.udi, at=AT)
    secret = made.links[Party.APPLICANT]
    with by_link(secret, DAY) as door:
        withdraw_by_link(secret, WithdrawalCause.MOVED, by=door, at=AT)
    assert fresh(cast, made.application).state == "withdrawn"
    assert knowing(group, NeedReason.APPLIED_HERE, DAY) == []
    assert not open_kinds(cast, group) & {"decide_application", "send_preliminary_answer"}


def test_staff_apply_for_a_household_that_they_know_of_and_it_is_matched_at_once(cast: Cast) -> None:
    group, members = registered(cast)
    people = tuple(typed(member, subject_id=member.subject_id) for member in members)
    new = application(cast, members, applicants=people, filled_in_by=FilledInBy.STAFF, signer_name="")
    with scope(cast.udi, DAY):
        made = apply_for(new, by=cast.udi, at=AT, group_id=group)
        outsider = (replace(people[0], subject_id=group),)
        with pytest.raises(Refused, match="not_in_that_household"):
            apply_for(replace(new, applicants=outsider), by=cast.udi, at=AT, group_id=group)
    assert (made.application.subject_id, made.application.state) == (group, "waiting_for_parties")
    with scope(cast.other_centre, DAY), pytest.raises(NotFound):
        apply_for(new, by=cast.other_centre, at=AT, group_id=group)


@pytest.mark.req("ALT-08")
def test_mamot_takes_no_applications_after_it_has_closed_but_one_that_came_before_is_registered(cast: Cast) -> None:
    group, members = registered(cast)
    people = tuple(typed(member, subject_id=member.subject_id) for member in members)
    new = application(cast, members, applicants=people, filled_in_by=FilledInBy.STAFF, signer_name="")
    with scope(cast.udi, cast.day):
        with pytest.raises(Refused, match="scheme_is_closed"):
            apply_for(new, by=cast.udi, at=cast.at, group_id=group)
        on_paper = replace(new, received_on=date(2024, 2, 14))
        assert (
            apply_for(on_paper, by=cast.udi, at=cast.at, group_id=group).application.received_on == on_paper.received_on
        )


def test_acts_ask_for_the_permission_and_the_version(cast: Cast) -> None:
    made, _ = answered(cast)
    with scope(cast.municipality, DAY), pytest.raises(NotAllowed):
        grant(made.pk, by=cast.municipality, at=AT)
    with scope(cast.udi, DAY), pytest.raises(Stale):
        grant(made.pk, by=cast.udi, at=AT, version=made.version - 1)
    with scope(cast.udi, DAY), pytest.raises(NotAllowed):
        answer_acceptance(made.pk, accepts=True, by=cast.udi, at=AT)
