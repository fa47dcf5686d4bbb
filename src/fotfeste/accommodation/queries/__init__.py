"""Reads of accommodation, one module for each question."""
