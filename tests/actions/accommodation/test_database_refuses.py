"""Every constraint and trigger of accommodation, tried from SQL as the app role."""

from datetime import date

import pytest
from django.db import connection
from django.db.utils import DatabaseError

from fotfeste.accommodation.public import (
    Absence,
    Bed,
    BedAssignment,
    BedBlock,
    CentreOperation,
    Room,
    Stay,
    assign_beds,
    place_group,
)
from fotfeste.accommodation.sentences import SENTENCES
from fotfeste.platform.scope import scope
from tests.acting import add_rooms, block_bed
from tests.actions.accommodation.people import ARRIVED, beds_at, household, open_centre
from tests.conftest import Cast

pytestmark = pytest.mark.django_db

_FACT = "recorded_at, recorded_by_id, reported_by_id, annul_reason"


class World:
    """Two people at Voss, one of them with a bed; what the SQL below refers to."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.centre = open_centre(cast, cast.centre)
        self.closed = cast.other_centre.organisation_id
        self.beds = beds_at(cast, cast.centre_administrator, [("214", 3)])
        self.group, (self.olena, self.andrij) = household(cast, "Olena", "Andrij")
        with scope(cast.udi, cast.day):
            place_group(self.group, self.centre, ARRIVED, by=cast.udi, at=cast.at)
        with scope(cast.centre, cast.day):
            assign_beds(self.group, {self.olena: self.beds[0]}, ARRIVED, by=cast.centre, at=cast.at)
            block_bed(self.beds[2], ARRIVED, None, "Ødelagt", by=cast.centre_administrator, at=cast.at)

    def execute(self, sql: str) -> None:
        """Run SQL as the centre, through the app role's own connection."""
        known = f"'{self.cast.at.isoformat()}', {self.cast.centre.user_id}, {self.centre}, ''"
        with scope(self.cast.centre, self.cast.day), connection.cursor() as cursor:
            cursor.execute(
                sql.format(
                    fact=_FACT,
                    known=known,
                    centre=self.centre,
                    closed=self.closed,
                    town=self.cast.municipality.organisation_id,
                    olena=self.olena,
                    andrij=self.andrij,
                    free=self.beds[1],
                    taken=self.beds[0],
                    blocked=self.beds[2],
                )
            )


@pytest.fixture
def world(cast: Cast) -> World:
    """The rows that the attempts collide with."""
    return World(cast)


_STAY = (
    "INSERT INTO accommodation_stay"
    " (subject_id, kind, centre_id, municipality_id, period, departure_reason, street, postal_code, place, county,"
    " {fact}) VALUES "
)
_BED = "INSERT INTO accommodation_bedassignment (subject_id, bed_id, period, {fact}) VALUES "
_OPERATION = (
    "INSERT INTO accommodation_centreoperation"
    " (centre_id, type, operator, is_decentralised, places, places_maximum, source, period, {fact}) VALUES "
)
_CLOSES = (
    "UPDATE accommodation_centreoperation SET annulled_at = now(), annul_reason = 'closed' WHERE centre_id = {centre}; "
)
_ABSENCE = (
    "INSERT INTO accommodation_absence (subject_id, kind, period, is_abroad, expected_return_on, note, {fact}) VALUES "
)
_BLOCK = "INSERT INTO accommodation_bedblock (bed_id, period, cause, {fact}) VALUES "

ATTEMPTS = [
    (
        "no_overlapping_stays",
        _STAY + "({olena}, 'centre', {centre}, NULL, '[2024-03-01,)', '', '', '', '', '', {known})",
    ),
    (
        "no_overlapping_stays",
        _STAY + "({olena}, 'mamot', NULL, {town}, '[2024-02-01,2024-02-02)', 'no_address', '', '', '', '', {known})",
    ),
    (
        "stay_within_operation",
        _STAY + "({olena}, 'centre', {closed}, NULL, '[2024-03-01,)', '', '', '', '', '', {known})",
    ),
    (
        "stay_of_the_registered",
        _STAY + "({olena}, 'mamot', NULL, {town}, '[2024-01-01,2024-01-05)', 'evicted', '', '', '', '', {known})",
    ),
    (
        "ended_stay_has_a_reason",
        _STAY + "({olena}, 'mamot', NULL, {town}, '[2024-03-01,2024-03-05)', '', '', '', '', '', {known})",
    ),
    (
        "ended_stay_has_a_reason",
        _STAY + "({olena}, 'mamot', NULL, {town}, '[2024-03-01,)', 'evicted', '', '', '', '', {known})",
    ),
    (
        "stay_is_at_one_place",
        _STAY + "({olena}, 'mamot', NULL, NULL, '[2024-03-01,2024-03-05)', 'evicted', '', '', '', '', {known})",
    ),
    (
        "stay_is_at_one_place",
        _STAY + "({olena}, 'centre', NULL, NULL, '[2024-03-01,2024-03-05)', 'evicted', '', '', '', '', {known})",
    ),
    (
        "stay_kind_known",
        _STAY + "({olena}, 'hotel', NULL, {town}, '[2024-03-01,2024-03-05)', 'evicted', '', '', '', '', {known})",
    ),
    (
        "departure_reason_known",
        _STAY + "({olena}, 'mamot', NULL, {town}, '[2024-03-01,2024-03-05)', 'bored', '', '', '', '', {known})",
    ),
    ("no_bed_for_two", _BED + "({andrij}, {taken}, '[2024-03-01,)', {known})"),
    ("one_bed_at_a_time", _BED + "({olena}, {free}, '[2024-03-01,)', {known})"),
    ("bed_within_stay", _BED + "({andrij}, {free}, '[2024-01-05,)', {known})"),
    ("bed_is_blocked", _BED + "({andrij}, {blocked}, '[2024-03-01,)', {known})"),
    ("one_block_at_a_time", _BLOCK + "({blocked}, '[2024-03-01,)', 'x', {known})"),
    ("bed_is_taken", _BLOCK + "({taken}, '[2024-03-01,)', 'x', {known})"),
    (
        "one_operation_at_a_time",
        _OPERATION + "({centre}, 'ordinary', 'private', false, 5, 5, 'x', '[2024-05-01,)', {known})",
    ),
    ("places_make_sense", _OPERATION + "({closed}, 'ordinary', 'private', false, 0, 5, 'x', '[2024-05-01,)', {known})"),
    ("places_make_sense", _OPERATION + "({closed}, 'ordinary', 'private', false, 6, 5, 'x', '[2024-05-01,)', {known})"),
    ("centre_type_known", _OPERATION + "({closed}, 'castle', 'private', false, 5, 5, 'x', '[2024-05-01,)', {known})"),
    ("operator_known", _OPERATION + "({closed}, 'ordinary', 'nobody', false, 5, 5, 'x', '[2024-05-01,)', {known})"),
    (
        "operation_covers_stays",
        _CLOSES + "SET CONSTRAINTS ALL IMMEDIATE",
    ),
    (
        "operation_covers_stays",
        _CLOSES
        + _OPERATION
        + "({centre}, 'ordinary', 'private', false, 5, 5, 'x', '[2024-01-01,2024-12-01)', {known});"
        + " SET CONSTRAINTS ALL IMMEDIATE",
    ),
    (
        "one_room_of_a_name",
        "INSERT INTO accommodation_room (reference, centre_id, name, building, is_adapted)"
        " VALUES ('r', {centre}, '214', '', false)",
    ),
    (
        "one_bed_of_a_name",
        "INSERT INTO accommodation_bed (room_id, name) SELECT room_id, name FROM accommodation_bed WHERE id = {free}",
    ),
    ("absence_kind_known", _ABSENCE + "({olena}, 'lost', '[2024-03-01,)', false, NULL, '', {known})"),
    ("leave_has_a_return", _ABSENCE + "({olena}, 'leave', '[2024-03-01,)', false, NULL, '', {known})"),
    (
        "one_absence_at_a_time",
        _ABSENCE
        + "({olena}, 'away', '[2024-03-01,)', false, NULL, '', {known}),"
        + " ({olena}, 'away', '[2024-03-05,)', false, NULL, '', {known})",
    ),
    ("fact_is_kept", "UPDATE accommodation_stay SET period = '[2024-02-02,)' WHERE subject_id = {olena}"),
    ("fact_is_kept", "UPDATE accommodation_bedassignment SET bed_id = {free}"),
    ("fact_is_kept", "UPDATE accommodation_centreoperation SET places = 1000"),
    ("fact_is_kept", "UPDATE accommodation_bedblock SET cause = ''"),
    ("fact_is_kept", "DELETE FROM accommodation_stay"),
    ("fact_is_kept", "DELETE FROM accommodation_bedassignment"),
    ("fact_is_kept", "DELETE FROM accommodation_centreoperation"),
    ("fact_is_kept", "DELETE FROM accommodation_bedblock"),
]


@pytest.mark.parametrize(("constraint", "sql"), ATTEMPTS)
@pytest.mark.req("ACC-02")
@pytest.mark.req("ACC-03")
def test_the_database_refuses_what_the_rules_refuse(world: World, constraint: str, sql: str) -> None:
    with pytest.raises(DatabaseError) as error:
        world.execute(sql)
    assert getattr(error.value.__cause__, "diag").constraint_name == constraint  # noqa: B009 - psycopg's own type


def test_every_constraint_of_these_tables_has_been_tried_and_has_a_sentence() -> None:
    tried = {constraint for constraint, _ in ATTEMPTS}
    models = (CentreOperation, Room, Bed, BedBlock, Stay, BedAssignment, Absence)
    named = {constraint.name for model in models for constraint in model._meta.constraints}
    assert named <= tried
    assert tried - {"fact_is_kept"} <= set(SENTENCES)


@pytest.mark.parametrize("table", ["stay", "bedassignment", "absence"])
@pytest.mark.req("ACS-01")
def test_without_a_scope_nobody_is_there(world: World, table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM accommodation_{table}")
        assert cursor.fetchone() == (0,)


@pytest.mark.req("ACC-06")
def test_occupancy_counts_everybody_and_names_nobody(world: World) -> None:
    with scope(world.cast.other_centre, world.cast.day), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM occupancy_on(%s)", [world.cast.day])
        assert cursor.fetchall() == [(world.centre, 2)]
        cursor.execute("SELECT occupancy_peak(%s, %s)", [world.centre, date(2024, 1, 1)])
        assert cursor.fetchone() == (2,)
        cursor.execute("SELECT * FROM beds_taken_on(%s, %s)", [world.centre, world.cast.day])
        assert cursor.fetchall() == [(world.beds[0],)]


@pytest.mark.req("ACS-01")
def test_when_beds_are_taken_is_told_to_their_own_centre_only(world: World) -> None:
    asked = "SELECT * FROM beds_taken_from(%s, %s)"
    with scope(world.cast.centre, world.cast.day), connection.cursor() as cursor:
        cursor.execute(asked, [world.centre, world.cast.day])
        assert [(bed, until) for bed, _, until in cursor.fetchall()] == [(world.beds[0], None)]
    with scope(world.cast.other_centre, world.cast.day), connection.cursor() as cursor:
        cursor.execute(asked, [world.centre, world.cast.day])
        assert cursor.fetchall() == []


def test_rooms_carry_no_personal_data_and_are_there_for_everyone(cast: Cast) -> None:
    from fotfeste.accommodation.public import NewRoom

    open_centre(cast, cast.centre)
    with scope(cast.centre_administrator, cast.day):
        add_rooms(cast.centre.organisation_id, [NewRoom(name="1", beds=1)], by=cast.centre_administrator, at=cast.at)
    assert Room.objects.count() == 1
