"""The forms of the registry."""
