"""Queries of settlement, a module for each use case."""
