"""Reads of self_settlement, one module for each question."""
