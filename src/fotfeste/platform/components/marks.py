"""The small marks of a list's rows: a state with its shape, days against a goal.

Markup in Python, not in a template of its own: a list has hundreds, and a template for each costs more than its query.
"""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from fotfeste.platform.components.lists import DayBar

SHAPES = {
    "neutral": mark_safe('<circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" stroke-width="1.5"/>'),
    "info": mark_safe('<circle cx="6" cy="6" r="4.5" fill="currentColor"/>'),
    "success": mark_safe('<path d="M1.5 6.5 4.5 9.5 10.5 2.5" fill="none" stroke="currentColor" stroke-width="2"/>'),
    "warning": mark_safe('<path d="M6 1 11.5 11H.5Z" fill="currentColor"/>'),
    "danger": mark_safe('<path d="M6 .5 11.5 6 6 11.5.5 6Z" fill="currentColor"/>'),
}
_STATUS = (
    '<span class="ds-tag status" data-color="{}"><svg class="status-shape" viewBox="0 0 12 12" width="12" height="12"'
    ' aria-hidden="true" focusable="false">{}</svg>{}</span>'
)
_BAR = (
    '<span class="day-bar" data-over="{}"><svg viewBox="0 0 96 12" width="96" height="12" aria-hidden="true"'
    ' focusable="false"><rect class="day-bar-track" x="0" y="3" width="96" height="6" rx="3"/>'
    '<rect class="day-bar-fill" x="0" y="3" width="{}" height="6" rx="3"/>'
    '<line class="day-bar-goal" x1="{}" x2="{}" y1="0" y2="12"/></svg> <span class="day-bar-number">{}</span>'
    ' <span class="day-bar-words">{}</span></span>'
)


def status(text: str, tone: str) -> SafeString:
    """A state in words with the shape of its tone. Raises KeyError for a tone that there is not."""
    return format_html(_STATUS, tone, SHAPES[tone], text)


def bar(drawn: DayBar) -> SafeString:
    """Days against a goal, drawn and in words."""
    over = "true" if drawn.is_over else "false"
    return format_html(_BAR, over, drawn.filled, drawn.goal_at, drawn.goal_at, drawn.in_words, drawn.against_goal)
