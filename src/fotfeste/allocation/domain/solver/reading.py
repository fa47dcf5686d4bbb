"""Reading an instance from a NumPy archive (`.npz`, compressed or not). Nothing pickled is ever loaded."""

import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fotfeste.allocation.domain.solver.errors import UnusableInstance
from fotfeste.allocation.domain.solver.instance import Instance, check
from fotfeste.allocation.domain.solver.scores import MatrixScores

_INTEGERS, _REALS = "iu", "iuf"


def read(path: Path) -> Instance:
    """The instance in a file.

    Raises UnusableInstance where the file is no archive, an array is missing, or what stands in it has no meaning, and
    OSError where the file cannot be read.
    """
    try:
        # Opened by ourselves: NumPy would try to unpickle what is no archive, and say that instead.
        with zipfile.ZipFile(path) as archive:
            return _from(archive)
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise UnusableInstance("", "not a NumPy archive (.npz)") from error
    except RuntimeError as error:  # zipfile's word for a member that is encrypted
        raise UnusableInstance("", "the archive is encrypted") from error


def _from(archive: zipfile.ZipFile) -> Instance:
    demand = _array(archive, "demand", _INTEGERS, 2)
    limit = _array(archive, "limit", _INTEGERS, 2)
    unplaced = _array(archive, "unplaced", _REALS, 1)
    score = _array(archive, "score", _REALS, 2)
    instance = Instance(
        demand=_as_int64(demand, "demand"),
        limit=_as_int64(limit, "limit"),
        unplaced=unplaced.astype(np.float64),
        scores=MatrixScores(score),
        seed=_seed(archive),
    )
    check(instance)
    return instance


def _array(archive: zipfile.ZipFile, name: str, kinds: str, dimensions: int) -> NDArray[Any]:
    """One array, of these kinds of type and so many dimensions."""
    try:
        with archive.open(f"{name}.npy") as member:
            array: NDArray[Any] = np.lib.format.read_array(member, allow_pickle=False)
    except KeyError as error:
        raise UnusableInstance(name, "is missing") from error
    except (ValueError, EOFError, zlib.error, zipfile.BadZipFile, SyntaxError, TypeError, OverflowError) as error:
        raise UnusableInstance(name, f"cannot be read: {_one_line(error)}") from error
    if array.dtype.kind not in kinds:
        wanted = "integers" if kinds == _INTEGERS else "real numbers"
        raise UnusableInstance(name, f"must hold {wanted}, not {array.dtype}")
    if array.ndim != dimensions:
        raise UnusableInstance(name, f"has shape {array.shape}; {dimensions} dimensions are needed")
    return array


def _seed(archive: zipfile.ZipFile) -> int:
    if "seed.npy" not in archive.namelist():
        return 0
    try:
        array = _array(archive, "seed", _INTEGERS, 0)
    except UnusableInstance as unusable:
        if "0 dimensions" not in unusable.fault:
            raise
        raise UnusableInstance("seed", "must be one integer") from unusable
    return int(array)


def _as_int64(array: NDArray[Any], name: str) -> NDArray[np.int64]:
    if array.dtype.kind == "u" and array.size and int(array.max()) > np.iinfo(np.int64).max:
        raise UnusableInstance(name, f"{int(array.max())} is more than {np.iinfo(np.int64).max}")
    return np.ascontiguousarray(array, dtype=np.int64)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
