"""Reads of allocation."""
