"""A refusal as a JSON document, and its plan as another: docs/formats/refusal-plan.md."""

import hashlib
import json
from datetime import date
from typing import Any

from fotfeste.kernel.ages import is_adult
from fotfeste.kernel.decisions import Reason
from fotfeste.kernel.errors import NoRule
from fotfeste.kernel.periods import Period
from fotfeste.kernel.shapes import (
    Reader,
    Repeated,
    Unusable,
    anything,
    day,
    document_of,
    one_of,
    optional,
    record,
    shown,
    text,
)
from fotfeste.refusal.domain.clock import Deadline
from fotfeste.refusal.domain.gates import Gate
from fotfeste.refusal.domain.history import why_not
from fotfeste.refusal.domain.parameters import book
from fotfeste.refusal.domain.plan import Act, Letter, Plan, Telling, plan
from fotfeste.refusal.domain.types import Case, Event, Happening, Offer, Resident

LAST_YEAR = 2100
"""Days after it are refused: deadlines are counted day by day."""

MOST_RESIDENTS, MOST_EVENTS = 50, 500
"""More is no household's refusal; each event is asked of all that came before it."""


def planned(content: bytes) -> str:
    """The plan that the document's facts give, as a JSON document. Raises Unusable: the place, and the fault."""
    document = document_of(content)
    case, today = case_in(document)
    try:
        return printed(plan(case, today), input_sha256(document))
    except NoRule as missing:
        raise Unusable("events", f"no rule {missing.rule_code} on {missing.day}") from None


def input_sha256(document: object) -> str:
    """What tells one input from another: the SHA-256 of the document in one way of writing it.

    Of a document that has been read: what cannot be written again, such as half of a surrogate pair, is in none.
    """
    written = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def case_in(document: object) -> tuple[Case, date]:
    """The case and the day of a document: each value first, then whether it can have happened. Raises Unusable."""
    top = record(
        _filled(document, events=[]), "", {"residents": anything, "offer": anything, "events": anything, "today": _day}
    )
    residents = _residents(top["residents"])
    offer = _offer(top["offer"])
    events = _events(top["events"], frozenset(each.id for each in residents))
    _check_company(residents, offer)
    case = Case(residents, offer)
    for index, event in enumerate(events):
        try:
            fault = why_not(case, event)
        except NoRule as missing:
            raise Unusable(f"events[{index}]", f"no rule {missing.rule_code} on {missing.day}") from None
        if fault:
            raise Unusable(f"events[{index}]", f"{event.kind} on {event.on} cannot have happened: {_told(fault)}")
        case = Case(residents, offer, (*case.events, event))
    today: Any = top["today"]
    if today < max((each.on for each in events), default=offer.opened_on):
        raise Unusable("today", f"{today} is before the last that happened")
    return case, today


def _filled(value: object, **defaults: object) -> object:
    """An object with what may be left out, beside the one that was given."""
    return defaults | value if isinstance(value, dict) and not isinstance(value, Repeated) else value


def _day(value: object, place: str) -> date:
    found = day(value, place)
    if found.year > LAST_YEAR:
        raise Unusable(place, f"{found} is after the year {LAST_YEAR}")
    return found


def _truth(value: object, place: str) -> bool:
    if not isinstance(value, bool):
        raise Unusable(place, f"{shown(value)} is neither true nor false")
    return value


def _name(value: object, place: str) -> str:
    found = text(value, place)
    if not found.strip():
        raise Unusable(place, "empty: whom is it about?")
    return found


def _list(value: object, place: str, most: int = MOST_RESIDENTS) -> list[object]:
    if not isinstance(value, list):
        raise Unusable(place, f"{shown(value)} is not a list")
    if len(value) > most:
        raise Unusable(place, f"{len(value)} is more than {most}")
    return value


def _residents(value: object) -> tuple[Resident, ...]:
    shape: dict[str, Reader] = {
        "id": _name,
        "birth_date": _day,
        "unaccompanied_minor": _truth,
        "accompanied_by": optional(text),
        "was_offered": _truth,
    }
    found: dict[str, Resident] = {}
    for index, row in enumerate(_list(value, "residents")):
        filled = _filled(row, unaccompanied_minor=False, accompanied_by=None, was_offered=True)
        each = Resident(**_any(record(filled, f"residents[{index}]", shape)))
        if each.id in found:
            raise Unusable(f"residents[{index}].id", f"{shown(each.id)} is there twice")
        found[each.id] = each
    if not found:
        raise Unusable("residents", "nobody is to move")
    return tuple(found.values())


def _check_company(residents: tuple[Resident, ...], offer: Offer) -> None:
    """Whom a minor came with is one of them, and of age when the case opens."""
    known = {each.id: each for each in residents}
    for index, each in enumerate(residents):
        place = f"residents[{index}]"
        if each.birth_date > offer.opened_on:
            raise Unusable(f"{place}.birth_date", f"born after {offer.opened_on}, when the case opened")
        if each.accompanied_by is None:
            continue
        if each.accompanied_by == each.id:
            raise Unusable(f"{place}.accompanied_by", "nobody comes with themselves")
        company = known.get(each.accompanied_by)
        if not each.unaccompanied_minor:
            raise Unusable(f"{place}.accompanied_by", "only an unaccompanied minor has one")
        if company is None or not is_adult(company.birth_date, offer.opened_on):
            raise Unusable(f"{place}.accompanied_by", f"{shown(each.accompanied_by)} is no adult resident of the case")


def _offer(value: object) -> Offer:
    keys = ("declined_on", "not_moved_on", "imdi_deadline")
    shape: dict[str, Reader] = dict.fromkeys(keys, optional(_day))
    offer = Offer(**_any(record(_filled(value, **dict.fromkeys(keys)), "offer", shape)))
    if (offer.declined_on is None) is (offer.not_moved_on is None):
        raise Unusable("offer", "either declined_on or not_moved_on is a day")
    if offer.imdi_deadline is not None and offer.imdi_deadline < offer.opened_on:
        raise Unusable(
            "offer.imdi_deadline", f"{offer.imdi_deadline} is before {offer.opened_on}, when the case opened"
        )
    return offer


def _events(value: object, known: frozenset[str]) -> tuple[Event, ...]:
    shape: dict[str, Reader] = {
        "kind": one_of(frozenset(Happening), "something that can happen in a refusal"),
        "on": _day,
        "residents": anything,
        "day": optional(_day),
    }
    found = []
    for index, row in enumerate(_list(value, "events", MOST_EVENTS)):
        place = f"events[{index}]"
        read = _any(record(_filled(row, residents=[], day=None), place, shape))
        name = one_of(known, "a resident of the case")
        names = [name(each, f"{place}.residents[{at}]") for at, each in enumerate(_list(read["residents"], place))]
        if len(set(names)) < len(names):
            raise Unusable(f"{place}.residents", "somebody is there twice")
        found.append(Event(Happening(read["kind"]), read["on"], tuple(str(each) for each in names), read["day"]))
    return tuple(found)


def _any(row: dict[str, object]) -> dict[str, Any]:
    """Each value has been read by the reader of its key."""
    return row


def _told(reason: Reason) -> str:
    fields = ", ".join(f"{name} {value}" for name, value in reason.fields.items())
    return f"{reason.code} ({fields})" if fields else reason.code


def printed(found: Plan, sha256: str) -> str:
    """The plan as a JSON document in ASCII."""
    told = {
        "step": found.step,
        "on_acceptance": "offer_stands" if found.offer_stands else "back_to_queue",
        "in_process": found.in_process,
        "out": [{"resident": name, "kind": event.kind, "on": _iso(event.on)} for name, event in found.out],
        "children": [{"resident": name, "of_age_on": _iso(on)} for name, on in found.of_age_on],
        "deadlines": [
            *([{"deadline": "imdi", "resident": None} | _deadline(found.imdi_deadline)] if found.imdi_deadline else []),
            *({"deadline": "fortnight", "resident": name} | _deadline(each) for name, each in found.fortnights),
        ],
        "letters": [_letter(each) for each in found.letters],
        "benefit_stops": [{"resident": name} | _period(period) for name, period in found.benefit_stops],
        "days_changed": [
            {"resident": name, "day": which, "told": _iso(was), "now": _iso(now)}
            for name, which, was, now in found.days_changed
        ],
        "tell": [_telling(each) for each in found.tell],
        "now": [_act(each) for each in found.now],
        "later": [_act(each) | _gate(each.waiting) for each in found.later],
        "rules": [
            {"code": each.code, "value": each.value, "unit": each.unit, "source": each.source, "status": each.status}
            for each in book().versions
        ],
        "input_sha256": sha256,
    }
    return json.dumps(told, indent=1) + "\n"


def _iso(found: date | None) -> str | None:
    return found.isoformat() if found else None


def _deadline(found: Deadline) -> dict[str, object]:
    return {"set_for": _iso(found.set_for), "runs_out_on": _iso(found.runs_out_on)}


def _period(found: Period) -> dict[str, object]:
    return {"from": _iso(found.start), "until": _iso(found.end)}


def _letter(found: Letter) -> dict[str, object]:
    waiting = _gate(found.waiting) if found.waiting else {"from": None, "waits_for": []}
    return {"letter": found.letter, "resident": found.resident, "sent_on": _iso(found.sent_on)} | waiting


def _telling(found: Telling) -> dict[str, object]:
    return {
        "who": found.who,
        "by": found.by,
        "about": found.about,
        "before": found.before,
        "told_on": _iso(found.told_on),
    }


def _act(found: Act) -> dict[str, object]:
    return {"act": found.act, "by": found.by, "residents": found.residents}


def _gate(found: Gate) -> dict[str, object]:
    waits = [
        {"code": each.code} | {name: str(value) for name, value in each.fields.items()} for each in found.waits_for
    ]
    return {"from": _iso(found.opens_on), "waits_for": waits}
