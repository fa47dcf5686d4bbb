"""Grants: what is due, what changes, and the command that shows it."""
