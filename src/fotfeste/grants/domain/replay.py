"""Facts as a JSON document, and the run as another: docs/formats/grants-replay.md."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from fotfeste.grants.domain.computing import compute
from fotfeste.grants.domain.conflicts import first_conflict
from fotfeste.grants.domain.types import (
    EarlierLine,
    Facts,
    MunicipalitySum,
    NewLine,
    Payment,
    Refused,
    Result,
    Scheme,
    StayFact,
)
from fotfeste.kernel.shapes import (
    Instant,
    Reader,
    Unusable,
    anything,
    day,
    document_of,
    instant,
    month,
    one_of,
    optional,
    record,
    records,
    text,
    whole,
)


def replay(content: bytes, municipalities: frozenset[str]) -> str:
    """The run that the document's facts give, as a JSON document.

    `municipalities` are the numbers that exist. Raises Unusable, which names the place and the fault.
    """
    document = document_of(content)
    facts = facts_in(document, municipalities)
    return printed(compute(facts), input_sha256(document))


def facts_in(document: object, municipalities: frozenset[str]) -> Facts:
    """The facts of a document: the shape of every row first, then what rows say together. Raises Unusable."""
    municipality = one_of(municipalities, "the number of a municipality of 2024")
    top = record(
        document,
        "",
        {
            "scheme": one_of(frozenset(Scheme), "MAMOT or AMOT"),
            "as_known_at": instant,
            "through": day,
            "stays": anything,
            "lines": anything,
            "payments": anything,
        },
    )
    through: Any = top["through"]
    if through.day != 1:
        raise Unusable("through", f"{through} is not the first of a month")
    facts = Facts(
        scheme=Scheme(str(top["scheme"])),
        as_known_at=_known(top["as_known_at"]),
        through=through,
        stays=_stays(top["stays"], municipality),
        lines=_lines(top["lines"], municipality),
        payments=_payments(top["payments"], municipality),
    )
    if conflict := first_conflict(facts.stays, facts.as_known_at):
        place, other, fault = conflict
        raise Unusable(f"stays[{place}]", f"{fault} as stays[{other}]")
    return facts


def _known(value: object) -> Instant:
    assert isinstance(value, Instant)
    return value


def _stays(value: object, municipality: Reader) -> tuple[StayFact, ...]:
    shape: dict[str, Reader] = {
        "row": whole,
        "stay": text,
        "person": text,
        "municipality": municipality,
        "start": day,
        "end": optional(day),
        "cause": optional(text),
        "known_from": instant,
        "known_to": optional(instant),
        "reported_by": text,
    }
    found = tuple(StayFact(**_any(row)) for row in records(value, "stays", shape))
    for index, row in enumerate(found):
        if row.end is not None and row.end < row.start:
            raise Unusable(f"stays[{index}].end", f"{row.end} is before the start, {row.start}")
        if row.known_to is not None and row.known_to <= row.known_from:
            raise Unusable(f"stays[{index}].known_to", "not after known_from")
    return found


def _lines(value: object, municipality: Reader) -> tuple[EarlierLine, ...]:
    shape: dict[str, Reader] = {
        "line": text,
        "run": text,
        "person": text,
        "municipality": municipality,
        "month": month,
        "amount_ore": whole,
    }
    found = tuple(EarlierLine(**_any(line)) for line in records(value, "lines", shape))
    first: dict[str, int] = {}
    for index, line in enumerate(found):
        if (other := first.setdefault(line.line, index)) != index:
            raise Unusable(f"lines[{index}].line", f"the same line as lines[{other}]")
    return found


def _payments(value: object, municipality: Reader) -> tuple[Payment, ...]:
    shape: dict[str, Reader] = {"run": text, "municipality": municipality, "amount_ore": whole}
    return tuple(Payment(**_any(payment)) for payment in records(value, "payments", shape))


def _any(row: dict[str, object]) -> dict[str, Any]:
    """Each value has been read by the reader of its key."""
    return row


def input_sha256(document: object) -> str:
    """What tells one input from another: the SHA-256 of the document in one way of writing it."""
    written = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def printed(result: Result, sha256: str) -> str:
    """The run as a JSON document in ASCII, one line for each record."""
    parts = {
        "lines": _list(_line(each) for each in result.lines),
        "municipalities": _list(_sum(each) for each in result.municipalities),
        "refused": _list(_refused(each) for each in result.refused),
        "input_sha256": json.dumps(sha256),
    }
    return "{\n" + ",\n".join(f'"{key}": {part}' for key, part in parts.items()) + "\n}\n"


def _list(records: Iterable[dict[str, object]]) -> str:
    written = ",\n  ".join(map(json.dumps, records))
    return f"[\n  {written}\n ]" if written else "[]"


def _line(line: NewLine) -> dict[str, object]:
    rate = line.rate
    assert isinstance(line.known_at, Instant)
    return {
        "person": line.person,
        "municipality": line.municipality,
        "month": _month(line),
        "amount_ore": line.amount_ore,
        "kind": line.kind,
        "corrects": line.corrects,
        "rate": rate
        and {
            "amount_ore": rate.amount_ore,
            "effective_from": rate.effective_from.isoformat(),
            "source": rate.source,
        },
        "month_rule": line.month_rule,
        "stay": line.stay,
        "known_at": line.known_at.printed,
    }


def _month(record: NewLine | Refused) -> str:
    return record.month.isoformat()[:7]


def _sum(each: MunicipalitySum) -> dict[str, object]:
    return each._asdict()


def _refused(each: Refused) -> dict[str, object]:
    return {"person": each.person, "municipality": each.municipality, "month": _month(each), "reason": each.reason}
