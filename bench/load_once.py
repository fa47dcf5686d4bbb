"""One load, in a process of its own, so that its memory is its own."""

import json
import os
import resource
import sys
import time
from pathlib import Path

import django


def main(people: int) -> dict[str, float]:
    """Load, and tell."""
    django.setup()
    from django.db import connections

    from fotfeste.demo.public import DEMO_SEED, load_country
    from fotfeste.platform.bulk import vacuum
    from fotfeste.platform.clock import today

    began, worked = time.perf_counter(), time.process_time()
    loaded = load_country(people, today(), DEMO_SEED)
    vacuum()
    seconds, cpu_seconds = time.perf_counter() - began, time.process_time() - worked
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database()), pg_backend_pid()")
        size, backend = cursor.fetchone()
    return {
        "households": loaded.households,
        "rows": loaded.total,
        "seconds": seconds,
        "cpu_seconds": cpu_seconds,
        "server_seconds": server_seconds(backend),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "database_mb": size / 2**20,
    }


def server_seconds(backend: int) -> float:
    """Processor time of the server's process for our connection; 0 where it cannot be read from here."""
    try:
        fields = Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
