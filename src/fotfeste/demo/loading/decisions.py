"""What the municipalities that a visitor of the demo can be are asked for and have decided for this year: synthetic.

The real figures are of 2024 and stand; a decision of the present year lets the visitor see what holding places means.
"""

from fotfeste.demo.domain.offices import DEMO_MUNICIPALITIES
from fotfeste.demo.domain.world import World
from fotfeste.platform.bulk import Loader
from fotfeste.settlement.loading import YEAR_OF_THE_SOURCE, NewYear, load_years

# Beyond what is used already: a few families, and a minor or two.
PERSONS_LEFT, MINORS_LEFT = 40, 4
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
