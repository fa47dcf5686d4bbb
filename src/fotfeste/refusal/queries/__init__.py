"""Reads of refusal."""
