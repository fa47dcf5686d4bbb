"""The ledger (reskontro): lines in øre that are never changed, runs as snapshots that one person checks and another
approves, payments, and claims for what was paid and not due. It knows nothing of why something is due: `grants` does.
"""
