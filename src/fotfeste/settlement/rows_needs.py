"""What a municipality was asked about after its yes, and its answers, as rows."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from fotfeste.settlement.domain.types import NeedAnswer
from fotfeste.settlement.queries.story import Story
from fotfeste.settlement.sentences_offers import capability_name

_STATES = {
    "": (_("venter på svar"), "info"),
    NeedAnswer.MET: (_("kan dekkes"), "success"),
    NeedAnswer.NOT_MET: (_("kan ikke dekkes"), "danger"),
    NeedAnswer.LAPSED: (_("trengs ikke svar"), "neutral"),
}


def need_rows(story: Story, day: date) -> list[Mapping[str, object]]:
    """Each need that arose after the yes: when it was asked, by when, and what the municipality said."""
    rows: list[Mapping[str, object]] = []
    for asked in story.asked_needs:
        state, tone = _STATES[asked.question.outcome]
        is_lapsed = asked.question.outcome == NeedAnswer.LAPSED
        rows.append(
            {
                "what": capability_name(asked.question.capability),
                "state": str(state),
                "tone": tone,
                "asked_on": asked.question.asked_on,
                "due_on": asked.deadline.due_on,
                "is_late": not is_lapsed and asked.deadline.is_late_on(asked.question.answered_on or day),
                "answered_on": None if is_lapsed else asked.question.answered_on,
                "text": asked.question.answer_text,
            }
        )
    return rows
