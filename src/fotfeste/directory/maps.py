"""The country or a part of it as a picture on the page: the frame, and outlines of municipalities from the reference
files. What is drawn into it belongs to whoever draws.
"""

from collections.abc import Iterable, Mapping

from django.utils.html import format_html
from django.utils.safestring import SafeString

from fotfeste.directory.reference.outlines import Box, box_of, coarse_outlines
from fotfeste.directory.reference.read import borders

ATTRIBUTION = "© Kartverket"
LONGEST = 1000  # pixels that a map asks for at its longer side; the page makes it smaller
_MAP = (
    '<svg class="country-map" viewBox="{} {} {} {}" width="{}" height="{}" role="img" aria-label="{}">{}<g>{}</g></svg>'
)


def framed(box: Box, says: str, definitions: SafeString, content: SafeString) -> SafeString:
    """The picture of a part of the drawing."""
    scale = LONGEST / max(box.width, box.height)
    width, height = round(box.width * scale), round(box.height * scale)
    return format_html(_MAP, *box, width, height, says, definitions, content)


def country() -> tuple[Box, Mapping[str, str]]:
    """The whole drawing, with coarse outlines."""
    drawing = borders()
    return Box(0, 0, drawing.width, drawing.height), coarse_outlines()


def ground(numbers: Iterable[str]) -> tuple[Box, Mapping[str, str]]:
    """The part of the drawing that some municipalities take, with their outlines."""
    wanted = list(numbers)
    drawn = borders().municipalities
    return box_of(wanted), {number: drawn[number].path for number in wanted}
