"""Writes of letters."""
