"""The fields that the pages of an application share, with and without a login."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.kernel.names import readable, shows_a_letter
from fotfeste.platform.forms import ActForm

YES, NO, UNSURE = "yes", "no", "unsure"
_BOOLEANS = {YES: True, NO: False}
# Each in itself: whoever reads none of the others finds their own.
LETTER_LANGUAGES = (("uk", "Українська"), ("ru", "Русский"), ("en", "English"), ("nb", "Norsk"))


def as_claim(answer: str) -> bool | None:
    """Yes, no, or not known."""
    return _BOOLEANS.get(answer)


class Question(forms.ChoiceField):
    """A question with yes, no and I don't know, which is an answer too."""

    def __init__(self, *, can_be_unsure: bool = True, **kwargs: Any) -> None:
        """`can_be_unsure`: whether not to know is offered."""
        choices: list[tuple[str, Any]] = [(YES, _("Ja")), (NO, _("Nei"))]
        unsure = [(UNSURE, _("Vet ikke"))] if can_be_unsure else []
        super().__init__(choices=[*choices, *unsure], widget=forms.RadioSelect, **kwargs)


class NameField(forms.CharField):
    """A name as everybody sees it: without characters that do not show, and with a letter in it."""

    default_error_messages = {"no_letter": _("Skriv et navn med bokstaver.")}

    def __init__(self, **kwargs: Any) -> None:
        """At most 120 characters."""
        super().__init__(max_length=120, **kwargs)

    def to_python(self, value: Any) -> str:
        """The name, readable. Raises ValidationError where there is nothing to read."""
        name = readable(super().to_python(value) or "")
        if name and not shows_a_letter(name):
            raise forms.ValidationError(self.error_messages["no_letter"], code="no_letter")
        return name


class DoorForm(ActForm):
    """A page of the application: it has no version, for nobody else has it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Without what tells of others' changes."""
        super().__init__(*args, **kwargs)
        del self.fields["version"], self.fields["opened"]

    def need(self, name: str, message: Any) -> None:
        """Ask for a field that another answer makes needed."""
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, message)
