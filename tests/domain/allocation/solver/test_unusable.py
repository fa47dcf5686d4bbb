"""Every instance that cannot be used is refused in one line that names the array and the fault."""

import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from fotfeste.allocation.domain.solver.errors import UnusableInstance
from fotfeste.allocation.domain.solver.reading import read
from tests.domain.allocation.solver.making import Made, content, drawn, saved


def fault(path: Path) -> str:
    """What is said of a file."""
    with pytest.raises(UnusableInstance) as raised:
        read(path)
    assert str(raised.value).isprintable()
    return str(raised.value)


def with_one(name: str, at: tuple[int, ...], number: float) -> Made:
    """A good instance with one number changed."""
    made = drawn(4, 3, 0, resources=2)
    made[name] = made[name].copy()
    made[name][at] = number
    return made


NUMBERS: list[tuple[str, tuple[int, ...], float, str]] = [
    ("demand", (2, 0), 0, "demand: group 2 has 0 persons; at least 1"),
    ("demand", (1, 1), -1, "demand: -1 at [1, 1]; at least 0"),
    ("limit", (0, 1), -2, "limit: -2 at [0, 1]; at least 0"),
    ("score", (3, 2), np.inf, "score: inf at [3, 2]; finite numbers or NaN"),
    ("score", (0, 0), -np.inf, "score: -inf at [0, 0]; finite numbers or NaN"),
    ("score", (0, 0), 1e151, "score: 1e+151 for each of"),
    ("unplaced", (1,), np.nan, "unplaced: nan at [1]; only finite numbers"),
    ("unplaced", (1,), -np.inf, "unplaced: -inf at [1]; only finite numbers"),
    ("unplaced", (1,), -1e151, "unplaced: 1e+151 for each of"),
]


@pytest.mark.parametrize(("name", "at", "number", "said"), NUMBERS)
def test_a_number_without_a_meaning(name: str, at: tuple[int, ...], number: float, said: str, tmp_path: Path) -> None:
    assert fault(saved(with_one(name, at, number), tmp_path / "i.npz")).startswith(said)


ARRAYS: list[tuple[str, NDArray[Any], str]] = [
    ("demand", np.ones((4, 2)), "demand: must hold integers, not float64"),
    ("demand", np.ones((4, 2), dtype=bool), "demand: must hold integers, not bool"),
    ("demand", np.ones(4, dtype=int), "demand: has shape (4,); 2 dimensions are needed"),
    ("demand", np.ones((4, 0), dtype=int), "demand: has no column; column 0 is persons"),
    ("demand", np.full((4, 2), 2**64 - 1, dtype=np.uint64), "demand: 18446744073709551615 is more than"),
    ("limit", np.ones((3, 3), dtype=int), "limit: has 3 columns where demand has 2"),
    ("limit", np.ones((3, 2), dtype=complex), "limit: must hold integers, not complex128"),
    ("score", np.ones((3, 4)), "score: has shape (3, 4) where demand and limit ask for (4, 3)"),
    ("score", np.full((4, 3), "a"), "score: must hold real numbers, not <U1"),
    ("unplaced", np.ones(5), "unplaced: has 5 values for 4 groups"),
    ("unplaced", np.ones((4, 1)), "unplaced: has shape (4, 1); 1 dimensions are needed"),
    ("seed", np.array(1.5), "seed: must hold integers, not float64"),
    ("seed", np.array([1, 2]), "seed: must be one integer"),
]


@pytest.mark.parametrize(("name", "array", "said"), ARRAYS)
def test_an_array_of_another_type_or_shape(name: str, array: NDArray[Any], said: str, tmp_path: Path) -> None:
    assert fault(saved(drawn(4, 3, 0, resources=2) | {name: array}, tmp_path / "i.npz")).startswith(said)


@pytest.mark.parametrize("name", ["demand", "limit", "score", "unplaced"])
def test_an_array_that_is_missing(name: str, tmp_path: Path) -> None:
    made = drawn(4, 3, 0)
    del made[name]
    assert fault(saved(made, tmp_path / "i.npz")) == f"{name}: is missing"


def test_what_is_pickled_is_never_loaded(tmp_path: Path) -> None:
    """An object array would run whatever its pickle says."""
    made = drawn(4, 3, 0) | {"score": np.array([[{}] * 3] * 4, dtype=object)}
    assert fault(saved(made, tmp_path / "i.npz")).startswith("score: cannot be read: Object arrays")


@pytest.mark.parametrize("written", [b"", b"PK\x03\x04 and no more", b"\x93NUMPY\x01\x00", b"\x80\x04K\x01."])
def test_what_is_no_archive(written: bytes, tmp_path: Path) -> None:
    path = tmp_path / "i.npz"
    path.write_bytes(written)
    assert fault(path) == "not a NumPy archive (.npz)"


@pytest.mark.parametrize("spoil", [lambda array: array[:40], lambda array: array[:-8], lambda array: b"no array"])
def test_an_array_that_is_cut_short_or_none(spoil: Any, tmp_path: Path) -> None:
    path = tmp_path / "i.npz"
    with zipfile.ZipFile(path, "w") as archive:
        for name, array in drawn(4, 3, 0).items():
            archive.writestr(f"{name}.npy", spoil(content(array)) if name == "score" else content(array))
    assert fault(path).startswith("score: cannot be read: ")


def test_an_array_that_was_changed_on_its_way(tmp_path: Path) -> None:
    """The archive's own sums tell."""
    path = saved(drawn(40, 30, 0), tmp_path / "i.npz")
    written = bytearray(path.read_bytes())
    at = written.index(content(drawn(40, 30, 0)["score"])[200:260])
    written[at] ^= 1
    path.write_bytes(written)
    assert fault(path).startswith("score: cannot be read: Bad CRC-32")


@pytest.mark.parametrize("compressed", [False, True])
@pytest.mark.parametrize("score_type", ["<f4", "<f8", ">f8", "<f2", "<i4"])
@pytest.mark.parametrize("count_type", ["i1", ">i2", "u4", "i8", "u8"])
def test_every_type_of_number_is_read(compressed: bool, score_type: str, count_type: str, tmp_path: Path) -> None:
    made = drawn(9, 4, 3)
    for name, wanted in (("demand", count_type), ("limit", count_type), ("score", score_type), ("unplaced", "<f4")):
        made[name] = np.asfortranarray(made[name].astype(wanted))
    instance = read(saved(made, tmp_path / "i.npz", compressed=compressed))
    assert (instance.demand == made["demand"]).all()
    assert (instance.limit == made["limit"]).all()
    assert (instance.scores.rows(np.arange(9)) == made["score"].astype(np.float64)).all()
    assert instance.seed == 3
