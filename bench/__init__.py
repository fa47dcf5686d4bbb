"""Measurements, with what they are measured against beside them. Printed, never asserted.

    ./fotfeste bench > docs/benchmarks.md                 everything: the whole document
    ./fotfeste bench load  [--people 5000 75000]          a part of it
    ./fotfeste bench pages [--people 7500 75000] [--requests 200]
    ./fotfeste bench settlement
    ./fotfeste bench start

Loading and pages run in databases of their own, which are dropped afterwards; starts in clones of their own.
What is going on is said on standard error.
"""
