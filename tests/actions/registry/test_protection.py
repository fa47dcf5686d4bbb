"""Protected addresses: who may protect, who is named, and what follows. REG-08."""

from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module

import pytest
from django.db import connection, transaction

from fotfeste.access.models import Clearance, Protection
from fotfeste.access.public import Need, ProtectionLevel, Role, Subject, UnnamingReason, open_emergency, parameters
from fotfeste.directory.public import Organisation
from fotfeste.kernel.errors import NotAllowed, NotFound, Refused
from fotfeste.kernel.identifiers import IdentifierKind, synthetic_duf
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import (
    PlacementGroup,
    add_member,
    end_protection,
    members_of,
    name_follower,
    protect_household,
    register_group,
    register_identifier,
    register_member,
    remove_member,
    unname_follower,
)
from fotfeste.worklist.public import Task, open_tasks_for
from tests.acting import end_employment
from tests.actions.access.stage import employment_of, user_administrator
from tests.actions.settlement.stage import family, queued, requested
from tests.as_owner import every_event
from tests.conftest import Cast, staff

pytestmark = [pytest.mark.django_db, pytest.mark.req("REG-08")]
AWAY = UnnamingReason.AWAY
FORTROLIG, STRENGT = ProtectionLevel.CONFIDENTIAL, ProtectionLevel.STRICTLY_CONFIDENTIAL


def colleague(of: Viewer, role: Role, name: str) -> Viewer:
    """Somebody in the same organisation with the same role."""
    return staff(Organisation.objects.get(pk=of.organisation_id), role, name)


def protected(cast: Cast, level: ProtectionLevel = FORTROLIG, group: int | None = None) -> int:
    """A household whose address UDI has protected today."""
    found = group if group is not None else queued(cast)
    with scope(cast.udi, cast.day):
        protect_household(found, level, cast.day, by=cast.udi, at=cast.at)
    return found


def reference_of(group: int) -> str:
    """The public reference; the table of subjects is no secret."""
    found: str = Subject.objects.get(pk=group).reference
    return found


def sees(viewer: Viewer, group: int, day: date) -> bool:
    """Whether the household is there for somebody."""
    with scope(viewer, day):
        return PlacementGroup.objects.filter(pk=group).exists()


@pytest.mark.parametrize("level", list(ProtectionLevel))
def test_only_whoever_protects_a_household_sees_it_until_others_are_named(cast: Cast, level: ProtectionLevel) -> None:
    other = colleague(cast.udi, Role.UDI_CASEWORKER, "udi-2")
    group = protected(cast, level)
    assert sees(cast.udi, group, cast.day)
    for outsider in (other, cast.centre, cast.centre_administrator, cast.imdi, cast.registrar):
        assert not sees(outsider, group, cast.day)


def test_the_same_answers_come_back_when_the_protection_is_ended(cast: Cast) -> None:
    group = protected(cast, STRENGT)
    with scope(cast.udi, cast.day):
        end_protection(group, by=cast.udi, at=cast.at)
        assert not Need.objects.filter(subject_id=group, is_protected=True).exists()
        assert not Clearance.objects.current().filter(period__contains=cast.day).exists()
    assert all(sees(viewer, group, cast.day) for viewer in (cast.centre, cast.imdi, cast.udi, cast.registrar))
    with scope(cast.udi, cast.day), pytest.raises(Refused, match="not_protected"):
        end_protection(group, by=cast.udi, at=cast.at)


def test_an_administrator_names_own_staff_without_seeing_who_it_is(cast: Cast) -> None:
    group = protected(cast)
    with scope(cast.centre_administrator, cast.day):
        [task] = open_tasks_for(cast.centre_administrator, cast.day)
        assert (task.kind, task.subject_id) == ("name_follower", group)
        name_follower(
            reference_of(group), employment_of(cast.centre).reference, by=cast.centre_administrator, at=cast.at
        )
        assert not open_tasks_for(cast.centre_administrator, cast.day).exists()
    assert sees(cast.centre, group, cast.day)
    assert not sees(cast.centre_administrator, group, cast.day)
    assert not sees(cast.imdi, group, cast.day)


def test_nobody_names_themselves_nor_others_staff_nor_who_opens_no_case(cast: Cast) -> None:
    group = protected(cast)
    keeper = colleague(cast.centre, Role.CENTRE_ADMINISTRATOR, "voss-admin-2")
    with scope(cast.centre_administrator, cast.day):
        for who, code in (
            (cast.centre_administrator, "named_by_oneself"),
            (cast.imdi, "not_yours_to_name"),
            (user_administrator(cast.imdi), "not_yours_to_name"),
        ):
            with pytest.raises(Refused, match=code):
                name_follower(
                    reference_of(group), employment_of(who).reference, by=cast.centre_administrator, at=cast.at
                )
        name_follower(reference_of(group), employment_of(keeper).reference, by=cast.centre_administrator, at=cast.at)
        with pytest.raises(Refused, match="named_already"):
            name_follower(
                reference_of(group), employment_of(keeper).reference, by=cast.centre_administrator, at=cast.at
            )


def test_where_it_is_strict_udi_names_alone_and_only_a_few(cast: Cast) -> None:
    group = protected(cast, STRENGT)
    reference = reference_of(group)
    with scope(cast.centre_administrator, cast.day), pytest.raises(NotFound):
        name_follower(reference, employment_of(cast.centre).reference, by=cast.centre_administrator, at=cast.at)
    outsider = colleague(cast.udi, Role.UDI_CASEWORKER, "udi-2")
    with scope(outsider, cast.day), pytest.raises(NotFound):
        name_follower(reference, employment_of(cast.centre).reference, by=outsider, at=cast.at)
    others = [colleague(cast.centre, Role.CENTRE_STAFF, f"voss-{place}") for place in range(3)]
    with scope(cast.udi, cast.day):
        for one in (cast.centre, *others[:2]):
            name_follower(reference, employment_of(one).reference, by=cast.udi, at=cast.at)
        with pytest.raises(Refused, match="enough_are_named"):
            name_follower(reference, employment_of(others[2]).reference, by=cast.udi, at=cast.at)
        with pytest.raises(Refused, match="named_without_need"):
            name_follower(reference, employment_of(cast.other_centre).reference, by=cast.udi, at=cast.at)
    assert sees(cast.centre, group, cast.day)


def test_the_last_one_who_is_named_stays_as_long_as_there_is_a_need(cast: Cast) -> None:
    group = protected(cast)
    reference, by = reference_of(group), cast.centre_administrator
    second = colleague(cast.centre, Role.CENTRE_STAFF, "voss-2")
    with scope(by, cast.day):
        name_follower(reference, employment_of(cast.centre).reference, by=by, at=cast.at)
        with pytest.raises(Refused, match="last_named"):
            unname_follower(reference, cast.centre.user_id or 0, reason=AWAY, by=by, at=cast.at)
        name_follower(reference, employment_of(second).reference, by=by, at=cast.at)
        unname_follower(reference, cast.centre.user_id or 0, reason=AWAY, by=by, at=cast.at)
    assert not sees(cast.centre, group, cast.day)
    assert sees(second, group, cast.day)
    with scope(cast.udi, cast.day):
        ended = Clearance.objects.filter(user_id=cast.centre.user_id or 0, annulled_at__isnull=False)
        assert set(ended.values_list("annul_reason", flat=True)) == {AWAY}
    told = every_event().get(type="registry.follower_ended")
    assert (told.subject_id, told.object_id, told.transition) == (None, cast.centre.user_id, AWAY)


@pytest.mark.parametrize(("level", "asked"), [(FORTROLIG, "municipality"), (STRENGT, "udi")])
def test_an_organisation_that_comes_to_know_of_them_is_asked_to_name_somebody_at_once(
    cast: Cast, level: ProtectionLevel, asked: str
) -> None:
    group = protected(cast, level)
    with scope(cast.udi, cast.day):
        if level is STRENGT:
            name_follower(reference_of(group), employment_of(cast.imdi).reference, by=cast.udi, at=cast.at)
    if level is FORTROLIG:
        keeper = user_administrator(cast.imdi)
        with scope(keeper, cast.day):
            name_follower(reference_of(group), employment_of(cast.imdi).reference, by=keeper, at=cast.at)
    requested(cast, group)
    assert not sees(cast.municipality, group, cast.day)
    place = getattr(cast, asked)
    watcher = cast.udi if asked == "udi" else colleague(place, Role.MUNICIPALITY_ADMINISTRATOR, "levanger-admin")
    with scope(watcher, cast.day):
        assert Task.objects.filter(
            kind="name_follower", subject_id=group, organisation_id=place.organisation_id, closed_at=None
        ).exists()


def test_whoever_joins_is_protected_and_whoever_leaves_stays_so(cast: Cast) -> None:
    group = protected(cast)
    [child] = family(is_unaccompanied=True).persons
    with scope(cast.udi, cast.day):
        born = register_member(
            group,
            replace(child, given_name="Nyfødt", birth_date=cast.day, is_unaccompanied_minor=False, guardian=None),
            cast.day,
            by=cast.udi,
            at=cast.at,
        )
        assert Protection.objects.current().get(subject_id=born).level == FORTROLIG
        left = remove_member(group, born, cast.day, by=cast.udi, at=cast.at)
        end_protection(group, by=cast.udi, at=cast.at)
        assert [member.subject_id for member in members_of(left.pk, cast.day)] == [born]
    assert sees(cast.centre, group, cast.day)
    assert not sees(cast.centre, left.pk, cast.day)
    assert not sees(colleague(cast.udi, Role.UDI_CASEWORKER, "udi-2"), left.pk, cast.day)


def test_a_household_that_somebody_protected_joins_is_protected_as_strictly(cast: Cast) -> None:
    group = queued(cast)
    with scope(cast.registrar, cast.day):
        other = register_group(family(is_unaccompanied=True), by=cast.registrar, at=cast.at)
    protected(cast, FORTROLIG, group)
    protected(cast, STRENGT, other.pk)
    with scope(cast.udi, cast.day):
        [minor] = members_of(other.pk, cast.day)
        add_member(group, minor.subject_id, cast.day, by=cast.udi, at=cast.at)
        levels = Protection.objects.current().filter(period__endswith__isnull=True).values_list("level", flat=True)
        assert set(levels) == {STRENGT}


def test_the_police_protects_but_udi_alone_makes_it_less_strict_or_ends_it(cast: Cast) -> None:
    with scope(cast.registrar, cast.day):
        group = register_group(family(), by=cast.registrar, at=cast.at).pk
        protect_household(group, STRENGT, cast.day, by=cast.registrar, at=cast.at)
        with pytest.raises(NotAllowed):
            protect_household(group, FORTROLIG, cast.day, by=cast.registrar, at=cast.at)
        with pytest.raises(NotAllowed):
            end_protection(group, by=cast.registrar, at=cast.at)
        with pytest.raises(Refused, match="protected_already"):
            protect_household(group, STRENGT, cast.day, by=cast.registrar, at=cast.at)
    keeper = user_administrator(cast.udi)
    with scope(keeper, cast.day):  # nobody in UDI is named: its administrator does it
        name_follower(reference_of(group), employment_of(cast.udi).reference, by=keeper, at=cast.at)
    with scope(cast.udi, cast.day):
        protect_household(group, FORTROLIG, cast.day, by=cast.udi, at=cast.at)
        assert Protection.objects.current().get(subject_id=group).level == FORTROLIG


def test_a_day_that_has_not_come_or_from_before_is_refused(cast: Cast) -> None:
    group = queued(cast)
    with scope(cast.udi, cast.day):
        with pytest.raises(Refused, match="day_in_future"):
            protect_household(group, STRENGT, cast.day + timedelta(days=1), by=cast.udi, at=cast.at)
        created_on = PlacementGroup.objects.get(pk=group).created_on
        with pytest.raises(Refused, match="protected_before_registered"):
            protect_household(group, STRENGT, created_on - timedelta(days=1), by=cast.udi, at=cast.at)
        protect_household(group, FORTROLIG, cast.day, by=cast.udi, at=cast.at)
        with pytest.raises(Refused, match="protected_later"):
            protect_household(group, STRENGT, cast.day - timedelta(days=1), by=cast.udi, at=cast.at)
    with scope(cast.centre, cast.day), pytest.raises(NotAllowed):
        protect_household(group, STRENGT, cast.day, by=cast.centre, at=cast.at)


def test_a_number_leads_to_udi_whether_whoever_has_it_is_protected_or_not(cast: Cast) -> None:
    group = queued(cast)
    with scope(cast.udi, cast.day):
        olena = members_of(group, cast.day)[0].subject_id
        register_identifier(olena, IdentifierKind.DUF, synthetic_duf(4711), by=cast.udi, at=cast.at)
    [person] = family(is_unaccompanied=True).persons
    again = replace(
        family(is_unaccompanied=True),
        persons=(replace(person, identifiers={IdentifierKind.DUF: synthetic_duf(4711)}),),
    )
    for level in (None, FORTROLIG, STRENGT):
        if level is not None:
            protected(cast, level, group)
        with scope(cast.registrar, cast.day), pytest.raises(Refused) as refused:
            register_group(again, by=cast.registrar, at=cast.at)
        assert (refused.value.code, refused.value.params) == ("number_registered_already", {"contact": "UDI"})


def test_somebody_alike_who_is_registered_does_not_lead_to_the_protected_one(cast: Cast) -> None:
    protected(cast)
    with scope(cast.registrar, cast.day):
        again = register_group(family(), by=cast.registrar, at=cast.at)
        assert not Task.objects.filter(subject_id=again.pk, kind="answer_duplicates").exists()


@pytest.mark.parametrize("who", ["municipality", "centre"])
def test_emergency_access_does_not_reach_them_whether_the_organisation_knows_of_them_or_not(
    cast: Cast, who: str
) -> None:
    group = queued(cast)
    with scope(cast.udi, cast.day):
        olena = members_of(group, cast.day)[0].subject_id
        register_identifier(olena, IdentifierKind.DUF, synthetic_duf(4711), by=cast.udi, at=cast.at)
    protected(cast, FORTROLIG, group)
    by = getattr(cast, who)
    for number in (synthetic_duf(4711), reference_of(group), synthetic_duf(4712)):
        with scope(by, cast.day):
            tried = open_emergency(number, cause="life", words="Brann i huset.", by=by, at=cast.at)
            assert (tried.is_found, tried.household_id, tried.person_ids) == (False, None, [])
    assert not sees(by, group, cast.day)


@pytest.mark.parametrize("table", ["access_protection", "access_clearance"])
def test_the_app_role_writes_neither_protections_nor_names(cast: Cast, table: str) -> None:
    protected(cast)
    for sql in (
        f"INSERT INTO {table} SELECT * FROM {table}",
        f"UPDATE {table} SET annulled_at = now()",
        f"DELETE FROM {table}",
        "UPDATE access_need SET is_protected = false",
    ):
        with scope(cast.udi, cast.day), pytest.raises(Exception, match="permission denied"):
            _tried(sql)


def test_the_functions_ask_for_themselves_what_the_acts_ask(cast: Cast) -> None:
    group = protected(cast, STRENGT)
    others = [colleague(cast.centre, Role.CENTRE_STAFF, f"voss-{place}") for place in range(3)]
    gone, no_case = colleague(cast.centre, Role.CENTRE_STAFF, "voss-gone"), user_administrator(cast.imdi)
    end_employment(employment_of(gone).reference, cast.day, by=cast.centre_administrator, at=cast.at)
    with scope(cast.udi, cast.day):
        for one in others:
            name_follower(reference_of(group), employment_of(one).reference, by=cast.udi, at=cast.at)
    level, soon = f"SELECT protect_household({group}, 'confidential', '2024-03-14', now())", "'2024-03-14', now()"
    for by, sql, refused in (
        (cast.centre, level, "no need to know"),
        (others[0], level, "not for the session to make less strict"),
        (cast.other_centre, f"SELECT end_protection({group}, {soon})", "not named"),
        (others[0], f"SELECT end_protection({group}, {soon})", "not named"),
        (cast.centre_administrator, f"SELECT name_follower({group}, {cast.centre.user_id}, now())", "not for the"),
        (cast.udi, f"SELECT name_follower({group}, {cast.other_centre.user_id}, now())", "no need to know"),
        (cast.udi, f"SELECT name_follower({group}, {cast.udi.user_id}, now())", "not for the session"),
        (cast.udi, f"SELECT name_follower({group}, {no_case.user_id}, now())", "not employed in a role"),
        (cast.udi, f"SELECT name_follower({group}, {gone.user_id}, now())", "not employed in a role"),
        (cast.udi, f"SELECT name_follower({group}, {cast.centre.user_id}, now())", "not more than 3"),
        (cast.imdi, f"SELECT unname_follower({group}, {cast.udi.user_id}, now(), 'away')", "not for the session"),
        (cast.udi, f"SELECT unname_follower({group}, {cast.udi.user_id}, now(), 'away')", "the last one"),
        (cast.udi, f"SELECT unname_follower({group}, {others[0].user_id}, now(), '')", "no reason"),
        (cast.udi, f"SELECT protect_together(ARRAY[{group}], 'confidential', {soon}, 1, 1)", "permission denied"),
        (cast.udi, f"SELECT keep_naming_tasks(ARRAY[{group}], NULL, '2023-01-01'::date, now())", "does not exist"),
    ):
        with scope(by, cast.day), pytest.raises(Exception, match=refused):
            _tried(sql)
    with pytest.raises(Exception, match="not without a day"):
        _tried(f"SELECT keep_naming_tasks(ARRAY[{group}], NULL, now())")
    assert not sees(cast.centre, group, cast.day)
    assert sees(others[0], group, cast.day)


@pytest.mark.parametrize("level", [FORTROLIG, STRENGT])
def test_the_functions_know_of_households_alone_and_of_nobody_in_one(cast: Cast, level: ProtectionLevel) -> None:
    group = protected(cast, level)
    by = cast.udi if level is STRENGT else cast.centre_administrator
    with scope(cast.udi, cast.day):
        person = members_of(group, cast.day)[0].subject_id
    with scope(by, cast.day):
        name_follower(reference_of(group), employment_of(cast.centre).reference, by=by, at=cast.at)
    other = colleague(cast.centre, Role.CENTRE_STAFF, "voss-2")
    nobody = max(Subject.objects.values_list("pk", flat=True)) + 1
    for one, who, sql in (
        (person, by, f"name_follower(%s, {other.user_id}, now())"),
        (nobody, by, f"name_follower(%s, {other.user_id}, now())"),
        (person, by, f"unname_follower(%s, {cast.centre.user_id}, now(), 'away')"),
        (person, cast.udi, "protect_household(%s, 'strictly_confidential', '2024-03-14', now())"),
        (person, cast.udi, "protect_household(%s, 'confidential', '2024-03-14', now())"),
        (person, cast.udi, "end_protection(%s, '2024-03-14', now())"),
    ):
        with scope(who, cast.day), pytest.raises(Exception, match="not a household"):
            _tried(f"SELECT {sql % one}")
    with scope(cast.udi, cast.day):
        rows = Clearance.objects.current().filter(user_id__in=[cast.centre.user_id, other.user_id])
        assert {row.user_id for row in rows} <= {cast.centre.user_id}
        assert {row.level for row in Protection.objects.current().filter(subject_id__in=[group, person])} == {level}


def test_the_database_knows_how_many_may_be_named(cast: Cast) -> None:
    allowed = import_module("fotfeste.registry.migrations.0003_protected").MOST_NAMED
    assert parameters().get("strictly_protected_most_named", cast.day).integer == allowed


def _tried(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
