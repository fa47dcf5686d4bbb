"""Reads of the registry, a module for each question."""
