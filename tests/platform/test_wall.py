"""The load-bearing wall, tried from SQL: scope, facts, needs, events, workflow states."""

from datetime import date, timedelta

import pytest
from django.db import connection, connections, transaction
from django.db.utils import DatabaseError, IntegrityError

from fotfeste.access.public import Need, NeedReason, Subject, SubjectKind, create_subject, end_needs, open_needs
from fotfeste.directory.public import Organisation
from fotfeste.kernel.periods import Period
from fotfeste.platform.facts import annul, supersede
from fotfeste.platform.models import Event
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import PersonDetails, Sex
from fotfeste.settlement.models import SettlementCase
from tests.as_owner import every_need
from tests.conftest import AT, Cast

pytestmark = pytest.mark.django_db


def details(subject_id: int, cast: Cast, viewer: Viewer, **changes: object) -> PersonDetails:
    """A current row of a person's details."""
    fields: dict[str, object] = {
        "given_name": "Olena",
        "family_name": "Kovalenko",
        "birth_date": date(1985, 6, 1),
        "sex": Sex.FEMALE,
        "citizenship": "UA",
        "recorded_at": cast.at,
        "recorded_by_id": viewer.user_id,
        "reported_by_id": viewer.organisation_id,
    }
    return PersonDetails(subject_id=subject_id, **(fields | changes)).stored()


def person(cast: Cast, viewer: Viewer) -> int:
    """A subject that the viewer's organisation has a need to know of, with details."""
    subject = create_subject(SubjectKind.PERSON)
    with scope(viewer, cast.day):
        open_needs(
            [subject.pk],
            organisation_id=viewer.organisation_id,
            reason=NeedReason.LIVES_HERE,
            from_on=cast.day,
            at=cast.at,
        )
        details(subject.pk, cast, viewer)
    return subject.pk


@pytest.mark.req("ACS-01")
def test_rows_are_there_only_for_an_organisation_with_a_need(cast: Cast) -> None:
    person(cast, cast.centre)
    with scope(cast.centre, cast.day):
        assert PersonDetails.objects.count() == 1
    with scope(cast.other_centre, cast.day):
        assert PersonDetails.objects.count() == 0
    assert PersonDetails.objects.count() == 0


@pytest.mark.req("ACS-01")
def test_a_need_that_has_ended_opens_nothing(cast: Cast) -> None:
    subject_id = person(cast, cast.centre)
    later = cast.day + timedelta(days=10)
    with scope(cast.centre, cast.day):
        end_needs([subject_id], reason=NeedReason.LIVES_HERE, on=later, at=cast.at)
        assert PersonDetails.objects.count() == 1
    with scope(cast.centre, later):
        assert PersonDetails.objects.count() == 0


@pytest.mark.req("ACS-01")
def test_a_row_cannot_be_written_without_a_need(cast: Cast) -> None:
    subject = create_subject(SubjectKind.PERSON)
    with (
        scope(cast.centre, cast.day),
        pytest.raises(DatabaseError, match="row-level security"),
    ):
        details(subject.pk, cast, cast.centre)


def test_scopes_nest_and_are_put_back(cast: Cast) -> None:
    person(cast, cast.centre)
    with scope(cast.other_centre, cast.day):
        with scope(cast.centre, cast.day):
            assert PersonDetails.objects.count() == 1
        assert PersonDetails.objects.count() == 0


def test_a_fact_is_annulled_never_changed(cast: Cast) -> None:
    subject_id = person(cast, cast.centre)
    with scope(cast.centre, cast.day), pytest.raises(IntegrityError, match="annulled, never changed"):
        PersonDetails.objects.filter(subject_id=subject_id).update(given_name="Oksana")


def test_a_fact_is_never_deleted(cast: Cast) -> None:
    subject_id = person(cast, cast.centre)
    with scope(cast.centre, cast.day), pytest.raises(IntegrityError, match="annulled, never deleted"):
        PersonDetails.objects.filter(subject_id=subject_id)._raw_delete("default")


def test_an_annulled_fact_stays_annulled(cast: Cast) -> None:
    person(cast, cast.centre)
    with scope(cast.centre, cast.day):
        row = annul(PersonDetails.objects.get(), by=cast.centre, at=cast.at, reason="mistake")
        with pytest.raises(IntegrityError, match="stays as it is"):
            PersonDetails.objects.filter(pk=row.pk).update(annulled_at=None)


def test_a_correction_keeps_what_was_known_before(cast: Cast) -> None:
    person(cast, cast.centre)
    later = cast.at + timedelta(days=1)
    with scope(cast.centre, cast.day):
        old = PersonDetails.objects.get()
        new = supersede(old, by=cast.centre, at=later, reason="misspelt", given_name="Olha")
        assert new.supersedes_id == old.pk
        assert [d.given_name for d in PersonDetails.objects.current()] == ["Olha"]
        assert [d.given_name for d in PersonDetails.objects.as_known_at(cast.at)] == ["Olena"]


def test_a_need_is_ended_never_changed(cast: Cast) -> None:
    subject_id = person(cast, cast.centre)
    day = cast.day - timedelta(days=1)
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="ended, never changed"):
        cursor.execute(
            "UPDATE every_need SET period = daterange(%s, %s), ended_at = %s WHERE subject_id = %s",
            [day, cast.day, cast.at, subject_id],
        )


@pytest.mark.req("ACS-01")
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE access_need SET organisation_id = organisation_id",
        "UPDATE access_need SET subject_id = subject_id",
        "UPDATE access_need SET reason = reason",
        "UPDATE access_need SET opened_at = opened_at",
        "UPDATE access_need SET period = period",
        "UPDATE access_need SET ended_at = ended_at",
        "DELETE FROM access_need",
        "TRUNCATE access_need",
        "UPDATE access_subject SET reference = reference",
        "DELETE FROM access_subject",
        "UPDATE platform_event SET type = type",
        "UPDATE platform_event SET feed_position = feed_position",
        "DELETE FROM platform_event",
        "UPDATE platform_feedcounter SET position = 0",
        "INSERT INTO platform_feedcounter (position) VALUES (0)",
        "DELETE FROM platform_feedcounter",
    ],
)
def test_the_app_role_opens_needs_and_writes_events_and_no_more(cast: Cast, sql: str) -> None:
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="permission denied"):
        cursor.execute(sql)


@pytest.mark.django_db(databases=["owner"])
def test_the_triggers_stop_the_owner_where_the_rights_do_not() -> None:
    subject = Subject.objects.using("owner").create(kind=SubjectKind.PERSON)
    first, second = Organisation.objects.using("owner").order_by("pk")[:2]
    need = Need.objects.using("owner").create(
        subject=subject,
        organisation=first,
        reason=NeedReason.LIVES_HERE,
        period=Period(date(2024, 3, 1), None),
        opened_at=AT,
    )
    with pytest.raises(IntegrityError, match="ended, never changed"), transaction.atomic(using="owner"):
        Need.objects.using("owner").filter(pk=need.pk).update(organisation=second)
    event = Event.objects.using("owner").create(type="tried", recorded_at=AT, organisation_id=first.pk)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(using="owner"):
        Event.objects.using("owner").filter(pk=event.pk).update(type="other")


def test_events_are_numbered_once(cast: Cast) -> None:
    with scope(cast.centre, cast.day):
        event = Event.objects.create(type="tried", recorded_at=cast.at, organisation_id=cast.centre.organisation_id)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE every_event SET feed_position = 9000001 WHERE id = %s", [event.pk])
        with pytest.raises(IntegrityError, match="append-only"):
            cursor.execute("UPDATE every_event SET feed_position = 9000002 WHERE id = %s", [event.pk])


def test_a_case_starts_at_the_beginning_and_follows_the_table(cast: Cast) -> None:
    subject_id = person(cast, cast.centre)
    with scope(cast.centre, cast.day):
        case = SettlementCase.objects.create(
            subject_id=subject_id, due_since_on=cast.day, state_since_on=cast.day, size=1
        )
        with pytest.raises(IntegrityError, match="no step of settlement_case leads from interview_due to offered"):
            SettlementCase.objects.filter(pk=case.pk).update(state="offered")


def test_the_app_role_owns_nothing_and_empties_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = (SELECT oid FROM pg_roles WHERE rolname = user)")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT rolbypassrls OR rolsuper FROM pg_roles WHERE rolname = user")
        assert cursor.fetchone() == (False,)
        with pytest.raises(DatabaseError, match="permission denied"):
            cursor.execute("TRUNCATE platform_event")


FENCED_OTHERWISE = {
    "alternative_applicationperson": "with the application: its own fence is asked",
    "alternative_confirmation": "with the application: its own fence is asked",
    "access_need": "one's own, and everybody's of those one knows of: what every other policy reads",
    "worklist_task": "own organisation's or needed",
    "settlement_withdrawal": "the municipality that was told, also when it needs to know no more; or needed",
    "registry_searchtoken": "no policy at all: only through search_subjects() and looks_alike_in_name()",
    "retention_notice": "no policy and no right at all: the owner's",
    "retention_gone": "no policy and no right at all: the owner's",
    "platform_event": "one's own, and everybody's of those one knows of",
}


@pytest.mark.req("ACS-01")
def test_every_table_about_a_subject_is_behind_the_need_to_know() -> None:
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT c.relname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
            WHERE a.attname = 'subject_id' AND c.relkind = 'r'
        """)
        tables = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT tablename FROM pg_policies WHERE policyname = 'need_to_know'")
        fenced = {name for (name,) in cursor.fetchall()}
    assert tables - fenced - set(FENCED_OTHERWISE) == set()
    assert len(fenced) > 20


def test_periods_come_back_as_they_were_written(cast: Cast) -> None:
    subject_id = person(cast, cast.centre)
    need = every_need().get(subject_id=subject_id)
    assert need.period == Period(cast.day, None)


@pytest.mark.django_db(databases=["owner"])
def test_the_owner_sees_past_the_fence() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT rolbypassrls FROM pg_roles WHERE rolname = user")
        assert cursor.fetchone() == (True,)


def test_a_need_that_ended_on_its_first_day_can_be_opened_again(cast: Cast) -> None:
    subject = create_subject(SubjectKind.PERSON)
    centre = cast.centre.organisation_id
    with scope(cast.centre, cast.day):
        for _ in range(2):
            # Ended on the day, it is known to nobody: what knows of them meanwhile is another reason.
            open_needs([subject.pk], organisation_id=centre, reason=NeedReason.LIVED_HERE, from_on=cast.day, at=cast.at)
            open_needs([subject.pk], organisation_id=centre, reason=NeedReason.LIVES_HERE, from_on=cast.day, at=cast.at)
            lives = Need.objects.filter(subject=subject, reason=NeedReason.LIVES_HERE, period__contains=cast.day)
            assert lives.count() == 1
            end_needs([subject.pk], reason=NeedReason.LIVES_HERE, on=cast.day, at=cast.at)
            assert not lives.exists()
