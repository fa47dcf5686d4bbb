"""Reads of the ledger: the viewer first."""
