"""The worked cases of docs/formats/refusal-plan.md, word for word."""

import json
from pathlib import Path

import pytest

from fotfeste.refusal.domain.written import planned

CASES = Path(__file__).parent / "cases"


@pytest.mark.req("REF-02")
@pytest.mark.parametrize("case", ["family_that_stays", "minor_with_an_aunt", "suspended_after_the_notice"])
def test_a_worked_case_gives_what_its_text_says(case: str) -> None:
    printed = planned((CASES / f"{case}.json").read_bytes())
    assert json.loads(printed) == json.loads((CASES / f"{case}.expected.json").read_text())


def test_what_may_be_left_out_is_as_if_it_said_nothing() -> None:
    whole = json.loads((CASES / "family_that_stays.json").read_text())
    short = {
        **whole,
        "residents": [{"id": each["id"], "birth_date": each["birth_date"]} for each in whole["residents"]],
    }
    short["offer"] = {name: value for name, value in whole["offer"].items() if value}
    short["events"] = [{name: value for name, value in each.items() if value} for each in whole["events"]]
    answers = [json.loads(planned(json.dumps(each).encode())) for each in (whole, short)]
    hashes = [answer.pop("input_sha256") for answer in answers]
    assert answers[0] == answers[1]
    assert hashes[0] != hashes[1]
