"""`python -m tests.journeys.guarded_server ARGUMENTS`: gunicorn that does not outlive the tests that started it.

A test run that is killed cannot stop its server, and the server's sessions would keep the next run from its database.
"""

import ctypes
import runpy
import signal
import sys

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def die_with_parent() -> None:
    """Ask Linux to kill this process when its parent has died; elsewhere nothing is asked."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    die_with_parent()
    runpy.run_module("gunicorn", run_name="__main__", alter_sys=True)
