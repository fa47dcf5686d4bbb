"""What the municipalities that a visitor of the demo can be are asked for and have decided for this year, and what all
have of work and education: synthetic.

The real figures are of 2024 and stand; a decision of the present year lets the visitor see what holding places means.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from random import Random
from typing import NamedTuple

from fotfeste.demo.domain.assumptions import Assumptions
from fotfeste.demo.domain.offices import DEMO_MUNICIPALITIES
from fotfeste.demo.domain.world import World
from fotfeste.directory.reference.work import known_work
from fotfeste.kernel.periods import Period
from fotfeste.platform.bulk import Loader
from fotfeste.settlement.loading import YEAR_OF_THE_SOURCE, NewYear, load_local_offers, load_resources, load_years

# Beyond what is used already: a few families, and a minor or two.
PERSONS_LEFT, MINORS_LEFT = 40, 4
SYNTHETIC_SAID = "Syntetisk: egenmelding fra kommunen i demoen"
RESOURCES = {"adapted_homes": 8, "school_places": 60, "kindergarten_places": 40, "minors": 12}
FIELDS = {"education": ("health", "building", "food"), "work": ("health", "food", "cleaning", "transport")}
OCCUPATIONS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "5001": {"education": ("nurse", "electrical_engineer"), "work": ("nurse", "programmer", "bus_driver")},
    "5037": {"education": ("care_worker", "nurse"), "work": ("nurse", "care_worker", "carpenter")},
    "5038": {"education": ("welder",), "work": ("welder", "industrial_mechanic", "butcher")},
}
_USED = """
    SELECT y.municipality_id, y.requested, y.requested_minors, y.decided, y.decided_minors,
           coalesce(l.settled + l.promised + l.held, 0)::integer,
           coalesce(l.settled_minors + l.promised_minors + l.held_minors, 0)::integer
    FROM settlement_municipalityyear y
    JOIN directory_organisation o ON o.municipality_id = y.municipality_id AND o.kind = 'municipality'
    LEFT JOIN settlement_load(extract(year FROM %s::date)::integer, '', %s::date) l ON l.organisation_id = o.id
    WHERE y.year = (SELECT max(year) FROM settlement_municipalityyear) AND y.municipality_id = ANY(%s::text[])
"""


def load_this_years_decisions(loader: Loader, world: World) -> int:
    """As large as the last that is known, or larger where more is used, beside the last request; gives their number.
    None in the year that the real figures are of.
    """
    if world.today.year == YEAR_OF_THE_SOURCE:
        return 0
    day = world.today.isoformat()
    numbers = "{" + ",".join(sorted(DEMO_MUNICIPALITIES)) + "}"
    rows = [
        NewYear(
            municipality_id=number,
            requested=requested,
            requested_minors=of_whom,
            decided=max(persons or 0, used + PERSONS_LEFT),
            decided_minors=None if minors is None else max(minors, used_minors + MINORS_LEFT),
        )
        for number, requested, of_whom, persons, minors, used, used_minors in loader.execute(_USED, [day, day, numbers])
    ]
    return load_years(loader, rows, world.today.year, world.opened_at)


class _Resource(NamedTuple):
    organisation_id: int
    kind: str
    number: int
    source: str
    period: Period
    recorded_at: datetime
    recorded_by_id: int | None
    reported_by_id: int


class _LocalOffer(NamedTuple):
    organisation_id: int
    kind: str
    field: str
    occupation: str
    source: str
    period: Period
    recorded_at: datetime
    recorded_by_id: int | None
    reported_by_id: int


def load_what_they_have(loader: Loader, world: World) -> int:
    """Homes and places, as the same municipalities said the day before, and education and work, as most said; gives
    the rows.
    """
    said_at, since = world.opened_at, Period(world.last_day)
    resources: list[NamedTuple] = []
    offers: list[NamedTuple] = []
    for each in world.municipalities:
        number, place = each.place.municipality_number, each.seat.organisation_id
        said = (SYNTHETIC_SAID, since, said_at, each.seat.staff[0].user_id, place)
        if number in DEMO_MUNICIPALITIES:
            resources += [_Resource(place, kind, persons, *said) for kind, persons in RESOURCES.items()]
        found = _told(number) if number in DEMO_MUNICIPALITIES else drawn_offers(number, world.assumed)
        offers += [_LocalOffer(place, kind, field, code, *said) for kind, field, code in found]
    return load_resources(loader, resources) + load_local_offers(loader, offers)


def _told(number: str) -> Iterator[tuple[str, str, str]]:
    """What a municipality that can be visited has: kind, field and occupation, "" for a whole field."""
    yield from ((kind, field, "") for kind, fields in FIELDS.items() for field in fields)
    for kind, codes in OCCUPATIONS[number].items():
        yield from ((kind, known_work().occupations[code].field, code) for code in codes)


def drawn_offers(number: str, assumed: Assumptions) -> Iterator[tuple[str, str, str]]:
    """What another is drawn to have, the same for the same number; nothing for those that have said nothing."""
    rng = Random(f"offers of {number}")
    if rng.random() < assumed.number("share_silent_municipalities"):
        return
    for kind in FIELDS:
        fields, occupations = assumed.shares("share_of_fields")[kind], assumed.shares("share_of_occupations")[kind]
        yield from ((kind, each.code, "") for each in known_work().fields.values() if rng.random() < fields)
        yield from (
            (kind, each.field, each.code) for each in known_work().occupations.values() if rng.random() < occupations
        )
