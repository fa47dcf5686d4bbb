"""A tired and a hostile user before every form: never a page of trouble, a sentence at each field, nothing lost."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
import time_machine
from django import forms
from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.test import Client

from fotfeste.accommodation.public import Bed
from fotfeste.directory.public import User
from fotfeste.platform.components.fields import shown
from fotfeste.platform.forms import DayField, WeekField
from fotfeste.platform.scope import scope
from fotfeste.registry.public import members_of
from tests.actions.accommodation.people import beds_at
from tests.actions.registry.families import alone, person
from tests.conftest import Cast
from tests.platform.markup import Element, read
from tests.settlement_steps import placed, registered
from tests.web.every_form.addresses import forms_in_the_product
from tests.web.every_form.stages import NAMES_ON_STAGES, STAGES
from tests.web.place import Place

pytestmark = pytest.mark.django_db

STRANGER = "Fremmedmann"  # at another centre: no answer may speak of him
LONG = "x" * 100_000
NONSENSE = {
    "nothing": "",
    "words": "tull og tøys",
    "no such day": "31.02.2024",
    "the first year": "1.1.0001",
    "the last year": "31.12.9999",
    "long": LONG,
    "zero": "a\0b",
    "signs": "🤷‍♀️ Å\u0301 \u202eמסמך عربي",
    "markup": "<script>alert('x')</script>&amp;\"",
    "less than nothing": "-1",
    "a number without end": "9" * 40,
    "not a number": "1e309",
    "other digits": "٣١",
    "a week that is not": "99 2024",
}
SAID_IN_BOTH = {"nothing", "words", "no such day", "the last year", "less than nothing", "a number without end"}
TRUE_DAYS = {"the first year", "the last year"}
USUAL: Sequence[tuple[type[forms.Field], str]] = (
    (DayField, "14.3.2024"),
    (WeekField, "16 2024"),
    (forms.TimeField, "10.30"),
    (forms.EmailField, "noen@example.no"),
    (forms.RegexField, "7600"),
    (forms.IntegerField, "2"),
    (forms.CharField, "Noe å skrive"),
)
TYPED_IN = (forms.TextInput, forms.Textarea)


@pytest.fixture(autouse=True)
def on_the_day(cast: Cast) -> Iterator[None]:
    """The clock stands still on the day of the cast."""
    with time_machine.travel(cast.at, tick=False):
        yield


def strangers(cast: Cast) -> list[str]:
    """Keys and references of somebody whom none of the cast but police and UDI has to do with, and of his bed."""
    group = placed(cast, registered(cast, alone(person(STRANGER, STRANGER))), cast.other_centre)
    administrator = cast.centre_administrator.__class__(
        user_id=cast.other_centre.user_id,
        organisation_id=cast.other_centre.organisation_id,
        organisation_kind="centre",
        permissions=frozenset({"accommodation.run_centre"}),
    )
    bed = beds_at(cast, administrator, [("9", 1)])[0]
    with scope(cast.other_centre, cast.day):
        [member] = members_of(group, cast.day)
    return [str(member.subject_id), member.reference, str(group), str(bed), str(Bed.objects.get(pk=bed).room_id)]


def test_every_form_of_the_product_stands_on_a_stage() -> None:
    staged = [name for names in NAMES_ON_STAGES.values() for name in names]
    assert sorted(staged) == sorted(forms_in_the_product())


@pytest.mark.parametrize("stage", STAGES)
def test_no_form_loses_what_was_typed_or_answers_with_trouble(cast: Cast, stage: str) -> None:
    foreign = strangers(cast)
    places = STAGES[stage](cast)
    assert [place.name for place in places] == NAMES_ON_STAGES[stage]
    wrong = []
    for place in places:
        with time_machine.travel(cast.at + place.later, tick=False):
            wrong += [f"{place.name}: {what}" for what in Trial(cast, place, foreign).complaints()]
    assert not wrong, "\n".join(wrong)


class Trial:
    """One form, and everything that is sent to it; nothing of it stays."""

    def __init__(self, cast: Cast, place: Place, foreign: Sequence[str]) -> None:
        self.place, self.foreign = place, foreign
        self.client = Client()
        self.client.force_login(User.objects.get(pk=place.viewer.user_id or 0))
        page = self.client.get(place.url) if not place.name.endswith("_task") else None
        self.forms = forms_of(page) if page is not None else []
        self.usual = {name: value for form in self.forms for name, value in usual(form).items()} | dict(place.also)
        self.page_status = page.status_code if page is not None else 200

    def complaints(self) -> Iterator[str]:
        """What is wrong with any answer."""
        if self.page_status != 200:
            yield f"the page itself answers {self.page_status}"
            return
        yield from self.all_at_once()
        yield from self.one_at_a_time()
        for opened in ("tull", "\0", "1-" + "9" * 40):
            yield from self.complaints_of(opened, self.usual | {"version": "9" * 30, "opened": opened})

    def all_at_once(self) -> Iterator[str]:
        """The same nonsense in every field, in both languages."""
        names = [form.add_prefix(field.name) for form in self.forms for field in form if not field.is_hidden]
        for kind, text in NONSENSE.items():
            many = dict.fromkeys(names[:8] if text is LONG else names, text) | dict(self.place.also)
            norwegian = self.send(many)
            yield from self.judged(kind, many, norwegian)
            if kind not in SAID_IN_BOTH:
                continue
            said, english = errors_of(norwegian), errors_of(self.send(many, "en"))
            for field, sentences in said.items():
                if same := sorted(set(sentences) & set(english.get(field, ()))):
                    yield f"{kind} in {field}: the same in both languages: {same}"

    def one_at_a_time(self) -> Iterator[str]:
        """One field with what its kind can do harm with, everything else as it should be."""
        for form in self.forms:
            for name, field in form.fields.items():
                if len(self.usual) > 40 and not isinstance(field, DayField):
                    continue  # the long forms: their fields are all of kinds that shorter ones have
                for kind, value in self.harm(field):
                    sent = self.usual | {form.add_prefix(name): value}
                    yield from self.complaints_of(f"{kind} in {name}", sent)

    def harm(self, field: forms.Field) -> Iterator[tuple[str, Any]]:
        """What to try in a field of this kind."""
        if isinstance(field, forms.ChoiceField):
            several = isinstance(field, forms.MultipleChoiceField)
            for value in (*self.foreign, "tull", "a\0b", "9" * 40):
                yield f"stranger's {value!r}", [value] if several else value
        elif isinstance(field, DayField | WeekField):
            yield from ((kind, NONSENSE[kind]) for kind in ("no such day", "the first year", "the last year"))
        elif isinstance(field, forms.IntegerField):
            yield from ((kind, NONSENSE[kind]) for kind in ("less than nothing", "a number without end"))
        elif isinstance(field, forms.CharField):
            yield from ((kind, NONSENSE[kind]) for kind in ("long", "zero", "markup"))

    def complaints_of(self, kind: str, sent: Mapping[str, Any]) -> Iterator[str]:
        """What is wrong with one answer."""
        answer = self.send(sent)
        yield from self.judged(kind, sent, answer)
        if answer.status_code == 302 and any(f"{name} in" in kind for name in TRUE_DAYS):
            yield f"{kind}: was accepted"

    def send(self, sent: Mapping[str, Any], language: str = "nb") -> Any:
        """Send it, and take back what it may have done."""
        self.client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        with transaction.atomic():
            answer = self.client.post(self.place.url, sent)
            transaction.set_rollback(True)
        return answer

    def judged(self, kind: str, sent: Mapping[str, Any], answer: Any) -> Iterator[str]:
        """The answer is one of those that there may be, speaks of no stranger, and keeps what was typed."""
        if answer.status_code not in (200, 302, 403, 404, 410, 422):
            yield f"{kind}: answered {answer.status_code}"
        if answer.status_code == 302:
            return
        if STRANGER in answer.text:
            yield f"{kind}: speaks of a stranger"
        if "Dette kan ikke lagres (" in answer.text:
            yield f"{kind}: no sentence: {answer.text.partition('Dette kan ikke lagres (')[2][:60]}"
        if answer.status_code == 422 and (answered := forms_of(answer)):
            page = read(answer.text)
            for form in answered:
                yield from (f"{kind}: {what}" for what in unsaid(form, page))
                yield from (f"{kind}: {what}" for what in lost(form, sent, page))


def forms_of(answer: Any) -> list[forms.Form]:
    """The forms on a page."""
    context = answer.context or {}
    if "form" in context and isinstance(context["form"], forms.Form):
        return [context["form"]]
    page: Any = context.get("page") if "page" in context else None
    return [page.head, *page.blocks, *page.tie_forms] if hasattr(page, "blocks") else []


def usual(form: forms.Form) -> dict[str, Any]:
    """What somebody who is awake would send."""
    return {form.add_prefix(name): _usual(form, name, field) for name, field in form.fields.items()}


def _usual(form: forms.Form, name: str, field: forms.Field) -> Any:
    value = form[name].value()
    if isinstance(field, forms.ChoiceField):
        known = [str(key) for key, words in _flat(field.choices) if str(key)]
        if isinstance(field, forms.MultipleChoiceField):
            return [str(each) for each in value or known[:1]]
        return str(value) if value not in (None, "") else (known[0] if known else "")
    if isinstance(field, forms.BooleanField):
        return "on" if value else ""
    if value not in (None, "") or isinstance(field.widget, forms.HiddenInput):
        return "" if value is None else str(field.prepare_value(value))
    return next((text for kind, text in USUAL if isinstance(field, kind)), "")


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for key, words in choices:
        if isinstance(words, list | tuple):
            yield from _flat(words)
        else:
            yield key, words


def errors_of(answer: Any) -> dict[str, list[str]]:
    """The sentences of an answer by field, those of several forms together."""
    return {
        f"{form.prefix or ''}-{name}": [str(sentence) for sentence in sentences]
        for form in forms_of(answer)
        for name, sentences in form.errors.items()
    }


def unsaid(form: forms.Form, page: Element) -> Iterator[str]:
    """Errors that stand neither in the summary nor at their field."""
    if not form.errors:
        return
    summary = [_plain(each.text) for each in page.all("div", class_="ds-error-summary")]
    beside = {each.attributes.get("id"): _plain(each.text) for each in page.all("div", class_="ds-validation-message")}
    if not summary:
        yield "there are errors and no summary"
        return
    for name in form.errors:
        if name == NON_FIELD_ERRORS:
            sentences = tuple(_plain(str(each)) for each in form.non_field_errors())
        else:
            told = shown(form[name])
            sentences = told.errors
            if told.shape != "hidden" and not all(
                " ".join(s.split()) in beside.get(told.error_id, "") for s in sentences
            ):
                yield f"{name}: no sentence at the field: {sentences}"
        if not all(" ".join(sentence.split()) in summary[0] for sentence in sentences):
            yield f"{name}: not in the summary: {sentences}"


def _plain(text: str) -> str:
    return " ".join(text.split())


def lost(form: forms.Form, sent: Mapping[str, Any], page: Element) -> Iterator[str]:
    """Texts that were typed and do not stand on the page any more."""
    for name, field in form.fields.items():
        typed = sent.get(form.add_prefix(name))
        if not isinstance(typed, str) or "\0" in typed or not isinstance(field.widget, TYPED_IN) or field.disabled:
            continue
        key = form.add_prefix(name)
        inputs = [each.attributes.get("value", "") for each in page.all("input", name=key)]
        areas = [each.text for each in page.all("textarea", name=key)]
        if typed not in inputs and typed not in areas and (inputs or areas):
            yield f"{name}: {typed[:40]!r} is lost"
