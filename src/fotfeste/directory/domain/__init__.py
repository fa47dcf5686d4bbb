"""The pure part of the directory."""
