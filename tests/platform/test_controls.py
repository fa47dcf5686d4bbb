"""Controls are written as Django's own templates write them, letter for letter."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates, get_default_renderer
from django.template import TemplateDoesNotExist
from django.test import override_settings
from django.utils.functional import lazystr
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override

from fotfeste.platform.components.controls import Controls
from fotfeste.platform.forms import DayField, WeekField

HOSTILE = "\"><script>alert('x')</script>&amp;"
CHOICES = [
    ("", "Velg"),
    (1, 1234567),
    (Decimal("0.5"), Decimal("1234.5")),
    (date(2024, 3, 14), date(2024, 3, 14)),
    (None, None),
    (True, False),
    (HOSTILE, HOSTILE),
    (mark_safe("a&amp;b"), mark_safe("<b>fet</b>")),
    (lazystr("<lat>"), gettext_lazy("Ja")),
    ("æøå 🤷", "Å\u0301 \u202eמסמך"),
]
GROUPED = [*CHOICES[:3], ("En <gruppe>", CHOICES[3:6]), (7, CHOICES[6:]), ("Tom", [])]
ATTRIBUTES: list[dict[str, Any]] = [
    {},
    {"class": "ds-input", "id": "id_a", "required": True, "disabled": False, "data-search": "", "size": 12},
    {"title": HOSTILE, "aria-label": gettext_lazy("Ja"), "data-x": mark_safe("&quot;"), "data-n": 1234567},
    {"min": Decimal("1.5"), "data-nothing": None, '"<b>': "x"},
]
WIDGETS: list[forms.Widget] = [
    forms.Select(choices=CHOICES),
    forms.Select(choices=GROUPED),
    forms.Select(choices=[]),
    forms.SelectMultiple(choices=GROUPED),
    forms.NullBooleanSelect(),
    forms.RadioSelect(choices=CHOICES),
    forms.CheckboxSelectMultiple(choices=GROUPED),
    forms.SelectDateWidget(years=[2024]),
    *(
        kind()
        for kind in (
            forms.TextInput, forms.NumberInput, forms.EmailInput, forms.URLInput, forms.PasswordInput,
            forms.HiddenInput, forms.MultipleHiddenInput, forms.DateInput, forms.DateTimeInput, forms.TimeInput,
            forms.CheckboxInput, forms.FileInput, forms.ClearableFileInput, forms.Textarea, forms.SplitDateTimeWidget,
        )
    ),
    DayField().widget,
    WeekField().widget,
]  # fmt: skip
VALUES: list[Any] = [
    None,
    "",
    1,
    1234567,
    Decimal("0.5"),
    date(2024, 3, 14),
    HOSTILE,
    mark_safe("a&amp;b"),
    ["", 1],
    True,
]


def rendered(widget: forms.Widget, value: Any, attributes: dict[str, Any], renderer: DjangoTemplates) -> str:
    """What the widget becomes, or what it cannot do with such a value."""
    try:
        return widget.render('na"me', value, dict(attributes), renderer)
    except (TypeError, ValueError, AttributeError) as problem:
        return repr(problem)


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: type(widget).__name__)
def test_a_control_is_written_as_django_writes_it(widget: forms.Widget, language: str) -> None:
    own, djangos = Controls(), DjangoTemplates()
    with override(language), override_settings(USE_THOUSAND_SEPARATOR=True):
        for value in VALUES:
            for attributes in ATTRIBUTES:
                expected = rendered(widget, value, attributes, djangos)
                assert rendered(widget, value, attributes, own) == expected


@pytest.mark.parametrize("is_within_its_label", [True, False])
def test_a_choice_of_a_group_is_written_as_django_writes_it(is_within_its_label: bool) -> None:
    def tags(renderer: DjangoTemplates) -> list[str]:
        class Asked(forms.Form):
            default_renderer = renderer
            one = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect)
            several = forms.MultipleChoiceField(choices=GROUPED, widget=forms.CheckboxSelectMultiple)

        form = Asked({"one": HOSTILE, "several": ["1", HOSTILE]})
        return [option.tag(wrap_label=is_within_its_label) for field in form for option in field.subwidgets]

    assert tags(Controls()) == tags(DjangoTemplates())


def test_a_choice_with_a_template_of_its_own_is_rendered_by_it() -> None:
    class Marked(forms.Select):
        option_template_name = "marked.html"

    with pytest.raises(TemplateDoesNotExist, match=r"marked\.html"):
        Marked(choices=CHOICES).render("name", None, {}, Controls())


def test_every_form_is_written_by_it() -> None:
    assert isinstance(get_default_renderer(), Controls)
