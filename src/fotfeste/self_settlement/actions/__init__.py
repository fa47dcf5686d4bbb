"""Writes of self_settlement, one module for each use case."""
