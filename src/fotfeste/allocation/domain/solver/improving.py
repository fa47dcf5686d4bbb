"""Improving a plan of whole groups: chains to a gain and pairs shared anew, then shaken a little and again, kept where
better.
"""

import numpy as np

from fotfeste.allocation.domain.solver.chains import follow_chains
from fotfeste.allocation.domain.solver.pairs import share_anew
from fotfeste.allocation.domain.solver.seats import Seating
from fotfeste.allocation.domain.solver.shaking import shake

# How many groups a chain may look at: twenty, and twelve in a country of twelve thousand groups.
_LOOKED_AT, _FEWEST, _LOOKS_IN_ALL = 20, 8, 150_000
_FIRST_PASSES, _PASSES = 2, 1
# Rounds of shaking: so many that a country of twelve thousand groups has eight; ten times the country has none.
_MOST_ROUNDS, _GROUPS_IN_ALL = 12, 100_000
# Temperatures in parts of what the second choice loses on average, and what is too little to be a gain.
_HOT, _COLD, _LEAST = 2.0, 0.2, 1e-6
# How many moves a round tries, in parts of the groups; few are enough, since chains and pairs go over all.
_MOVES, _FEWEST_MOVES = 0.15, 250
# A first plan of many groups in places that they crowd is shaken once, not as hot: that evens out how full places are
# in a tenth of the time that chains take.
_MANY, _WARM, _COOL = 5_000, 0.3, 0.03
# Any odd number that is not small begins a row of numbers well.
_BEGIN = 0x9E3779B97F4A7C15


def improved(seating: Seating, seed: int, enough: float) -> Seating:
    """The best plan found from this one; at once where its waste is no more than `enough`."""
    regret = _mean_regret(seating)
    if regret <= 0:
        return seating
    number = (_BEGIN ^ seed) | 1
    is_shaken = len(seating.at) > _MANY and seating.is_crowded
    if is_shaken:
        number = shake(seating, number, len(seating.at), _WARM * regret, _COOL * regret)
    _chained(seating, _LEAST * regret, 1 if is_shaken else _FIRST_PASSES, enough)
    best = seating
    rounds = min(_MOST_ROUNDS, _GROUPS_IN_ALL // len(seating.at))
    moves = max(_FEWEST_MOVES, int(_MOVES * len(seating.at)))
    for _ in range(rounds):
        if best.waste() <= enough:
            break
        tried = best.copy()
        number = shake(tried, number, moves, _HOT * regret, _COLD * regret)
        _chained(tried, _LEAST * regret, _PASSES, enough)
        if tried.waste() < best.waste():
            best = tried
    return best


def _chained(seating: Seating, least: float, passes: int, enough: float) -> None:
    most = max(_FEWEST, min(_LOOKED_AT, _LOOKS_IN_ALL // len(seating.at)))
    for _ in range(passes):
        gains = follow_chains(seating, least, most)
        if seating.waste() <= enough or gains + share_anew(seating, least) == 0:
            return


def _mean_regret(seating: Seating) -> float:
    """What the second choice loses on average, of those groups that have one."""
    place, loss, _, spare, _, _, idle, _ = seating.task
    choices = np.column_stack([np.where(place < 0, np.inf, loss), spare])
    if choices.size == 0 or choices.shape[1] < 2:
        return 0.0
    second = np.partition(choices, 1, axis=1)[:, 1]
    chosen = second[np.isfinite(second)]
    # Where all is alike but for crowding, one person's step of it.
    step = float(np.abs(np.diff(idle)).mean()) if idle.size > 1 else 0.0
    return (float(chosen.mean()) if chosen.size else 0.0) or step
