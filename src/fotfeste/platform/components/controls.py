"""Form controls written in Python: what Django's templates write, letter for letter, in a tenth of the time.

Django includes two templates for every choice of a list, and a list of countries or municipalities has hundreds: that
was a third of what a page with a form takes.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.template import Context
from django.template.base import render_value_in_context
from django.utils.html import conditional_escape

_FOLDER = "django/forms/widgets/"
_OPTION = f"{_FOLDER}select_option.html"
_INPUTS = (
    *("checkbox", "date", "datetime", "email", "file", "hidden", "input", "number", "password", "text", "time"),
    *("checkbox_option", "input_option", "radio_option"),
)
_PLAIN = Context()


class Controls(DjangoTemplates):
    """Django's renderer of forms, which writes lists of choices and what is typed in one line itself."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """The control; any other template as Django renders it."""
        write = _WRITTEN.get(template_name)
        if write is None or not _is_known(context["widget"]):
            return str(super().render(template_name, context, request))
        return "".join(write(context["widget"]))


def _is_known(widget: Mapping[str, Any]) -> bool:
    """Whether no choice has a template of its own, and none stands within its label."""
    if widget.get("wrap_label"):
        return False
    groups = widget.get("optgroups", ())
    return all(option["template_name"] == _OPTION for _, options, _ in groups for option in options)


def _select(widget: Mapping[str, Any]) -> Iterator[str]:
    yield f'<select name="{_value(widget["name"])}"{_attributes(widget["attrs"])}>'
    for group, options, _ in widget["optgroups"]:
        if group:
            yield f'\n  <optgroup label="{_words(group)}">'
        for option in options:
            attributes = _attributes(option["attrs"])
            yield f'\n  <option value="{_value(option["value"])}"{attributes}>{_words(option["label"])}</option>\n'
        if group:
            yield "\n  </optgroup>"
    yield "\n</select>"


def _input(widget: Mapping[str, Any]) -> Iterator[str]:
    yield f'<input type="{_value(widget["type"])}" name="{_value(widget["name"])}"'
    if widget["value"] is not None:
        yield f' value="{_value(widget["value"])}"'
    yield f"{_attributes(widget['attrs'])}>"


def _attributes(attributes: Mapping[str, Any]) -> str:
    """False leaves an attribute out, True gives it without a value."""
    return "".join(
        f" {_words(name)}" if value is True else f' {_words(name)}="{_value(value)}"'
        for name, value in attributes.items()
        if value is not False
    )


def _value(value: Any) -> str:
    """Whatever the language: numbers and days as they are sent."""
    return conditional_escape(value if isinstance(value, str) else str(value))


def _words(value: Any) -> str:
    """What people read, numbers and days as the language writes them."""
    return conditional_escape(value) if isinstance(value, str) else render_value_in_context(value, _PLAIN)


_WRITTEN: Mapping[str, Callable[[Mapping[str, Any]], Iterator[str]]] = {
    f"{_FOLDER}select.html": _select,
    **{f"{_FOLDER}{each}.html": _input for each in _INPUTS},
}
