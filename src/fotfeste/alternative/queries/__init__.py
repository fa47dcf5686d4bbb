"""Reads of alternative, one module for each question."""
