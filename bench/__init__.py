"""Measurements, with what they are measured against beside them. Printed, never asserted.

    python -m bench load  [--people 5000 75000]
    python -m bench pages [--people 7500 75000] [--requests 200]

or `./fotfeste bench ...`. Everything runs in a database of its own, which is dropped afterwards.
"""
