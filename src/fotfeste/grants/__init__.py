"""Grants to municipalities (tilskudd): what is due for whom in which month, by the facts and the rates as known, and
the difference from what the ledger says already. Computed, never typed (MON-01..04).
"""
