"""Draws the trade-off between spread and accuracy as SVG: a Vega-Lite specification, drawn on the server, as insight's.

Importing altair and what draws takes most of a second: it is put off until the first picture, which is kept by its
content.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

INK, SUBTLE, ACCENT = "#1d2733", "#4a5866", "#0b5cad"  # 4.5:1 or more on white, each
WIDTH, HEIGHT = 420, 240
KEPT = 64
AIR = 0.15  # of the range, on each side: a single point has some too
_FONT = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif"
_DECIMALS = {"nb": {"decimal": ",", "thousands": "\u202f"}, "en": {"decimal": ".", "thousands": ","}}


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of the curve with its words; the marked one is the policy's own."""

    spread: float
    accuracy: float
    words: str
    is_marked: bool


@dataclass(frozen=True, slots=True)
class CurvePicture:
    """A curve with the words of its axes, in a language."""

    dots: tuple[Dot, ...]
    spread: str
    accuracy: str
    language: str


@lru_cache(maxsize=KEPT)
def svg_of(picture: CurvePicture) -> bytes:
    """The picture; the same curve is drawn once."""
    import vl_convert

    locale = _DECIMALS[picture.language] | {"grouping": [3], "currency": ["", ""]}
    svg: str = vl_convert.vegalite_to_svg(json.dumps(specification_of(picture)), format_locale=locale)
    return svg.encode()


def specification_of(picture: CurvePicture) -> dict[str, Any]:
    """The Vega-Lite specification. Raises altair's SchemaValidationError for one that is none."""
    import altair as alt

    rows = [{"x": d.spread, "y": d.accuracy, "words": d.words, "marked": d.is_marked} for d in picture.dots]
    axis = alt.Axis(tickCount=5, domain=False, ticks=False)
    x = alt.X("x:Q", title=picture.spread, scale=_scale([d.spread for d in picture.dots]), axis=axis)
    y = alt.Y("y:Q", title=picture.accuracy, scale=_scale([d.accuracy for d in picture.dots]), axis=axis)
    base = alt.Chart({"values": rows}).encode(x=x, y=y)
    marked = base.transform_filter("datum.marked")
    chart = (
        base.mark_line(color=SUBTLE, strokeDash=[4, 3], strokeWidth=1)
        + base.mark_point(color=SUBTLE, filled=False, size=60, opacity=1)
        + marked.mark_point(color=ACCENT, filled=True, size=160, opacity=1)
        + base.mark_text(dy=-13, color=INK).encode(text="words:N")
    )
    sized = chart.properties(width=WIDTH, height=HEIGHT, background="transparent", padding=12)
    found: dict[str, Any] = sized.configure(
        font=_FONT, view={"stroke": None}, axis={"labelColor": SUBTLE, "titleColor": SUBTLE, "gridColor": "#dde2e7",
        "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal"}, text={"fontSize": 11},
    ).to_dict()  # fmt: skip
    return found


def _scale(values: list[float]) -> Any:
    """From a little below the lowest to a little above the highest."""
    import altair as alt

    lowest, highest = min(values), max(values)
    air = (highest - lowest) * AIR or 1.0
    return alt.Scale(domain=[lowest - air, highest + air], nice=False, zero=False)
