"""Reads of insight: counts, no persons."""
