"""The format a second time, straight from docs/formats/grants-replay.md and with nothing of the program's own."""

import hashlib
import json
from datetime import date, datetime, timedelta
from typing import Any

RATES = {
    ("MAMOT", "2022"): (1_610_500, "2022-01-01", "MAMOT 4.2.5"),
    ("MAMOT", "2023"): (1_694_200, "2023-01-01", "MAMOT 4.2.5"),
    ("MAMOT", "2024"): (1_768_700, "2024-01-01", "MAMOT 4.2.5"),
    ("AMOT", "2018"): (1_434_900, "2018-01-01", "UDI 2020-005"),
}

type Row = dict[str, Any]


def _days(row: Row, until: date) -> list[str]:
    first, end = date.fromisoformat(row["start"]), date.fromisoformat(row["end"] or until.isoformat())
    return [(first + timedelta(days=n)).isoformat() for n in range((min(end, until) - first).days)]


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _first_days(live: list[Row], through: date) -> dict[tuple[str, str], tuple[str, Row]]:
    """The first day on the scheme in each person's month, and the row it is in."""
    first_days: dict[tuple[str, str], tuple[str, Row]] = {}
    for row in live:
        for each in _days(row, through):
            key = row["person"], each[:7]
            if key not in first_days or each < first_days[key][0]:
                first_days[key] = each, row
    return first_days


def second(document: dict[str, Any]) -> dict[str, Any]:
    """The run, as the text says it. Only for documents that can be used, and days before 2026."""
    now, through = _instant(document["as_known_at"]), date.fromisoformat(document["through"])
    horizon = date(2026, 1, 1)
    known = [row for row in document["stays"] if _instant(row["known_from"]) <= now]
    live = [row for row in known if row["known_to"] is None or _instant(row["known_to"]) > now]
    months_of = {row["row"]: {each[:7] for each in _days(row, horizon)} for row in known}

    first_days = _first_days(live, through)
    covered = [line for line in document["lines"] if line["month"] < document["through"][:7]]
    places = {(line["municipality"], line["person"], line["month"]) for line in covered}
    places |= {(row["municipality"], person, month) for (person, month), (_, row) in first_days.items()}
    lines, refused = [], []
    for municipality, person, month in sorted(places):
        rate = RATES.get((document["scheme"], month[:4]))
        given = first_days.get((person, month))
        giver = given[1] if given and given[1]["municipality"] == municipality else None
        if given and rate is None:
            if giver:
                refused.append({"person": person, "municipality": municipality, "month": month, "reason": "no_rate"})
            continue
        earlier = [
            line
            for line in covered
            if (line["municipality"], line["person"], line["month"]) == (municipality, person, month)
        ]
        amount = (rate[0] if giver and rate else 0) - sum(line["amount_ore"] for line in earlier)
        if amount == 0:
            continue
        touching = [row for row in known if row["person"] == person and month in months_of[row["row"]]]
        there = [row for row in touching if row["municipality"] == municipality]
        hangs_on = giver or max(there, key=lambda row: (_instant(row["known_from"]), row["row"]), default=None)
        edges = [
            row[key] for row in touching for key in ("known_from", "known_to") if row[key] and _instant(row[key]) <= now
        ]
        lines.append(
            {
                "person": person,
                "municipality": municipality,
                "month": month,
                "amount_ore": amount,
                "kind": "correction" if earlier else "due",
                "corrects": [line["line"] for line in earlier],
                "rate": rate and dict(zip(("amount_ore", "effective_from", "source"), rate, strict=True)),
                "month_rule": "started_month",
                "stay": hangs_on and hangs_on["stay"],
                "known_at": max(edges, key=_instant, default=document["as_known_at"])
                if earlier or not giver
                else giver["known_from"],
            }
        )
    return {
        "lines": lines,
        "municipalities": _sums(lines, document),
        "refused": refused,
        "input_sha256": hashlib.sha256(
            json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        ).hexdigest(),
    }


def _sums(lines: list[Row], document: dict[str, Any]) -> list[dict[str, Any]]:
    def total(rows: list[Row], municipality: str) -> int:
        return sum(row["amount_ore"] for row in rows if row["municipality"] == municipality)

    found = []
    for each in sorted({row["municipality"] for row in [*lines, *document["lines"], *document["payments"]]}):
        net = total(lines, each)
        balance = net + total(document["lines"], each) - total(document["payments"], each)
        found.append({"municipality": each, "net_ore": net, "payable_ore": max(balance, 0), "balance_ore": balance})
    return found
