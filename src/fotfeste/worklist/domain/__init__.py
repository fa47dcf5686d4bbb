"""The pure part of the worklist."""
