"""What was answered before an interview was corrected: kept as it was said, with from when until when it held."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from fotfeste.settlement.domain.contents import Question
from fotfeste.settlement.domain.interview import ties_of
from fotfeste.settlement.models import Answer, Interview, MappingNote
from fotfeste.settlement.queries.interview import CORRECTED, contents_of, given_answer
from fotfeste.settlement.queries.interview_page import municipality_names
from fotfeste.settlement.words_interview import HEADINGS, Fact, answer_in_words


@dataclass(frozen=True, slots=True)
class Earlier:
    """An answer, or the note of a mapping, that was corrected."""

    name: str
    heading: str
    short: str
    facts: Sequence[Fact]
    recorded_at: datetime
    corrected_at: datetime | None


def earlier_answers(interview: Interview, names: Mapping[int, str]) -> list[Earlier]:
    """What was corrected of those in `names`, the latest first. Two queries.

    For the centre where they live and IMDi: the fence shows a municipality none of it.
    """
    rows = Answer.objects.filter(interview=interview, subject_id__in=list(names), annul_reason=CORRECTED)
    notes = MappingNote.objects.filter(interview=interview, subject_id__in=list(names), annul_reason=CORRECTED)
    latest = ("-annulled_at", "subject_id", "pk")
    return [
        *(_answer(row, names[row.subject_id]) for row in rows.order_by(*latest)),
        *(_note(row, names[row.subject_id]) for row in notes.order_by(*latest)),
    ]


def _answer(row: Answer, name: str) -> Earlier:
    question, given = Question(row.question), given_answer(row)
    municipalities = municipality_names(ties_of(contents_of({(row.subject_id, question): given})))
    short, facts = answer_in_words(question, given, municipalities)
    return Earlier(name, str(HEADINGS[question]), short, facts, row.recorded_at, row.annulled_at)


def _note(row: MappingNote, name: str) -> Earlier:
    heading = gettext("Bosettingsmerknad fra kartlegging")
    return Earlier(name, heading, row.text, (), row.recorded_at, row.annulled_at)
