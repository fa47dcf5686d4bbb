"""Decisions explain themselves; refusals keep personal data to themselves."""

from datetime import date

import pytest

from fotfeste.kernel.decisions import Decision, Outcome, Reason, RuleRef
from fotfeste.kernel.errors import NoRule, NotAllowed, NotFound, Refused, Stale

WHOLE = RuleRef("whole", "1", "GUIDE 2.2", "verified")
PART = RuleRef("part", "3", "GUIDE 2.3", "secondary")
YES = Decision.yes(PART, Reason("fits"))
NO = Decision.no(PART, Reason("too_late", {"last_on": date(2024, 5, 3)}), inputs={"day": date(2024, 5, 4)})
UNKNOWN = Decision.unknown(PART, Reason("missing", {"fact": "permit"}))


@pytest.mark.parametrize(
    ("parts", "outcome", "codes"),
    [
        ((YES,), Outcome.YES, ["fits"]),
        ((YES, YES), Outcome.YES, ["fits"]),
        ((YES, NO), Outcome.NO, ["too_late"]),
        ((YES, UNKNOWN), Outcome.UNKNOWN, ["missing"]),
        ((UNKNOWN, NO), Outcome.NO, ["too_late"]),
        ((NO, UNKNOWN, YES), Outcome.NO, ["too_late"]),
    ],
)
def test_all_of_says_yes_only_when_every_part_does(
    parts: tuple[Decision, ...], outcome: Outcome, codes: list[str]
) -> None:
    decision = Decision.all_of(WHOLE, *parts)
    assert decision.outcome is outcome
    assert decision.is_yes is (outcome is Outcome.YES)
    assert decision.is_no is (outcome is Outcome.NO)
    assert [reason.code for reason in decision.reasons] == codes
    assert decision.rule == WHOLE
    assert decision.parts == parts


def test_a_rule_that_rests_on_nothing_does_not_say_yes() -> None:
    with pytest.raises(ValueError, match="whole"):
        Decision.all_of(WHOLE)


@pytest.mark.parametrize("outcome", [Outcome.NO, Outcome.UNKNOWN])
def test_no_and_unknown_give_a_reason(outcome: Outcome) -> None:
    with pytest.raises(ValueError, match="without a reason"):
        Decision(outcome, (), WHOLE, {})


def test_a_decision_is_not_a_bool() -> None:
    with pytest.raises(TypeError, match="is_yes"):
        bool(YES)


def test_a_decision_does_not_change_when_its_makings_do() -> None:
    inputs: dict[str, object] = {"persons": 4}
    fields: dict[str, str | int | date | bool] = {"rooms": 2}
    decision = Decision(Outcome.NO, (Reason("too_small", fields),), WHOLE, inputs)
    inputs["persons"] = 1
    fields["rooms"] = 9
    assert decision.inputs == {"persons": 4}
    assert decision.reasons[0].fields == {"rooms": 2}


def test_equal_decisions_and_reasons_hash_alike() -> None:
    again = Decision.no(PART, Reason("too_late", {"last_on": date(2024, 5, 3)}), inputs={"day": date(2024, 5, 4)})
    assert len({NO, again, YES}) == 2


@pytest.mark.parametrize(
    ("refusal", "code"),
    [
        (Refused("name_missing", "name", {"typed": "Olena Kovalenko"}), "name_missing"),
        (NotAllowed(params={"name": "Olena Kovalenko"}), "not_allowed"),
        (NotAllowed("not_your_centre", params={"name": "Olena Kovalenko"}), "not_your_centre"),
        (NotFound(params={"name": "Olena Kovalenko"}), "not_found"),
    ],
)
def test_a_refusal_shows_its_code_and_never_its_values(refusal: Refused, code: str) -> None:
    assert str(refusal) == code
    assert code in repr(refusal)
    assert "Kovalenko" not in f"{refusal} {refusal!r} {refusal.args}"
    assert "Olena Kovalenko" in refusal.params.values()


def test_a_stale_form_tells_both_versions() -> None:
    stale = Stale(expected_version=3, found_version=5)
    assert (stale.code, stale.expected_version, stale.found_version) == ("stale", 3, 5)
    assert stale.params == {"expected_version": 3, "found_version": 5}


def test_a_missing_rule_tells_which_and_when() -> None:
    missing = NoRule("mamot_month", date(2021, 1, 1))
    assert (missing.code, missing.rule_code, missing.day) == ("no_rule", "mamot_month", date(2021, 1, 1))
