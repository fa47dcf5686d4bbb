"""What the municipality sees to while somebody lives there privately: the home, a contact person, contact, reports."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from fotfeste.access.public import NeedReason
from fotfeste.accommodation.public import StayKind
from fotfeste.alternative.domain.local import (
    CheckResult,
    ContactInterpreter,
    ContactSubject,
    ContactWay,
    FollowedUp,
)
from fotfeste.alternative.models import ContactMade, ContactPerson, HousingCheck, YearlyReport
from fotfeste.alternative.public import check_housing, log_contact, name_contact_person, send_yearly_report
from fotfeste.kernel.errors import NotAllowed, NotFound, Refused, Stale
from fotfeste.platform.scope import scope
from fotfeste.registry.public import members_of
from fotfeste.worklist.public import Task
from tests.actions.alternative.living import home, housed, registered
from tests.as_owner import need_given
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
# Another row like the one that is there, but for one column.
_COPY = """
CREATE TEMP TABLE copied ON COMMIT DROP AS SELECT * FROM alternative_housingcheck;
UPDATE copied SET id = id + 1000, reference = 'copy', {change};
INSERT INTO alternative_housingcheck SELECT * FROM copied;
"""


def tasks_of(cast: Cast, group: int) -> dict[str, date | None]:
    """The open tasks of the municipality about a household, with the day they are due."""
    with scope(cast.municipality, cast.day):
        rows = Task.objects.filter(
            subject_id=group, organisation_id=cast.municipality.organisation_id, closed_at__isnull=True
        )
        return {row.kind: row.due_on for row in rows}


@pytest.mark.req("ALT-11", "ALT-12")
def test_whoever_begins_to_live_privately_gives_the_municipality_its_tasks(cast: Cast) -> None:
    group = housed(cast, on=date(2024, 3, 1))
    assert tasks_of(cast, group) == {
        "check_housing": date(2024, 3, 31),
        "name_contact_person": date(2024, 3, 15),
        "contact_household": date(2024, 4, 12),
    }


@pytest.mark.req("ALT-11")
def test_a_check_is_kept_and_the_next_look_is_a_task(cast: Cast) -> None:
    group = housed(cast)
    with scope(cast.municipality, cast.day):
        row = check_housing(group, home(), by=cast.municipality, at=cast.at)
        assert HousingCheck.objects.get().pk == row.pk
    assert tasks_of(cast, group)["check_housing"] == date(2024, 3, 1) + timedelta(days=90)


@pytest.mark.req("ALT-11")
def test_a_home_that_must_be_mended_is_seen_again_on_the_day_that_was_given(cast: Cast) -> None:
    group, again = housed(cast), date(2024, 3, 20)
    found = home(result=CheckResult.MUST_BE_MENDED, must_be_done="Røykvarsler", follow_up_on=again)
    with scope(cast.municipality, cast.day):
        check_housing(group, found, by=cast.municipality, at=cast.at)
    assert tasks_of(cast, group)["check_housing"] == again


@pytest.mark.req("ALT-11")
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"checked_on": date(2024, 3, 15)}, "check_in_the_future"),
        ({"result": CheckResult.NOT_ACCEPTABLE}, "check_without_what_to_do"),
        ({"result": CheckResult.NOT_ACCEPTABLE, "must_be_done": "Flytt"}, "check_without_follow_up"),
        ({"follow_up_on": date(2024, 3, 1)}, "follow_up_before_check"),
    ],
)
def test_a_check_that_makes_no_sense_is_refused(cast: Cast, changes: dict[str, object], code: str) -> None:
    group = housed(cast)
    with scope(cast.municipality, cast.day), pytest.raises(Refused) as refused:
        check_housing(group, home(**changes), by=cast.municipality, at=cast.at)
    assert refused.value.code == code


def test_another_municipality_does_not_see_the_household_and_cannot_check(cast: Cast) -> None:
    group = housed(cast)
    with scope(cast.other_municipality, cast.day), pytest.raises(NotFound):
        check_housing(group, home(), by=cast.other_municipality, at=cast.at)


def test_a_municipality_that_knows_them_for_another_reason_does_not_check(cast: Cast) -> None:
    group = registered(cast)
    need_given(
        [group],
        organisation_id=cast.municipality.organisation_id,
        reason=NeedReason.ASKED_TO_SETTLE,
        from_on=cast.day,
        at=cast.at,
    )
    with scope(cast.municipality, cast.day), pytest.raises(Refused) as refused:
        check_housing(group, home(), by=cast.municipality, at=cast.at)
    assert refused.value.code == "not_housed_here"


def test_other_authorities_check_no_home(cast: Cast) -> None:
    group = housed(cast)
    with scope(cast.udi, cast.day), pytest.raises(NotAllowed):
        check_housing(group, home(), by=cast.udi, at=cast.at)


def test_a_stale_page_checks_no_home(cast: Cast) -> None:
    group = housed(cast)
    with scope(cast.municipality, cast.day):
        check_housing(group, home(), by=cast.municipality, at=cast.at)
        with pytest.raises(Stale):
            check_housing(group, home(), by=cast.municipality, at=cast.at, version=0)


@pytest.mark.req("ALT-12")
def test_a_contact_person_is_of_the_municipalitys_own_staff(cast: Cast) -> None:
    group = housed(cast)
    with scope(cast.municipality, cast.day):
        row = name_contact_person(group, cast.municipality.user_id or 0, by=cast.municipality, at=cast.at)
        with pytest.raises(NotFound):
            name_contact_person(group, cast.other_municipality.user_id or 0, by=cast.municipality, at=cast.at)
        with pytest.raises(Refused) as refused:
            name_contact_person(group, cast.municipality.user_id or 0, by=cast.municipality, at=cast.at)
        assert refused.value.code == "contact_person_as_before"
        assert ContactPerson.objects.current().get().pk == row.pk
    assert "name_contact_person" not in tasks_of(cast, group)


@pytest.mark.req("ALT-12")
def test_a_contact_is_logged_and_the_next_one_is_a_task(cast: Cast) -> None:
    group = housed(cast)
    with scope(cast.municipality, cast.day):
        log_contact(
            group,
            held_on=date(2024, 3, 10),
            way=ContactWay.HOME,
            interpreter=ContactInterpreter.REMOTE,
            subjects=[ContactSubject.HOME, ContactSubject.SCHOOL],
            words="Barnehageplass fra mai",
            by=cast.municipality,
            at=cast.at,
        )
    assert tasks_of(cast, group)["contact_household"] == date(2024, 3, 10) + timedelta(weeks=6)


@pytest.mark.req("ALT-12")
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"held_on": date(2024, 3, 15)}, "contact_in_the_future"),
        ({"subjects": []}, "contact_about_nothing"),
        ({"words": "x" * 201}, "contact_with_too_many_words"),
    ],
)
def test_a_contact_that_makes_no_sense_is_refused(cast: Cast, changes: dict[str, object], code: str) -> None:
    group = housed(cast)
    said: dict[str, object] = {
        "held_on": date(2024, 3, 10),
        "way": ContactWay.PHONE,
        "interpreter": ContactInterpreter.NOT_NEEDED,
        "subjects": [ContactSubject.OTHER],
    }
    with scope(cast.municipality, cast.day), pytest.raises(Refused) as refused:
        log_contact(group, **(said | changes), by=cast.municipality, at=cast.at)  # type: ignore[arg-type]
    assert refused.value.code == code


@pytest.mark.req("ALT-12")
def test_only_the_municipality_reads_its_contact_log_and_authorities_read_the_check(cast: Cast) -> None:
    group = housed(cast)
    with scope(cast.municipality, cast.day):
        check_housing(group, home(), by=cast.municipality, at=cast.at)
        log_contact(
            group,
            held_on=cast.day,
            way=ContactWay.PHONE,
            interpreter=ContactInterpreter.NOT_NEEDED,
            subjects=[ContactSubject.OTHER],
            by=cast.municipality,
            at=cast.at,
        )
        assert ContactMade.objects.count() == 1
    with scope(cast.udi, cast.day):
        assert (ContactMade.objects.count(), HousingCheck.objects.count()) == (0, 1)
    with scope(cast.other_municipality, cast.day):
        assert (ContactMade.objects.count(), HousingCheck.objects.count()) == (0, 0)


def report(cast: Cast, group: int, person: int, **changes: object) -> YearlyReport:
    """The report of 2023 of one person."""
    said: dict[str, object] = {"year": 2023, "followed_up": [FollowedUp.SCHOOL], "lives_as_before": True}
    with scope(cast.municipality, cast.day):
        return send_yearly_report(group, person, **(said | changes), by=cast.municipality, at=cast.at)  # type: ignore[arg-type]


@pytest.mark.req("ALT-13")
def test_each_person_on_amot_has_one_report_a_year_and_mamot_is_exempt(cast: Cast) -> None:
    group = housed(cast, StayKind.AMOT, on=date(2024, 2, 1))
    assert tasks_of(cast, group)["write_yearly_report"] == date(2025, 2, 28)
    assert "write_yearly_report" not in tasks_of(cast, housed(cast))


@pytest.mark.req("ALT-13")
def test_a_report_of_a_year_that_goes_on_waits(cast: Cast) -> None:
    group = housed(cast, StayKind.AMOT)
    with scope(cast.municipality, cast.day):
        person = members_of(group, cast.day)[0].subject_id
    with pytest.raises(Refused) as refused:
        report(cast, group, person, year=2024)
    assert refused.value.code == "year_is_not_over"
    with pytest.raises(Refused) as unwanted:
        report(cast, group, person, year=2023)
    assert unwanted.value.code == "no_report_wanted"


@pytest.mark.req("ALT-11", "ALT-12", "ALT-13")
def test_the_database_refuses_what_the_rules_refuse(cast: Cast) -> None:
    group = housed(cast)
    with scope(cast.municipality, cast.day):
        check_housing(group, home(), by=cast.municipality, at=cast.at)
        for change in (
            "result = 'not_acceptable'",
            "rent_ore = -1",
            "follow_up_on = '2024-02-01'",
            "way = 'dream'",
        ):
            with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(_COPY.format(change=change))
