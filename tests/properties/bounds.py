"""How far any sequence of acts is looked at: quick by default, the same every time; FOTFESTE_EXAMPLES=1000 looks
further, at random, and FOTFESTE_SHRINK=0 tells of what it finds as it was found.
"""

import os

from hypothesis import HealthCheck, Phase, settings

EXAMPLES = int(os.environ.get("FOTFESTE_EXAMPLES", "0"))
IS_SHRUNK = os.environ.get("FOTFESTE_SHRINK", "1") == "1"


def bounds(examples: int, steps: int) -> settings:
    """So many sequences of so many acts, where nobody asks for more."""
    return settings(
        max_examples=EXAMPLES or examples,
        stateful_step_count=40 if EXAMPLES else steps,
        deadline=None,
        derandomize=not EXAMPLES,
        database=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink) if IS_SHRUNK else (Phase.generate,),
    )
