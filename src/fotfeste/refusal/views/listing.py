"""Every open refusal that the viewer may see: how far, whose move, by when; and how often a no was turned."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from fotfeste.refusal.domain.types import Party
from fotfeste.refusal.queries.measures import Outcome
from fotfeste.refusal.queries.shown import Shown
from fotfeste.refusal.rows import move_rows
from fotfeste.refusal.words_pages import STEP_TONES, STEPS

PER_PAGE = 50
_MOVERS = (Party.IMDI, Party.UDI, Party.CENTRE, Party.MUNICIPALITY)
_OPEN_STEPS = ("opened", "first_letter", "eviction_notice", "petition", "everybody_out")


def _is_wanted(each: Shown, step: str, mover: str) -> bool:
    return (not step or each.plan.step == step) and (not mover or any(move.party == mover for move in each.moves))


def _first_due(each: Shown) -> date:
    return min((row["due_on"] for row in move_rows(each) if row["due_on"]), default=date.max)


def _row(each: Shown, name: str) -> dict[str, Any]:
    return {
        "reference": each.refusal.subject.reference,
        "name": name,
        "municipality": each.refusal.organisation.name,
        "since_on": each.refusal.opened_on,
        "step": STEPS[each.plan.step],
        "tone": STEP_TONES[each.plan.step],
        "is_suspended": each.course.is_suspended(),
        "moves": move_rows(each),
    }


def _turned(found: Sequence[Outcome]) -> list[dict[str, Any]]:
    """For each step that a refusal came to: how many said yes after it, with a bar of the share; and the others."""
    rows: list[dict[str, Any]] = []
    for step in _OPEN_STEPS[:4]:
        counts = dict.fromkeys(("accepted", "moved_out", "evicted", "open"), 0)
        persons = 0
        for each in found:
            if each.step == step:
                counts[each.outcome] = counts.get(each.outcome, 0) + each.refusals
                persons += each.persons if each.outcome == "accepted" else 0
        if total := sum(counts.values()):
            percent = round(100 * counts["accepted"] / total)
            rows.append({"step": STEPS[step], "persons": persons, "total": total, "percent": percent, **counts})
    return rows
