"""Where scores come from: a matrix that has been read, or blocks that are computed when they are asked for."""

from collections.abc import Iterator
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

BLOCK_CELLS = 1_000_000


class ScoreBlocks(Protocol):
    """A matrix of scores, groups by municipalities, that is looked at in blocks of rows and need never be whole."""

    @property
    def shape(self) -> tuple[int, int]:
        """Groups and municipalities."""
        ...

    def blocks(self) -> Iterator[tuple[int, NDArray[np.float64]]]:
        """All rows in order: the first row's index, and rows (C order, float64, NaN = not possible)."""
        ...

    def rows(self, groups: NDArray[np.int64]) -> NDArray[np.float64]:
        """The rows of some groups."""
        ...


class MatrixScores:
    """A whole matrix of any real type, shown as float64."""

    def __init__(self, matrix: NDArray[Any]) -> None:
        self._matrix = matrix

    @property
    def shape(self) -> tuple[int, int]:
        """Groups and municipalities."""
        groups, municipalities = self._matrix.shape
        return groups, municipalities

    def blocks(self) -> Iterator[tuple[int, NDArray[np.float64]]]:
        """Blocks of about a million scores; no copy where the matrix has that form already."""
        groups, municipalities = self.shape
        step = max(1, BLOCK_CELLS // max(1, municipalities))
        for first in range(0, groups, step):
            yield first, np.ascontiguousarray(self._matrix[first : first + step], dtype=np.float64)

    def rows(self, groups: NDArray[np.int64]) -> NDArray[np.float64]:
        """The rows of some groups."""
        return np.ascontiguousarray(self._matrix[groups], dtype=np.float64)
