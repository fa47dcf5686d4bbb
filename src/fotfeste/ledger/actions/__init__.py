"""Writes of the ledger: one function for each act."""
