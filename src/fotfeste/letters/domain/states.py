"""The workflow of a letter: written, sent, and how it came out."""

from fotfeste.kernel.workflow import Transition, Workflow

# Whose letter it is decides who may do it, not a permission: see `letters.actions.following`.
_NOBODY_ELSE = frozenset[str]()

LETTER = Workflow(
    name="letter",
    initial="draft",
    states=("draft", "sent", "delivered", "opened", "returned"),
    final=frozenset({"opened"}),
    transitions=(
        Transition("send", frozenset({"draft", "returned"}), "sent", _NOBODY_ELSE, "letters.sent"),
        Transition("deliver", frozenset({"sent"}), "delivered", _NOBODY_ELSE, "letters.delivered"),
        Transition("open", frozenset({"sent", "delivered"}), "opened", _NOBODY_ELSE, "letters.opened"),
        Transition("return", frozenset({"sent", "delivered"}), "returned", _NOBODY_ELSE, "letters.returned"),
    ),
)
