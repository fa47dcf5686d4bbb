"""Emergency access is opened with a reason, recorded, counted and told; what finds nobody too."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from fotfeste.access.public import (
    EmergencyAccess,
    LookRule,
    Need,
    NeedReason,
    Role,
    Subject,
    Unusual,
    attempts_left,
    emergencies_told_to,
    emergencies_unseen,
    open_emergency,
    review_look,
    unusual_looks,
)
from fotfeste.directory.public import Organisation
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotAllowed, Refused
from fotfeste.platform.models import Event
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import StatusKind, members_of, register_member, register_status
from tests.actions.access.emergencies import ANDRIJS, NOBODYS, OLENAS, WHY, opened, really_now
from tests.actions.directory.stage import administrator, keeper
from tests.actions.registry.families import kovalenko, person, with_duf
from tests.actions.settlement.stage import offered, queued
from tests.conftest import Cast, staff
from tests.needs import reasons_of
from tests.settlement_steps import placed, registered

pytestmark = [pytest.mark.django_db, pytest.mark.req("ACS-01")]


@pytest.fixture
def household(cast: Cast) -> int:
    """The Kovalenkos, who live at Voss."""
    return placed(cast, registered(cast, kovalenko()))


def seen_by(viewer: Viewer, household: int, at: datetime | None = None) -> list[str]:
    """Whom of a household somebody sees, on the real day."""
    day = legal_day(at or really_now())
    with scope(viewer, day):
        return [member.given_name for member in members_of(household, day)]


def place(of: Viewer) -> Organisation:
    """Where somebody works."""
    return Organisation.objects.get(pk=of.organisation_id)


def found_by(by: Viewer, at: datetime) -> list[Unusual]:
    """The emergency accesses in an administrator's list: looks that other tests have had stay in the log."""
    return [each for each in unusual_looks(by, at) if each.finding.rule is LookRule.EMERGENCY]


def events(kind: str) -> list[Any]:
    """What the feed was told."""
    return list(Event.objects.filter(type=kind).values_list("subject_id", "object_kind", "other_organisation_id"))


def test_it_opens_the_household_and_its_members_to_who_asked_and_to_nobody_beside_them(
    cast: Cast, household: int
) -> None:
    colleague = staff(place(cast.municipality), Role.REFUGEE_SERVICE, "levanger-2")
    record = opened(cast.municipality)
    assert (record.is_found, record.household_id, len(record.person_ids)) == (True, household, 4)
    assert record.until_at == record.opened_at + timedelta(hours=1)
    assert (record.words, record.cause, record.roles) == (WHY, "life", ["refugee_service"])
    assert seen_by(cast.municipality, household) == ["Andrij", "Olena", "Sofia", "Danylo"]
    for other in (colleague, cast.other_municipality, cast.other_centre):
        assert seen_by(other, household) == []
    with scope(colleague, legal_day(really_now())):
        assert reasons_of(colleague, household, legal_day(really_now())) == frozenset()


def test_after_the_hour_it_is_as_if_it_had_never_been(cast: Cast, household: int) -> None:
    opened(cast.municipality, at=really_now() - timedelta(minutes=61))
    assert seen_by(cast.municipality, household) == []


def test_any_member_and_the_households_reference_lead_to_the_household(cast: Cast, household: int) -> None:
    reference = Subject.objects.get(pk=household).reference
    for by, number in (
        (cast.municipality, f" {ANDRIJS[:4]} {ANDRIJS[4:]} "),
        (cast.other_municipality, reference.upper()),
    ):
        assert opened(by, number).household_id == household


def test_what_finds_nobody_is_recorded_counted_and_told_and_opens_nothing(cast: Cast, household: int) -> None:
    for number in (NOBODYS, OLENAS[:-1], "abcdefabcdef", "Kovalenko", "%", str(household)):
        at = really_now() - timedelta(hours=2 * len(number))
        record = opened(cast.municipality, number, at)
        assert (record.is_found, record.household_id, record.until_at) == (False, None, None)
    with scope(cast.municipality, cast.day):
        assert len(events("access.emergency_missed")) == 6
    assert seen_by(cast.municipality, household) == []


def test_so_many_in_an_hour_and_then_somebody_else_must(cast: Cast, household: int) -> None:
    at = really_now()
    for minute in range(5):
        opened(cast.municipality, NOBODYS, at - timedelta(minutes=10 - minute))
    with scope(cast.municipality, legal_day(at)):
        assert attempts_left(cast.municipality, at) == 0
    with pytest.raises(Refused, match="too_many_emergencies"):
        opened(cast.municipality, OLENAS, at)
    assert opened(cast.other_municipality, OLENAS, at).is_found


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": " - "}, "emergency_number_missing"),
        ({"number": "1" * 41}, "emergency_number_missing"),
        ({"cause": "because"}, "emergency_cause_missing"),
        ({"words": "  "}, "emergency_words_missing"),
    ],
)
def test_it_is_not_opened_without_whom_what_for_and_why(
    cast: Cast, household: int, changes: dict[str, str], code: str
) -> None:
    asked = {"number": OLENAS, "cause": "life", "words": WHY} | changes
    with scope(cast.municipality, cast.day), pytest.raises(Refused, match=code):
        open_emergency(**asked, by=cast.municipality, at=cast.at)
    with scope(cast.municipality, cast.day):
        assert not EmergencyAccess.objects.exists()


def test_who_keeps_users_contacts_or_the_house_has_none(cast: Cast, household: int) -> None:
    system = Viewer(None, cast.municipality.organisation_id, "municipality", permissions=cast.municipality.permissions)
    for viewer in (administrator(cast), keeper(cast), cast.centre_administrator, system):
        with pytest.raises(NotAllowed):
            opened(viewer)


def test_whoever_sees_it_all_already_is_led_there_and_nothing_is_told(cast: Cast, household: int) -> None:
    for viewer in (cast.centre, cast.udi):
        with pytest.raises(Refused, match="emergency_not_needed") as refused:
            opened(viewer)
        assert refused.value.params["reference"] == Subject.objects.get(pk=household).reference
        with scope(viewer, cast.day):
            assert not EmergencyAccess.objects.exists()


def test_what_is_open_is_not_opened_again_nor_gone_on_with(cast: Cast, household: int) -> None:
    first = opened(cast.municipality, at=really_now() - timedelta(minutes=50))
    with pytest.raises(Refused, match="emergency_is_open"):
        opened(cast.municipality, ANDRIJS)
    with scope(cast.municipality, cast.day):
        assert list(EmergencyAccess.objects.values_list("pk", flat=True)) == [first.pk]


def test_who_knows_some_of_it_for_another_reason_gets_the_rest_for_the_hour(cast: Cast) -> None:
    household = offered(cast, queued(cast))
    reference = Subject.objects.get(pk=household).reference
    day = legal_day(really_now())
    assert opened(cast.municipality, reference).is_found
    with scope(cast.municipality, day):
        reasons = reasons_of(cast.municipality, household, day)
    assert reasons == {NeedReason.OFFERED_HERE, NeedReason.EMERGENCY}


def test_nothing_can_be_done_with_them_in_emergency_access(cast: Cast, household: int) -> None:
    opened(cast.municipality)
    registrar = staff(place(cast.other_centre), Role.REGISTRAR, "raade-ankomst")
    opened(registrar)
    at = really_now()
    with scope(registrar, legal_day(at)):
        people = [member.subject_id for member in members_of(household, legal_day(at))]
        assert len(people) == 4
        with pytest.raises(Refused, match="not_found"):
            register_status(household, people, StatusKind.APPLIED_FOR_PROTECTION, legal_day(at), by=registrar, at=at)


def test_it_is_carried_to_nobody_who_joins(cast: Cast, household: int) -> None:
    opened(cast.municipality)
    at = really_now()
    with scope(cast.udi, legal_day(at)):
        register_member(household, with_duf(person("Iryna"), 7), legal_day(at), by=cast.udi, at=at)
    assert seen_by(cast.municipality, household) == ["Andrij", "Olena", "Sofia", "Danylo"]


@pytest.mark.req("ACS-03")
def test_the_administrator_is_told_with_the_words_and_says_what_it_was(cast: Cast, household: int) -> None:
    by, at = administrator(cast), really_now()
    opened(cast.municipality)
    opened(cast.municipality, NOBODYS)
    with scope(by, legal_day(at)):
        assert emergencies_unseen(by) == 2
        first, second = found_by(by, at + timedelta(minutes=1))
        assert {first.finding.rule, second.finding.rule} == {LookRule.EMERGENCY}
        [hit] = [each for each in (first, second) if each.finding.household_id]
        assert hit.household_reference == Subject.objects.get(pk=household).reference
        assert [each.words for each in hit.asked] == [WHY]
        for each in (first, second):
            review_look(each.finding, words="Hun var i fare.", by=by, at=at + timedelta(minutes=1))
        assert emergencies_unseen(by) == 0
        assert all(each.review for each in found_by(by, at + timedelta(minutes=2)))
    with scope(cast.centre_administrator, cast.day):
        assert emergencies_unseen(cast.centre_administrator) == 0


@pytest.mark.req("ACS-03")
def test_what_nobody_has_looked_at_stays_in_the_list_however_old(cast: Cast, household: int) -> None:
    by = administrator(cast)
    opened(cast.municipality, at=cast.at)
    opened(cast.municipality, at=really_now())
    with scope(by, legal_day(really_now())):
        assert len(found_by(by, really_now())) == 2
        old = found_by(by, really_now())[-1]
        review_look(old.finding, words="Sett på.", by=by, at=really_now())
        assert emergencies_unseen(by) == 1
        assert len(found_by(by, really_now())) == 1


@pytest.mark.req("ACS-03")
def test_nobody_says_what_their_own_was(cast: Cast, household: int) -> None:
    by = administrator(cast)
    opened(cast.municipality)
    with scope(by, legal_day(really_now())):
        [found] = found_by(by, really_now())
        himself = Viewer(cast.municipality.user_id, by.organisation_id, "municipality", permissions=by.permissions)
        with pytest.raises(Refused, match="own_look"):
            review_look(found.finding, words="Ingenting.", by=himself, at=really_now())


@pytest.mark.req("POR-06")
def test_those_it_was_opened_to_are_told_organisation_role_and_time_by_who_may_show_them(cast: Cast) -> None:
    household = offered(cast, queued(cast))
    record = opened(cast.other_municipality, Subject.objects.get(pk=household).reference)
    persons = record.person_ids
    for viewer in (cast.centre, cast.udi):
        with scope(viewer, legal_day(really_now())):
            [told] = emergencies_told_to([household, *persons])
            assert (told.organisation_name, told.roles) == ("Verdal", ["refugee_service"])
            assert (told.opened_at, told.until_at) == (record.opened_at, record.until_at)
            assert [each.opened_at for each in emergencies_told_to(persons[:1])] == [record.opened_at]
    for viewer in (cast.imdi, cast.municipality, cast.other_municipality, cast.registrar, cast.centre_administrator):
        with scope(viewer, legal_day(really_now())):
            assert emergencies_told_to([household, *persons]) == []


def test_the_feed_is_told_that_it_was_and_nothing_of_whom(cast: Cast, household: int) -> None:
    opened(cast.municipality)
    with scope(cast.municipality, cast.day):
        assert events("access.emergency_opened") == [(None, "emergency_access", None)]


def test_nobody_reads_whose_emergency_access_it_is_among_the_needs(cast: Cast, household: int) -> None:
    opened(cast.municipality)
    day = legal_day(really_now())
    for viewer in (cast.centre, cast.udi, cast.registrar, cast.other_municipality):
        with scope(viewer, day):
            assert not Need.objects.filter(reason=NeedReason.EMERGENCY).exists()
    with scope(cast.municipality, day):
        assert Need.objects.filter(reason=NeedReason.EMERGENCY).count() == 5
