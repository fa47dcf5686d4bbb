"""The page of a refusal: what it is, how it stands, whose move it is, by when, what can be done."""

from datetime import date
from typing import Any

from fotfeste.refusal.queries.rulings import ruling_on
from fotfeste.refusal.words_rulings import EXPLAINED
from fotfeste.settlement.public import Training


def _ruling_in_words(day: date) -> dict[str, Any] | None:
    """From when the ruling in force holds, and what letters say by it."""
    ruling = ruling_on(day)
    return {"since_on": ruling.valid_from, "explained": EXPLAINED[Training(ruling.answer)]} if ruling else None
