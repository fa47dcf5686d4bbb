"""Applications, grants and stays one after another: what belongs to one is not touched by another."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from fotfeste.access.public import NeedReason
from fotfeste.accommodation.public import Stay
from fotfeste.alternative.domain.types import Condition
from fotfeste.alternative.public import (
    Agreement,
    Application,
    EndCause,
    Party,
    Procedure,
    RefusalGround,
    Scheme,
    WithdrawalCause,
    annul_grant,
    answer_acceptance,
    apply_for,
    by_link,
    check_housing,
    condition_of,
    decisions_of,
    end_agreement,
    grant,
    match_people,
    offer_places,
    refuse,
    register_move_in,
    withdraw_application,
    withdraw_by_link,
)
from fotfeste.alternative.queries.applications import ApplicationFilter, applications_page
from fotfeste.alternative.rows import application_rows
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.periods import Period
from fotfeste.letters.public import Letter
from fotfeste.platform.scope import scope
from fotfeste.registry.public import (
    Mistake,
    NewGroup,
    NewGuardian,
    StatusKind,
    members_of,
    register_group,
    register_member,
    register_status,
)
from fotfeste.worklist.public import Task
from tests.actions.alternative.applied import (
    AT,
    DAY,
    MOVED_IN,
    REGISTERED,
    application,
    applied,
    asked,
    fresh,
    granted,
    registered,
    submitted,
    typed,
)
from tests.actions.alternative.living import home
from tests.actions.registry.families import kovalenko, person, with_duf
from tests.as_owner import knowing
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
NEXT_DAY, NEXT_AT = DAY + timedelta(days=1), AT + timedelta(days=1)
AGAIN, AGAIN_AT = DAY + timedelta(days=2), AT + timedelta(days=2)


def gone(cast: Cast) -> tuple[Application, int]:
    """They lived there by a grant for some days, and left."""
    made, group = granted(cast)
    with scope(cast.udi, NEXT_DAY):
        end_agreement(
            group, cast.municipality.organisation_id, EndCause.LEFT_UNKNOWN, NEXT_DAY, by=cast.udi, at=NEXT_AT
        )
    return fresh(cast, made), group


def granted_again(cast: Cast, group: int) -> Application:
    """They are granted a place there once more, and live there."""
    with scope(cast.udi, AGAIN):
        new = application(cast, members_of(group, AGAIN), living_there_since=AGAIN, received_on=DAY)
        made = apply_for(replace(new, procedure=Procedure.GROUP, interest_id=offered(cast)), by=cast.udi, at=AGAIN_AT)
        match_people(made.application.pk, by=cast.udi, at=AGAIN_AT)
        grant(made.application.pk, by=cast.udi, at=AGAIN_AT)
        return made.application


def offered(cast: Cast) -> int:
    """Places that the municipality has offered, so that it need not be asked."""
    with scope(cast.municipality, DAY):
        return offer_places(Scheme.MAMOT, 8, "Hotell", by=cast.municipality, at=AT).pk


@pytest.mark.req("ALT-08", "MON-02")
def test_who_has_lived_there_by_a_grant_and_left_neither_takes_it_back_nor_moves_in_by_it(cast: Cast) -> None:
    made, _ = gone(cast)
    with scope(cast.udi, AGAIN):
        with pytest.raises(Refused, match="moved_in_already"):
            withdraw_application(made.pk, WithdrawalCause.NOT_NEEDED, by=cast.udi, at=AGAIN_AT)
        with pytest.raises(Refused, match="moved_in_already"):
            register_move_in(made.pk, AGAIN, by=cast.udi, at=AGAIN_AT)


@pytest.mark.req("MON-02")
@pytest.mark.parametrize("is_first", [True, False])
def test_a_grant_that_is_taken_back_leaves_the_stays_by_another_one_alone(cast: Cast, is_first: bool) -> None:
    first, group = gone(cast)
    second = granted_again(cast, group)
    wrong, right = (first, second) if is_first else (second, first)
    with scope(cast.udi, AGAIN):
        annul_grant(wrong.pk, reason=Mistake.WRONG_PERSON, by=cast.udi, at=AGAIN_AT)
        agreements = list(Agreement.objects.current().values_list("application_id", "period"))
        stays = {stay.period for stay in Stay.objects.current().filter(kind="mamot")}
    period = Period(AGAIN) if is_first else Period(MOVED_IN, NEXT_DAY)
    assert (agreements, stays) == ([(right.pk, period)], {period})
    assert cast.municipality.organisation_id in knowing(group, NeedReason.HOUSED_HERE, AGAIN)


@pytest.mark.req("ALT-14", "MON-02")
def test_nobody_moves_in_before_there_was_a_scheme(cast: Cast) -> None:
    early = date(2022, 2, 1)
    with scope(cast.registrar, DAY):
        new = replace(kovalenko(), registered_on=early, applied_on=early)
        members = members_of(register_group(new, by=cast.registrar, at=AT).subject_id, DAY)
    made = applied(application(cast, members, living_there_since=None, wanted_from=DAY + timedelta(days=9))).application
    with scope(cast.udi, DAY):
        match_people(made.pk, by=cast.udi, at=AT)
        Application.objects.filter(pk=made.pk).update(answer="yes", answered_on=DAY)
        grant(made.pk, by=cast.udi, at=AT)
    with scope(cast.municipality, DAY):
        with pytest.raises(Refused, match="moved_in_before_scheme") as refused:
            register_move_in(made.pk, date(2022, 3, 14), by=cast.municipality, at=AT)
        assert (refused.value.field, refused.value.params) == ("on", {"day": date(2022, 3, 15)})
        assert register_move_in(made.pk, date(2022, 3, 15), by=cast.municipality, at=AT).starts_on == date(2022, 3, 15)


@pytest.mark.req("ALT-14", "MON-02")
def test_a_child_who_was_registered_later_takes_no_day_from_the_others(cast: Cast) -> None:
    group, _ = registered(cast)
    born = DAY - timedelta(days=3)
    with scope(cast.registrar, DAY):
        baby = register_member(group, with_duf(person("Baby", born=born), 100019), born, by=cast.registrar, at=AT)
        register_status(group, [baby], StatusKind.APPLIED_FOR_PROTECTION, born, by=cast.registrar, at=AT)
        members = members_of(group, DAY)
    made = applied(application(cast, members, procedure=Procedure.GROUP, interest_id=offered(cast))).application
    with scope(cast.udi, DAY):
        match_people(made.pk, by=cast.udi, at=AT)
        assert grant(made.pk, by=cast.udi, at=AT).starts_on == MOVED_IN
        begun = dict(Stay.objects.current().filter(kind="mamot").values_list("subject_id", "period"))
        told = (
            Letter.objects.filter(subject_id=group, kind="grant_letter").order_by("pk").values_list("facts", flat=True)
        )
        assert [(each["start_on"], len(each["names"])) for each in told] == [
            (MOVED_IN.isoformat(), 4),
            (born.isoformat(), 1),
        ]
    assert begun == {each.subject_id: Period(MOVED_IN) for each in members} | {baby: Period(born)}


@pytest.mark.req("ALT-11")
def test_nobody_is_to_look_again_at_the_home_of_those_who_were_refused(cast: Cast) -> None:
    made, group = asked(cast)
    with scope(cast.municipality, DAY):
        check_housing(group, replace(home(), checked_on=DAY), by=cast.municipality, at=AT)
        answer_acceptance(made.pk, accepts=False, text="Vi har ikke plass", by=cast.municipality, at=AT)
    with scope(cast.udi, DAY):
        refuse(made.pk, RefusalGround.MUNICIPALITY_DECLINED, by=cast.udi, at=AT)
        assert not Task.objects.filter(subject_id=group, kind="check_housing", closed_at=None).exists()


@pytest.mark.req("ALT-11")
def test_nor_at_the_home_of_those_who_take_it_back_by_their_link(cast: Cast) -> None:
    group, members = registered(cast)
    made = applied(application(cast, members))
    with scope(cast.udi, DAY):
        match_people(made.application.pk, by=cast.udi, at=AT)
    with scope(cast.municipality, DAY):
        check_housing(group, replace(home(), checked_on=DAY), by=cast.municipality, at=AT)
    own = made.links[Party.APPLICANT]
    with by_link(own, DAY) as door:
        withdraw_by_link(own, WithdrawalCause.MOVED, by=door, at=AT)
    with scope(cast.udi, DAY):
        assert not Task.objects.filter(subject_id=group, kind="check_housing", closed_at=None).exists()


@pytest.mark.req("ALT-09")
def test_an_application_that_was_taken_back_is_handled_no_longer(cast: Cast) -> None:
    made, _ = submitted(cast)
    with scope(cast.udi, AGAIN):
        withdraw_application(made.pk, WithdrawalCause.MOVED, by=cast.udi, at=AGAIN_AT)
        later = AGAIN + timedelta(days=100)
        _, rows = applications_page(cast.udi, later, ApplicationFilter(state="withdrawn"), 1)
        handled = application_rows(fresh(cast, made), [], [], cast.udi, later)["handling"]
    assert [row.days for row in rows] == [2]
    assert sum(step["days"] for step in handled if "total" not in step) == 2


@pytest.mark.req("ALT-11")
def test_the_home_of_those_who_live_there_is_looked_at_again(cast: Cast) -> None:
    made, group = submitted(cast, procedure=Procedure.FAST)
    with scope(cast.municipality, DAY):
        check_housing(group, replace(home(), checked_on=DAY), by=cast.municipality, at=AT)
    with scope(cast.udi, DAY):
        grant(made.pk, by=cast.udi, at=AT)
        assert Task.objects.filter(subject_id=group, kind="check_housing", closed_at=None).exists()


@pytest.mark.req("ALT-02", "REG-04")
def test_a_minor_whose_sibling_came_alone_too_and_has_turned_18_is_led_to_amot(cast: Cast) -> None:
    guardian = NewGuardian("Verge Vergesen", "99 99 99 99", "verge@example.no")
    young, grown = (
        person(name, born=born, is_unaccompanied_minor=True, guardian=guardian)
        for name, born in (("Ivan", date(2008, 5, 3)), ("Petro", date(2006, 2, 10)))
    )
    with scope(cast.registrar, DAY):
        people = (with_duf(young, 100011), with_duf(grown, 100012))
        new = NewGroup(persons=people, registered_on=REGISTERED, applied_on=REGISTERED)
        group = register_group(new, by=cast.registrar, at=AT).subject_id
        members = members_of(group, DAY)
    made = applied(application(cast, members, applicants=tuple(typed(each) for each in members))).application
    with scope(cast.udi, DAY):
        match_people(made.pk, by=cast.udi, at=AT)
        rows = list(made.persons.order_by("position"))
        decisions = decisions_of(fresh(cast, made), rows, DAY)
        subjects = {row.pk: row.subject_id for row in rows}
    ages = {member.subject_id: member.age for member in members}
    alone = {
        ages[subjects[row] or 0]: part.is_no
        for row, decision in decisions.items()
        for part in decision.parts
        if condition_of(part) is Condition.NOT_ALONE
    }
    assert alone == {15: True, 18: False}
