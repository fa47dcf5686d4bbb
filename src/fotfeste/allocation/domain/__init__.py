"""Choosing for many, as pure functions: no Django, no database, no clock."""
