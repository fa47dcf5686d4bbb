"""CP-SAT on one instance, in a process without HiGHS: OR-Tools brings its own, and the two do not go together."""

import json
import sys
import time
from pathlib import Path

from bench.settlement_beside import by_cpsat
from fotfeste.allocation.domain.solver import certificate
from fotfeste.allocation.domain.solver.reading import read

if __name__ == "__main__":
    began, processor = time.perf_counter(), time.process_time()
    instance = read(Path(sys.argv[1]))
    chosen = by_cpsat(instance)
    spent = {"seconds": time.perf_counter() - began, "processor": time.process_time() - processor}
    reached = {"objective": certificate.objective(instance, chosen), "unplaced": int((chosen < 0).sum())}
    print(json.dumps(spent | reached))
