"""Workflow tables: the states of a thing and the steps between them, asked by buttons, actions and the
database trigger."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fotfeste.kernel.errors import Refused

IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")


class IllegalStep(Refused):
    """The workflow has no such step from the state; code `illegal_step`, params workflow, state, step."""

    def __init__(self, workflow: str, state: str, step: str) -> None:
        super().__init__("illegal_step", None, {"workflow": workflow, "state": state, "step": step})
        self.workflow = workflow
        self.state = state
        self.step = step


@dataclass(frozen=True, slots=True)
class Transition:
    """One step of a workflow.

    `sources` are the states it may start from, `who` the permission codes of which any is enough, `event`
    what it publishes, `guard` the code of the rule that must say yes (None: no rule). `takes_back`: it undoes
    a step that was registered by mistake, and so may leave a final state.
    """

    name: str
    sources: frozenset[str]
    target: str
    who: frozenset[str]
    event: str
    guard: str | None = None
    takes_back: bool = False


@dataclass(frozen=True, slots=True)
class Workflow:
    """The table of one workflow, checked when it is written down: a mistake raises ValueError that names
    them all.

    Two transitions may share a name when they start from different states (to withdraw may lead to
    different places).
    """

    name: str
    initial: str
    states: tuple[str, ...]
    final: frozenset[str]
    transitions: tuple[Transition, ...]

    def __post_init__(self) -> None:
        if mistakes := [*_mistakes_in_names(self), *_mistakes_in_steps(self)]:
            raise ValueError(f"workflow {self.name}: " + "; ".join(mistakes))

    def available(self, state: str) -> tuple[Transition, ...]:
        """The steps that start from the state, in the order of the table. ValueError for an unknown state."""
        if state not in self.states:
            raise ValueError(f"workflow {self.name} has no state {state!r}")
        return tuple(transition for transition in self.transitions if state in transition.sources)

    def step(self, state: str, name: str) -> Transition:
        """The transition with this name from the state; IllegalStep where there is none."""
        for transition in self.available(state):
            if transition.name == name:
                return transition
        raise IllegalStep(self.name, state, name)

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every legal (from, to), each once, for the database trigger that refuses all others."""
        found = [
            (state, transition.target)
            for transition in self.transitions
            for state in self.states
            if state in transition.sources
        ]
        return tuple(dict.fromkeys(found))

    def fold(self, names: Iterable[str]) -> str:
        """The state after these steps from the initial one; IllegalStep at the first that is not legal."""
        state = self.initial
        for name in names:
            state = self.step(state, name).target
        return state

    def mermaid(self, labels: Mapping[str, str] | None = None) -> str:
        """The workflow as a mermaid stateDiagram-v2; `labels` may give words for states and steps."""
        words = labels or {}
        lines = ["stateDiagram-v2"]
        for state in self.states:
            lines.append(f'    state "{_quoted(words.get(state, state))}" as {state}')
        lines.append(f"    [*] --> {self.initial}")
        for transition in self.transitions:
            for source in (state for state in self.states if state in transition.sources):
                label = _quoted(words.get(transition.name, transition.name))
                lines.append(f"    {source} --> {transition.target}: {label}")
        lines += [f"    {state} --> [*]" for state in self.states if state in self.final]
        return "\n".join(lines) + "\n"


def _quoted(label: str) -> str:
    """A label that cannot end its quotes, nor the statement it stands in."""
    return label.replace('"', "#quot;").replace(";", "#59;").replace("#quot#59;", "#quot;").replace("\n", " ")


def _mistakes_in_names(workflow: Workflow) -> Iterator[str]:
    known = set(workflow.states)
    if len(known) != len(workflow.states):
        yield "a state is listed twice"
    for state in workflow.states:
        if not IDENTIFIER.fullmatch(state):
            yield f"state {state!r} is not written in a-z, 0-9 and _"
    named = {workflow.initial, *workflow.final}
    for transition in workflow.transitions:
        named |= {transition.target, *transition.sources}
        if not transition.sources:
            yield f"{transition.name} starts from no state"
    for state in sorted(named - known):
        yield f"unknown state {state!r}"


def _mistakes_in_steps(workflow: Workflow) -> Iterator[str]:
    seen: set[tuple[str, str]] = set()
    for transition in workflow.transitions:
        for source in sorted(transition.sources):
            if (source, transition.name) in seen:
                yield f"two transitions {transition.name} from {source}"
            seen.add((source, transition.name))
            if source in workflow.final and not transition.takes_back:
                yield f"{transition.name} leaves the final state {source}"
    leaving = {source for source, _ in seen}
    for state in workflow.states:
        if state not in leaving and state not in workflow.final:
            yield f"no way out of {state}, which is not final"
    for state in sorted(set(workflow.states) - _reachable(workflow)):
        yield f"state {state!r} cannot be reached"


def _reachable(workflow: Workflow) -> set[str]:
    reached = {workflow.initial}
    while True:
        further = {t.target for t in workflow.transitions if t.sources & reached} - reached
        if not further:
            return reached
        reached |= further
