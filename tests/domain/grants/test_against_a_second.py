"""Whole documents, printed by the program and by the format written a second time: the same to the last field."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fotfeste.grants.domain.replay import replay
from tests.domain.grants.histories import FIRST_INSTANT, FIRSTS, PEOPLE, PLACES, histories
from tests.domain.grants.making import MUNICIPALITIES
from tests.domain.grants.second import second

AMOUNTS = st.one_of(st.sampled_from([1_610_500, -1_610_500, 1_694_200, 0, 1]), st.integers(-(10**9), 10**9))
MONTHS = FIRSTS.map(lambda day: day.isoformat()[:7])
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=2)), timezone(-timedelta(hours=3, minutes=30))])


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Any history, in any order, printed in any zone, with lines and payments that need not fit it."""

    def printed(instant: datetime | None) -> str | None:
        return None if instant is None else instant.astimezone(draw(ZONES)).isoformat().replace("+00:00", "Z")

    years = draw(st.sampled_from([0, 0, 0, 2, -4]))
    history = draw(histories(16))
    stays = [
        row._asdict()
        | {
            "start": _shifted(row.start.isoformat(), years),
            "end": row.end and _shifted(row.end.isoformat(), years),
            "known_from": printed(row.known_from),
            "known_to": printed(row.known_to),
        }
        for row in draw(st.permutations(history.rows))
    ]
    places = st.tuples(PEOPLE, PLACES, MONTHS, AMOUNTS)
    return {
        "scheme": draw(st.sampled_from(["MAMOT", "MAMOT", "AMOT"])),
        "as_known_at": printed(FIRST_INSTANT + timedelta(hours=draw(st.integers(0, 18)))),
        "through": _shifted(draw(FIRSTS).isoformat(), years),
        "stays": stays,
        "lines": [
            {
                "line": f"l{number}",
                "run": "r",
                "person": person,
                "municipality": municipality,
                "month": _shifted(month, years),
                "amount_ore": amount,
            }
            for number, (person, municipality, month, amount) in enumerate(draw(st.lists(places, max_size=12)))
        ],
        "payments": [
            {"run": "r", "municipality": municipality, "amount_ore": amount}
            for municipality, amount in draw(st.lists(st.tuples(PLACES, AMOUNTS), max_size=3))
        ],
    }


def _shifted(day: str, years: int) -> str:
    """The same in another year, so that years with a rate and without meet; no leap day comes of it."""
    moved = f"{int(day[:4]) + years}{day[4:]}"
    return moved if not moved.endswith("02-29") else moved[:-1] + "8"


@given(documents())
@settings(max_examples=300)
@pytest.mark.req("MON-02")
@pytest.mark.req("MON-03")
def test_a_document_gives_the_same_run_by_both(document: dict[str, Any]) -> None:
    """Lines with all they say, sums, refusals, the hash, and their order."""
    content = json.dumps(document, ensure_ascii=False).encode()
    assert json.loads(replay(content, MUNICIPALITIES)) == second(document)
