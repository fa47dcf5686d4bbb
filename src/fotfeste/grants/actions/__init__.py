"""Acts of grants."""
