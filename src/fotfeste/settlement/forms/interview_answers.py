"""One person's answers as a form: made from what each question may hold, saved as unfinished as they are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any, get_args, get_origin, get_type_hints

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.kernel.errors import Refused
from fotfeste.platform.forms import ActForm
from fotfeste.settlement.domain.answers import (
    CLAIM_OF,
    CONTENT_OF,
    LARGEST_NUMBER,
    LONGEST_TEXT,
    MOST_RELATIONS,
    from_json,
    main_claim,
    to_json,
)
from fotfeste.settlement.domain.contents import AnswerOutcome, CloseRelation, Question, Relations
from fotfeste.settlement.domain.interview import GivenAnswer
from fotfeste.settlement.words_interview import LABELS, value_in_words

ANSWERS = (("", _("Ikke spurt ennå")), ("yes", _("Ja")), ("no", _("Nei")), ("declined", _("Ønsker ikke å svare")))
YES_NO = (("", _("Ikke vurdert")), ("yes", _("Ja")), ("no", _("Nei")))
SHORT = frozenset({"education-field", "occupation-title", "pets-description", "adaptation-extra-specialist_kind"})
# Asked for before the interview can be finished, so not marked as optional, though it may be saved without.
ASKED_IN_THE_END = frozenset(
    {"adaptation-description", "adaptation-bears_on", "pets-description", "education-level", "occupation-title"}
)
SPARE_ROWS = 2


class MaybeLater:
    """A field that is asked for in the end, and may be saved without meanwhile."""

    def validate(self, value: Any) -> None:
        """Everything but that it must be there."""
        if value not in (None, "", []):
            super().validate(value)  # type: ignore[misc]


class LaterChoice(MaybeLater, forms.ChoiceField):
    """A choice that may wait."""


class LaterChoices(MaybeLater, forms.MultipleChoiceField):
    """Choices that may wait."""


class LaterText(MaybeLater, forms.CharField):
    """A text that may wait."""


def _paths(prefix: str, kind: type) -> Iterator[tuple[str, Any]]:
    """The name and type of each detail of a kind of content."""
    hints = get_type_hints(kind)
    for each in fields(kind):
        hint = hints[each.name]
        if isinstance(hint, type) and is_dataclass(hint):
            yield from _paths(f"{prefix}-{each.name}", hint)
        elif each.name not in CLAIM_OF.values():
            yield f"{prefix}-{each.name}", hint


def _inner(hint: Any) -> Any:
    """The type of a detail that may be there."""
    return next((part for part in get_args(hint) if part is not type(None)), hint)


def _is_chosen(hint: Any) -> bool:
    """A detail that is chosen or ticked, not typed."""
    inner = _inner(hint)
    return inner is bool or get_origin(hint) is tuple or (isinstance(inner, type) and issubclass(inner, StrEnum))


def _chosen_names() -> Iterator[str]:
    """Patterns of the names of the fields in which nothing is typed, and of the buttons."""
    yield from (r"\w+-choice", r"relations-\d+-municipality", "consequence_explained", "then")
    for question, content in CONTENT_OF.items():
        if question is not Question.RELATIONS:
            yield from (path for path, hint in _paths(question.value, content) if _is_chosen(hint))


class AnswersForm(ActForm):
    """What one person has answered so far."""

    codes = "|".join(_chosen_names())

    def __init__(
        self,
        *args: Any,
        questions: Sequence[Question],
        given: Mapping[Question, GivenAnswer],
        municipalities: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        """`given`: the answers as they are stored; `municipalities`: numbers and names to choose from."""
        super().__init__(*args, **kwargs)
        self.questions = tuple(questions)
        self.answers: dict[Question, GivenAnswer | None] = {}
        self.row_count = _row_count(given.get(Question.RELATIONS), self.data)
        for question in self.questions:
            self.fields[f"{question}-choice"] = LaterChoice(label=_("Svar"), choices=ANSWERS, widget=forms.RadioSelect)
            self.fields.update(_detail_fields(question, self.row_count, municipalities))
            if question in given:
                self.initial.update(_initial(question, given[question]))
        self.fields["consequence_explained"] = forms.BooleanField(
            label=_("Jeg har forklart følgen av ikke å svare"), required=False
        )
        self.initial["consequence_explained"] = any(answer.consequence_explained for answer in given.values())

    def clean(self) -> dict[str, Any]:
        """Make the answers of what was typed; a detail beside a no or a declined answer is asked about, not dropped."""
        cleaned = super().clean() or {}
        for question in self.questions:
            if not any(name.startswith(f"{question}-") for name in self.errors):
                try:
                    self.answers[question] = self._answer(question, cleaned)
                except Refused as refused:
                    self.refuse(refused)
        return cleaned

    def _answer(self, question: Question, cleaned: Mapping[str, Any]) -> GivenAnswer | None:
        choice = cleaned[f"{question}-choice"]
        details = self._details(question, cleaned)
        # What does not belong here may still have been passed on to the doctor (guide 1.6.1).
        told = {"told_to_inform_doctor"} if choice == "no" else set()
        if choice in ("no", "declined") and set(details) - told:
            raise Refused("answer_contradicts_itself", f"{question}-choice")
        if choice == "declined":
            return GivenAnswer(AnswerOutcome.DECLINED, consequence_explained=bool(cleaned["consequence_explained"]))
        if not choice and not details:
            return None
        if choice:
            details[CLAIM_OF[question]] = choice == "yes"
        return GivenAnswer(AnswerOutcome.ANSWERED, from_json(question, details))

    def _details(self, question: Question, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        if question is Question.RELATIONS:
            rows = [_row(number, cleaned) for number in range(self.row_count)]
            return {"relations": found} if (found := [row for row in rows if row]) else {}
        details: dict[str, Any] = {}
        for path, hint in _paths(question.value, CONTENT_OF[question]):
            value = _stored(hint, cleaned.get(path))
            if value is not None and value not in ("", []):
                target, name = _place(details, path)
                target[name] = value
        return details


def extra_names() -> list[str]:
    """The names of the fields of extra needs, in order."""
    return [path for path, _hint in _paths("adaptation", CONTENT_OF[Question.ADAPTATION]) if path.count("-") > 1]


def _detail_fields(
    question: Question, row_count: int, municipalities: Sequence[tuple[str, str]]
) -> Iterator[tuple[str, forms.Field]]:
    if question is Question.RELATIONS:
        for number in range(row_count):
            yield from _row_fields(number, municipalities)
        return
    for path, hint in _paths(question.value, CONTENT_OF[question]):
        yield path, _field(path, hint)


def _field(path: str, hint: Any) -> forms.Field:
    label, is_asked = str(LABELS[path]), path in ASKED_IN_THE_END
    if hint is bool:
        return forms.BooleanField(label=label, required=False)
    if get_origin(hint) is tuple:
        return LaterChoices(
            label=label, required=is_asked, choices=_choices(get_args(hint)[0]), widget=forms.CheckboxSelectMultiple
        )
    inner = _inner(hint)
    if inner is bool:
        return LaterChoice(label=label, required=is_asked, choices=YES_NO)
    if inner is int:
        return forms.IntegerField(label=label, required=False, min_value=0, max_value=LARGEST_NUMBER)
    if issubclass(inner, StrEnum):
        return LaterChoice(label=label, required=is_asked, choices=[("", _("Ikke valgt")), *_choices(inner)])
    widget = forms.TextInput() if path in SHORT else forms.Textarea(attrs={"rows": 3})
    return LaterText(label=label, required=is_asked, max_length=LONGEST_TEXT, widget=widget)


def _choices(kind: type[StrEnum]) -> list[tuple[str, str]]:
    return [(value.value, value_in_words(value)) for value in kind]


def _row_fields(number: int, municipalities: Sequence[tuple[str, str]]) -> Iterator[tuple[str, forms.Field]]:
    for each in fields(CloseRelation):
        label = str(LABELS[f"relations-{each.name}"])
        is_asked = each.name in ("name", "relation")
        name = f"relations-{number}-{each.name}"
        if each.name == "municipality":
            yield name, LaterChoice(label=label, required=False, choices=[("", _("Ikke valgt")), *municipalities])
        else:
            yield name, LaterText(label=label, required=is_asked, max_length=120)


def _row(number: int, cleaned: Mapping[str, Any]) -> dict[str, str]:
    row = {each.name: cleaned.get(f"relations-{number}-{each.name}") or "" for each in fields(CloseRelation)}
    return {name: value for name, value in row.items() if value}


def _row_count(given: GivenAnswer | None, data: Mapping[str, Any]) -> int:
    """Room for every relation, stored or typed, and some more. Saving gives new empty rows."""
    content = given.content if given else None
    stored = len(content.relations) if isinstance(content, Relations) else 0
    typed = 0
    while f"relations-{typed}-name" in data and typed < MOST_RELATIONS:
        typed += 1
    return min(max(stored + SPARE_ROWS, typed), MOST_RELATIONS)


def _stored(hint: Any, value: Any) -> Any:
    """A cleaned value as the content takes it."""
    if hint is bool:
        return True if value else None
    if bool in get_args(hint):
        return {"yes": True, "no": False}.get(value)
    return value if value not in (None, "") else None


def _place(details: dict[str, Any], path: str) -> tuple[dict[str, Any], str]:
    _question, *groups, name = path.split("-")
    for group in groups:
        details = details.setdefault(group, {})
    return details, name


def _initial(question: Question, answer: GivenAnswer) -> Iterator[tuple[str, Any]]:
    if answer.outcome is AnswerOutcome.DECLINED or answer.content is None:
        yield f"{question}-choice", "declined"
        return
    claim = main_claim(answer.content)
    yield f"{question}-choice", "" if claim is None else _yes_no(claim)
    stored = to_json(answer.content)
    details = {name: value for name, value in stored.items() if name not in ("schema", CLAIM_OF[question])}
    yield from _flat(question.value, details)


def _flat(prefix: str, stored: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in stored.items():
        if isinstance(value, Mapping):
            yield from _flat(f"{prefix}-{name}", value)
        elif name == "relations":
            for number, row in enumerate(_rows(value)):
                yield from _flat(f"{prefix}-{number}", row)
        elif isinstance(value, bool) and name != "told_to_inform_doctor":
            yield f"{prefix}-{name}", _yes_no(value)
        else:
            yield f"{prefix}-{name}", value


def _rows(value: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return list(value)


def _yes_no(is_yes: bool) -> str:
    return "yes" if is_yes else "no"
