"""Instances: small ones of every kind for hypothesis, and larger ones as they come in a week or a year."""

from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from fotfeste.allocation.domain.solver.crowding import Crowding
from fotfeste.allocation.domain.solver.instance import Instance, check
from fotfeste.allocation.domain.solver.scores import MatrixScores

type Made = dict[str, Any]

SCORES = st.one_of(
    st.just(float("nan")),
    st.sampled_from([-1.0, 0.0, 0.5, 0.5, 1.0]),
    st.floats(-5, 5, allow_subnormal=False),
)
UNPLACED = st.one_of(st.sampled_from([-1e9, -1.0, 0.0, 0.5, 3.0]), st.floats(-5, 5, allow_subnormal=False))


def instance_of(made: Made) -> Instance:
    """Checked, as the command has it."""
    instance = Instance(
        demand=np.ascontiguousarray(made["demand"], dtype=np.int64),
        limit=np.ascontiguousarray(made["limit"], dtype=np.int64),
        unplaced=made["unplaced"].astype(np.float64),
        scores=MatrixScores(made["score"]),
        seed=int(made.get("seed", np.array(0))),
        crowding=Crowding.of(made["crowding"]) if "crowding" in made else None,
    )
    check(instance)
    return instance


def _up_to(least: int, most: int) -> st.SearchStrategy[int]:
    """Numbers of which the largest is as frequent as all: else the largest instances are hardly ever drawn."""
    return st.one_of(st.integers(least, most), st.just(most))


@st.composite
def small(draw: st.DrawFn, groups: int = 5, municipalities: int = 3, resources: int = 4) -> Made:
    """Up to so many of each, often exactly so many, with what is rare in life: nothing possible, no room, nobody, ties,
    huge limits.
    """
    g, m, r = draw(_up_to(0, groups)), draw(_up_to(0, municipalities)), draw(_up_to(1, resources))
    limits = st.one_of(st.integers(0, 8), st.sampled_from([0, 2**40]))
    persons = [draw(st.one_of(st.integers(1, 5), st.just(9))) for _ in range(g)]
    others = [[draw(st.integers(0, 3)) for _ in range(r - 1)] for _ in range(g)]
    demand = [[one, *more] for one, more in zip(persons, others, strict=True)]
    return {
        "demand": np.array(demand, dtype=np.int64).reshape(g, r),
        "limit": np.array([[draw(limits) for _ in range(r)] for _ in range(m)], dtype=np.int64).reshape(m, r),
        "score": np.array([[draw(SCORES) for _ in range(m)] for _ in range(g)], dtype=np.float64).reshape(g, m),
        "unplaced": np.array([draw(UNPLACED) for _ in range(g)], dtype=np.float64),
    }


@st.composite
def crowded(draw: st.DrawFn, groups: int = 5, municipalities: int = 3, resources: int = 2) -> Made:
    """Small instances where each next person in a municipality is worth less, in steps, or steeply, or not at all."""
    made = draw(small(groups, municipalities, resources))
    made["limit"] = np.minimum(made["limit"], 12)
    made["crowding"] = [_rising(draw, int(places)) for places in made["limit"][:, 0]]
    return made


def _rising(draw: st.DrawFn, places: int) -> NDArray[np.float64]:
    if draw(st.booleans()):
        return draw(st.sampled_from([0.0, 0.1, 0.5])) * np.arange(places, dtype=np.float64)
    steps = draw(st.lists(st.sampled_from([0.0, 0.0, 0.3, 1.0, 4.0]), min_size=places, max_size=places))
    return np.cumsum(np.array(steps, dtype=np.float64)) if draw(st.booleans()) else np.zeros(0)


def drawn(groups: int, municipalities: int, seed: int, *, part: float = 1.05, resources: int = 1) -> Made:
    """Groups of one to eight persons, room for `part` of them in municipalities of very different size."""
    draw = np.random.default_rng(seed)
    persons = draw.choice(np.arange(1, 9), groups, p=[0.35, 0.15, 0.15, 0.13, 0.1, 0.06, 0.04, 0.02])
    sizes = draw.lognormal(0.0, 1.0, municipalities)
    room = np.floor(sizes / sizes.sum() * persons.sum() * part).astype(np.int64) + 1
    demand, limit = [persons], [room]
    for _ in range(resources - 1):
        needs = np.minimum(persons, (draw.random(groups) < 0.3) * draw.integers(1, 3, groups))
        demand.append(needs)
        limit.append(np.ceil(room / room.sum() * needs.sum() * 1.2).astype(np.int64))
    return {
        "demand": np.column_stack(demand),
        "limit": np.column_stack(limit),
        "score": draw.random((groups, municipalities)),
        "unplaced": np.full(groups, -1.0),
        "seed": np.array(seed),
    }


def saved(made: Made, path: Path, *, compressed: bool = False) -> Path:
    """As a file."""
    (np.savez_compressed if compressed else np.savez)(path, **made)
    return path


def content(array: NDArray[Any]) -> bytes:
    """One array as it stands in an archive."""
    stream = BytesIO()
    np.lib.format.write_array(stream, array)
    return stream.getvalue()
