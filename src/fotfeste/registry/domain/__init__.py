"""The pure part of the registry."""
