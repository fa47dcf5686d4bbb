"""How a form field is shown: label above, hint under it, the error beside the control and tied to it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField
from django.forms.widgets import ChoiceWidget
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from fotfeste.platform.forms import ActForm, DayField, WeekField

CHOICES_THAT_NEED_A_SEARCH = 12
DJANGO_ROWS, ROWS = "10", "4"  # a text area that nobody has sized


@dataclass(frozen=True, slots=True)
class Choice:
    """One radio button or checkbox of a group, with the words beside it."""

    control: SafeString
    control_id: str
    label: str


@dataclass(frozen=True, slots=True)
class ShownField:
    """What the template of a field shows. `shape` is control, check, group, parts or hidden."""

    shape: str
    kind: str
    name: str
    label: str
    label_for: str
    hint: str
    hint_id: str
    errors: tuple[str, ...]
    error_id: str
    is_optional: bool
    control: SafeString
    choices: tuple[Choice, ...] = ()
    described_by: str = ""


def shown(field: BoundField) -> ShownField:
    """A field of a form as the template needs it."""
    element_id = field.auto_id
    hint = str(field.help_text or _usual_hint(field))
    hint_id, error_id = f"{element_id}_hint", f"{element_id}_error"
    errors = tuple(sentence for sentence, _ in _sentences(field))
    described_by = " ".join(([hint_id] if hint else []) + ([error_id] if errors else []))
    shape = _shape(field)
    return ShownField(
        shape=shape,
        kind=_kind(field),
        name=field.html_name,
        label=str(field.label),
        label_for=field.id_for_label,
        hint=hint,
        hint_id=hint_id,
        errors=errors,
        error_id=error_id,
        is_optional=not field.field.required
        and shape != "check"
        and not _is_asked_when_needed(field)
        and not _answers_with_nothing(field),
        control=_control(field, described_by) if shape != "group" else SafeString(""),
        choices=tuple(_choices(field)) if shape == "group" else (),
        described_by=described_by,
    )


def _is_asked_when_needed(field: BoundField) -> bool:
    """Another answer on the form decides that it is needed: neither required always, nor optional."""
    return isinstance(field.form, ActForm) and field.name in field.form.when_needed


def _answers_with_nothing(field: BoundField) -> bool:
    """To say nothing is one of the radio buttons, so that one of them is always chosen."""
    widget = field.field.widget
    return isinstance(widget, forms.RadioSelect) and any(value == "" for value, _ in widget.choices)


def _shape(field: BoundField) -> str:
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "group"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    return "parts" if isinstance(widget, forms.MultiWidget) else "control"


def _kind(field: BoundField) -> str:
    """What is typed, which decides how wide the control is."""
    known: tuple[tuple[type[forms.Field], str], ...] = (
        (DayField, "day"),
        (WeekField, "week"),
        (forms.TimeField, "time"),
        (forms.IntegerField, "number"),
    )
    return next((kind for field_type, kind in known if isinstance(field.field, field_type)), "text")


def _usual_hint(field: BoundField) -> str:
    if isinstance(field.field, DayField):
        return gettext("Dag.måned.år, for eksempel 14.3.2024")
    if isinstance(field.field, WeekField):
        return gettext("Uke og år, for eksempel 12 2024")
    return ""


def _control(field: BoundField, described_by: str) -> SafeString:
    if field.is_hidden:
        return field.as_hidden()
    attributes: dict[str, str | bool] = {"class": "ds-input"}
    if described_by:
        attributes["aria-describedby"] = described_by
    widget = field.field.widget
    if isinstance(widget, forms.Textarea):
        attributes["cols"] = False  # as wide as the column
        rows = str(widget.attrs.get("rows", DJANGO_ROWS))
        attributes["rows"] = ROWS if rows == DJANGO_ROWS else rows
    if isinstance(widget, forms.Select) and not widget.allow_multiple_selected:
        count = sum(1 for _ in widget.choices)
        if count > CHOICES_THAT_NEED_A_SEARCH:
            attributes["data-search"] = ""
    return field.as_widget(attrs=attributes)


def _choices(field: BoundField) -> Iterator[Choice]:
    invalid = {"aria-invalid": "true"} if field.errors else {}
    for option in field.subwidgets:
        option.data["attrs"] = option.data["attrs"] | {"class": "ds-input"} | invalid
        yield Choice(option.tag(wrap_label=False), str(option.id_for_label), str(option.choice_label))


# Django's own messages speak of "this value": in the summary, away from the field, they need its name.
NAMELESS = frozenset(
    {"invalid", "invalid_choice", "min_value", "max_value", "min_length", "max_length", "invalid_list", "no_such_day"}
)


def _sentences(field: BoundField) -> list[tuple[str, str]]:
    """Each error as it stands at the field, and as it stands in the summary."""
    label = str(field.label)
    found = []
    for error in field.errors.as_data():
        for message in error.messages:
            if error.code == "required" and message == str(forms.Field.default_error_messages["required"]):
                sentence = _missing(field) % {"label": label}
                found.append((sentence, sentence))
            else:
                found.append((message, f"{label}: {message}" if error.code in NAMELESS else message))
    return found


def _missing(field: BoundField) -> str:
    if isinstance(field.field.widget, forms.CheckboxInput):
        return gettext("Kryss av for «%(label)s».")
    if isinstance(field.field.widget, ChoiceWidget):
        return gettext("Velg «%(label)s».")
    return gettext("Fyll ut «%(label)s».")


@dataclass(frozen=True, slots=True)
class SummarisedError:
    """One line of the error summary; without `target` where the error is about the form as a whole."""

    sentence: str
    target: str


def errors_of(form: forms.BaseForm) -> list[SummarisedError]:
    """The form's errors in the order of its fields, each with the element to go to.

    Where the same is wrong with several fields, each is named. What is wrong with hidden fields, which nobody typed and
    nobody can put right, is one sentence about the page.
    """
    found = [SummarisedError(str(error), "") for error in form.non_field_errors()]
    if any(field.is_hidden and field.errors for field in form):
        found.append(SummarisedError(gettext("Siden kom ikke hel fram. Last den på nytt, og prøv igjen."), ""))
    wrong = [(field, words) for field in form if not field.is_hidden for _, words in _sentences(field)]
    times = Counter(words for _field, words in wrong)
    for field, words in wrong:
        told = f"{field.label}: {words}" if times[words] > 1 else words
        found.append(SummarisedError(told, _first_element(field)))
    return found


def _first_element(field: BoundField) -> str:
    shape = _shape(field)
    if shape == "group":
        return next((str(option.id_for_label) for option in field.subwidgets), field.auto_id)
    if shape == "parts":
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id
