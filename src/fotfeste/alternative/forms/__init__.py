"""The forms of alternative."""
