"""Draws bars as SVG: a Vega-Lite specification, checked against its schema, drawn on the server without a browser.

Importing altair and starting what draws takes most of a second: it is put off until the first picture. To put a
specification together and draw it takes an eighth of a second more; the picture is kept by its content, and the next of
the same numbers costs nothing.
"""

import json
from functools import lru_cache
from typing import Any

from fotfeste.insight.domain.pictures import Bars

INK, SUBTLE, PLAIN, ACCENT = "#1d2733", "#4a5866", "#7b8794", "#0b5cad"  # 3:1 or more on white, each
WIDTH, STANDING_HEIGHT, ROW_HEIGHT = 480, 240, 26
KEPT = 128
AIR, AIR_OF_LETTER = 6, 2
"""Pixels around the picture, and more for each letter at its sides: the words are measured with the server's font, and
drawn with the reader's, which may be a third wider."""
_FONT = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif"
_DECIMALS = {"nb": {"decimal": ",", "thousands": "\u202f"}, "en": {"decimal": ".", "thousands": ","}}


@lru_cache(maxsize=KEPT)
def svg_of(bars: Bars) -> bytes:
    """The picture; the same bars are drawn once."""
    import vl_convert

    locale = _DECIMALS[bars.language] | {"grouping": [3], "currency": ["", ""]}
    svg: str = vl_convert.vegalite_to_svg(json.dumps(specification_of(bars)), format_locale=locale)
    return svg.encode()


def specification_of(bars: Bars) -> dict[str, Any]:
    """The Vega-Lite specification. Raises altair's SchemaValidationError for one that is none."""
    import altair as alt

    rows = [
        {"label": bar.label, "value": bar.value or 0, "words": bar.words, "marked": bar.is_marked} for bar in bars.bars
    ]
    colour = alt.condition("datum.marked", alt.value(ACCENT), alt.value(PLAIN))
    base = alt.Chart({"values": rows})
    if bars.is_standing:
        label_of = base.transform_filter("datum.marked") if len(rows) > 12 else base
        axis = alt.Axis(labelAngle=-45, labelOverlap="greedy", ticks=False)
        x = alt.X("label:N", sort=None, title=None, axis=axis)
        y = alt.Y("value:Q", title=bars.measure, axis=alt.Axis(tickCount=5, domain=False, ticks=False))
        words = label_of.mark_text(dy=-7, color=INK).encode(x=x, y=y, text="words:N")
        chart = base.mark_bar().encode(x=x, y=y, color=colour) + words
        height = STANDING_HEIGHT
    else:
        y = alt.Y("label:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=240))
        x = alt.X("value:Q", title=bars.measure, axis=None)
        words = base.mark_text(align="left", dx=5, color=INK).encode(x=x, y=y, text="words:N")
        chart = base.mark_bar(height=16).encode(x=x, y=y, color=colour) + words
        height = max(1, len(rows)) * ROW_HEIGHT
    wide = WIDTH if bars.is_standing else WIDTH - 160
    sized = chart.properties(width=wide, height=height, background="transparent", padding=_air_of(bars))
    found: dict[str, Any] = sized.configure(
        font=_FONT, view={"stroke": None}, axis={"labelColor": SUBTLE, "titleColor": SUBTLE, "gridColor": "#dde2e7",
        "domainColor": SUBTLE, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal"},
        text={"fontSize": 11},
    ).to_dict()  # fmt: skip
    return found


def _air_of(bars: Bars) -> dict[str, float]:
    """Room around the picture for words that are wider where they are drawn than where they were measured."""
    before = max((len(bar.label) for bar in bars.bars), default=0)
    after = 0 if bars.is_standing else max((len(bar.words) for bar in bars.bars), default=0)
    left, right = (AIR + AIR_OF_LETTER * letters for letters in (before, after))
    return {
        "left": left,
        "right": right,
        "top": AIR,
        "bottom": AIR + AIR_OF_LETTER * (before if bars.is_standing else 0),
    }
