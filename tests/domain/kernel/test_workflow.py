"""Workflow tables: refused when they make no sense, followed to the letter when they do."""

import dataclasses
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.kernel.workflow import IllegalStep, Transition, Workflow


def step(name: str, sources: str, target: str) -> Transition:
    return Transition(name, frozenset(sources.split()), target, frozenset({"settlement.request"}), f"request.{name}")


REQUEST = Workflow(
    name="request",
    initial="draft",
    states=("draft", "sent", "accepted", "declined", "withdrawn"),
    final=frozenset({"accepted", "declined", "withdrawn"}),
    transitions=(
        step("send", "draft", "sent"),
        step("correct", "sent", "sent"),
        step("accept", "sent", "accepted"),
        step("decline", "sent", "declined"),
        step("withdraw", "draft sent", "withdrawn"),
    ),
)


def test_the_steps_available_are_those_of_the_state_in_the_order_of_the_table() -> None:
    assert [each.name for each in REQUEST.available("draft")] == ["send", "withdraw"]
    assert [each.name for each in REQUEST.available("sent")] == ["correct", "accept", "decline", "withdraw"]
    assert REQUEST.available("accepted") == ()


def test_a_step_leads_where_the_table_says() -> None:
    assert REQUEST.step("sent", "accept").target == "accepted"


def test_a_step_that_the_state_does_not_have_is_refused() -> None:
    with pytest.raises(IllegalStep) as refusal:
        REQUEST.step("draft", "accept")
    assert refusal.value.code == "illegal_step"
    assert refusal.value.params == {"workflow": "request", "state": "draft", "step": "accept"}


def test_a_state_that_the_workflow_does_not_have_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="lost"):
        REQUEST.available("lost")


def test_the_pairs_for_the_database_are_each_legal_change_once() -> None:
    assert REQUEST.pairs() == (
        ("draft", "sent"),
        ("sent", "sent"),
        ("sent", "accepted"),
        ("sent", "declined"),
        ("draft", "withdrawn"),
        ("sent", "withdrawn"),
    )


@given(st.lists(st.sampled_from([each.name for each in REQUEST.transitions]), max_size=8))
def test_folding_steps_goes_through_legal_pairs_or_refuses(names: list[str]) -> None:
    walked = [REQUEST.initial]
    for name in names:
        targets = [each.target for each in REQUEST.transitions if each.name == name and walked[-1] in each.sources]
        if not targets:
            with pytest.raises(IllegalStep):
                REQUEST.fold(names)
            return
        walked += targets
    assert REQUEST.fold(names) == walked[-1]
    assert set(pairwise(walked)) <= set(REQUEST.pairs())


@given(st.data())
def test_every_walk_that_takes_available_steps_is_legal(data: st.DataObject) -> None:
    names: list[str] = []
    state = REQUEST.initial
    while (steps := REQUEST.available(state)) and len(names) < 10:
        taken = data.draw(st.sampled_from(steps))
        names.append(taken.name)
        state = taken.target
    assert REQUEST.fold(names) == state
    assert state in REQUEST.final or len(names) == 10


@pytest.mark.parametrize(
    ("changes", "mistake"),
    [
        ({"initial": "begun"}, "unknown state 'begun'"),
        ({"final": frozenset({"accepted", "declined", "withdrawn", "gone"})}, "unknown state 'gone'"),
        ({"transitions": (*REQUEST.transitions, step("lose", "sent", "lost"))}, "unknown state 'lost'"),
        ({"transitions": (*REQUEST.transitions, step("find", "lost", "sent"))}, "unknown state 'lost'"),
        ({"transitions": REQUEST.transitions[:-2]}, "state 'declined' cannot be reached"),
        (
            {"transitions": (*REQUEST.transitions, step("reopen", "declined", "draft"))},
            "leaves the final state declined",
        ),
        (
            {"transitions": (*REQUEST.transitions, step("send", "draft", "draft"))},
            "two transitions send from draft",
        ),
        ({"transitions": (*REQUEST.transitions, step("wish", "", "draft"))}, "wish starts from no state"),
        ({"states": (*REQUEST.states, "draft")}, "listed twice"),
        ({"states": (*REQUEST.states, "På vei")}, "'På vei' is not written in"),
        ({"final": frozenset({"accepted", "declined"})}, "no way out of withdrawn"),
    ],
)
def test_a_table_that_makes_no_sense_is_refused(changes: dict[str, object], mistake: str) -> None:
    with pytest.raises(ValueError, match="workflow request: ") as error:
        dataclasses.replace(REQUEST, **changes)  # type: ignore[arg-type]
    assert mistake in str(error.value)


def test_one_name_may_lead_to_different_places_from_different_states() -> None:
    workflow = dataclasses.replace(
        REQUEST,
        transitions=(
            *REQUEST.transitions[:-1],
            step("withdraw", "draft", "withdrawn"),
            step("withdraw", "sent", "declined"),
        ),
    )
    assert workflow.step("draft", "withdraw").target == "withdrawn"
    assert workflow.step("sent", "withdraw").target == "declined"


def test_the_diagram_shows_every_state_and_step_with_its_words() -> None:
    drawn = REQUEST.mermaid({"sent": 'Sendt "nå"; venter', "accept": "Si ja"})
    assert drawn.splitlines()[0] == "stateDiagram-v2"
    assert '    state "Sendt #quot;nå#quot;#59; venter" as sent' in drawn.splitlines()
    assert '    state "draft" as draft' in drawn.splitlines()
    assert "    [*] --> draft" in drawn.splitlines()
    assert "    sent --> accepted: Si ja" in drawn.splitlines()
    assert "    declined --> [*]" in drawn.splitlines()
    assert len([line for line in drawn.splitlines() if ": " in line]) == len(REQUEST.pairs())
