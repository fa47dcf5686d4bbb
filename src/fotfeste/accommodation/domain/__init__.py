"""The pure part of accommodation."""
