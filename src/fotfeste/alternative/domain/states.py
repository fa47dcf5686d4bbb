"""The workflow of an application to live privately with public support."""

from fotfeste.kernel.workflow import Transition, Workflow

LIVING = ("draft", "waiting_for_parties", "submitted", "at_municipality")


def _step(name: str, sources: tuple[str, ...], target: str, permission: str, *, takes_back: bool = False) -> Transition:
    return Transition(
        name=name,
        sources=frozenset(sources),
        target=target,
        who=frozenset({permission}),
        event=f"alternative.{name}",
        guard=None,
        takes_back=takes_back,
    )


APPLICATION = Workflow(
    name="alternative_application",
    initial="draft",
    states=(*LIVING, "granted", "refused", "withdrawn"),
    final=frozenset({"granted", "refused", "withdrawn"}),
    transitions=(
        _step("apply", ("draft",), "waiting_for_parties", "alternative.apply_for"),
        # Everyone who has a part has answered, yes or no: UDI decides.
        _step("submit", ("waiting_for_parties",), "submitted", "alternative.apply_for"),
        _step("ask_municipality", ("submitted",), "at_municipality", "alternative.decide"),
        _step("answer_municipality", ("at_municipality",), "submitted", "alternative.answer"),
        _step("grant", ("submitted",), "granted", "alternative.decide"),
        _step("refuse", LIVING[1:], "refused", "alternative.decide"),
        _step("withdraw", LIVING, "withdrawn", "alternative.apply_for"),
        # They have been granted a place, and take it back before they move in.
        _step("withdraw_grant", ("granted",), "withdrawn", "alternative.apply_for", takes_back=True),
        # A grant that should not have been given, also after money was paid: then it is refused with its ground.
        _step("annul_grant", ("granted",), "submitted", "alternative.decide", takes_back=True),
    ),
)
