"""What a plan is held against: the format's own words in a few lines, and every plan there is."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

type Arrays = Mapping[str, NDArray[Any]]


def crowded(arrays: Arrays, m: int, persons: int) -> float:
    """What crowding takes off for so many persons in a municipality, one after the other."""
    return float(sum(arrays["crowding"][m][:persons])) if "crowding" in arrays else 0.0


def worth(arrays: Arrays, municipality: NDArray[Any]) -> float:
    """Persons x score or unplaced, group by group, less crowding."""
    total = 0.0
    for g, m in enumerate(municipality):
        per_person = arrays["unplaced"][g] if m == -1 else arrays["score"][g, m]
        total += int(arrays["demand"][g, 0]) * float(per_person)
    for m in range(len(arrays["limit"])):
        total -= crowded(arrays, m, int(arrays["demand"][municipality == m, 0].sum()))
    return total


def is_within_limits(arrays: Arrays, municipality: NDArray[Any]) -> bool:
    """Possible places alone, and no limit passed."""
    used = np.zeros(arrays["limit"].shape, dtype=object)
    for g, m in enumerate(municipality):
        if m == -1:
            continue
        if not 0 <= m < len(used) or np.isnan(arrays["score"][g, m]):
            return False
        used[m] += arrays["demand"][g].astype(object)
    return bool((used <= arrays["limit"].astype(object)).all())


def bound(arrays: Arrays, price: NDArray[Any]) -> float:
    """The first certificate."""
    persons, score = arrays["demand"][:, 0].astype(float), arrays["score"].astype(float)
    net = persons[:, None] * score - arrays["demand"].astype(float) @ price.T
    best = np.fmax(persons * arrays["unplaced"], np.fmax.reduce(net, axis=1, initial=-np.inf))
    room = (price * arrays["limit"].astype(float)).sum()
    for m in range(len(price)) if "crowding" in arrays else ():
        counts = range(int(arrays["limit"][m, 0]) + 1)
        room += max(price[m, 0] * each - crowded(arrays, m, each) for each in counts) - price[m, 0] * counts[-1]
    return float(room + best.sum())


def bound_by_groups(arrays: Arrays, price: NDArray[Any], group_price: NDArray[Any]) -> float:
    """The second certificate, with a knapsack that remembers what it has asked."""
    demand, score = arrays["demand"].astype(float), arrays["score"].astype(float)
    total = float((price[:, 1:] * arrays["limit"][:, 1:]).sum())
    total += float(np.maximum(group_price, demand[:, 0] * arrays["unplaced"]).sum())
    for m in range(len(arrays["limit"])):
        net = demand[:, 0] * score[:, m] - demand[:, 1:] @ price[m, 1:] - group_price
        items = [(int(n), float(w)) for n, w in zip(arrays["demand"][:, 0], net, strict=True) if w > 0]
        places = min(int(arrays["limit"][m, 0]), sum(size for size, _worth in items))
        best = _knapsacks(items, places)
        if "crowding" in arrays:
            total += max(best[each] - crowded(arrays, m, each) for each in range(places + 1))
        else:
            total += best[places]
    return total


def _knapsacks(items: Iterable[tuple[int, float]], places: int) -> list[float]:
    """What the best of the items are worth in each number of places up to all."""
    best = np.zeros(places + 1)
    for size, value in items:
        if size <= places:
            best[size:] = np.maximum(best[size:], best[: places + 1 - size] + value)
    return [float(each) for each in best]


def best_of_all(arrays: Arrays) -> float:
    """What the best of all plans is worth, by making every one."""
    demand, limit = arrays["demand"], arrays["limit"]
    groups, municipalities = arrays["score"].shape
    plans = np.indices((municipalities + 1,) * groups).reshape(groups, (municipalities + 1) ** groups)
    values = np.column_stack([np.nan_to_num(arrays["score"].astype(float), nan=-np.inf), arrays["unplaced"]])
    total = np.zeros(plans.shape[1])
    for g in range(groups):
        total += demand[g, 0] * values[g][plans[g]]
    for m in range(municipalities):
        used = (plans == m).T @ demand
        total[(used > limit[m]).any(axis=1)] = -np.inf
        if "crowding" in arrays:
            total -= np.array([crowded(arrays, m, each) for each in range(int(demand[:, 0].sum()) + 1)])[used[:, 0]]
    return float(total.max())
