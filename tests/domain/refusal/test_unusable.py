"""Documents that cannot be used: the place and the fault, in one line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fotfeste.kernel.shapes import Unusable
from fotfeste.refusal.domain.written import planned

FAMILY = Path(__file__).parent / "cases" / "family_that_stays.json"

type Document = dict[str, Any]


def letter(document: Document, **changed: object) -> None:
    document["events"][3] |= changed


def after(document: Document, **event: object) -> None:
    document["events"].append(event)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda d: d.pop("today"), "the key 'today' is missing"),
        (lambda d: d.update(extra=1), "the key 'extra' is unknown"),
        (lambda d: d.update(residents=[]), "residents: nobody is to move"),
        (lambda d: d.update(residents={}), "residents: an object is not a list"),
        (lambda d: d["residents"].append({"id": "son", "birth_date": "2001-01-01"}), "residents[4].id: 'son' is there"),
        (lambda d: d["residents"][0].update(birth_date="2024-02-30"), "residents[0].birth_date: the day 2024-02-30"),
        (lambda d: d["residents"][0].update(birth_date="2024-03-12"), "residents[0].birth_date: born after 2024-03-11"),
        (lambda d: d["residents"][0].update(unaccompanied_minor=1), "residents[0].unaccompanied_minor: 1 is neither"),
        (lambda d: d["residents"][2].update(accompanied_by="mother"), "residents[2].accompanied_by: only an unaccomp"),
        (lambda d: d.update(residents=d["residents"] * 13), "residents: 52 is more than 50"),
        (lambda d: d.update(events=d["events"] * 101), "events: 505 is more than 500"),
        (lambda d: d["residents"][1].update(id=""), "residents[1].id: empty"),
        (lambda d: d["residents"][1].update(id=" "), "residents[1].id: empty"),
        (
            lambda d: d["residents"][1].update(unaccompanied_minor=True, accompanied_by="father"),
            "residents[1].accompanied_by: nobody comes with themselves",
        ),
        (
            lambda d: d["residents"][2].update(unaccompanied_minor=True, accompanied_by="daughter"),
            "residents[2].accompanied_by: 'daughter' is no adult resident of the case",
        ),
        (lambda d: d["offer"].update(declined_on=None), "offer: either declined_on or not_moved_on is a day"),
        (lambda d: d["offer"].update(not_moved_on="2024-03-12"), "offer: either declined_on or not_moved_on is a day"),
        (lambda d: d["offer"].update(imdi_deadline="2024-03-10"), "offer.imdi_deadline: 2024-03-10 is before"),
        (lambda d: d["offer"].update(imdi_deadline="2101-01-01"), "offer.imdi_deadline: 2101-01-01 is after the year"),
        (lambda d: d["events"][0].update(kind="reprted"), "events[0].kind: 'reprted' is not something that can happen"),
        (lambda d: letter(d, residents=["mother", "uncle"]), "events[3].residents[1]: 'uncle' is not a resident"),
        (lambda d: letter(d, residents=["mother", "mother"]), "events[3].residents: somebody is there twice"),
        (
            lambda d: letter(d, residents=["daughter"]),
            "events[3]: first_letter on 2024-03-14 cannot have happened: child",
        ),
        (lambda d: letter(d, residents=[]), "events[3]: first_letter on 2024-03-14 cannot have happened: names_nobody"),
        (lambda d: letter(d, day="2024-04-02"), "cannot have happened: stops_too_early"),
        (
            lambda d: letter(d, on="2024-03-11"),
            "events[3]: first_letter on 2024-03-11 cannot have happened: before_what",
        ),
        (
            lambda d: d["events"][0].update(residents=["son"]),
            "events[0]: reported on 2024-03-11 cannot have happened: na",
        ),
        (lambda d: d["events"][0].update(day="2024-03-11"), "cannot have happened: names_a_day"),
        (lambda d: d["events"].pop(2), "events[2]: first_letter on 2024-03-14 cannot have happened: imdi_message"),
        (
            lambda d: d["offer"].update(imdi_deadline=None),
            "events[2]: imdi_message on 2024-03-12 cannot have happened: i",
        ),
        (
            lambda d: after(d, kind="eviction_notice", on="2024-04-02", residents=["mother"]),
            "events[5]: eviction_notice on 2024-04-02 cannot have happened: too_early (from 2024-04-03)",
        ),
        (
            lambda d: after(d, kind="first_letter", on="2024-04-02", residents=["mother"]),
            "events[5]: first_letter on 2024-04-02 cannot have happened: done (on 2024-03-14)",
        ),
        (lambda d: after(d, kind="resumed", on="2024-04-02"), "cannot have happened: not_suspended"),
        (lambda d: after(d, kind="eviction_day_set", on="2024-04-02"), "cannot have happened: petition"),
        (lambda d: after(d, kind="imdi_deadline_extended", on="2024-04-02"), "cannot have happened: names_no_day"),
        (
            lambda d: after(d, kind="imdi_deadline_extended", on="2024-04-02", day="2024-04-02"),
            "cannot have happened: no_later",
        ),
        (lambda d: d.update(today="2024-03-19"), "today: 2024-03-19 is before the last that happened"),
        (lambda d: d.update(residents="LONG"), "residents: a number of 5000 digits is not a list"),
        (lambda d: d["residents"][0].update(id="LONG"), "residents[0].id: a number of 5000 digits is not text"),
        (lambda d: d["residents"][0].update(id="\ud800"), "residents[0].id: '\\ud800' has half of a surrogate pair"),
        (lambda d: d["events"][0].update({"\udfff": 1}), "events[0]: the key '\\udfff' is unknown"),
        (lambda d: d.update(today="today"), "today: 'today' is not a day written as 2022-03-20"),
    ],
)
def test_what_cannot_be_used_says_where_and_why(change: Callable[[Document], object], told: str) -> None:
    document = json.loads(FAMILY.read_text())
    change(document)
    with pytest.raises(Unusable) as caught:
        planned(json.dumps(document).replace('"LONG"', "9" * 5000).encode())
    assert told in str(caught.value)


def test_a_day_without_a_rule_is_refused_and_not_guessed() -> None:
    document = json.loads(FAMILY.read_text().replace("2024-0", "2021-0"))
    with pytest.raises(Unusable, match=r"events: no rule refusal.fortnight_days on 2021-03-14"):
        planned(json.dumps(document).encode())
