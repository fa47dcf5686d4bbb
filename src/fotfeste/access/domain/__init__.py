"""The pure part of access."""
