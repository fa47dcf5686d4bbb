"""Puts the generated country into the database."""
