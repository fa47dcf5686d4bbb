"""Arrays as a plan keeps them: one file of NumPy's, without people."""

import io
from typing import Any

import numpy as np
from numpy.typing import NDArray


def to_bytes(**arrays: NDArray[Any]) -> bytes:
    """Arrays by name, as a compressed file of NumPy's."""
    written = io.BytesIO()
    np.savez_compressed(written, allow_pickle=False, **arrays)
    return written.getvalue()


def from_bytes(stored: bytes | memoryview) -> dict[str, NDArray[Any]]:
    """The arrays of `to_bytes`."""
    with np.load(io.BytesIO(stored), allow_pickle=False) as found:
        return {name: found[name] for name in found.files}
