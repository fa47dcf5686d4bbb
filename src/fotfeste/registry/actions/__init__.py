"""Writes of the registry, a module for each use case."""
