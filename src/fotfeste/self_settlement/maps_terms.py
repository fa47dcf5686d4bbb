"""The country or a county with where each municipality stands: what a colour says a pattern says too, and the table
beside says all of it.
"""

from collections.abc import Collection, Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from fotfeste.directory.public import country, framed, ground
from fotfeste.self_settlement.domain.terms import Stand

PATTERN_OF_WIDTH = 1 / 110  # of the map's longer side
_HATCH = """<defs><pattern id="terms-no" width="{0}" height="{0}" patternUnits="userSpaceOnUse"
 patternTransform="rotate(45)"><rect class="map-nearly_full" width="{0}" height="{0}"/><rect class="map-ink" width="{1}"
 height="{0}"/></pattern></defs>"""
_SHAPE = '<path{} d="{}"><title>{}</title></path>'
_SWATCH = (
    '<svg class="map-swatch" viewBox="0 0 {} {}" width="30" height="18" aria-hidden="true" focusable="false">'
    '<rect{} width="{}" height="{}"/></svg>'
)
type Standing = tuple[str, Stand | None, str]
"""The number of a municipality, where it stands (None: not looked at), and what it says."""


def map_of(places: Iterable[Standing], says: str, *, is_county: bool) -> SafeString:
    """The municipalities of the country, or of a county with its finer outlines. `says`: what the map shows, in words.

    Raises ValueError for none.
    """
    on_it = list(places)
    box, paths = ground(number for number, _, _ in on_it) if is_county else country()
    size = _pattern_size(max(box.width, box.height))
    shapes = format_html_join("", _SHAPE, ((_look_of(stand), paths[number], words) for number, stand, words in on_it))
    return framed(box, says, format_html(_HATCH, size, round(size / 2, 3)), shapes)


def swatch(stand: Stand, numbers: Collection[str], *, is_county: bool) -> SafeString:
    """Where one stands as the legend shows it: with the pattern of the map, in its size."""
    box, _paths = ground(numbers) if is_county else country()
    wide, high = (round(_pattern_size(max(box.width, box.height)) * times, 3) for times in (5, 3))
    return format_html(_SWATCH, wide, high, _look_of(stand), wide, high)


def _pattern_size(longest: float) -> float:
    return round(longest * PATTERN_OF_WIDTH, 3)


def _look_of(stand: Stand | None) -> SafeString:
    """The attributes of a shape: its class, or its pattern."""
    if stand is Stand.NOT_ALLOWED:
        return format_html(' class="map-area" fill="url(#{})"', "terms-no")
    look = {Stand.ALLOWED: "map-full", Stand.UNKNOWN: "map-unknown", None: "map-outside"}[stand]
    return format_html(' class="map-area {}"', look)
