"""What a municipality was asked about after its yes, and its answers, as rows."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from fotfeste.settlement.domain.types import NeedAnswer
from fotfeste.settlement.queries.story import Asked, AskedNeed, Story
from fotfeste.settlement.sentences_offers import capability_name
from fotfeste.settlement.words_offers import municipality_named

_STATES = {
    "": (_("venter på svar"), "info"),
    NeedAnswer.MET: (_("kan dekkes"), "success"),
    NeedAnswer.NOT_MET: (_("kan ikke dekkes"), "danger"),
    NeedAnswer.LAPSED: (_("trengs ikke svar"), "neutral"),
}


def need_rows(story: Story, day: date) -> list[Mapping[str, object]]:
    """Each request that was said yes to, the newest first, with the needs that arose after the yes: when they were
    asked, by when, and what the municipality said. Also of a request that is over: what was said stands.
    """
    found: list[Mapping[str, object]] = []
    for asked in reversed(story.requests):
        needs = [each for each in story.asked_needs if each.question.request_id == asked.request.pk]
        if needs:
            request = asked.request
            name = municipality_named(request.organisation.name)
            rows = [_row(asked, each, day) for each in needs]
            found.append({"municipality": name, "answered_on": request.answered_on, "rows": rows})
    return found


def _row(asked: Asked, need: AskedNeed, day: date) -> Mapping[str, object]:
    """A need; what was not answered before the request was over, nobody waits for."""
    question = need.question
    outcome = question.outcome or ("" if asked.request.state == "accepted" else NeedAnswer.LAPSED)
    state, tone = _STATES[outcome]
    is_lapsed = outcome == NeedAnswer.LAPSED
    return {
        "what": capability_name(question.capability),
        "state": str(state),
        "tone": tone,
        "asked_on": question.asked_on,
        "due_on": need.deadline.due_on,
        "is_late": not is_lapsed and need.deadline.is_late_on(question.answered_on or day),
        "answered_on": None if is_lapsed else question.answered_on,
        "text": question.answer_text,
    }
