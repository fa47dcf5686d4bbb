"""Any act by anyone: done as the app role and committed, then looked at with the owner's eyes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar, Protocol

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant

from fotfeste.accommodation.public import (
    Bed,
    CentreType,
    NewOperation,
    NewRoom,
    OperatorKind,
    add_rooms,
    open_centre_operation,
)
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused, Stale
from fotfeste.platform.scope import scope
from fotfeste.platform.sentences import sentence_for
from fotfeste.platform.viewer import Viewer
from tests.conftest import Cast
from tests.properties.broken import broken, past_imdi
from tests.properties.expected import Offices
from tests.properties.eyes import Eyes, lists_wrongly, read_country, sees_wrongly
from tests.properties.facts import read_facts
from tests.properties.known import bounds, needs_on, wrongly_known
from tests.properties.seen import Household, Seen, see
from tests.properties.whole import emptied, fingerprint

RIGHT = "right"
PEOPLE = (
    "registrar",
    "udi",
    "imdi",
    "centre",
    "centre_administrator",
    "other_centre",
    "municipality",
    "other_municipality",
)
WHO = st.sampled_from((RIGHT,) * 12 + PEOPLE)
WHICH = st.integers(0, 7)
SOME = st.integers(0, 15)  # as bits: which of the members; 0 is all of them
DAYS = st.sampled_from((0, 0, 0, -1, -1, -2, -7, -30, -60, 1, 20))
NONE, CURRENT, STALE = "none", "current", "stale"
VERSION = st.sampled_from((NONE, CURRENT, CURRENT, STALE))
LOOKS = 3  # so many pairs of eyes look at every table after each act, in turn; at the end of a sequence all of them
PLACES = 9  # at most at each centre: soon full


class Deed(Protocol):
    """What a user does: an act that lacks only who, when and on which version."""

    def __call__(self, *, by: Viewer, at: datetime, version: int | None) -> object:
        """Do it."""


@dataclass(frozen=True, slots=True)
class How:
    """Who tries an act (the right one, or somebody of the cast), and with which version of the page."""

    who: str = RIGHT
    version: str = NONE


PROPER = How()
HOW = st.builds(How, WHO, VERSION)


class Country(RuleBasedStateMachine):
    """The country as it is acted upon. Subclasses add the acts; `cast` and `eyes` are set before it runs."""

    cast: ClassVar[Cast]
    eyes: ClassVar[list[Eyes]]

    def __init__(self) -> None:
        """Begin with two centres that are open and have beds, and nobody in them."""
        super().__init__()
        emptied()
        self.at = self.cast.at
        self.serial = 0
        self.turn = 0
        self.viewers: Mapping[str, Viewer] = {name: getattr(self.cast, name) for name in PEOPLE}
        self.offices = Offices(self.cast.udi.organisation_id, self.cast.imdi.organisation_id)
        self.beds = {viewer.organisation_id: self._opened(viewer) for viewer in self.centres}
        self.seen: Seen = see(self.today)
        self.print = fingerprint()
        self.is_changed = True

    @property
    def today(self) -> date:
        """The legal day of the present instant."""
        return legal_day(self.at)

    @property
    def centres(self) -> tuple[Viewer, Viewer]:
        """Staff of the two centres."""
        return self.cast.centre, self.cast.other_centre

    @property
    def municipalities(self) -> tuple[Viewer, Viewer]:
        """The refugee services of the two municipalities."""
        return self.cast.municipality, self.cast.other_municipality

    def _opened(self, centre: Viewer) -> list[int]:
        operation = NewOperation(
            type=CentreType.EMERGENCY,
            operator=OperatorKind.PRIVATE,
            places=PLACES,
            places_maximum=PLACES,
            source="test",
        )
        with scope(self.cast.udi, self.today):
            open_centre_operation(centre.organisation_id, operation, date(2023, 1, 1), by=self.cast.udi, at=self.at)
        administrator = Viewer(
            None, centre.organisation_id, "centre", permissions=frozenset({"accommodation.run_centre"})
        )
        with scope(administrator, self.today):
            rooms = [NewRoom(name="1", beds=4), NewRoom(name="2", beds=4)]
            made = add_rooms(centre.organisation_id, rooms, by=administrator, at=self.at)
        return list(Bed.objects.filter(room__in=made).order_by("pk").values_list("pk", flat=True))

    def household(self, which: int) -> Household | None:
        """One of the households, by its place among them; None while there is none."""
        found = list(self.seen.households.values())
        return found[which % len(found)] if found else None

    def some(self, household: Household, bits: int) -> list[int]:
        """Some of the members: all where no bit points at any."""
        chosen = [person for place, person in enumerate(household.members) if bits >> place & 1]
        return chosen or list(household.members)

    def day(self, days: int) -> date:
        """A day, counted from today."""
        return self.today + timedelta(days=days)

    def centre_of(self, household: Household, person: int = 0) -> Viewer:
        """Staff of the centre where this person is; else of the one that has the case; else where anybody is."""
        found = {each.organisation_id: each for each in self.centres}
        has_case = household.case.centre if household.case else 0
        wanted = (household.stays.get(person, 0), has_case, *sorted(household.centres))
        return next((found[each] for each in wanted if each in found), self.cast.centre)

    def municipality_of(self, household: Household) -> Viewer:
        """The municipality that the household has to do with."""
        wanted = household.case.municipality if household.case else 0
        return next((each for each in self.municipalities if each.organisation_id == wanted), self.cast.municipality)

    def try_it(self, right: Viewer, how: How, household: Household | None, deed: Deed) -> bool:
        """Let somebody do it. Refused: nothing has changed and there is a sentence. Done: the version has grown."""
        by = right if how.who == RIGHT else self.viewers[how.who]
        present = household.version if household else 1
        version = {NONE: None, CURRENT: present, STALE: present - 1}[how.version]
        try:
            with scope(by, self.today):
                deed(by=by, at=self.at, version=version)
        except Refused as refused:
            self._nothing_happened(refused)
            return False
        assert how.version != STALE or household is None, "an act on an old page went through"
        self._look_again(household)
        return True

    def _nothing_happened(self, refused: Refused) -> None:
        assert refused.code not in sentence_for(refused), f"no sentence for {refused.code}"
        now = fingerprint()
        changed = [table for table in now if now[table] != self.print[table]]
        assert not changed, f"refused ({refused.code}), and yet changed: {changed}"
        if isinstance(refused, Stale):
            assert refused.found_version > refused.expected_version

    def _look_again(self, household: Household | None) -> None:
        before = self.seen
        self.seen, self.print, self.is_changed = see(self.today), fingerprint(), True
        if household is not None:
            now = self.seen.households[household.key].version
            assert now > household.version, f"household {household.key} was acted upon, and its version is still {now}"
        for key, each in before.households.items():
            assert self.seen.households[key].version >= each.version
        self.at += timedelta(seconds=1)

    @invariant()
    def nothing_is_broken(self) -> None:
        """The invariants hold, whoever did what. Asked again only where something has changed."""
        if not self.is_changed:
            return
        self.is_changed = False
        found = broken(self.seen, self.today, self.offices) + past_imdi(self.municipalities, self.today)
        assert not found, "\n".join(found)
        self.who_sees_what([self.eyes[(self.turn + each) % len(self.eyes)] for each in range(LOOKS)])
        self.turn += LOOKS

    def who_sees_what(self, eyes: Sequence[Eyes]) -> None:
        """Who knows of whom is what the facts give, and each sees what the table says of that: no more, no less."""
        found = wrongly_known(bounds(read_facts(self.today)), needs_on(self.today))
        country = read_country(self.today)
        found += [wrong for each in eyes for wrong in sees_wrongly(each, country, self.today)]
        assert not found, "\n".join(found)

    def teardown(self) -> None:
        """At the end of a sequence everybody looks at every table, and at the lists that they are given."""
        self.who_sees_what(self.eyes)
        country = read_country(self.today)
        found = [wrong for each in self.eyes for wrong in lists_wrongly(each, country, self.today, every=3)]
        assert not found, "\n".join(found)

    def days_pass(self, days: int) -> None:
        """Time goes on: what is asked of today is asked again."""
        self.at += timedelta(days=days)
        self.seen, self.is_changed = see(self.today), True


def pick[T](several: Sequence[T], which: int) -> T:
    """One of several, by a number that may be too large."""
    return several[which % len(several)]


def deed_of(function: Callable[..., object], *arguments: object, **named: object) -> Deed:
    """An act with everything but who, when and on which version."""

    def do(*, by: Viewer, at: datetime, version: int | None) -> object:
        return function(*arguments, **named, by=by, at=at, version=version)

    return do


def unversioned(function: Callable[..., object], *arguments: object, **named: object) -> Deed:
    """An act that is not on a household's page: it has no version to be too old."""

    def do(*, by: Viewer, at: datetime, version: int | None) -> object:
        return function(*arguments, **named, by=by, at=at)

    return do
