"""The map plane of the drawings: UTM zone 33 on GRS80, scaled to a view box 1000 units high.

Norwegian readers know the country in this projection. One unit is 1 500 m, y grows downwards as in SVG.
"""

import math
from typing import NamedTuple

VIEW_WIDTH = 806
VIEW_HEIGHT = 1000
METRES_PER_UNIT = 1500.0
WEST_EDGE_M = -84_000.0
NORTH_EDGE_M = 7_947_000.0
EARTH_RADIUS_KM = 6371.0088

_SEMI_MAJOR_M = 6_378_137.0
_FLATTENING = 1 / 298.257222101
_SCALE = 0.9996
_CENTRAL_MERIDIAN = math.radians(15.0)
_FALSE_EASTING_M = 500_000.0
_N = _FLATTENING / (2 - _FLATTENING)
_RECTIFYING_RADIUS_M = _SEMI_MAJOR_M / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_ALPHA = (
    _N / 2 - 2 * _N**2 / 3 + 5 * _N**3 / 16,
    13 * _N**2 / 48 - 3 * _N**3 / 5,
    61 * _N**3 / 240,
)


class LatLon(NamedTuple):
    """A place on the earth, in degrees (WGS84; EUREF89 differs by less than a metre)."""

    lat: float
    lon: float


class MapPoint(NamedTuple):
    """A place on the drawing, in units of the view box."""

    x: float
    y: float


def utm33(lat: float, lon: float) -> tuple[float, float]:
    """Easting and northing in metres, UTM zone 33 (EPSG:25833), for degrees north and east.

    Krüger's series to the third order: within a metre over mainland Norway.
    """
    phi, lam = math.radians(lat), math.radians(lon) - _CENTRAL_MERIDIAN
    e = 2 * math.sqrt(_N) / (1 + _N)
    t = math.sinh(math.atanh(math.sin(phi)) - e * math.atanh(e * math.sin(phi)))
    xi = math.atan2(t, math.cos(lam))
    eta = math.atanh(math.sin(lam) / math.hypot(1.0, t))
    east, north = eta, xi
    for j, alpha in enumerate(_ALPHA, start=1):
        east += alpha * math.cos(2 * j * xi) * math.sinh(2 * j * eta)
        north += alpha * math.sin(2 * j * xi) * math.cosh(2 * j * eta)
    factor = _SCALE * _RECTIFYING_RADIUS_M
    return _FALSE_EASTING_M + factor * east, factor * north


def project(lat: float, lon: float) -> MapPoint:
    """The point of the drawing for degrees north and east, in view-box units, unrounded."""
    east, north = utm33(lat, lon)
    return MapPoint((east - WEST_EDGE_M) / METRES_PER_UNIT, (NORTH_EDGE_M - north) / METRES_PER_UNIT)


def distance_km(a: LatLon, b: LatLon) -> float:
    """Kilometres as the crow flies between two places (haversine on a sphere of 6371.0088 km).

    Not a travel distance: fjords and mountains are not known here.
    """
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    half_lat, half_lon = (lat_b - lat_a) / 2, math.radians(b.lon - a.lon) / 2
    h = math.sin(half_lat) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(h)))
