"""What each organisation and each of its roles finds in the database and in the lists, held against the table."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db import connection, connections

from fotfeste.access.domain.permissions import ROLE_BELONGS_TO
from fotfeste.access.public import Role, Subject, subject_by_reference
from fotfeste.directory.public import Organisation, OrganisationKind
from fotfeste.kernel.errors import NotFound
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import search
from fotfeste.registry.queries.households import households_for
from fotfeste.settlement.queries.queue import OPEN_STATES, QueueFilter, queue_page
from fotfeste.worklist.public import open_tasks_for
from tests.conftest import Cast, organisation, staff
from tests.properties.known import in_danger, needs_on
from tests.properties.rows import Country, Seen
from tests.properties.table import FOLLOWS, lines
from tests.properties.whole import asked, rows

_FENCED = "SELECT DISTINCT tablename FROM pg_policies WHERE schemaname = 'public'"
# Behind the fence without a policy: nobody but the owner's functions finds a row in them.
_SHUT = """
    SELECT relname FROM pg_class c WHERE relkind = 'r' AND relrowsecurity AND relnamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid)
"""
# Tables about somebody: those that refer to a subject, or that name one without referring to it.
_ABOUT = """
    SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'f' AND confrelid = 'access_subject'::regclass
    UNION
    SELECT table_name FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
      AND column_name IN ('subject_id', 'household_id', 'person_id', 'person_ids')
"""
_KEYS = """
    SELECT c.relname, a.attname FROM pg_index i
    JOIN pg_class c ON c.oid = i.indrelid AND c.relnamespace = 'public'::regnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0] WHERE i.indisprimary
"""


@dataclass(frozen=True, slots=True)
class Eyes:
    """Somebody with some roles in an organisation."""

    name: str
    viewer: Viewer


def fenced() -> set[str]:
    """The tables that have a policy, as the database has them."""
    return {str(name) for (name,) in rows(_FENCED)}


def shut() -> set[str]:
    """The tables that row-level security opens to nobody."""
    return {str(name) for (name,) in rows(_SHUT)}


def about_somebody() -> set[str]:
    """The tables that have a subject."""
    return {str(name) for (name,) in rows(_ABOUT)}


def placed() -> set[str]:
    """The tables that have a line in the table of the tests."""
    return {line.table for line in lines()} | set(FOLLOWS)


@cache
def _keys(database: str) -> Mapping[str, str]:
    found = {str(table): str(column) for table, column in rows(_KEYS)}
    return {table: found[table] for table in sorted(placed())}


def keys() -> Mapping[str, str]:
    """The column of the key of each of these tables."""
    return _keys(str(connections["owner"].settings_dict["NAME"]))


def everybodys_eyes(cast: Cast) -> list[Eyes]:
    """One user for every role that each organisation of the cast can have, and for a centre and a municipality that
    have nothing to do with anybody."""
    cast_ids = {getattr(cast, name).organisation_id for name in cast.__dataclass_fields__ if name not in ("at", "day")}
    places = [*Organisation.objects.filter(pk__in=cast_ids).order_by("pk")]
    places += [organisation(OrganisationKind.CENTRE, "Fremmed mottak", "0301")]
    places += [organisation(OrganisationKind.MUNICIPALITY, "Oslo", "0301")]
    return eyes_of(places)


def eyes_of(places: Iterable[Organisation]) -> list[Eyes]:
    """One user for every role that each of these can have."""
    return [
        Eyes(f"{role} at {place.name}", staff(place, role, f"eyes-{place.pk}-{role}"))
        for place in places
        for role in Role
        if place.kind in ROLE_BELONGS_TO[role]
    ]


def read_country(day: date) -> Country:
    """All rows behind the fence and the needs of the day, as the owner sees them."""
    questions = {table: f"SELECT * FROM {table}" for table in keys()}
    return Country(asked(questions, {}), keys(), needs_on(day), in_danger(day))


def found_by(viewer: Viewer, day: date) -> Seen:
    """The keys of the rows that somebody finds, asked of every table as the app role, in their scope."""
    with scope(viewer, day), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_prepared_statements WHERE name = 'eyes'")
        if not cursor.fetchall():
            parts = [
                f"SELECT '{table}', array(SELECT {column}::bigint FROM {table})" for table, column in keys().items()
            ]
            cursor.execute(f"PREPARE eyes AS {' UNION ALL '.join(parts)}")
        cursor.execute("EXECUTE eyes")
        return {str(table): frozenset(found) for table, found in cursor.fetchall()}


def sees_wrongly(eyes: Eyes, country: Country, day: date) -> Iterator[str]:
    """Rows that somebody sees and should not, and should and does not, in words."""
    wanted = country.shown_to(eyes.viewer.organisation_id, eyes.viewer.roles, eyes.viewer.user_id)
    found = found_by(eyes.viewer, day)
    for table in keys():
        if more := sorted(found[table] - wanted[table]):
            yield f"{eyes.name} sees {more} of {table}"
        if less := sorted(wanted[table] - found[table]):
            yield f"{eyes.name} does not see {less} of {table}"


def lists_wrongly(eyes: Eyes, country: Country, day: date, *, every: int = 1) -> Iterator[str]:
    """What is wrong in the lists that somebody is given: households, a search by reference and number, tasks, queue.

    `every`: search for each of them, or for every second, tenth and so on.
    """
    viewer, wanted = eyes.viewer, country.shown_to(eyes.viewer.organisation_id, eyes.viewer.roles, eyes.viewer.user_id)
    with scope(viewer, day):
        lived_in = {row["subject_id"] for row in country.rows["registry_placementgroup"] if row["emptied_on"] is None}
        there = lived_in & _shown(wanted, "placementgroup")
        yield from _differ(f"{eyes.name}: households", households_for(viewer, day).values_list("pk", flat=True), there)
        yield from _searched(eyes, country, wanted, day, every)
        own = {
            row["id"]
            for row in country.rows["worklist_task"]
            if row["organisation_id"] == viewer.organisation_id
            and row["closed_at"] is None
            and row["id"] in wanted["worklist_task"]
        }
        yield from _differ(f"{eyes.name}: tasks", open_tasks_for(viewer, day).values_list("pk", flat=True), own)
        if viewer.may("settlement.see_queue"):
            waiting = {
                row["id"]
                for row in country.rows["settlement_settlementcase"]
                if row["state"] in OPEN_STATES and row["id"] in wanted["settlement_settlementcase"]
            }
            _, lines_of_it = queue_page(viewer, day, QueueFilter(state=""), 1)
            yield from _differ(f"{eyes.name}: queue", [row.case.pk for row in lines_of_it], waiting)


def _shown(wanted: Seen, table: str) -> frozenset[int]:
    return wanted[f"registry_{table}"]


def _searched(eyes: Eyes, country: Country, wanted: Seen, day: date, every: int) -> Iterator[str]:
    """By reference everyone who is known, nobody else; by a household's number those of its members who are."""
    groups, persons = _shown(wanted, "placementgroup"), _shown(wanted, "person")
    for subject in Subject.objects.order_by("pk")[::every]:
        if _is_found(eyes.viewer, subject.reference, day) != (subject.pk in groups | persons):
            yield f"{eyes.name}: {subject.pk} by its reference"
    for row in country.rows["registry_placementgroup"][::every]:
        key = row["subject_id"]
        members = {
            each["subject_id"]
            for each in country.of("registry_groupmembership", "group_id", key)
            if each["annulled_at"] is None and _holds(each["period"], day)
        }
        found = search(eyes.viewer, str(row["number"]), day)
        of_it = [each.subject_id for each in found if each.group_id == key]
        yield from _differ(f"{eyes.name}: search for {key}", of_it, members & persons if key in groups else set())
        yield from (f"{eyes.name}: finds {each.subject_id}" for each in found if each.subject_id not in persons)


def _is_found(viewer: Viewer, reference: str, day: date) -> bool:
    try:
        subject_by_reference(viewer, reference, day)
    except NotFound:
        return False
    return True


def _holds(period: str, day: date) -> bool:
    start, end = period.strip("[)").split(",") if period != "empty" else ("9999", "")
    return start <= day.isoformat() and (not end or day.isoformat() < end)


def _differ(what: str, found: Iterable[int], wanted: set[int]) -> Iterator[str]:
    there = set(found)
    if there - wanted:
        yield f"{what}: {sorted(there - wanted)} too many"
    if wanted - there:
        yield f"{what}: {sorted(wanted - there)} are missing"
