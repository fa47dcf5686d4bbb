"""Who sees what is what the table says of what the facts give; and whatever is otherwise is found (issue 2).

The sequences themselves are those of test_any_sequence.py: what is here is asked after each of their acts.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest

from fotfeste.access.domain.matrix import OPENS
from fotfeste.access.public import Compartment, NeedReason, Role, viewer_for
from fotfeste.accommodation.public import DepartureReason
from fotfeste.demo.public import load_country
from fotfeste.directory.public import Organisation, OrganisationKind, User
from fotfeste.settlement.models import MunicipalityYear
from fotfeste.settlement.public import DeclineReason, decline_request, send_request
from tests.conftest import make_cast
from tests.properties.eyes import (
    Eyes,
    about_somebody,
    everybodys_eyes,
    eyes_of,
    fenced,
    lists_wrongly,
    placed,
    read_country,
    sees_wrongly,
    shut,
)
from tests.properties.facts import read_facts
from tests.properties.known import bounds, needs_on, wrongly_known
from tests.properties.machine import PROPER, deed_of
from tests.properties.rows import Country
from tests.properties.rules_settlement import Settlement
from tests.properties.table import lines, printed
from tests.properties.whole import emptied, rows, run

TODAY = date(2026, 11, 21)
PEOPLE = 250

committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.mark.django_db(databases=["default", "owner"])
@pytest.mark.req("ACS-01")
def test_every_table_about_somebody_is_behind_the_fence_and_has_a_place_in_the_table() -> None:
    assert about_somebody() <= fenced() | shut()
    assert fenced() == placed()


@pytest.mark.req("ACS-01")
def test_every_compartment_that_is_printed_shows_something_and_no_other_is_asked_for() -> None:
    known = {compartment for line in lines() for compartment in line.compartments}
    assert known == {compartment for opened in printed().values() for compartment in opened}
    assert known == {str(each) for each in Compartment}
    assert {reason for _, reason in printed()} == {str(each) for each in NeedReason}


type Look = Callable[[Eyes, Country, date], Iterable[str]]


class Somewhere(Settlement):
    """A country in which four households are at different places on their way."""

    def some_are_there(self) -> None:
        """One has agreed its journey, one is asked for again, of one somebody has left, one is registered alone."""
        for place, (ages, steps) in enumerate((((38, 41, 13, 6), 9), ((34,), 4), ((29, 3), 3), ((16,), 0))):
            self.register(ages)
            for _ in range(steps):
                self.move_on(place)
        municipality, other = self.municipalities
        key = [*self.seen.households][1]
        no = deed_of(decline_request, key, reason=DeclineReason.NO_HOUSING, follows="not_until_reassessed", text="")
        assert self.try_it(municipality, PROPER, self.seen.households[key], no)
        ask = deed_of(send_request, key, other.organisation_id, wanted_week=self.week(3), reasoning="De har slekt der.")
        assert self.try_it(self.cast.imdi, PROPER, self.seen.households[key], ask)
        household = self.household(2)
        assert household is not None
        assert self.leaves(household, [household.members[0]], 0, DepartureReason.PRIVATE_ADDRESS, PROPER)
        self.days_pass(10)
        states = [each.case.state if each.case else "" for each in self.seen.households.values()]
        assert states == ["journey_agreed", "requested", "queued", ""]

    def wrong(self, *looks: Look) -> Iterator[str]:
        """What anybody finds wrong, in words, one after the other: in tables and lists, or in these."""
        yield from wrongly_known(bounds(read_facts(self.today)), needs_on(self.today))
        country = read_country(self.today)
        for look in looks or (sees_wrongly, lists_wrongly):
            for each in self.eyes:
                yield from look(each, country, self.today)


@pytest.fixture
def somewhere(transactional_db: None) -> Somewhere:
    """The country, committed, as it should be."""
    for number in ("5037", "5038"):
        MunicipalityYear.objects.using("owner").create(
            municipality_id=number, year=2024, decided=30, decided_minors=4, requested=30, source="test"
        )

    class Here(Somewhere):
        cast = make_cast()
        eyes = everybodys_eyes(cast)

    country = Here()
    country.some_are_there()
    return country


@contextmanager
def without_triggers() -> Iterator[None]:
    """The owner does what the triggers refuse."""
    run("ALTER TABLE access_need DISABLE TRIGGER USER")
    try:
        yield
    finally:
        run("ALTER TABLE access_need ENABLE TRIGGER USER")


@contextmanager
def needs_changed(sql: str) -> Iterator[None]:
    """The needs to know are otherwise, for a while."""
    run("CREATE TABLE kept AS SELECT * FROM access_need")
    with without_triggers():
        try:
            run(sql)
            yield
        finally:
            run("DELETE FROM access_need")
            run("INSERT INTO access_need SELECT * FROM kept")
            run("DROP TABLE kept")


@contextmanager
def changed(sql: str, undone: str) -> Iterator[None]:
    """The database is otherwise, for a while."""
    run(sql)
    try:
        yield
    finally:
        run(undone)


@contextmanager
def policy_dropped(table: str, name: str) -> Iterator[None]:
    """A policy is not there, for a while."""
    [(kind, condition, check)] = rows(
        "SELECT permissive, qual, with_check FROM pg_policies WHERE tablename = %s AND policyname = %s", [table, name]
    )
    checked = f" WITH CHECK ({check})" if check else ""
    again = f"CREATE POLICY {name} ON {table} AS {kind} FOR ALL USING ({condition}){checked}"
    with changed(f"DROP POLICY {name} ON {table}", again):
        yield


@contextmanager
def table_says(country: Somewhere, role: Role, opened: Mapping[NeedReason, frozenset[Compartment]]) -> Iterator[None]:
    """The table in the program is another one than the one that is printed, for a while."""
    before, table = OPENS[role], OPENS
    assert isinstance(table, dict)
    eyes = type(country).eyes
    table[role] = opened
    type(country).eyes = [
        Eyes(each.name, viewer_for(User.objects.get(pk=each.viewer.user_id or 0), country.today)) for each in eyes
    ]
    try:
        yield
    finally:
        table[role], type(country).eyes = before, eyes


NOT_ENDED = """
    UPDATE access_need SET period = daterange(lower(period), NULL), ended_at = NULL
    WHERE id = (SELECT min(id) FROM access_need WHERE reason = 'lives_here' AND ended_at IS NOT NULL)"""
TOO_MUCH = """
    INSERT INTO access_need (subject_id, organisation_id, reason, period, opened_at)
    SELECT g.subject_id, o.id, 'asked_to_settle', daterange('2024-01-01', NULL), now()
    FROM registry_placementgroup g, directory_organisation o WHERE o.name = 'Oslo' AND o.kind = 'municipality'
    ORDER BY g.subject_id LIMIT 1"""
TOO_LONG = """
    UPDATE access_need SET period = daterange(lower(period), NULL)
    WHERE id = (SELECT max(id) FROM access_need WHERE reason = 'asked_to_settle' AND ended_at IS NOT NULL)"""
TOO_LITTLE = "DELETE FROM access_need WHERE id = (SELECT max(id) FROM access_need WHERE reason = 'offered_here')"
TOO_SOON = """
    UPDATE access_need SET period = daterange(lower(period), lower(period) + 1)
    WHERE reason = 'settlement_case'"""
ANOTHER = "UPDATE access_need SET organisation_id = (SELECT id FROM directory_organisation WHERE name = 'Verdal')"
EVERYBODY = "CREATE POLICY everybody ON {table} USING (true)"
C, R = Compartment, NeedReason
STAFF = OPENS[Role.CENTRE_STAFF]

type Fault = Callable[[Somewhere], Any]
FAULTS: Mapping[str, tuple[Fault, str]] = {
    "a need is not ended": (lambda c: needs_changed(NOT_ENDED), "without a fact: lives_here"),
    "a need is opened too much": (lambda c: needs_changed(TOO_MUCH), "without a fact: asked_to_settle"),
    "a need lasts too long": (lambda c: needs_changed(TOO_LONG), "without a fact: asked_to_settle"),
    "a need is lacking": (lambda c: needs_changed(TOO_LITTLE), "does not know of"),
    "a need ends too soon": (lambda c: needs_changed(TOO_SOON), "does not know of"),
    "a need is another's": (lambda c: needs_changed(f"{ANOTHER} WHERE reason = 'offered_here'"), "does not know of"),
    "a narrower policy is dropped": (
        lambda c: policy_dropped("settlement_settlementrequest", "by_duty"),
        "of settlement_settlementrequest",
    ),
    "the narrower policy of tasks is dropped": (
        lambda c: policy_dropped("worklist_task", "settlement_by_duty"),
        "of worklist_task",
    ),
    "the leading policy is dropped": (
        lambda c: policy_dropped("registry_persondetails", "need_to_know"),
        "does not see",
    ),
    "a table is open to everybody": (
        lambda c: changed(EVERYBODY.format(table="registry_person"), "DROP POLICY everybody ON registry_person"),
        "of registry_person",
    ),
    "everybody reads who knows of whom": (
        lambda c: changed(EVERYBODY.format(table="access_need"), "DROP POLICY everybody ON access_need"),
        "of access_need",
    ),
    "everybody reads what has happened": (
        lambda c: changed(EVERYBODY.format(table="platform_event"), "DROP POLICY everybody ON platform_event"),
        "of platform_event",
    ),
    "a table has no fence": (
        lambda c: changed(
            "ALTER TABLE accommodation_stay DISABLE ROW LEVEL SECURITY",
            "ALTER TABLE accommodation_stay ENABLE ROW LEVEL SECURITY",
        ),
        "of accommodation_stay",
    ),
    "a compartment is opened to one more role": (
        lambda c: table_says(
            c, Role.CENTRE_ADMINISTRATOR, {R.LIVES_HERE: frozenset({C.IDENTITY, C.STAYS, C.ROOMS, C.INTERVIEW})}
        ),
        "centre_administrator at Voss akuttinnkvartering sees",
    ),
    "a role that opens nobody opens somebody": (
        lambda c: table_says(c, Role.DIRECTORY_KEEPER, {R.PROTECTION_CASE: frozenset({C.IDENTITY})}),
        "households: ",
    ),
    "a compartment is opened for one more reason": (
        lambda c: table_says(
            c, Role.CENTRE_STAFF, {**STAFF, R.LIVED_HERE: STAFF[R.LIVED_HERE] | {C.GUARDIAN, C.NEEDS, C.JOURNAL}}
        ),
        "centre_staff at Voss akuttinnkvartering sees",
    ),
    "a compartment is closed to a role": (
        lambda c: table_says(c, Role.CENTRE_STAFF, {**STAFF, R.LIVES_HERE: STAFF[R.LIVES_HERE] - {C.STAYS}}),
        "does not see",
    ),
}


@committed
@pytest.mark.req("ACS-01", "ACS-02")
def test_whatever_is_planted_is_found(somewhere: Somewhere) -> None:
    assert list(somewhere.wrong()) == []
    unfound = []
    for name, (fault, words) in FAULTS.items():
        with fault(somewhere):
            if not any(words in each for each in somewhere.wrong()):
                unfound.append(name)
    assert unfound == [], unfound
    assert list(somewhere.wrong()) == []


def a_sample() -> list[Organisation]:
    """Of each kind who knows of most; of centres and municipalities also who knows of few, and of nobody."""
    known = Counter(whose for _, whose, _ in needs_on(TODAY))
    chosen: list[Organisation] = []
    for kind in OrganisationKind:
        places = Organisation.objects.filter(kind=kind).order_by("pk")
        ranked = sorted(places, key=lambda place: -known[place.pk])
        few = [place for place in ranked if known[place.pk]][-1:]
        chosen += {each.pk: each for each in (*ranked[:2], *few, *ranked[-1:])}.values()
    return chosen


@committed
@pytest.mark.req("ACS-01")
def test_in_the_country_of_the_demo_everybody_sees_what_the_table_says(transactional_db: None) -> None:
    """Of centres and municipalities those that know of most, and some that know of few."""
    try:
        load_country(PEOPLE, TODAY, seed=5)
        found = wrongly_known(bounds(read_facts(TODAY)), needs_on(TODAY))
        assert not found, found
        country = read_country(TODAY)
        found = [
            wrong
            for each in eyes_of(a_sample())
            for wrong in (*sees_wrongly(each, country, TODAY), *lists_wrongly(each, country, TODAY, every=25))
        ]
        assert found == []
    finally:
        emptied()
