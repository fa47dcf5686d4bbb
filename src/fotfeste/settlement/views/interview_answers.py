"""One person's part of the interview: the question as it is asked to the left, the answer to the right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.boundfield import BoundField
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from fotfeste.kernel.errors import NotFound
from fotfeste.platform.forms import ActForm
from fotfeste.platform.words import language
from fotfeste.settlement.actions.interview import save_answers
from fotfeste.settlement.domain.contents import CloseRelation, Question, Relations
from fotfeste.settlement.domain.interview import GivenAnswer, questions_for
from fotfeste.settlement.forms.interview_answers import AnswersForm, extra_names
from fotfeste.settlement.queries.interview_page import Progress, municipality_choices
from fotfeste.settlement.texts import Guidance, guidance, questions
from fotfeste.settlement.views.interview_acts import InterviewActView
from fotfeste.settlement.words_interview import HEADINGS, answer_in_words


@dataclass(frozen=True, slots=True)
class ExtraGroup:
    """A part of the extra needs: a heading and its fields."""

    title: str
    fields: Sequence[BoundField]


@dataclass(frozen=True, slots=True)
class QuestionSection:
    """A question on the page: as it is asked in Norwegian and in the resident's language, and its fields."""

    code: str
    number: int
    heading: str
    asked: Sequence[tuple[str, str]]  # language, text
    staff: str
    choice: BoundField
    fields: Sequence[BoundField]
    rows: Sequence[Sequence[BoundField]]
    extra: Sequence[ExtraGroup]
    is_extra_open: bool
    has_details: bool
    guidance: Guidance | None


class AnswersView(InterviewActView):
    """What one person answers; may be saved at any time."""

    form_class = AnswersForm
    template_name = "settlement/interview/answers.html"
    shown: AnswersForm

    @cached_property
    def part(self) -> Progress:
        """The person in the address. Raises NotFound for somebody who is not of the household."""
        for part in self.page.progress:
            if part.member.reference == self.kwargs["person"]:
                return part
        raise NotFound("not_found")

    @property
    def given(self) -> dict[Question, GivenAnswer]:
        """What the person has answered so far."""
        answers = self.page.state.answers
        return {question: answer for (key, question), answer in answers.items() if key == self.part.member.subject_id}

    def form_arguments(self) -> dict[str, Any]:
        """The person's questions and answers."""
        return {
            "questions": questions_for(self.part.person, self.page.state.day_of(self.part.person)),
            "given": self.given,
            "municipalities": self.municipalities,
        }

    @cached_property
    def municipalities(self) -> list[tuple[str, str]]:
        """Every municipality, fetched once for all rows."""
        return municipality_choices()

    def title_words(self) -> str:
        """Whose part it is."""
        return gettext("Bosettingssamtale med %(name)s") % {"name": self.part.member.name}

    def context(self) -> dict[str, Any]:
        """Where to go next, the consequence of declining, and what is stored."""
        parts = self.page.progress
        here = parts.index(self.part)
        names = dict(self.municipalities)
        return super().context() | {
            "title": self.title_words(),
            "part": self.part,
            "following": parts[here + 1] if here + 1 < len(parts) else None,
            "sections": sections_of(self.shown, self.part.member.languages),
            "consequence": guidance(language()).consequence,
            "is_stale": self.shown.has_error(NON_FIELD_ERRORS, "stale"),
            "stored": [
                (HEADINGS[question], *answer_in_words(question, answer, names))
                for question, answer in self.given.items()
            ],
        }

    def _page(self, request: HttpRequest, form: ActForm, status: int = 200) -> HttpResponse:
        assert isinstance(form, AnswersForm)
        self.shown = form
        return super()._page(request, form, status)

    def do(self, form: AnswersForm) -> tuple[str, str]:
        """Save what there is, and go where the button says."""
        save_answers(
            self.page.group_id,
            self.part.member.subject_id,
            form.answers,
            by=self.viewer,
            at=self.at,
            version=form.cleaned_data["version"],
        )
        saved = gettext("Svarene til %(name)s er lagret.") % {"name": self.part.member.name}
        where_to = self.request.POST.get("then", "")
        if where_to == "overview":
            return self.overview_url, saved
        target = (
            where_to if where_to in {part.member.reference for part in self.page.progress} else self.kwargs["person"]
        )
        return reverse("interview_answers", args=[self.page.reference, target]), saved


def sections_of(form: AnswersForm, spoken: Sequence[str]) -> list[QuestionSection]:
    """The questions of a form as the page shows them. `spoken`: the languages of the person."""
    texts = questions()
    sections = []
    for number, question in enumerate(form.questions, start=1):
        asked = texts[question].asked
        shown = dict.fromkeys(["nb", *(code for code in spoken if code in asked)])
        names = [name for name in form.fields if name.startswith(f"{question}-") and name != f"{question}-choice"]
        is_adaptation, is_relations = question is Question.ADAPTATION, question is Question.RELATIONS
        sections.append(
            QuestionSection(
                code=question.value,
                number=number,
                heading=str(HEADINGS[question]),
                asked=[(code, asked[code]) for code in shown],
                staff=texts[question].staff[language()],
                choice=form[f"{question}-choice"],
                fields=[] if is_relations else [form[name] for name in names if name.count("-") == 1],
                rows=_rows(form) if is_relations else [],
                extra=_extra(form) if is_adaptation else [],
                is_extra_open=is_adaptation and _is_yes(form, question),
                has_details=any(form[name].value() not in (None, "", [], False) for name in names),
                guidance=guidance(language()) if is_adaptation else None,
            )
        )
    return sections


def _rows(form: AnswersForm) -> list[list[BoundField]]:
    names = tuple(CloseRelation.__dataclass_fields__)
    return [[form[f"{Relations.question}-{number}-{name}"] for name in names] for number in range(form.row_count)]


def _extra(form: AnswersForm) -> list[ExtraGroup]:
    """The extra needs in the groups of the guide's list (1.5.1)."""
    names = extra_names()
    groups: Mapping[str, str] = {
        "function_areas": gettext("Funksjonsnivå"),
        "needs_specialist": gettext("Helse og tjenester"),
        "cooking": gettext("Daglige ferdigheter"),
        "takes_part_in_training": gettext("Opplæring"),
        "needs_adapted_housing": gettext("Bolig i kommunen"),
        "help_kinds": gettext("Hjelp i hverdagen"),
    }
    found: list[tuple[str, list[BoundField]]] = []
    for name in names:
        if title := groups.get(name.rsplit("-", 1)[1]):
            found.append((title, []))
        found[-1][1].append(form[name])
    return [ExtraGroup(title, fields) for title, fields in found]


def _is_yes(form: AnswersForm, question: Question) -> bool:
    has_error = any(name.startswith("adaptation-extra-") for name in form.errors) if form.is_bound else False
    return has_error or form[f"{question}-choice"].value() == "yes"
