"""Writes of access: needs to know, which other acts open and end; users and their roles, which administrators give."""
