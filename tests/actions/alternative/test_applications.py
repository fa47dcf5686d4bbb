"""An application to live privately: made by whoever, answered by each party by itself, matched by UDI, and decided."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from fotfeste.access.public import NeedReason
from fotfeste.accommodation.public import Stay
from fotfeste.alternative.public import (
    Agreement,
    Application,
    Confirmation,
    EndCause,
    FilledInBy,
    Party,
    PartyAnswer,
    Procedure,
    RefusalGround,
    Scheme,
    WithdrawalCause,
    annul_grant,
    answer_acceptance,
    apply_for,
    by_link,
    complete_application,
    confirm,
    end_agreement,
    grant,
    match_people,
    offer_places,
    refuse,
    register_move_in,
    renew_link,
    send_acceptance_request,
    send_end_letter,
    send_preliminary_answer,
    withdraw_application,
    withdraw_by_link,
)
from fotfeste.kernel.errors import NotAllowed, NotFound, Refused, Stale
from fotfeste.kernel.periods import Period
from fotfeste.kernel.workflow import IllegalStep
from fotfeste.letters.public import Letter
from fotfeste.platform.scope import scope
from fotfeste.registry.public import Mistake, PlacementGroup, members_of
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
    granted,
    registered,
    say,
    submitted,
    typed,
)
from tests.as_owner import every_event, knowing
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


def open_kinds(cast: Cast, group: int) -> set[str]:
    """The kinds of tasks that are open about a household, as UDI sees them."""
    with scope(cast.udi, DAY):
        tasks = Task.objects.filter(subject_id=group, closed_at=None)
        return set(tasks.values_list("kind", flat=True))


def letters(cast: Cast, group: int) -> list[str]:
    """The kinds of letters about a household, as UDI sees them."""
    with scope(cast.udi, DAY):
        return list(Letter.objects.filter(subject_id=group).order_by("pk").values_list("kind", flat=True))


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


def submitted_but_for_host(cast: Cast) -> tuple[Application, int]:
    """In the fast track, matched; the municipality has said yes, the host nothing."""
    group, members = registered(cast)
    made = applied(application(cast, members, procedure=Procedure.FAST))
    say(made.links[Party.MUNICIPALITY], PartyAnswer.YES, by=cast.municipality)
    with scope(cast.udi, DAY):
        match_people(made.application.pk, by=cast.udi, at=AT)
    return fresh(cast, made.application), group


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


@pytest.mark.req("ALT-14")
def test_who_is_granted_a_place_before_moving_in_gets_it_on_the_day_they_do(cast: Cast) -> None:
    ahead = DAY + timedelta(days=10)
    made, group = submitted(cast, procedure=Procedure.FAST, living_there_since=None, wanted_from=ahead)
    with scope(cast.udi, DAY):
        grant(made.pk, by=cast.udi, at=AT)
        assert not Stay.objects.current().filter(kind="mamot").exists()
    then = AT + timedelta(days=11)
    with scope(cast.municipality, then.date()):
        register_move_in(made.pk, ahead, by=cast.municipality, at=then)
        with pytest.raises(Refused, match="moved_in_already"):
            register_move_in(made.pk, ahead, by=cast.municipality, at=then)
    with scope(cast.udi, then.date()):
        assert {stay.period for stay in Stay.objects.current().filter(kind="mamot")} == {Period(ahead)}
    assert "register_move_in" not in open_kinds(cast, group)


@pytest.mark.req("ACS-01", "ALT-14")
@pytest.mark.parametrize("is_withdrawn", [True, False])
def test_nobody_there_knows_of_those_who_were_granted_a_place_and_never_came(cast: Cast, is_withdrawn: bool) -> None:
    ahead = DAY + timedelta(days=10)
    made, group = submitted(cast, procedure=Procedure.FAST, living_there_since=None, wanted_from=ahead)
    with scope(cast.udi, DAY):
        grant(made.pk, by=cast.udi, at=AT)
    assert cast.municipality.organisation_id in knowing(group, NeedReason.APPLIED_HERE, DAY)
    with scope(cast.udi, DAY):
        if is_withdrawn:
            withdraw_application(made.pk, WithdrawalCause.NOT_NEEDED, by=cast.udi, at=AT)
        else:
            annul_grant(made.pk, reason=Mistake.WRONG_PERSON, by=cast.udi, at=AT)
    assert not knowing(group, NeedReason.APPLIED_HERE, DAY)
    to_do = set() if is_withdrawn else {"decide_application"}
    assert open_kinds(cast, group) & {"register_move_in", "decide_application"} == to_do


@pytest.mark.req("ALT-08")
def test_who_lives_there_already_does_not_take_the_application_back(cast: Cast) -> None:
    made, _ = granted(cast)
    with scope(cast.udi, DAY), pytest.raises(Refused, match="moved_in_already"):
        withdraw_application(made.pk, WithdrawalCause.NOT_NEEDED, by=cast.udi, at=AT)


@pytest.mark.req("MON-02", "ALT-14")
def test_a_grant_that_should_not_have_been_given_is_taken_back_and_its_stays_never_were(cast: Cast) -> None:
    made, group = granted(cast)
    with scope(cast.udi, DAY):
        annul_grant(made.pk, reason=Mistake.WRONG_PERSON, by=cast.udi, at=AT)
        assert not Stay.objects.current().filter(kind="mamot").exists()
        assert not Agreement.objects.current().exists()
    now = fresh(cast, made)
    assert (now.state, now.annulled_decision["reason"]) == ("submitted", "wrong_person")
    assert every_event().filter(type="accommodation.private_stay_corrected", subject_id=group).exists()


@pytest.mark.req("ALT-08")
@pytest.mark.parametrize(
    ("cause", "reason", "is_written"),
    [
        (EndCause.SETTLED, "agreed_settlement", True),
        (EndCause.OFFER_DECLINED, "offer_declined", True),
        (EndCause.MOVED_AWAY, "moved_away", True),
        (EndCause.CONDITIONS_FAILED, "conditions_failed", True),
        (EndCause.MUNICIPALITY_WITHDREW, "withdrawn_from", True),
        (EndCause.SCHEME_ENDED, "scheme_ended", True),
        (EndCause.LEFT_COUNTRY, "left_country", False),
        (EndCause.DIED, "deceased", False),
    ],
)
def test_an_agreement_ends_by_each_cause_with_the_stays_and_a_letter(
    cast: Cast, cause: EndCause, reason: str, is_written: bool
) -> None:
    _, group = granted(cast)
    with scope(cast.udi, DAY):
        end_agreement(group, cast.municipality.organisation_id, cause, DAY, by=cast.udi, at=AT)
        agreement = Agreement.objects.current().get(subject_id=group)
        reasons = Stay.objects.current().filter(kind="mamot").values_list("departure_reason", flat=True)
        assert set(reasons) == {reason}
    assert (agreement.period, agreement.end_cause) == (Period(MOVED_IN, DAY), cause)
    assert (letters(cast, group)[-1] == "ended") is is_written


@pytest.mark.req("ALT-08")
def test_a_municipality_ends_it_for_what_it_knows_and_udi_writes_to_them(cast: Cast) -> None:
    _, group = granted(cast)
    by, there = cast.municipality, cast.municipality.organisation_id
    with scope(by, DAY):
        with pytest.raises(Refused, match="cause_is_udis"):
            end_agreement(group, there, EndCause.SCHEME_ENDED, DAY, by=by, at=AT)
        with pytest.raises(Refused, match="cause_follows_by_itself"):
            end_agreement(group, there, EndCause.GRANT_ANNULLED, DAY, by=by, at=AT)
        end_agreement(group, there, EndCause.MUNICIPALITY_WITHDREW, DAY, by=by, at=AT)
        with pytest.raises(Refused, match="no_agreement_there"):
            end_agreement(group, there, EndCause.MOVED_AWAY, DAY, by=by, at=AT)
    assert "send_end_letter" in open_kinds(cast, group)
    assert "place_group" in open_kinds(cast, group)  # they are here still
    with scope(cast.udi, DAY):
        send_end_letter(group, by=cast.udi, at=AT)
    assert letters(cast, group)[-1] == "ended"
    assert "send_end_letter" not in open_kinds(cast, group)


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
