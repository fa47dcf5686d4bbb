"""The country or a county as SVG on the page itself: outlines from the reference files, drawn anew for every page.

Nothing is kept of a drawing that has counts in it. What a colour says a pattern says too, and the table beside it says
all of it.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from fotfeste.allocation.domain.places import Fill
from fotfeste.allocation.maps_labels import Name, names_on
from fotfeste.directory.public import country, framed, ground
from fotfeste.directory.reference.outlines import Box
from fotfeste.directory.reference.read import borders

PATTERN_OF_WIDTH = 1 / 110
"""A pattern repeats so many times over the map's width, whatever part of the country it is."""
_PATTERNS = """<defs>
<pattern id="map-over_half" width="{0}" height="{0}" patternUnits="userSpaceOnUse">
<rect class="map-over_half" width="{0}" height="{0}"/><circle class="map-ink" cx="{1}" cy="{1}" r="{2}"/></pattern>
<pattern id="map-nearly_full" width="{0}" height="{0}" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<rect class="map-nearly_full" width="{0}" height="{0}"/><rect class="map-ink" width="{2}" height="{0}"/></pattern>
</defs>"""
_PATTERNED = frozenset({Fill.OVER_HALF, Fill.NEARLY_FULL})
_SHAPE = '<path{} d="{}"><title>{}</title></path>'


@dataclass(frozen=True, slots=True)
class Area:
    """A municipality on a map: its class (None: not looked at), whether it stands out, and what it says."""

    number: str
    name: str
    fill: Fill | None
    stands_out: bool
    says: str


def map_of(areas: Sequence[Area], says: str, *, is_county: bool) -> SafeString:
    """The municipalities of the country, or of a county with its finer outlines and the names of those that stand out,
    the first before the others. `says`: what the map shows, in words.

    Raises ValueError for none.
    """
    box, paths = ground(each.number for each in areas) if is_county else country()
    ordered = sorted(areas, key=lambda each: each.stands_out)  # an outline of its own is drawn over the neighbours'
    shapes = format_html_join(
        "",
        _SHAPE,
        ((_look_of(each.fill, stands_out=each.stands_out), paths[each.number], each.says) for each in ordered),
    )
    drawn = borders().municipalities
    names = [Name(drawn[each.number].centre, each.name) for each in areas if is_county and each.stands_out]
    return framed(box, says, patterns(box), shapes + names_on(box, names))


def patterns(box: Box) -> SafeString:
    """The patterns of the classes, of a size that suits the part of the drawing."""
    size = _pattern_size(box)
    return format_html(_PATTERNS, size, round(size / 2, 3), round(size / 4, 3))


def swatch(fill: Fill, numbers: AbstractSet[str], *, is_county: bool) -> SafeString:
    """A class as the legend shows it: with the pattern of the map, in its size."""
    box, _paths = ground(numbers) if is_county else country()
    wide, high = (round(_pattern_size(box) * times, 3) for times in (5, 3))
    return format_html(
        '<svg class="map-swatch" viewBox="0 0 {} {}" width="30" height="18" aria-hidden="true" focusable="false">'
        '<rect{} width="{}" height="{}"/></svg>',
        wide,
        high,
        _look_of(fill),
        wide,
        high,
    )


def _pattern_size(box: Box) -> float:
    return round(max(box.width, box.height) * PATTERN_OF_WIDTH, 3)


def _look_of(fill: Fill | None, *, stands_out: bool = False) -> SafeString:
    """The attributes of a shape: its class, or its pattern; the class of one that stands out beside it."""
    marked = " map-marked" if stands_out else ""
    if fill in _PATTERNED:
        return format_html(' class="map-area{}" fill="url(#map-{})"', marked, fill)
    return format_html(' class="map-area map-{}{}"', fill or "outside", marked)
