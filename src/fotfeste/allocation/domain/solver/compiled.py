"""Functions that numba compiles once, for the types that are said, and keeps beside the source."""

from collections.abc import Callable
from typing import Any, cast

import numba


def compiled[F: Callable[..., Any]](signature: str) -> Callable[[F], F]:
    """Compile a function of arrays and numbers for these types.

    Kept on disk, so that it is compiled once after each change of its source. Floating point is left as written:
    no reordering of sums, so that the same instance gives the same plan.
    """
    return cast(
        "Callable[[F], F]", numba.njit(signature, cache=True, nogil=True, error_model="numpy", boundscheck=False)
    )
