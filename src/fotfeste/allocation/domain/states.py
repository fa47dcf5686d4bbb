"""The workflows of a plan (computed, standing as a proposal, replaced by the next) and of a what-if (computed)."""

from fotfeste.kernel.workflow import Transition, Workflow

PLAN_PERMISSION = "allocation.plan"
POLICY_PERMISSION = "allocation.change_policy"


def _step(name: str, source: str, target: str, of: str = "plan") -> Transition:
    return Transition(
        name=name,
        sources=frozenset({source}),
        target=target,
        who=frozenset({PLAN_PERMISSION}),
        event=f"allocation.{of}_{name}",
    )


PLAN = Workflow(
    name="allocation_plan",
    initial="computing",
    states=("computing", "proposed", "superseded", "stopped", "failed"),
    final=frozenset({"superseded", "stopped", "failed"}),
    transitions=(
        _step("finish", "computing", "proposed"),
        _step("stop", "computing", "stopped"),
        _step("fail", "computing", "failed"),
        # By the next plan that is computed: there is one that stands.
        _step("supersede", "proposed", "superseded"),
    ),
)
WHAT_IF = Workflow(
    name="allocation_what_if",
    initial="computing",
    states=("computing", "answered", "stopped", "failed"),
    final=frozenset({"answered", "stopped", "failed"}),
    transitions=(
        _step("finish", "computing", "answered", "what_if"),
        _step("stop", "computing", "stopped", "what_if"),
        _step("fail", "computing", "failed", "what_if"),
    ),
)
