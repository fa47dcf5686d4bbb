"""Forms: errors in whole sentences, what was typed is kept, a version that tells whether somebody else saved first."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fotfeste.kernel.calendar import Week
from fotfeste.kernel.errors import Refused
from fotfeste.platform.happened import Happened
from fotfeste.platform.sentences import sentence_for
from fotfeste.platform.words import capital

_DAY = re.compile(r"^\s*(\d{1,2})[.\-/ ]+(\d{1,2})[.\-/ ]+(\d{4})\s*$")
_ISO_DAY = re.compile(r"^\s*(\d{4})-(\d{2})-(\d{2})\s*$")


# What is outside is a slip of the finger: nobody here was born before, and nothing is agreed for after.
FIRST_YEAR, LAST_YEAR = 1900, 2100


def _check_year(field: forms.Field, year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise forms.ValidationError(field.error_messages["year"], code="year")


LONGEST_TEXT = 4_000
"""Signs in a text of somebody's own words: two pages. What needs more is a document."""


class FreeText(forms.CharField):
    """Text in somebody's own words. One that is too long comes back whole, with a sentence: there is no `maxlength`,
    for a browser cuts off what is pasted without a word."""

    default_error_messages = {
        "max_length": _("Teksten har %(show_value)s tegn. Den kan ha høyst %(limit_value)s."),
    }

    def __init__(self, *, rows: int | None = None, **kwargs: Any) -> None:
        """`rows`: how high the field is to be."""
        widget = forms.Textarea(attrs={"rows": rows} if rows else None)
        super().__init__(max_length=LONGEST_TEXT, widget=widget, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Without the limit."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


class DayField(forms.Field):
    """A day typed as d.m.åååå (or picked, which gives åååå-mm-dd)."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    default_error_messages = {
        "invalid": _("Skriv datoen som dag.måned.år, for eksempel 14.3.2024."),
        "year": _("Se om årstallet er riktig: det må være mellom 1900 og 2100."),
        "no_such_day": _("%(typed)s finnes ikke i kalenderen. Rett dag, måned eller år."),
    }

    def to_python(self, value: Any) -> date | None:
        """The day; None where nothing was typed."""
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        if match := _DAY.match(str(value)):
            day, month, year = (int(part) for part in match.groups())
        elif match := _ISO_DAY.match(str(value)):
            year, month, day = (int(part) for part in match.groups())
        else:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            found = date(year, month, day)
        except ValueError as error:
            raise forms.ValidationError(
                self.error_messages["no_such_day"], code="no_such_day", params={"typed": str(value).strip()}
            ) from error
        _check_year(self, year)
        return found

    def prepare_value(self, value: Any) -> Any:
        """Show a day as d.m.åååå."""
        return f"{value.day}.{value.month}.{value.year}" if isinstance(value, date) else value


class WeekField(forms.CharField):
    """A week typed as 12 2024 or 2024-W12; gives `kernel.calendar.Week`."""

    default_error_messages = {
        "invalid": _("Skriv uke og år, for eksempel 12 2024."),
        "year": _("Se om årstallet er riktig: det må være mellom 1900 og 2100."),
    }
    _WEEK = re.compile(r"^\s*(?:uke|week)?\s*(\d{1,2})[ ./-]+(\d{4})\s*$|^\s*(\d{4})-W(\d{1,2})\s*$", re.IGNORECASE)

    def to_python(self, value: Any) -> Any:
        """The week; None where nothing was typed."""
        if value in self.empty_values:
            return None
        match = self._WEEK.match(str(value))
        if not match:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        number, year, iso_year, iso_number = match.groups()
        try:
            found = Week(int(year or iso_year), int(number or iso_number))
        except (ValueError, Refused) as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error
        _check_year(self, found.year)
        return found

    def prepare_value(self, value: Any) -> Any:
        """Show a week as `12 2024`."""
        return f"{value.number} {value.year}" if isinstance(value, Week) else value


class VersionField(forms.IntegerField):
    """A version that a page carries. Whatever is no number is one that has never been: the form is told to be stale."""

    NEVER = -1

    def clean(self, value: Any) -> int | None:
        """The version; None where none was sent."""
        try:
            found: int | None = super().clean(value)
        except forms.ValidationError:
            return self.NEVER
        return found


class ActForm(forms.Form):
    """The form of an act. `version` is the household's when the page was opened, `opened` by whom and after which
    event; `happened` is what others have done since, where they were quicker.
    """

    use_required_attribute = False
    version = VersionField(widget=forms.HiddenInput, required=False)
    opened = forms.CharField(widget=forms.HiddenInput, required=False)
    happened: Sequence[Happened] = ()
    # Fields that another answer makes needed: not always required, and not to be marked as optional either.
    when_needed: Collection[str] = frozenset()
    # A pattern: the names of the fields that a form makes for itself, and of its buttons, where the value is a code.
    codes: ClassVar[str] = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Labels carry no colon."""
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def let_choose(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        """What can be chosen in the field, in words by value; in groups where the words are choices themselves."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def refuse(self, refused: Refused) -> None:
        """Put a refusal beside its field, or above the form where it has none."""
        field = refused.field if refused.field in self.fields else None
        self.add_error(field, forms.ValidationError(sentence_for(refused), code=refused.code))


class ReasonForm(ActForm):
    """Why: a reason from a list, and words beside it, which the reason `other` needs."""

    when_needed = frozenset({"text"})
    reasons: ClassVar[Mapping[Any, str | Promise]]  # those to choose among, in words, by code
    missing: ClassVar[str]  # the code of the sentence where none is chosen

    reason = forms.ChoiceField(label=_("Hvorfor?"), widget=forms.RadioSelect)
    text = FreeText(label=_("Utfyllende"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The reasons that can be chosen."""
        super().__init__(*args, **kwargs)
        in_words = {str(code): str(words) for code, words in self.reasons.items()}
        other = in_words["other"]
        self.let_choose("reason", [(code, capital(words)) for code, words in in_words.items()])
        self.fields["reason"].error_messages["required"] = sentence_for(Refused(self.missing))
        self.fields["text"].help_text = _(
            "Må fylles ut når du velger «%(other)s». Skriv ikke om helse eller andre følsomme forhold."
        ) % {"other": other[:1].lower() + other[1:]}


class DayForm(forms.Form):
    """The day that a page shows."""

    use_required_attribute = False
    dag = DayField(label=_("Vis en annen dag"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Labels carry no colon."""
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
