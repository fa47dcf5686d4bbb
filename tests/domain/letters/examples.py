"""Facts for a letter of every kind."""

from datetime import date
from typing import Any

from fotfeste.letters.domain.composing import compose
from fotfeste.letters.domain.types import Language, LetterKind, Written

NAMES = ["Olena Kovalenko", "Андрій Коваленко", "Åse-Márjá Ø’Brien-Łukasz"]
LINES = [
    {"name": "Olena Kovalenko", "of_month": date(2023, 5, 1), "cause": "settled", "amount_ore": 1610500},
    {"name": "Андрій Коваленко", "of_month": date(2023, 6, 1), "cause": "left_country", "amount_ore": 1610500},
]
LOST = ["centre_place", "centre_money", "home", "programme", "support", "journey"]
REFUSED: dict[str, Any] = {
    "municipality": "Levanger",
    "centre": "Haugland mottak",
    "sent_on": date(2022, 5, 3),
    "imdi_deadline_on": date(2022, 5, 16),
    "fortnight_on": date(2022, 5, 18),
    "stops_on": date(2022, 5, 19),
    "offer": "stands",
    "lost": LOST,
    "kept": ["childrens_money", "school", "upper_secondary", "training"],
}
FACTS: dict[LetterKind, dict[str, Any]] = {
    LetterKind.GRANTED: {"names": NAMES, "scheme": "mamot", "municipality": "Levanger", "start_on": date(2022, 5, 3)},
    LetterKind.REFUSED: {"names": NAMES, "scheme": "mamot", "grounds": ["settled_soon"]},
    LetterKind.PRELIMINARY: {
        "names": NAMES,
        "received_on": date(2022, 5, 3),
        "waiting_for": "municipality",
        "expected_on": date(2022, 6, 21),
    },
    LetterKind.ENDED: {"names": NAMES, "scheme": "amot", "cause": "moved", "ended_on": date(2022, 5, 3)},
    LetterKind.OFFER: {
        "names": NAMES,
        "municipality": "Levanger",
        "week_on": date(2022, 6, 13),
        "answer_by_on": date(2022, 5, 24),
        "reasons": ["work", "needs", "ties_seen", "anywhere"],
        "lost": LOST,
        "kept": ["childrens_money", "school"],
        "unclear": ["training"],
    },
    LetterKind.DEADLINE_TO_MOVE: {
        "municipality": "Levanger",
        "centre": "Haugland mottak",
        "opened": "declined",
        "deadline_on": date(2022, 5, 16),
        "offer": "held",
    },
    LetterKind.REFUSAL_FIRST: REFUSED | {"opened": "declined"},
    LetterKind.EVICTION_NOTICE: REFUSED | {"first_letter_on": date(2022, 5, 3), "sent_on": date(2022, 5, 19)},
    LetterKind.EVICTION_PETITION: REFUSED
    | {"first_letter_on": date(2022, 5, 3), "notice_on": date(2022, 5, 19), "sent_on": date(2022, 5, 20)},
    LetterKind.DAYS_CHANGED: {
        "names": NAMES[:1],
        "centre": "Haugland mottak",
        "municipality": "Levanger",
        "days": [
            {"what": "imdi_deadline", "was_on": date(2022, 5, 16), "now_on": date(2022, 5, 30)},
            {"what": "benefit_stop", "was_on": date(2022, 5, 19), "now_on": None},
        ],
        "still_on": date(2022, 5, 10),
        "step": "eviction_notice",
        "stopped": "yes",
    },
    LetterKind.REFUSAL_VOID: {
        "why": "never_refused",
        "municipality": "Levanger",
        "centre": "Haugland mottak",
        "letters": [
            {"what": "first_letter", "sent_on": date(2022, 5, 3)},
            {"what": "days_told", "sent_on": date(2022, 5, 10)},
        ],
    },
    LetterKind.PETITION: {
        "centre": "Haugland mottak",
        "municipality": "Levanger",
        "address": "Storgata 1, 7600 Levanger",
        "imdi_deadline_on": date(2022, 5, 16),
        "adults": [
            {
                "name": name,
                "born_on": date(1986, 5, 3),
                "first_letter_on": date(2022, 5, 3),
                "fortnight_on": date(2022, 5, 18),
                "notice_on": date(2022, 5, 19),
            }
            for name in NAMES
        ],
        "children": "yes",
        "minors": "yes",
        "offer": "stands",
    },
    LetterKind.PETITION_CHANGED: {
        "says": "petition_upheld",
        "petition_on": date(2022, 5, 20),
        "petition_reference": "8c2k9v0a1b2d",
        "centre": "Haugland mottak",
        "municipality": "Levanger",
        "address": "Haugland mottak, Levanger",
        "lives_at": "Haugland mottak",
        "offer": "stands",
        "others": "stands",
        "waits": "yes",
        "again": "yes",
        "adults": [{"name": name, "born_on": date(1986, 5, 3), "out": "accepted"} for name in NAMES],
    },
    LetterKind.MINOR_TOLD: {
        "name": "Андрій Коваленко",
        "born_on": date(2009, 6, 30),
        "centre": "Haugland mottak",
        "municipality": "Levanger",
        "imdi_deadline_on": date(2022, 5, 16),
        "reader": "guardian",
        "adults": "present",
        "came": "alone",
    },
    LetterKind.POPULATION_REGISTER: {"names": NAMES, "moved_on": date(2022, 5, 3)},
    LetterKind.REQUEST_TO_MUNICIPALITY: {
        "persons": [{"name": name, "born_on": date(1986, 5, 3), "duf": "202212345678"} for name in NAMES],
        "scheme": "amot",
        "municipality": "Levanger",
        "host": "Kari Nordmann",
        "address": "Storgata 1, 7600 Levanger",
        "since_on": date(2022, 4, 1),
        "answer_by_on": date(2022, 5, 24),
        "application_reference": "8c2k9v0a1b2d",
    },
    LetterKind.GRANT_LETTER: {
        "municipality": "Levanger",
        "scheme": "mamot",
        "first_month": date(2023, 4, 1),
        "last_month": date(2023, 6, 1),
        "amount_ore": 3221000,
        "rate_ore": 1610500,
        "rate_source": "rundskriv 2023",
        "paid_on": date(2023, 7, 14),
        "lines": LINES,
    },
    LetterKind.CLAIM_NOTICE: {
        "municipality": "Levanger",
        "scheme": "mamot",
        "amount_ore": 3221000,
        "answer_by_on": date(2023, 9, 3),
        "lines": LINES,
    },
    LetterKind.CLAIM_DECISION: {
        "municipality": "Levanger",
        "scheme": "mamot",
        "amount_ore": 3221000,
        "outcome": "upheld",
        "reason": "not_answered",
        "pay_by_on": date(2023, 10, 3),
        "lines": LINES,
    },
}


def written(kind: LetterKind, language: Language, **changes: Any) -> Written:
    """A letter of a kind in a language."""
    return compose(
        kind,
        language,
        FACTS[kind] | changes,
        sender="Utlendingsdirektoratet",
        receiver=["Olena Kovalenko"],
        reference="3f9k2m7p0q1r",
        written_on=date(2022, 5, 3),
    )


def words_of(letter: Written) -> list[str]:
    """Everything that stands in a letter, in the order in which it is read."""
    found = [letter.title]
    for block in letter.blocks:
        found += [block.text, *block.items, *block.head, *(cell for row in block.rows for cell in row), *block.total]
    return [text for text in found if text]
