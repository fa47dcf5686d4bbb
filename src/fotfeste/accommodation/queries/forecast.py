"""The forecast of centres, regions and the country, from any day up to today (ACC-06). Counts, no persons."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

from fotfeste.accommodation.domain.book import book
from fotfeste.accommodation.domain.forecast import Assumption, Basis, Forecast, Movement, Room, forecast, together
from fotfeste.accommodation.models import CentreOperation
from fotfeste.accommodation.queries.occupancy import CountryOccupancy, Region
from fotfeste.kernel.calendar import OSLO, Week
from fotfeste.kernel.parameters import Parameter
from fotfeste.kernel.periods import Period

_AHEAD = {"arrives": Basis.PLACED, "leaves": Basis.STAY_ENDS}
_FLOW = "SELECT centre_id, what, by_on, people FROM stay_flow(%s, %s, %s, %s)"

type Ahead = Callable[[date, datetime, int | None], Sequence[Movement]]


@dataclass(frozen=True, slots=True)
class Grounds:
    """What the forecasts of a day rest on, for every centre, fetched once."""

    day: date
    rooms: Mapping[int, Sequence[Room]]
    movements: Mapping[int, Sequence[Movement]]
    pace: Mapping[int, tuple[int, int]]  # came, left
    weeks: int
    pace_of: Parameter

    def forecast(self, centre_ids: Iterable[int], people: int) -> Forecast:
        """The forecast of some centres together, where so many live on the day."""
        chosen = sorted(set(centre_ids))
        came, left = (sum(self.pace.get(centre, (0, 0))[place] for centre in chosen) for place in (0, 1))
        return forecast(
            self.day,
            people,
            together(self.rooms, chosen),
            [each for centre in chosen for each in self.movements.get(centre, ())],
            Assumption(self.pace_of.rule_ref(), self.day, self.pace_of.integer, came, left),
            self.weeks,
        )

    def of_country(self, country: CountryOccupancy) -> Forecast:
        """The forecast of the country: those centres too that are not in operation yet."""
        return self.forecast({*self.rooms, *self.movements, *self.pace}, country.places.people)

    def of_region(self, region: Region) -> Forecast:
        """The forecast of a region's centres. Raises NoRule."""
        return self.forecast((centre.centre_id for centre in region.centres), region.places.people)


def grounds(day: date, centre_id: int | None = None) -> Grounds:
    """What was known on a day of the weeks after it, of all centres or of one. Three queries. Raises NoRule.

    What was put on record later is left out: operations as they were known that day, and what other domains promised by
    then (`FOTFESTE_DEPARTURES_AHEAD` names who is asked).
    """
    known_at = datetime.combine(day + timedelta(days=1), datetime.min.time(), OSLO)
    weeks, pace_of = book().get("forecast_weeks", day).integer, book().get("forecast_pace_weeks", day)
    last = (Week.of(day) + (weeks - 1)).last_day
    pace, ahead = _flow(day - timedelta(weeks=pace_of.integer), day, known_at, centre_id)
    movements: dict[int, list[Movement]] = defaultdict(list)
    for movement in chain(ahead, *(asked(day, known_at, centre_id) for asked in _asked())):
        movements[movement.centre_id].append(movement)
    rooms = _rooms(Period(day, last + timedelta(days=1)), known_at, centre_id)
    return Grounds(day, rooms, movements, pace, weeks, pace_of)


def _asked() -> list[Ahead]:
    return [import_string(name) for name in settings.FOTFESTE_DEPARTURES_AHEAD]


def _rooms(within: Period, known_at: datetime, centre_id: int | None) -> dict[int, list[Room]]:
    found: dict[int, list[Room]] = defaultdict(list)
    rows = CentreOperation.objects.as_known_at(known_at).filter(period__overlap=within)
    rows = rows if centre_id is None else rows.filter(centre_id=centre_id)
    for row in rows.order_by("centre_id", "period"):
        found[row.centre_id].append(Room(row.centre_id, row.period, row.places, row.places_maximum))
    return found


def _flow(
    since: date, day: date, known_at: datetime, centre_id: int | None
) -> tuple[dict[int, tuple[int, int]], list[Movement]]:
    """How many came and left by centre since a day, and the stays that begin or end after `day`."""
    with connection.cursor() as cursor:
        cursor.execute(_FLOW, [since, day, known_at, centre_id])
        rows = cursor.fetchall()
    came = {centre_id: int(people) for centre_id, what, _by_on, people in rows if what == "came"}
    left = {centre_id: int(people) for centre_id, what, _by_on, people in rows if what == "left"}
    ahead = [
        Movement(centre_id, _AHEAD[what], int(people), by_on)
        for centre_id, what, by_on, people in rows
        if what in _AHEAD
    ]
    return {centre_id: (came.get(centre_id, 0), left.get(centre_id, 0)) for centre_id in {*came, *left}}, ahead
