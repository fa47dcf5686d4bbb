"""The workflows of the ledger: a run and a claim."""

from fotfeste.kernel.workflow import Transition, Workflow

PREPARE, APPROVE, ANSWER = "ledger.prepare", "ledger.approve", "ledger.answer_claim"


def _step(workflow: str, name: str, sources: tuple[str, ...], target: str, *permissions: str) -> Transition:
    return Transition(
        name=name,
        sources=frozenset(sources),
        target=target,
        who=frozenset(permissions),
        event=f"ledger.{workflow}_{name}",
    )


OPEN_RUN = ("computed", "checked", "approved")
# What their lines say holds: the others were looked at and put aside.
COUNTED_RUN = ("approved", "paid")

RUN = Workflow(
    name="ledger_run",
    initial="computed",
    states=(*OPEN_RUN, "paid", "stopped"),
    final=frozenset({"paid", "stopped"}),
    transitions=(
        _step("run", "check", ("computed",), "checked", PREPARE),
        _step("run", "approve", ("checked",), "approved", APPROVE),
        _step("run", "pay", ("approved",), "paid", APPROVE),
        _step("run", "stop", OPEN_RUN, "stopped", PREPARE, APPROVE),
    ),
)

OPEN_CLAIM = ("noticed", "answered", "decided")

CLAIM = Workflow(
    name="ledger_claim",
    initial="noticed",
    states=(*OPEN_CLAIM, "closed"),
    final=frozenset({"closed"}),
    transitions=(
        _step("claim", "answer", ("noticed",), "answered", ANSWER),
        # Without an answer once the deadline is past.
        _step("claim", "decide", ("noticed", "answered"), "decided", PREPARE, APPROVE),
        _step("claim", "close", OPEN_CLAIM, "closed", PREPARE, APPROVE),
    ),
)
