"""Tags and filters of the pages' components; they are there in every template without `{% load %}`."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms, template
from django.conf import settings
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from fotfeste.platform import words
from fotfeste.platform.components import fields as form_fields
from fotfeste.platform.components import lists, marks
from fotfeste.platform.components import timeline as timelines
from fotfeste.platform.components import week_chart as week_charts
from fotfeste.platform.components.tables import for_narrow_screens
from fotfeste.platform.logs import current_request_number
from fotfeste.platform.panels import TimelineEntry

register = template.Library()

for _name in ("day", "short_day", "month", "instant", "week", "period", "number", "kroner", "age", "days"):
    register.filter(_name, getattr(words, _name))
for _name in ("days_left", "language_name", "citizenship_name"):
    register.filter(_name, getattr(words, _name))


@register.filter
def mail_link(address: str) -> SafeString:
    """A link that writes to the address; it may be broken after the @, where a narrow column has no room for it."""
    name, at, place = address.partition("@")
    return format_html('<a class="ds-link" href="mailto:{}">{}{}<wbr>{}</a>', address, name, at, place)


@register.inclusion_tag("platform/components/field.html")
def field(bound: BoundField) -> dict[str, object]:
    """One field: `{% field form.departed_on %}`."""
    return {"shown": form_fields.shown(bound)}


@register.inclusion_tag("platform/components/fields.html")
def fields(form: forms.BaseForm) -> dict[str, object]:
    """All fields of a form in order, hidden ones too: `{% fields form %}`."""
    return {"all_shown": [form_fields.shown(bound) for bound in form]}


@register.inclusion_tag("platform/components/error_summary.html")
def error_summary(form: forms.BaseForm) -> dict[str, object]:
    """What must be mended, with links to the fields; nothing where there is nothing: `{% error_summary form %}`."""
    return {
        "errors": form_fields.errors_of(form) if form.is_bound else [],
        "happened": getattr(form, "happened", ()),
    }


@register.inclusion_tag("platform/components/hidden_fields.html")
def hidden_fields(form: forms.BaseForm) -> dict[str, object]:
    """What a form carries along unseen, where its other fields are set one by one: `{% hidden_fields form %}`."""
    return {"hidden": [bound.as_hidden(attrs={"id": False}) for bound in form.hidden_fields()]}


@register.simple_tag
def status_tag(text: str, tone: str = "neutral") -> SafeString:
    """A state in words with a shape of its own: `{% status_tag "Venter på svar" "info" %}`."""
    if tone not in marks.SHAPES:
        raise ValueError(f"no such tone: {tone}; there are {', '.join(sorted(marks.SHAPES))}")
    return marks.status(text, tone)


@register.inclusion_tag("platform/components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page[Any]) -> dict[str, object]:
    """Where in a list one is, and the way to the other pages; keeps filters and order: `{% pagination page %}`."""
    query = _query(context)
    return {
        "page": page,
        "steps": lists.steps(page, query),
        "previous_url": lists.with_parameter(query, "page", page.number - 1),
        "next_url": lists.with_parameter(query, "page", page.number + 1),
    }


@register.inclusion_tag("platform/components/sort_header.html", takes_context=True)
def sort_header(context: template.Context, label: str, key: str, default: str = "") -> dict[str, object]:
    """A column heading that sorts by `?sort=key` (and `-key`); `default` is the order without the parameter."""
    query = _query(context)
    current = query.get("sort") or default
    return {
        "label": label,
        "direction": lists.direction_of(key, current),
        "url": lists.sort_url(query, key, current),
    }


def _query(context: template.Context) -> QueryDict:
    request = context.get("request")
    return request.GET if request is not None else QueryDict()


@register.simple_tag
def day_bar(days: int, goal: int) -> SafeString:
    """Days against a goal: `{% day_bar waiting_days goal_days %}`."""
    return marks.bar(lists.day_bar(days, goal))


@register.inclusion_tag("platform/components/timeline.html")
def timeline(entries: Iterable[TimelineEntry], day: date) -> dict[str, object]:
    """A timeline drawn to scale, for a desk and for a phone, and the same as a table: `{% timeline entries day %}`."""
    known = list(entries)
    return {"drawing": timelines.draw(known, day), "narrow": timelines.draw(known, day, timelines.PHONE)}


@register.inclusion_tag("platform/components/week_chart.html")
def week_chart(drawing: week_charts.Drawing) -> dict[str, object]:
    """A small picture of people and places by week: `{% week_chart drawing %}`."""
    return {"drawing": drawing}


@register.simple_block_tag(end_name="endscroll")
def scroll(content: SafeString, label: str) -> SafeString:
    """A table in its own scroll area, and as cards on a phone: `{% scroll "Køen" %}<table ...>{% endscroll %}`.

    A landmark of its own, so its name is never that of the section around it.
    """
    name = _("Tabell: %(label)s") % {"label": label}
    table = mark_safe(for_narrow_screens(content))  # noqa: S308 - the template's own markup, with attributes added
    return format_html('<div class="scroll" role="region" tabindex="0" aria-label="{}">{}</div>', name, table)


@register.simple_tag
def request_number() -> str:
    """The number by which this request can be found in the log."""
    return current_request_number()


@register.simple_tag
def is_demo() -> bool:
    """Whether everybody here is invented."""
    return bool(settings.IS_DEMO)
