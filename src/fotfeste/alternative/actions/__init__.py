"""Writes of alternative, one module for each use case."""
