"""What becomes of tasks when the purpose of keeping them is over: they stay, and hold codes, days and staff alone."""

from fotfeste.kernel.forgetting import Kept

FORGOTTEN = ()
KEPT = (
    Kept(
        "worklist_task",
        ("reference", "kind", "basis_on", "due_on", "due_rule", "cause", "outcome"),
        "codes and days; a reference of ours that is on no letter, and opens nothing when no need to know is left",
    ),
)
