"""The pure part of settlement."""
