"""What somebody typed, kept when it could not be saved: to be read and copied, or carried over a new login.

It lives in the answer to the request that brought it, and is not stored on the server; only on the way to a provider of
logins and back it waits in the session, sealed with a key that the browser has (`web/login_typed.py`).
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from fotfeste.platform.happened import Happened

RESUME = "resume"  # a form that is sent with this is shown again, never carried out
CARRIED = "carried"  # what was typed, on its way over the login
# Neither is anything that somebody typed, and a password is never shown or carried.
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "version", "next", "username", "password", RESUME, CARRIED})
OPENED = "opened"  # who opened the form, and the last event by then
LONGEST_KEY = 19  # digits; the database knows no number with more


@dataclass(frozen=True, slots=True)
class Typed:
    """What stood in one field: its label and the words of its values."""

    label: str
    words: Sequence[str]


def typed_in(form: forms.BaseForm) -> list[Typed]:
    """What stands in a form that was sent, in the words of its labels and choices; without what is empty."""
    shown = ((field, _words_in(field)) for field in form if not field.is_hidden)
    return [Typed(str(field.label), words) for field, words in shown if words]


def typed_raw(sent: QueryDict, form_class: Any = None) -> list[Typed]:
    """What was sent where the form itself can no longer be made: the labels that are known without it, and else text.

    References and codes, which nobody typed and nobody can read, are left out: what is chosen in `base_fields`, and
    the fields whose whole name matches `codes` of the form, or of the page where it has none.
    """
    known: Mapping[str, forms.Field] = getattr(form_class, "base_fields", {})
    codes = re.compile(getattr(form_class, "codes", ""))
    found = []
    for name, values in sent.lists():
        field = known.get(name)
        if name in NOT_TYPED or name == OPENED or codes.fullmatch(name) or (field and field.widget.is_hidden):
            continue
        chosen = _in_words(field, values) if field else [str(value) for value in values]
        if any(chosen):
            found.append(Typed(str(field.label) if field else _("Tekst"), [each for each in chosen if each]))
    return found


def _words_in(bound: BoundField) -> list[str]:
    value = bound.value()
    values = value if isinstance(value, list | tuple) else [value]
    return [each for each in _in_words(bound.field, values) if each]


def _in_words(field: forms.Field, values: Iterable[Any]) -> list[str]:
    """Choices by their words, a tick as yes, everything else as it was typed."""
    if isinstance(field, forms.BooleanField):
        return [_("ja")] if any(value not in (None, "", False, "False", "false") for value in values) else []
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        names = dict(_flat(choices))
        return [str(names[str(value)]) for value in values if str(value) in names and value not in (None, "")]
    return ["" if value is None else str(field.prepare_value(value)) for value in values]


def _flat(choices: Iterable[Any]) -> Iterable[tuple[str, object]]:
    """Choices with their groups opened."""
    for key, words in choices:
        if isinstance(words, list | tuple):
            yield from _flat(words)
        else:
            yield str(key), words


def carried(sent: QueryDict) -> str:
    """What was sent, as the one hidden field that goes along through the login; empty where nothing was typed."""
    if not set(sent) - NOT_TYPED - {OPENED}:
        return ""
    return json.dumps([[name, values] for name, values in sent.lists() if name not in NOT_TYPED or name == "version"])


def unpacked(text: str) -> list[tuple[str, str]]:
    """The names and values of `carried`; nothing where it is not what we wrote."""
    try:
        return [(str(name), str(value)) for name, values in json.loads(text) for value in values]
    except (ValueError, TypeError):
        return []


def whose(sent: QueryDict | Mapping[str, str]) -> int | None:
    """The key of the user who opened a form; None where it does not tell."""
    return whole_number(str(sent.get(OPENED, "")).partition("-")[0])


def whole_number(text: str) -> int | None:
    """A number that a key may be; None for everything else that may have been sent."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < LONGEST_KEY else None


def kept_page(
    request: HttpRequest,
    *,
    status: int,
    title: str,
    sentences: Sequence[str],
    typed: Sequence[Typed] = (),
    happened: Sequence[Happened] = (),
    again: tuple[str, Sequence[tuple[str, str]]] | None = None,
    back: tuple[str, str] | None = None,
) -> HttpResponse:
    """The page that says why nothing was saved, what has happened meanwhile, and what was typed.

    `again`: where the form is shown with what was typed, and its names and values; `back`: an address and its words.
    """
    target, pairs = again or ("", ())
    back_url, back_label = back or ("/", _("Gå til forsiden"))
    context = {
        "title": title,
        "sentences": sentences,
        "typed": typed,
        "happened": happened,
        "again_url": target,
        "pairs": pairs,
        "resume": RESUME,
        "back_url": back_url,
        "back_label": back_label,
    }
    return render(request, "platform/kept.html", context, status=status)
