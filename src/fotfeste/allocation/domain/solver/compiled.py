"""Functions that numba compiles: entries once for the types that are said and kept on disk, what they call within them.

numba looks at an entry's own file alone to see whether what is kept is still good. What entries call stands in other
files too, so everything is kept under a name made of all of them, beside the sources where they can be written to.
"""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

import numba
from numba.core import config as numba_config

_HERE = Path(__file__).parent


def _kept_in() -> Path:
    content = sha256()
    for path in sorted(_HERE.glob("*.py")):
        content.update(path.read_bytes())
    return _HERE / "__pycache__" / f"compiled-{content.hexdigest()[:16]}"


numba_config.CACHE_DIR = str(_kept_in())  # type: ignore[attr-defined]


def compiled[F: Callable[..., Any]](signature: str) -> Callable[[F], F]:
    """Compile an entry for these types, when it is defined; kept on disk.

    Floating point is left as written, with no reordering of sums, so that the same instance gives the same plan.
    """
    return cast("Callable[[F], F]", numba.njit(signature, cache=True, nogil=True, error_model="numpy"))


def within[F: Callable[..., Any]](function: F) -> F:
    """Compile a function as a part of the entries that call it."""
    return cast("F", numba.njit(nogil=True, error_model="numpy")(function))
