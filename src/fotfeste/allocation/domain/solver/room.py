"""Room, and what it costs: the small steps that all searches are made of."""

from fotfeste.allocation.domain.solver.compiled import within
from fotfeste.allocation.domain.solver.instance import Floats, Integers


@within
def fits(needed: Integers, g: int, room: Integers, m: int) -> bool:
    """Whether what group g needs is there in municipality m."""
    for r in range(needed.shape[1]):  # noqa: SIM110 - numba compiles no generators
        if needed[g, r] > room[m, r]:
            return False
    return True


@within
def fits_without(needed: Integers, g: int, leaving: int, room: Integers, m: int) -> bool:
    """Whether it is there when another group has left."""
    for r in range(needed.shape[1]):  # noqa: SIM110
        if needed[g, r] > room[m, r] + needed[leaving, r]:
            return False
    return True


@within
def enter(needed: Integers, g: int, room: Integers, m: int) -> None:
    """Take what group g needs in municipality m."""
    for r in range(needed.shape[1]):
        room[m, r] -= needed[g, r]


@within
def leave(needed: Integers, g: int, room: Integers, m: int) -> None:
    """Give it back."""
    for r in range(needed.shape[1]):
        room[m, r] += needed[g, r]


@within
def idled(idle: Floats, start: Integers, left: int, m: int, more: int) -> float:
    """By how much more room is idle in municipality m when so many more persons come where so much is left."""
    if len(start) == 0:
        return 0.0
    return float(idle[start[m] + left - more] - idle[start[m] + left])


@within
def charge(demand: Floats, g: int, price: Floats, m: int) -> float:
    """What group g pays in municipality m."""
    total = 0.0
    for r in range(demand.shape[1]):
        total += demand[g, r] * price[m, r]
    return total
