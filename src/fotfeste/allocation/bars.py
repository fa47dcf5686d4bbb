"""How much of a municipality's room a plan uses, drawn beside the numbers."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

WIDTH = 96
_BAR = (
    '<span class="day-bar"><svg viewBox="0 0 96 12" width="96" height="12" aria-hidden="true" focusable="false">'
    '<rect class="day-bar-track" x="0" y="3" width="96" height="6" rx="3"/>'
    '<rect class="day-bar-fill" x="0" y="3" width="{}" height="6" rx="3"/></svg>'
    ' <span class="day-bar-number">{}</span></span>'
)


def share_bar(used: int, of: int, words: str) -> SafeString:
    """The share as a bar with its words; full where there is no room left."""
    filled = min(1.0, used / of) if of > 0 else 1.0
    return format_html(_BAR, round(filled * WIDTH, 1), words)
