"""Published terms in words, in any language of the overview: the same for the pages of staff and of residents."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from babel.dates import format_date
from django.utils.translation import get_language

from fotfeste.self_settlement.domain.terms import Stand, Terms
from fotfeste.self_settlement.queries.terms import MunicipalityTerms, TermsOnDay
from fotfeste.self_settlement.texts import LANGUAGES, Texts, texts

TONES: Mapping[Stand, str] = {Stand.ALLOWED: "success", Stand.NOT_ALLOWED: "warning", Stand.UNKNOWN: "neutral"}


def own_texts() -> Texts:
    """The words in the language of whoever is logged in."""
    language = (get_language() or "nb")[:2]
    return texts(language if language in LANGUAGES else "nb")


def day_in(t: Texts, day: date) -> str:
    """`14. mars 2024`, `14 March 2024`, `14 березня 2024 р.`"""
    return format_date(day, "long", locale=t["locale"])


def row_of(line: MunicipalityTerms, t: Texts) -> dict[str, Any]:
    """A municipality as the list and its own page show it."""
    row = {
        "number": line.number,
        "name": line.name,
        "county": line.county,
        "stand": t["stand"][line.stand],
        "stand_long": t["stand_long"][line.stand],
        "tone": TONES[line.stand],
        "said": None,
    }
    return row | ({"said": _in_words(line.said, t)} if line.said else {})


def _in_words(said: TermsOnDay, t: Texts) -> dict[str, Any]:
    terms = said.terms
    return {
        "terms": terms,
        "targets": targets_in(terms, t),
        "targets_in_line": in_line(targets_in(terms, t)),
        "deposit": t["deposit"][terms.deposit] if terms.deposit else "",
        "empty_rent": t["empty_rent"][terms.empty_rent] if terms.empty_rent else "",
        "next_home": next_home_in(terms, t),
        "since": day_in(t, said.period.start),
        "until": day_in(t, said.period.last_day) if said.period.last_day else "",
        "reviewed": day_in(t, said.review.last_on),
        "late": t["page"]["late"].format(months=said.review.months) if said.is_late else "",
        "rule": said.review.rule,
        "is_demo": said.is_demo,
    }


def targets_in(terms: Terms, t: Texts) -> Sequence[str]:
    """For whom it is; nothing where it is not allowed."""
    if not terms.allows:
        return ()
    return [t["targets"][each] for each in terms.targets] or [t["page"]["everybody"]]


def in_line(targets: Sequence[str]) -> str:
    """Groups one after another: only the first begins with a capital, as the line does."""
    return "; ".join([*targets[:1], *(each[:1].lower() + each[1:] for each in targets[1:])])


def next_home_in(terms: Terms, t: Texts) -> str:
    """Who finds the next home; nothing where nothing is said."""
    if terms.finds_next_home is None:
        return ""
    found: str = t["next_home"]["they" if terms.finds_next_home else "we"]
    return found
