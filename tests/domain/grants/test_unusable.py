"""Documents that cannot be used: each is refused with one line that names the place and the fault."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fotfeste.grants.domain.replay import replay
from fotfeste.kernel.shapes import Unusable
from tests.domain.grants.making import MUNICIPALITIES, TRONDHEIM

CASE = json.loads((Path(__file__).parent / "cases" / "settled_four_months_ago.json").read_text())
CHILD = "199900000222"

type Change = Callable[[dict[str, Any]], object]


def changed(change: Change) -> bytes:
    """The worked case with something changed."""
    document = copy.deepcopy(CASE)
    change(document)
    return json.dumps(document).encode()


def fault(content: bytes) -> str:
    """Why it cannot be used."""
    with pytest.raises(Unusable) as refused:
        replay(content, MUNICIPALITIES)
    sentence = str(refused.value)
    assert sentence.isprintable()
    assert len(sentence) < 250
    return sentence


def put(*path: Any) -> Change:
    """The value at the end of the path, put where the path leads."""
    *way, last, value = path

    def change(document: Any) -> None:
        for step in way:
            document = document[step]
        document[last] = value

    return change


def another_stay(**said: Any) -> Change:
    """One more row, live, of a stay of its own."""
    row = CASE["stays"][1] | {"row": 3, "stay": "s2", "start": "2022-05-10", "end": None} | said
    return lambda document: document["stays"].append(row)


SHAPES: list[tuple[Change, str]] = [
    (put("scheme", "mamot"), "scheme: 'mamot' is not MAMOT or AMOT"),
    (put("scheme", None), "scheme: null is not text"),
    (put("as_known_at", "2022-10-05T08:00:00"), "as_known_at: '2022-10-05T08:00:00' has no zone"),
    (put("as_known_at", "2022-10-05"), "as_known_at: '2022-10-05' is not an instant"),
    (put("as_known_at", "2022-10-05 08:00:00Z"), "as_known_at: '2022-10-05 08:00:00Z' is not an instant"),
    (put("as_known_at", "2022-02-29T08:00:00Z"), "as_known_at: '2022-02-29T08:00:00Z' is not an instant"),
    (put("as_known_at", "2022-10-05T08:00:00.0000001Z"), "finer than a microsecond"),
    (put("through", "2022-10-02"), "through: 2022-10-02 is not the first of a month"),
    (put("through", "2022-13-01"), "through: the day 2022-13-01 does not exist"),
    (put("through", "2022-10"), "through: '2022-10' is not a day"),
    (put("through", 20221001), "through: 20221001 is not text"),
    (put("stays", None), "stays: null is not a list"),
    (put("stays", {}), "stays: an object is not a list"),
    (put("stays", 1, []), "stays[1]: a list is not an object"),
    (put("extra", 1), "the key 'extra' is unknown"),
    (lambda document: document.pop("payments"), "the key 'payments' is missing"),
    (lambda document: document["stays"][0].pop("cause"), "stays[0]: the key 'cause' is missing"),
    (put("stays", 0, "note", ""), "stays[0]: the key 'note' is unknown"),
    (put("lines", 2, "kind", "due"), "lines[2]: the key 'kind' is unknown"),
    (lambda document: document["payments"][0].pop("run"), "payments[0]: the key 'run' is missing"),
    (put("stays", 0, "row", True), "stays[0].row: true is not an integer"),
    (put("stays", 0, "row", "1"), "stays[0].row: '1' is not an integer"),
    (put("stays", 0, "row", 1.0), "stays[0].row: 1.0 is not an integer"),
    (put("stays", 0, "row", None), "stays[0].row: null is not an integer"),
    (put("stays", 0, "stay", 1), "stays[0].stay: 1 is not text"),
    (put("stays", 0, "person", 199900000111), "stays[0].person: 199900000111 is not text"),
    (put("stays", 0, "person", "\ud800"), "stays[0].person: '\\ud800' has half of a surrogate pair"),
    (put("stays", 0, "cause", 1), "stays[0].cause: 1 is not text"),
    (put("stays", 0, "reported_by", None), "stays[0].reported_by: null is not text"),
    (put("stays", 0, "municipality", "0101"), "stays[0].municipality: '0101' is not the number of a municipality"),
    (put("stays", 0, "municipality", 3107), "stays[0].municipality: 3107 is not text"),
    (put("stays", 0, "start", "2022-02-30"), "stays[0].start: the day 2022-02-30 does not exist"),
    (put("stays", 0, "start", "20220320"), "stays[0].start: '20220320' is not a day"),
    (put("stays", 0, "start", "2022-03-20\n"), "stays[0].start: '2022-03-20\\n' is not a day"),
    (put("stays", 0, "start", "２０２２-03-20"), "is not a day"),
    (put("stays", 0, "start", None), "stays[0].start: null is not text"),
    (put("stays", 1, "end", "2022-03-19"), "stays[1].end: 2022-03-19 is before the start, 2022-03-20"),
    (put("stays", 1, "end", ""), "stays[1].end: '' is not a day"),
    (put("stays", 0, "known_from", "2022-04-11T09:00:00"), "stays[0].known_from: '2022-04-11T09:00:00' has no zone"),
    (put("stays", 0, "known_from", "2022-09-12T13:30:00Z"), "stays[0].known_to: not after known_from"),
    (put("stays", 0, "known_from", "2022-09-12T15:30:00+02:00"), "stays[0].known_to: not after known_from"),
    (put("stays", 0, "known_to", "2022-04-11T08:59:59Z"), "stays[0].known_to: not after known_from"),
    (put("lines", 1, "amount_ore", True), "lines[1].amount_ore: true is not an integer"),
    (put("lines", 1, "amount_ore", 1.5), "lines[1].amount_ore: 1.5 is not an integer"),
    (put("lines", 1, "amount_ore", float("nan")), "lines[1].amount_ore: nan is not an integer"),
    (put("lines", 1, "amount_ore", float("-inf")), "lines[1].amount_ore: -inf is not an integer"),
    (put("lines", 1, "amount_ore", "1610500"), "lines[1].amount_ore: '1610500' is not an integer"),
    (put("lines", 1, "amount_ore", None), "lines[1].amount_ore: null is not an integer"),
    (put("lines", 1, "month", "2022-13"), "lines[1].month: the month 2022-13 does not exist"),
    (put("lines", 1, "month", "2022-04-01"), "lines[1].month: '2022-04-01' is not a month"),
    (put("lines", 1, "municipality", "9999"), "lines[1].municipality: '9999' is not the number"),
    (put("lines", 1, "line", 2), "lines[1].line: 2 is not text"),
    (put("payments", 0, "municipality", "31"), "payments[0].municipality: '31' is not the number"),
    (put("payments", 0, "amount_ore", False), "payments[0].amount_ore: false is not an integer"),
    (put("payments", 0, "amount_ore", [[[]]]), "payments[0].amount_ore: a list is not an integer"),
]
TOGETHER: list[tuple[Change, str]] = [
    (put("stays", 1, "row", 1), "stays[1]: the same row number as stays[0]"),
    (put("lines", 3, "line", "a1"), "lines[3].line: the same line as lines[0]"),
    (put("stays", 1, "person", CHILD), "stays[1]: another person in the same stay as stays[0]"),
    (put("stays", 0, "known_to", None), "stays[1]: a second live version of the same stay as stays[0]"),
    (
        another_stay(start="2022-05-09"),
        "stays[2]: a live stay of the same person that has days of this one as stays[1]",
    ),
    (another_stay(start="2022-01-01", end="2022-03-21"), "stays[2]: a live stay of the same person"),
    (another_stay(start="2022-04-01", end="2022-04-02"), "stays[2]: a live stay of the same person"),
    (another_stay(stay="s1", start="2022-05-01", end="2022-05-01"), "stays[2]: a second live version of the same stay"),
]


@pytest.mark.parametrize(
    ("change", "sentence"), [*SHAPES, *TOGETHER], ids=lambda each: each if isinstance(each, str) else ""
)
def test_what_cannot_be_used_is_refused_with_its_place(change: Change, sentence: str) -> None:
    """Each fault by itself in a document that is good otherwise."""
    assert sentence in fault(changed(change))


LATER = {"known_from": "2022-11-01T00:00:00Z"}
GOOD: list[Change] = [
    lambda document: document,
    another_stay(),
    another_stay(person=CHILD, start="2022-01-01"),
    another_stay(start="2022-04-02", end="2022-04-02"),
    another_stay(start="2022-04-02", **LATER),
    another_stay(start="2022-04-02", known_to="2022-10-05T08:00:00Z"),
    another_stay(stay="s1", start="2022-04-02", **LATER),
    put("lines", 0, "amount_ore", 10**3000),
    put("stays", 0, "row", -(10**30)),
    put("stays", 0, "person", "199900000111"),
    put("stays", 0, "cause", "på \N{GRINNING FACE}"),
    put("as_known_at", "2022-10-05T08:00:00.123456000+05:30"),
    put("payments", []),
]


@pytest.mark.parametrize("change", GOOD)
def test_what_only_looks_wrong_is_used(change: Change) -> None:
    """Overlaps are looked for among live rows alone; a stay of no days shares none; whole numbers may be large."""
    assert json.loads(replay(changed(change), MUNICIPALITIES))["input_sha256"]


@pytest.mark.parametrize(
    "change", [another_stay(person=CHILD, stay="s1", **LATER), another_stay(start="2022-02-30", **LATER)]
)
def test_the_shape_of_rows_that_are_not_known_yet_is_checked_too(change: Change) -> None:
    """One stay with two persons, and a day that does not exist."""
    assert fault(changed(change)).startswith("stays[2]")


def test_the_shape_of_every_row_is_checked_before_what_rows_say_together() -> None:
    """An overlap first in the file, a payment without a number last."""

    def both(document: dict[str, Any]) -> None:
        another_stay(start="2022-05-01")(document)
        document["payments"][0]["amount_ore"] = None

    assert fault(changed(both)) == "payments[0].amount_ore: null is not an integer"


TEXTS = [
    (b"", "line 1 column 1: not JSON"),
    (b"\xff\xfe{}", "byte 0: not UTF-8"),
    (b'{"scheme": "\xe5"}', "byte 12: not UTF-8"),
    (b"\xef\xbb\xbf{}", "not JSON"),
    (b'{"a": 1,}', "line 1 column "),
    (b"{}\n{}", "line 2 column 1: not JSON"),
    (b"[]", "a list is not an object"),
    (b"null", "null is not an object"),
    (b"NaN", "nan is not an object"),
    (b"{}", "the key 'scheme' is missing"),
    (b'{"scheme": 1, "scheme": 2}', "the key 'scheme' is there twice"),
    (b"[" * 100_000, "nested too deep to be read"),
    (b'{"a":' * 100_000, "nested too deep to be read"),
    (b'{"scheme": ' + b"9" * 5_000 + b"}", "the key 'as_known_at' is missing"),
]


@pytest.mark.parametrize(("content", "sentence"), TEXTS, ids=range(len(TEXTS)))
def test_what_is_no_document_is_refused(content: bytes, sentence: str) -> None:
    """Before any row is looked at."""
    assert sentence in fault(content)


def test_a_number_of_thousands_of_digits_is_refused_by_its_place() -> None:
    """Python itself would stop at 4300 digits, with an error of its own."""
    content = json.dumps(CASE).replace("6442000", "9" * 5_000).encode()
    assert fault(content) == "payments[0].amount_ore: a number of 5000 digits is not an integer"


@pytest.mark.parametrize("key", ["row", "stay", "end"])
def test_a_key_that_is_there_twice_in_a_row_is_refused(key: str) -> None:
    """Which of the two was meant, nobody can say."""
    content = json.dumps(CASE).replace('{"row": 1,', f'{{"{key}": null, "row": 1,').encode()
    assert fault(content) == f"stays[0]: the key {key!r} is there twice"


def test_the_last_municipality_is_no_part_of_another_number() -> None:
    """Numbers are compared whole."""
    assert "is not the number" in fault(changed(put("stays", 0, "municipality", f"{TRONDHEIM} ")))
