"""An explanation in one line, for a table: the weightiest thing that spoke for the place, and what came second."""

from collections.abc import Mapping

from django.utils.translation import gettext

from fotfeste.allocation.domain.explanation import Explanation, telling
from fotfeste.allocation.domain.score import in_tenths
from fotfeste.allocation.sentences_reasons import reason_sentence
from fotfeste.allocation.words import points


def in_one_line(found: Explanation, names: Mapping[str, str]) -> str:
    """Why this place, in one sentence; why they wait, for those who do. `names`: of municipalities, by number."""
    if found.score is None or found.pin is not None:
        return reason_sentence(found.outcome, names)
    for part in telling(found.score):
        if part.amount > 0 and part.reasons:
            return reason_sentence(part.reasons[0], names)
    return reason_sentence(found.outcome, names)


def next_best_line(found: Explanation, names: Mapping[str, str]) -> str:
    """`Verdal, 3,5 poeng mindre`; nothing where there was no other."""
    if not found.alternatives:
        return ""
    other = found.alternatives[0]
    place = names.get(other.number, other.number)
    own = found.score if found.score is not None else found.later
    less = own.total - other.score.total
    if not less:
        return gettext("{place}, like mange poeng").format(place=place)
    [tenths] = in_tenths([abs(less)])
    if not tenths:
        return gettext("{place}, nesten like mange poeng").format(place=place)
    text = gettext("{place}, {points} mindre") if less > 0 else gettext("{place}, {points} mer")
    return text.format(place=place, points=points(tenths))
