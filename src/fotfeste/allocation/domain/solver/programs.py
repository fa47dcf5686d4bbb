"""Linear and integer programs, as HiGHS solves them: one thread and one seed, so that the same gives the same."""

from typing import Any

import highspy
import numpy as np

from fotfeste.allocation.domain.solver.instance import Floats, Integers


class Packing:
    """Columns that each take something of some rows, of every row at most (or exactly) so much, for the least cost.

    Columns are added in bunches; between bunches the program is solved as a linear one from where it stood.
    """

    def __init__(self, most: Floats, *, exactly: bool = False) -> None:
        self._solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, setting in (("output_flag", False), ("threads", 1), ("random_seed", 0), ("parallel", "off")):
            self._solver.setOptionValue(option, setting)
        nothing = np.zeros(0)
        least = most if exactly else np.full(len(most), -highspy.kHighsInf)
        none = nothing.astype(np.int32)
        self._solver.addRows(len(most), least, most, 0, none, none, nothing)

    def add(self, cost: Floats, first: Integers, rows: Integers, taken: Floats | None = None) -> None:
        """Columns with these costs; column i takes the rows from `first[i]` to the next one's first.

        `taken` is how much of each; once where it is not given.
        """
        count = len(cost)
        starts, indices = first.astype(np.int32), rows.astype(np.int32)
        zeros, ones = np.zeros(count), np.ones(count)
        much = np.ones(len(indices)) if taken is None else taken
        self._solver.addCols(count, cost, zeros, ones, len(indices), starts, indices, much)

    def relaxed(self) -> tuple[float, Floats]:
        """The least cost where columns may be split, and what each row is worth at it."""
        self._run()
        worth = -np.asarray(self._solver.getSolution().row_dual, dtype=np.float64)
        return float(self._solver.getObjectiveValue()), worth

    def whole(self, nodes: int, close: float) -> tuple[Integers, bool]:
        """The columns that are taken in the best solution of whole columns found, and whether it is proven.

        Proven to `close`, in the units of the costs. `nodes` is where the search gives up.
        """
        count = self._solver.getNumCol()
        every = np.arange(count, dtype=np.int32)
        self._solver.changeColsIntegrality(count, every, np.full(count, 1, dtype=np.uint8))
        for option, setting in (("mip_rel_gap", 0.0), ("mip_abs_gap", close), ("mip_max_nodes", nodes)):
            self._solver.setOptionValue(option, setting)
        self._run()
        # What is left of a search that found nothing keeps to no row.
        is_found = self._solver.getInfo().primal_solution_status == int(highspy.SolutionStatus.kSolutionStatusFeasible)
        taken = np.asarray(self._solver.getSolution().col_value if is_found else (), dtype=np.float64)
        is_proven = self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return np.flatnonzero(taken > 0.5), is_proven

    def _run(self) -> None:
        """Solve, also where somebody else in this process has used HiGHS with another number of threads.

        Its threads are one for the whole process; with others than ours it refuses, until they are made anew.
        """
        if self._solver.run() == highspy.HighsStatus.kError:
            highspy.Highs.resetGlobalScheduler(True)
            if self._solver.run() == highspy.HighsStatus.kError:
                message = "HiGHS could not run the program"
                raise RuntimeError(message)
