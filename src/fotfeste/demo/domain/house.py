"""The centres as houses: rooms and beds made to measure, given out in order of time, never one bed to two."""

from bisect import insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from fotfeste.demo.domain.assumptions import Assumptions, apportion
from fotfeste.demo.domain.world import CentreSeat, Keys

ARRIVAL, MINORS, EMERGENCY = "arrival", "unaccompanied_minors", "emergency"
LEAST_PLACES = 6
KEPT_OPEN = 3  # the largest emergency centres
NO_NEWCOMERS_DAYS = 100  # before a centre closes
_FOREVER = date.max


@dataclass(slots=True)
class BedSlot:
    """A bed, and the day from which it is free."""

    id: int
    name: str
    free_from: date = date.min


@dataclass(slots=True)
class RoomSlot:
    """A room with its beds, and whose it is just now: nobody's, a household's (its number), or singles of one sex."""

    id: int
    name: str
    building: str
    is_adapted: bool
    beds: list[BedSlot]
    holder: str = ""

    def free_beds(self, day: date) -> list[BedSlot]:
        """The beds that nobody has from the day on."""
        return [bed for bed in self.beds if bed.free_from <= day]


@dataclass(slots=True)
class House:
    """A centre with its rooms; closed from `closes_on` where it has a day."""

    centre: CentreSeat
    places: int
    keys: Keys
    rooms: list[RoomSlot] = field(default_factory=list)
    closes_on: date | None = None
    people: int = 0
    leaving: list[tuple[date, int]] = field(default_factory=list)

    def free(self, day: date) -> int:
        """How many beds are free from the day on."""
        while self.leaving and self.leaving[0][0] <= day:
            self.people -= self.leaving.pop(0)[1]
        return self.places - self.people

    def takes(self, day: date) -> bool:
        """Whether the centre takes newcomers on the day: it is open, and will be for some time."""
        return self.closes_on is None or day + timedelta(days=NO_NEWCOMERS_DAYS) < self.closes_on

    def give_beds(self, sexes: Sequence[str], day: date, until: date | None) -> list[BedSlot]:
        """Beds for a household from a day until another; free() has said that there are enough."""
        beds = self._choose(sexes, day)[: len(sexes)]
        for bed in beds:
            bed.free_from = until or _FOREVER
        self.people += len(beds)
        if until is not None:
            insort(self.leaving, (until, len(beds)))
        return beds

    def change_bed(self, old: BedSlot, since: date, on: date, until: date | None) -> BedSlot | None:
        """Another bed from a day on for somebody who has one since an earlier day; None where there is none free.

        The new bed is kept for them from `since`: what is free is only known for the days to come.
        """
        if self.free(since) < 1:
            return None
        new = next((bed for room in self.rooms for bed in room.free_beds(since)), None)
        if new is not None:
            new.free_from, old.free_from = until or _FOREVER, on
            self.people += 1
            insort(self.leaving, (on, 1))
        return new

    def add_room(self, beds: int) -> None:
        """One more room: everything else is full."""
        number = len(self.rooms) + 1
        slots = [BedSlot(self.keys.next("bed"), letter) for letter in "ABCDEF"[:beds]]
        self.rooms.append(RoomSlot(self.keys.next("room"), f"X{number}", "", False, slots))
        self.places += beds

    def _choose(self, sexes: Sequence[str], day: date) -> list[BedSlot]:
        """A room of their own that fits best; singles share with their own sex; where nothing fits, any free beds."""
        size = len(sexes)
        best: tuple[int, RoomSlot, list[BedSlot]] | None = None
        others: list[tuple[RoomSlot, list[BedSlot]]] = []
        wanted = f"single-{sexes[0]}" if size == 1 else "household"
        for room in self.rooms:
            beds = room.free_beds(day)
            if not beds:
                continue
            is_empty = len(beds) == len(room.beds)
            if is_empty or (size == 1 and room.holder == wanted):
                # Singles fill rooms that have somebody already, then take the smallest; families the closest fit.
                cost = len(beds) - size + (10 if size == 1 and is_empty else 0)
                if len(beds) >= size and (best is None or cost < best[0]):
                    best = (cost, room, beds)
            others.append((room, beds))
        if best is not None:
            best[1].holder = wanted
            return best[2]
        found: list[BedSlot] = []
        for room, beds in sorted(others, key=lambda other: -len(other[1])):
            if len(found) < size:
                if len(beds) == len(room.beds):
                    room.holder = wanted
                found += beds
        return found


def build_houses(
    centres: Sequence[CentreSeat], places: int, rng: Random, keys: Keys, assumed: Assumptions
) -> list[House]:
    """Rooms and beds for so many places in all, each centre's part as its residents on 31 January 2024."""
    parts = apportion(places, [centre.residents for centre in centres])
    sizes = assumed.shares("room_beds")
    weights = list(sizes.values())
    houses: list[House] = []
    for centre, part in zip(centres, parts, strict=True):
        house = House(centre, max(part, LEAST_PLACES), keys)
        left, number = house.places, 0
        while left:
            number += 1
            beds = min(left, int(rng.choices(list(sizes), weights)[0]))
            house.rooms.append(_room(number, beds, house.places, rng, keys, assumed))
            left -= beds
        houses.append(house)
    return houses


def _room(number: int, beds: int, places: int, rng: Random, keys: Keys, assumed: Assumptions) -> RoomSlot:
    floor, door = divmod(number - 1, 20)
    building = "" if places < 120 else ("Hovedbygget" if floor < 3 else "Annekset")
    return RoomSlot(
        id=keys.next("room"),
        name=f"{floor + 1}{door + 1:02}",
        building=building,
        is_adapted=rng.random() < assumed.number("share_adapted_rooms"),
        beds=[BedSlot(keys.next("bed"), letter) for letter in "ABCDEF"[:beds]],
    )


def fullest(stays: Sequence[tuple[date, date, int]], first: date, last: date) -> list[int]:
    """How many stay on each day from first to last, given stays as (first day, day of leaving, persons)."""
    days = (last - first).days + 1
    changes = [0] * (days + 1)
    for start, end, size in stays:
        if end > first and start <= last:
            changes[max((start - first).days, 0)] += size
            changes[min((end - first).days, days)] -= size
    found, people = [], 0
    for change in changes[:days]:
        people += change
        found.append(people)
    return found


def close_some(houses: Sequence[House], occupancy: Sequence[int], first: date, assumed: Assumptions) -> None:
    """Close emergency centres one after the other, each from the day on which the rest has room to spare for good.

    `occupancy` is by day from `first`. Nobody is placed there in the last months before.
    """
    spare = assumed.number("spare_after_closing")
    places = sum(house.places for house in houses)
    candidates = [house for house in houses if house.centre.type == EMERGENCY][KEPT_OPEN:]
    peak_after = [0] * (len(occupancy) + 1)
    for place in range(len(occupancy) - 1, -1, -1):
        peak_after[place] = max(peak_after[place + 1], occupancy[place])
    for number, house in enumerate(candidates[: int(assumed.number("closed_centres"))]):
        rest = places - house.places
        # Far from both ends, one after the other: there was a time before, and there has been one since.
        earliest = len(occupancy) // 2 + number * len(occupancy) // 24
        days = range(max(earliest, 2 * NO_NEWCOMERS_DAYS), len(occupancy) - 20)
        day = next((day for day in days if peak_after[day] <= spare * rest), None)
        if day is not None:
            house.closes_on = first + timedelta(days=day)
            places = rest


def free_at_last(houses: Sequence[House]) -> Iterator[tuple[House, RoomSlot, BedSlot]]:
    """The beds of centres in operation that nobody has any more, with the day since in `free_from`."""
    for house in houses:
        if house.closes_on is None:
            for room in house.rooms:
                for bed in room.beds:
                    if bed.free_from < _FOREVER:
                        yield house, room, bed
