"""How much of a municipality's places are used with a plan, drawn beside the numbers that say the same."""

from collections.abc import Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from fotfeste.allocation.domain.places import whole_of
from fotfeste.allocation.queries.board import BoardRow

WIDTH = 160
_BAR = (
    '<svg class="places-bar" viewBox="0 0 160 16" width="160" height="16" aria-hidden="true" focusable="false">'
    '<rect class="capacity-track" x="0" y="3" width="{}" height="10"/>{}{}</svg>'
)
_PART = '<rect class="capacity-{}" x="{}" y="3" width="{}" height="10"/>'
_REQUEST = '<line class="day-bar-goal" x1="{}" x2="{}" y1="0" y2="16"/>'


def parts_of(row: BoardRow) -> Iterator[tuple[str, int]]:
    """What the bar is made of, in persons, in its order: what is taken before the plan, what the plan adds, what stays
    kept; the rest of the places is free.
    """
    yield "settled", row.places.settled
    yield "promised", row.places.promised
    yield "held", row.places.asked
    yield "planned", row.planned.persons
    yield "kept", row.kept_after


def places_bar(row: BoardRow) -> SafeString:
    """The bar: as long as there are places, or as many as are used where that is more; a line is what IMDi asks for."""
    parts = [(kind, persons) for kind, persons in parts_of(row) if persons]
    whole, requested = whole_of(row.places) or 0, row.places.requested
    longest = max(whole, requested or 0, sum(persons for _kind, persons in parts))
    if not longest:
        return SafeString()
    start, drawn = 0.0, []
    for kind, persons in parts:
        length = persons * WIDTH / longest
        drawn.append((kind, round(start, 1), round(length, 1)))
        start += length
    at = None if requested is None else round(min(requested / longest * WIDTH, WIDTH - 1), 1)
    return format_html(
        _BAR,
        round(whole * WIDTH / longest, 1),
        format_html_join("", _PART, drawn),
        "" if at is None else format_html(_REQUEST, at, at),
    )
