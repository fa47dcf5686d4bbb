"""Which municipality is asked: in proportion to IMDi's requests, among those that can offer what the group needs."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import NamedTuple

from fotfeste.demo.domain.assumptions import Assumptions
from fotfeste.demo.domain.case_records import CapabilityRecord
from fotfeste.demo.domain.diary import By
from fotfeste.demo.domain.world import MunicipalitySeat, World
from fotfeste.kernel.periods import Period

LACKS_FOR = timedelta(weeks=8)  # what a municipality has not when it says no, it has again
ALWAYS = "unaccompanied_minors"
_SOURCE = "Syntetisk: egenmelding fra kommunen i demoen"


class Answered(NamedTuple):
    """When a municipality says no, and who there."""

    on: date
    by: By


class Choice:
    """Draws municipalities by their requests for 2024; knows what each says that it can offer."""

    def __init__(self, world: World, seed: int) -> None:
        self._rng = Random(f"{seed}-municipalities")
        self._world = world
        self.declared: dict[int, Mapping[str, bool]] = {
            m.seat.organisation_id: _declare(self._rng, m, world.assumed) for m in world.municipalities
        }
        rng = Random(f"{seed}-services")
        self._services = {place: _services(rng, said, world.assumed) for place, said in self.declared.items()}
        self._lacking: dict[tuple[int, str], Answered] = {}
        self._drawn_from: dict[frozenset[str], tuple[list[MunicipalitySeat], list[int]]] = {}

    def municipality(self, needs: Collection[str], asked: Collection[int]) -> MunicipalitySeat:
        """A municipality that has not been asked for this group before."""
        key = frozenset(needs)
        if key not in self._drawn_from:
            able = [m for m in self._world.municipalities if m.requested and self._is_able(m, key)]
            able = able or [m for m in self._world.municipalities if m.requested]
            self._drawn_from[key] = able, list(accumulate(m.requested for m in able))
        able, weights = self._drawn_from[key]
        while True:
            found = self._rng.choices(able, cum_weights=weights)[0]
            if found.seat.organisation_id not in asked:
                return found

    def _is_able(self, municipality: MunicipalitySeat, needs: Collection[str]) -> bool:
        declared = self.declared[municipality.seat.organisation_id]
        return all(declared.get(need, False) for need in needs)

    def lack(self, place: int, needs: Collection[str], answered: Answered) -> tuple[str, ...]:
        """What a municipality says with a no that it has not: of what it has declared, each thing once."""
        declared = self.declared[place]
        found = sorted(each for each in needs if declared.get(each) and (place, each) not in self._lacking)
        self._lacking.update(((place, each), answered) for each in found)
        return tuple(found)

    def records(self) -> list[CapabilityRecord]:
        """What every municipality has said since before anybody came, and with its noes: known when all are asked."""
        return [part for record in self._declared() for part in self._changed(record)]

    def _changed(self, record: CapabilityRecord) -> list[CapabilityRecord]:
        """What was said until a no, the lack, and where that is over, that it has it again."""
        answered = self._lacking.get((record.organisation_id, record.capability))
        if answered is None:
            return [record]
        again_on = answered.on + LACKS_FOR
        at, user_id, _place = answered.by
        lacking = record._replace(is_offered=False, recorded_at=at, recorded_by_id=user_id)
        before = record._replace(period=Period(record.period.start, answered.on))
        if again_on >= self._world.today:
            return [before, lacking._replace(period=Period(answered.on))]
        again = lacking._replace(is_offered=True, period=Period(again_on), recorded_at=at + LACKS_FOR)
        return [before, lacking._replace(period=Period(answered.on, again_on)), again]

    def _declared(self) -> list[CapabilityRecord]:
        since = self._world.first_day
        return [
            CapabilityRecord(
                municipality.seat.organisation_id,
                capability,
                is_offered,
                _SOURCE,
                Period(since),
                self._world.opened_at,
                municipality.seat.staff[0].user_id,
                municipality.seat.organisation_id,
            )
            for municipality in self._world.municipalities
            for said in (self.declared, self._services)
            for capability, is_offered in said[municipality.seat.organisation_id].items()
        ]


def _declare(rng: Random, municipality: MunicipalitySeat, assumed: Assumptions) -> Mapping[str, bool]:
    if rng.random() < assumed.number("share_silent_municipalities"):
        return {}
    by_class = assumed.table("share_of_capabilities")
    declared = {
        capability: rng.random() < shares[municipality.centrality - 1] for capability, shares in by_class.items()
    }
    # The larger ones settle unaccompanied minors: those that IMDi asked for many.
    declared[ALWAYS] = municipality.requested >= 100
    return declared


def _services(rng: Random, declared: Mapping[str, bool], assumed: Assumptions) -> Mapping[str, bool]:
    """What a municipality that has said something of the rest says of services."""
    if not declared:
        return {}
    return {service: rng.random() < share for service, share in assumed.shares("share_of_services").items()}
